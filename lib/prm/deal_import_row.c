/* deal_import_row.c - a line of a file becomes a registration to be made */
#include "deal_import_part.h"

#include "intl.h"
#include "match.h"
#include "str.h"

#define DEFAULT_CLOSE_DAYS 90

static const char SQL_PARTNER[] = "SELECT id FROM partner WHERE external_key = ?";
static const char SQL_PARTNER_NEW[] =
	"INSERT INTO partner (name, country, status, since, external_key) VALUES (?, ?, 'active', ?, ?)";
static const char SQL_ENROLL[] =
	"INSERT INTO enrollment (partner_id, type, since) VALUES (?, 'reseller', ?)";
static const char SQL_FAMILY_NEW[] = "INSERT INTO product_family (code, name) VALUES (?, ?)";

/* What people write where ISO 3166-1 has another code. */
static const char *const country_aliases[][2] = {
	{ "UK", "GB" }, { "EN", "GB" }, { "EL", "GR" }, { "USA", "US" }, { "GER", "DE" },
};

static const char *country_of(struct arena *a, const char *text)
{
	char *code = arena_strdup(a, str_or(text, ""));

	for (char *p = code; p && *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	for (size_t i = 0; code && i < sizeof(country_aliases) / sizeof(country_aliases[0]); i++)
		if (str_eq(code, country_aliases[i][0]))
			return country_aliases[i][1];
	return code && strlen(code) == 2 ? code : NULL;
}

static const char *first_of(const struct import_row *row, enum import_column a, enum import_column b)
{
	return !str_empty(row->v[a]) ? row->v[a] : str_or(row->v[b], "");
}

static void refuse(struct import_item *item, const char *why)
{
	if (!item->refusal)
		item->refusal = why;
}

/* "Email Security" -> "email-security" */
static const char *code_of(struct arena *a, const char *name)
{
	char *code = arena_strndup(a, name, 40), *out = code;

	for (const char *p = code; p && *p; p++) {
		char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			*out++ = c;
		else if (out > code && out[-1] != '-')
			*out++ = '-';
	}
	if (out)
		*out = '\0';
	return code;
}

int import_family(struct import_run *r, const char *text, const char **code)
{
	int rc;

	*code = NULL;
	for (size_t i = 0; i < r->n_families; i++)
		if (!strcasecmp(r->families[i].code, text) || !strcasecmp(r->families[i].name, text)) {
			*code = r->families[i].code;
			return OK;
		}
	if (!r->o->create_families || !*text)
		return OK;
	*code = code_of(r->db->arena, text);
	if (r->o->dry_run)
		return OK;
	rc = db_exec(r->db, SQL_FAMILY_NEW, ARGS(A(*code), A(text)), NULL);
	if (rc && rc != E_DUPLICATE)
		return rc;
	err_clear(r->db->err);
	return OK;
}

int import_partner(struct import_run *r, const char *key, const char *country, int64_t *id)
{
	struct db *db = r->db;
	struct day today = when_day(db->now, "UTC");
	struct db_done done;
	int rc = db_int(db, SQL_PARTNER, ARGS(A(key)), id);

	if (rc != E_NOTFOUND)
		return rc;
	err_clear(db->err);
	if (r->o->dry_run) {
		*id = import_stand_in(key);
		return OK;
	}
	rc = db_exec(db, SQL_PARTNER_NEW, ARGS(A(arena_printf(db->arena, "Partner %s", key)), A(str_or(country, "US")),
		A(today), A(key)), &done);
	if (rc)
		return rc;
	*id = done.id;
	return db_exec(db, SQL_ENROLL, ARGS(A(done.id), A(today)), NULL);
}

/* As people write it: "300.000" is three hundred thousand here as it is on the page. */
static void read_amount(struct import_run *r, const struct import_row *row, struct import_item *item)
{
	const char *text = first_of(row, I_AMOUNT, I_VALUE);
	const char *currency = str_or(row->v[I_CURRENCY], r->ground.programme.currency);

	if (!*text)
		refuse(item, _("The expected value is missing"));
	else if (!currency_known(currency))
		refuse(item, _("The currency is not known"));
	else if ((!money_from_input(text, currency, &item->in.amount) && !money_from_decimal(text, currency, &item->in.amount)) ||
			item->in.amount.minor <= 0)
		refuse(item, _("The expected value is no amount above zero"));
}

static void read_close(struct import_run *r, const struct import_row *row, struct import_item *item)
{
	struct day today = when_day(r->db->now, r->ground.programme.zone);

	if (str_empty(row->v[I_CLOSES]))
		item->in.closes_on = day_plus(today, DEFAULT_CLOSE_DAYS);
	else if (!day_from_iso(row->v[I_CLOSES], &item->in.closes_on))
		refuse(item, _("The expected close is no date like 2027-03-14"));
	else if (item->in.closes_on.n < today.n)
		refuse(item, _("The expected close lies in the past"));
}

static void read_texts(struct import_run *r, const struct import_row *row, struct import_item *item)
{
	struct arena *a = r->db->arena;
	const char *email = str_or(row->v[I_EMAIL], "");

	item->in.customer = first_of(row, I_CUSTOMER, I_COMPANY);
	item->in.domain = str_or(match_host(a, str_or(row->v[I_DOMAIN], "")), "");
	item->in.country = country_of(a, row->v[I_COUNTRY]);
	item->in.notes = str_or(row->v[I_NOTES], "");
	item->in.contact_name = str_or(row->v[I_CONTACT], "");
	item->in.contact_email = strchr(email, '@') && strlen(email) <= 254 ? email : "";
	if (!*item->in.customer)
		refuse(item, _("The customer is missing"));
	else if (str_utf8_length(item->in.customer) > 200)
		refuse(item, _("The customer's name is longer than 200 characters"));
	if (!item->in.country)
		refuse(item, _("The country is no two-letter code"));
	if (str_utf8_length(item->in.notes) > 4000)
		refuse(item, _("The notes are longer than 4,000 characters"));
	if (str_utf8_length(item->in.contact_name) > 120)
		item->in.contact_name = "";
}

static int read_scope(struct import_run *r, const struct import_row *row, struct import_item *item)
{
	const char *family = first_of(row, I_FAMILY, I_PRODUCT), *partner = str_or(row->v[I_PARTNER], "");
	int rc = import_family(r, family, &item->in.product_family);

	if (!rc && !item->in.product_family)
		refuse(item, *family ? _("The product family is none of the programme's") : _("The product family is missing"));
	item->partner_id = r->user.partner_id;
	if (!rc && r->o->partner_column && !*partner)
		refuse(item, _("The partner is missing"));
	else if (!rc && r->o->partner_column && !item->refusal)
		rc = import_partner(r, partner, item->in.country, &item->partner_id);
	return rc;
}

int import_item(struct import_run *r, const struct import_row *row, struct import_item *out)
{
	const char *key = first_of(row, I_KEY, I_REG_ID);

	memset(out, 0, sizeof(*out));
	read_texts(r, row, out);
	read_amount(r, row, out);
	read_close(r, row, out);
	out->in.external_key = *key ? key : arena_printf(r->db->arena, "%s-%zu", r->key_base, row->line);
	if (str_utf8_length(out->in.external_key) > 80)
		refuse(out, _("The key is longer than 80 characters"));
	out->line = (struct import_line){ .line = (int64_t)row->line, .customer = out->in.customer,
		.external_key = out->in.external_key };
	return read_scope(r, row, out);
}
