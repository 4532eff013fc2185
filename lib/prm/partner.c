/* partner.c - partner firms as the vendor sees them */
#include "partner_edit.h"

#include <jansson.h>

#include "event.h"
#include "intl.h"
#include "str.h"

/* A channel manager who is nothing more sees only their own firms; a partner only itself. */
#define SCOPE " (? = 0 OR p.manager_id = ?) AND (? = 0 OR p.id = ?)"
#define SCOPE_ARGS(u) A((int)(u)->own_partners_only), A((u)->person_id), \
	A((u)->vendor ? (int64_t)0 : (int64_t)1), A((u)->partner_id)

#define PARTNER_COLUMNS \
	"p.id, p.manager_id, p.version, p.name, p.domain, p.country, p.city, p.status," \
	" IFNULL((SELECT GROUP_CONCAT(e.type ORDER BY e.type) FROM enrollment e" \
	"  WHERE e.partner_id = p.id AND e.status = 'active'), '') AS types," \
	" IFNULL((SELECT ELT(MAX(e.tier + 0), 'registered', 'silver', 'gold', 'platinum') FROM enrollment e" \
	"  WHERE e.partner_id = p.id AND e.status = 'active'), 'registered') AS tier," \
	" IFNULL(m.name, '') AS manager, IFNULL(m.email, '') AS manager_email, p.external_key, p.since," \
	" CAST(IFNULL((SELECT SUM(r.n) FROM deal_rollup r WHERE r.partner_id = p.id" \
	"  AND r.status IN ('submitted', 'in_review', 'action_required')), 0) AS SIGNED) AS open_deals," \
	" CAST(IFNULL((SELECT SUM(r.n) FROM deal_rollup r WHERE r.partner_id = p.id" \
	"  AND r.status = 'approved'), 0) AS SIGNED) AS protected_deals"
#define PARTNER_FROM " FROM partner p LEFT JOIN person m ON m.id = p.manager_id"
#define PARTNER_SELECT "SELECT " PARTNER_COLUMNS PARTNER_FROM
#define RECORD_COLUMNS \
	", (SELECT COUNT(*) FROM membership WHERE firm_key = p.id AND status = 'active') AS people," \
	" (SELECT JSON_ARRAYAGG(JSON_OBJECT('status', s.status, 'currency', s.currency, 'n', s.n, 'amount', s.amount))" \
	" FROM (SELECT status, currency, CAST(SUM(n) AS SIGNED) AS n, CAST(SUM(amount) AS CHAR) AS amount" \
	" FROM deal_rollup WHERE partner_id = ? AND n <> 0 GROUP BY status, currency) AS s) AS facts"

#define FILTER \
	" AND (? = '' OR p.name LIKE ? OR p.domain LIKE ? OR p.city LIKE ?)" \
	" AND (? = '' OR FIND_IN_SET(p.status, ?)) AND (? = '' OR FIND_IN_SET(p.country, ?))" \
	" AND (? = '' OR EXISTS (SELECT 1 FROM enrollment e WHERE e.partner_id = p.id AND e.status = 'active'" \
	"  AND (? = '' OR FIND_IN_SET(e.tier, ?)) AND (? = '' OR FIND_IN_SET(e.type, ?))))" \
	" AND (? = 0 OR p.manager_id = ?)"

static const char SQL_GET[] = PARTNER_SELECT " WHERE" SCOPE " AND p.id = ?";
static const char SQL_RECORD[] =
	"SELECT " PARTNER_COLUMNS RECORD_COLUMNS PARTNER_FROM " WHERE" SCOPE " AND p.id = ?";
static const char SQL_LIST[] = PARTNER_SELECT " WHERE" SCOPE FILTER;
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM partner p WHERE" SCOPE FILTER;
static const char SQL_STATUS[] =
	"UPDATE partner SET status = ?, version = version + 1 WHERE id = ? AND version = ? AND status = ?";
const struct choice partner_status_choices[] = {
	{ "active", N_("Active"), "good" },
	{ "prospect", N_("Prospect"), "info" },
	{ "suspended", N_("Suspended"), "bad" },
	{ "terminated", N_("Ended"), "quiet" },
	CHOICE_END
};

