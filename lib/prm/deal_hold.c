/* deal_hold.c - scopes and who holds them
 *
 * scope_hold has a unique key of (kind, key, family, region): of two simultaneous
 * registrations one gets the row, the other E_DUPLICATE.  Keys are always taken in
 * the order domain, name, so that two registrations do not wait for each other.
 */
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

#define SQL_HOLD(kind) \
	"SELECT '" kind "' AS what, h.deal_id, h.partner_id, d.customer, d.domain, p.name AS partner, h.until, d.submitted_at" \
	" FROM scope_hold h JOIN deal d ON d.id = h.deal_id JOIN partner p ON p.id = h.partner_id" \
	" WHERE h.kind = '" kind "' AND h.key_text = ? AND h.family_id = ? AND h.region_id = ? AND h.deal_id <> ?"
/* One's own open registration comes before others', then the earliest. */
#define SQL_OPEN \
	"SELECT 'open' AS what, d.id, d.partner_id, d.customer, d.domain, p.name, d.protected_until, d.submitted_at" \
	" FROM deal d JOIN partner p ON p.id = d.partner_id" \
	" WHERE d.domain_key = ? AND d.family_id = ? AND d.region_id = ? AND d.open_rank IN (1, 2) AND d.id <> ?" \
	" AND (d.submitted_at < ? OR (d.submitted_at = ? AND (? = 0 OR d.id < ?))) ORDER BY d.partner_id = ? DESC, d.submitted_at, d.id LIMIT 1"
static const char SQL_FACTS[] =
	SQL_HOLD("domain") " UNION ALL " SQL_HOLD("name") " UNION ALL (" SQL_OPEN ")";

static const char SQL_TAKE[] =
	"INSERT INTO scope_hold (kind, key_text, family_id, region_id, deal_id, partner_id, until) VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char SQL_DROP[] = "DELETE FROM scope_hold WHERE deal_id = ?";
static const char SQL_UNANSWERED[] = "UPDATE extension SET status = 'refused', decided_at = ? WHERE pending_key = ?";
static const char SQL_EXTEND[] = "UPDATE scope_hold SET until = ? WHERE deal_id = ?";

static const struct column axes_columns[] = {
	COL(deal, family_id),
	COL(deal, product_family),
	COL(deal, region_id),
	COL(deal, region_code),
	COL_END
};

static const struct column found_columns[] = {
	COL(found, what),
	COL(found, deal_id),
	COL(found, partner_id),
	COL(found, customer),
	COL(found, domain),
	COL(found, partner),
	COL(found, until),
	COL(found, submitted_at),
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

static int facts_read(struct db *db, const struct deal *d, struct found **rows, size_t *n)
{
	struct when before = when_none(d->submitted_at) ? db->now : d->submitted_at;

	return DB_ROWS(db, SQL_FACTS, ARGS(A(d->domain_key), A(d->family_id), A(d->region_id), A(d->id),
		A(d->name_key), A(d->family_id), A(d->region_id), A(d->id),
		A(d->domain_key), A(d->family_id), A(d->region_id), A(d->id), A(before), A(before), A(d->id), A(d->id),
		A(d->partner_id)),
		found_columns, struct found, 3, rows, n);
}

int deal_facts(struct db *db, const struct ground *g, const struct deal *d, bool write, struct facts *out)
{
	struct found *rows;
	size_t n;
	int rc = facts_read(db, d, &rows, &n);

	*out = (struct facts){ .partner_id = d->partner_id, .deal_id = d->id, .domain_key = d->domain_key,
		.domain_given = !str_empty(d->domain), .amount = d->amount, .closes_on = d->closes_on,
		.today = when_day(db->now, g->programme.zone), .zone = g->programme.zone };
	for (size_t i = 0; !rc && i < n; i++) {
		const struct found *f = &rows[i];

		if (str_eq(f->what, "open"))
			out->open = f;
		else if (f->until.us < db->now.us && write)
			rc = deal_expire_one(db, f->deal_id);
		else if (f->until.us < db->now.us)
			continue;
		else if (str_eq(f->what, "domain"))
			out->domain_hold = f;
		else
			out->name_hold = f;
	}
	return rc;
}

static int take(struct db *db, const struct deal *d, const char *kind, const char *key)
{
	return db_exec(db, SQL_TAKE, ARGS(A(kind), A(key), A(d->family_id), A(d->region_id), A(d->id), A(d->partner_id),
		A(d->protected_until)), NULL);
}

int hold_take(struct db *db, const struct deal *d, bool with_name)
{
	int rc = d->domain_key ? take(db, d, "domain", d->domain_key) : OK, back;

	if (!rc && with_name) {
		rc = take(db, d, "name", d->name_key);
		if (rc == E_DUPLICATE) {        /* the statement failed, not the transaction */
			back = hold_drop(db, d->id);
			rc = back ? back : rc;
		}
	}
	return rc;
}

int hold_drop(struct db *db, int64_t deal_id)
{
	return db_exec(db, SQL_DROP, ARGS(A(deal_id)), NULL);
}

int hold_end(struct db *db, const struct deal *was)
{
	int rc = hold_drop(db, was->id);

	return rc || !was->extension_pending ? rc : db_exec(db, SQL_UNANSWERED, ARGS(A(db->now), A(was->id)), NULL);
}

int hold_extend(struct db *db, const struct deal *d)
{
	return db_exec(db, SQL_EXTEND, ARGS(A(d->protected_until), A(d->id)), NULL);
}
