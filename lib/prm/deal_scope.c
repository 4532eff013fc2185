/* deal_scope.c - the scope of a registration: family, region, and the account by its keys */
#include "deal_part.h"

#include "intl.h"
#include "match.h"
#include "str.h"

static const char SQL_AXES[] =
	"SELECT IFNULL((SELECT id FROM product_family WHERE code = ? AND active), 0) AS family_id,"
	" IFNULL((SELECT code FROM product_family WHERE code = ? AND active), '') AS product_family,"
	" IFNULL((SELECT region_id FROM region_country WHERE country = ?), 0) AS region_id,"
	" IFNULL((SELECT g.code FROM region_country c JOIN region g ON g.id = c.region_id WHERE c.country = ?), '') AS region_code";
static const char SQL_ACCOUNT_BY_DOMAIN[] = "SELECT id FROM account WHERE domain_key = ? FOR UPDATE";
static const char SQL_ACCOUNT_BY_NAME[] =
	"SELECT id FROM account WHERE name_key = ? AND country = ? AND domain_key IS NULL ORDER BY id LIMIT 1 FOR UPDATE";
static const char SQL_ACCOUNT_NEW[] =
	"INSERT INTO account (name, name_key, domain_key, country, created_at) VALUES (?, ?, ?, ?, ?)";

static const struct column axes_columns[] = {
	COL(deal, family_id),
	COL(deal, product_family),
	COL(deal, region_id),
	COL(deal, region_code),
	COL_END
};

/* The domain says whose customer it is; where it is missing, the contact's own e-mail does. */
static void keys_of(struct db *db, struct deal *d)
{
	d->name_key = match_name_key(db->arena, d->customer, d->country);
	d->domain_key = match_domain_key(db->arena, d->domain);
	if (!d->domain_key && str_empty(d->domain))
		d->domain_key = match_domain_key(db->arena, d->contact_email);
}

int deal_scope_look(struct db *db, struct deal *d)
{
	const char *code = d->product_family;
	struct deal axes = { 0 };
	int rc = db_row(db, SQL_AXES, ARGS(A(code), A(code), A(d->country), A(d->country)), axes_columns, &axes);

	if (rc)
		return rc;
	d->family_id = axes.family_id;
	d->product_family = axes.family_id ? axes.product_family : code;
	d->region_id = axes.region_id;
	d->region_code = axes.region_code;
	keys_of(db, d);
	return d->name_key ? OK : fail(db->err, E_NOMEM, "%s", _("There was no room to compare this customer"));
}

static int account_find(struct db *db, const struct deal *d, int64_t *id)
{
	if (d->domain_key)
		return db_int(db, SQL_ACCOUNT_BY_DOMAIN, ARGS(A(d->domain_key)), id);
	return db_int(db, SQL_ACCOUNT_BY_NAME, ARGS(A(d->name_key), A(d->country)), id);
}

static int account_lock(struct db *db, struct deal *d)
{
	struct db_done done;
	int rc = account_find(db, d, &d->account_id);

	if (rc != E_NOTFOUND)
		return rc;
	rc = db_exec(db, SQL_ACCOUNT_NEW, ARGS(A(d->customer), A(d->name_key), A(d->domain_key), A(d->country), A(db->now)), &done);
	if (!rc)
		d->account_id = done.id;
	if (rc == E_DUPLICATE) {                /* made by another meanwhile */
		err_clear(db->err);
		rc = account_find(db, d, &d->account_id);
	}
	return rc == E_NOTFOUND ? E_RETRY : rc;
}

int deal_scope_find(struct db *db, struct deal *d)
{
	struct when now;
	int rc = deal_scope_look(db, d);

	if (rc)
		return rc;
	if (!d->family_id)
		rc = fail_field(db->err, "product_family", "%s", _("Choose a product family of the programme"));
	if (!d->region_id)
		rc = fail_field(db->err, "country", "%s", _("This country lies in none of the programme's regions"));
	if (!*d->name_key)
		rc = fail_field(db->err, "customer", "%s", _("Give the customer's name in letters"));
	if (!rc)
		rc = account_lock(db, d);
	/* Whoever got the lock later was submitted later, to the microsecond. */
	now = when_now();
	if (now.us > db->now.us)
		db->now = now;
	return rc;
}