const struct choice partner_type_choices[] = {
	{ "reseller", N_("Reseller"), NULL },
	{ "msp", N_("Managed service provider"), NULL },
	{ "isv", N_("Software vendor"), NULL },
	{ "integrator", N_("Systems integrator"), NULL },
	{ "referral", N_("Referral partner"), NULL },
	{ "distributor", N_("Distributor"), NULL },
	CHOICE_END
};

const struct choice partner_tier_choices[] = {
	{ "platinum", N_("Platinum"), "info" },
	{ "gold", N_("Gold"), "wait" },
	{ "silver", N_("Silver"), "quiet" },
	{ "registered", N_("Registered"), "quiet" },
	CHOICE_END
};

const struct column partner_columns[] = {
	COL(partner, id, .describe = N_("Number of the firm")),
	COL(partner, manager_id, .hidden = true),
	COL(partner, version, .describe = N_("Rises with each change; send it as If-Match")),
	COL(partner, name, .describe = N_("Legal or trading name")),
	COL(partner, domain, .describe = N_("Web domain"), .max = 253),
	COL(partner, country, .describe = N_("Country of the seat, ISO 3166-1 alpha-2"), .max = 2),
	COL(partner, city, .describe = N_("Seat")),
	COL(partner, status, .describe = N_("State of the partnership"), .choices = partner_status_choices),
	COL(partner, types, .describe = N_("How the firm works with the vendor, comma-joined")),
	COL(partner, tier, .describe = N_("Highest level held"), .choices = partner_tier_choices),
	COL(partner, manager, .describe = N_("Channel manager")),
	COL(partner, manager_email, .describe = N_("The channel manager's address"), .max = 254),
	COL(partner, external_key, .describe = N_("Key in the vendor's CRM"), .nullable = true),
	COL(partner, since, .describe = N_("Partner since")),
	COL(partner, open_deals, .describe = N_("Registrations waiting for a decision or for the partner")),
	COL(partner, protected_deals, .describe = N_("Registrations protected now")),
	COL_END
};

const struct list_order partner_orders[] = {
	{ "name", N_("Name"), "p.name", "p.id", false, "name" },
	{ "name-down", N_("Name, Z first"), "p.name", "p.id", true, "name" },
	{ "newest", N_("Newest partners"), "p.since", "p.id", true, "since" },
	{ "oldest", N_("Longest partners"), "p.since", "p.id", false, "since" },
	{ NULL, NULL, NULL, NULL, false, NULL }
};

const struct column partner_fact_columns[] = {
	COL(partner_fact, status, .describe = N_("State of the deals"), .max = 20),
	COL(partner_fact, n, .describe = N_("How many")),
	COL(partner_fact, amount, .describe = N_("Their expected value, of one currency"), .nullable = true),
	COL_END
};

int partner_get(struct db *db, const struct user *u, int64_t id, struct partner *out)
{
	int rc = db_row(db, SQL_GET, ARGS(SCOPE_ARGS(u), A(id)), partner_columns, out);

	return rc == E_NOTFOUND ? fail(db->err, E_NOTFOUND, "%s", _("This partner could not be found")) : rc;
}

/* %text% for LIKE, with the pattern's own characters taken literally. */
static const char *contains(struct arena *a, const char *text)
{
	struct strbuf b;

	strbuf_init(&b, a, 1000);
	strbuf_addc(&b, '%');
	for (; *text; text++) {
		if (*text == '%' || *text == '_' || *text == '\\')
			strbuf_addc(&b, '\\');
		strbuf_addc(&b, *text);
	}
	strbuf_addc(&b, '%');
	return b.text;
}

int partner_list(struct db *db, const struct user *u, const struct partner_filter *f, const struct page *p,
	struct partner **out, size_t *count, const char **next, int64_t *total)
{
	const char *q = str_or(f->q, ""), *like = contains(db->arena, q);
	const char *status = str_or(f->status, ""), *country = str_or(f->country, "");
	const char *tier = str_or(f->tier, ""), *type = str_or(f->type, "");
	bool mine = !str_empty(f->mine);
	const struct arg args[] = { SCOPE_ARGS(u), A(q), A(like), A(like), A(like), A(status), A(status),
		A(country), A(country), A(tier[0] || type[0] ? "1" : ""), A(tier), A(tier), A(type), A(type),
		A(mine), A(u->person_id) };
	size_t n = sizeof(args) / sizeof(args[0]);
	int rc = list_rows(db, SQL_LIST, args, n, p, partner_columns, sizeof(**out), out, count, next);

	return rc ? rc : db_int(db, SQL_COUNT, args, n, total);
}

/* partner_columns with what the record has beyond them; both structs begin alike. */
struct record_row { struct partner partner; int64_t people; const char *facts; };
#define N_RECORD 18

static const struct column *record_columns(void)
{
	static const struct column more[] = { COL(record_row, people), COL(record_row, facts), COL_END };
	static struct column all[N_RECORD + 1];
	size_t n = 0;

	if (all[0].name)
		return all;
	for (const struct column *c = partner_columns; c->name && n + 2 < N_RECORD; c++)
		all[n++] = *c;
	memcpy(&all[n], more, sizeof(more));
	return all;
}

static int facts_read(struct db *db, const char *text, struct partner_record *out)
{
	json_t *list = json_loads(str_or(text, "[]"), 0, NULL), *one;
	size_t i;

	out->facts = arena_array(db->arena, json_array_size(list) + 1, sizeof(*out->facts));
	if (!out->facts) {
		json_decref(list);
		return fail(db->err, E_NOMEM, "%s", _("There was no room for this partner"));
	}
	json_array_foreach(list, i, one) {
		struct partner_fact *f = &out->facts[out->n_facts++];

		f->status = arena_strdup(db->arena, json_string_value(json_object_get(one, "status")));
		f->n = json_integer_value(json_object_get(one, "n"));
		money_from_decimal(str_or(json_string_value(json_object_get(one, "amount")), "0"),
			str_or(json_string_value(json_object_get(one, "currency")), ""), &f->amount);
	}
	json_decref(list);
	return OK;
}

int partner_record(struct db *db, const struct user *u, int64_t id, struct partner_record *out)
{
	struct record_row row = { .people = 0 };
	int rc = db_row(db, SQL_RECORD, ARGS(A(id), SCOPE_ARGS(u), A(id)), record_columns(), &row);

	if (rc == E_NOTFOUND)
		return fail(db->err, E_NOTFOUND, "%s", _("This partner could not be found"));
	if (rc)
		return rc;
	*out = (struct partner_record){ .partner = row.partner, .people = row.people };
	return facts_read(db, row.facts, out);
}

/* from -> to, by an administrator; the reason goes into the event. */
static int change_status(struct db *db, const struct user *u, int64_t id, int64_t version, const char *from,
	const char *to, const char *what, const char *reason)
{
	struct event e = { .partner_id = id, .noun = "partner", .noun_id = id, .what = what, .from_state = from,
		.to_state = to, .text = reason };
	struct partner p;
	int rc = partner_get(db, u, id, &p);

	if (rc)
		return rc;
	if (version && p.version != version)
		return fail(db->err, E_STALE, "%s", _("Somebody changed this partner meanwhile"));
	if (!str_eq(p.status, from))
		return fail(db->err, E_CONFLICT, _("%s cannot be changed so: its state is \"%s\""), p.name,
			choice_find(partner_status_choices, p.status) ?
				_(choice_find(partner_status_choices, p.status)->label) : p.status);
	rc = db_change_one(db, SQL_STATUS, ARGS(A(to), A(id), A(p.version), A(from)));
	return rc ? rc : event_add(db, u, TO_PARTNER, &e);
}

int partner_suspend(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason)
{
	return change_status(db, u, id, version, "active", "suspended", "suspended", reason);
}

int partner_activate(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason)
{
	return change_status(db, u, id, version, "suspended", "active", "activated", reason);
}
