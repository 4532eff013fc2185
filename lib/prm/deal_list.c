/* deal_list.c - lists of registrations, for both sides */
#include "deal_part.h"

#include "intl.h"
#include "str.h"

#define N_STATUS 11
#define COUNT_MAX 10000        /* past it a filtered list does not say its total */

#define SQL_FROM \
	" FROM deal d JOIN partner p ON p.id = d.partner_id LEFT JOIN product_family f ON f.id = d.family_id"
#define SQL_LIST_COLUMNS \
	"SELECT d.id, CONCAT('DR-', d.id) AS number, d.version, d.status, d.status_since, d.partner_id, p.name AS partner," \
	" r.name AS registrant, d.customer, d.domain, d.country, IFNULL(f.code, '') AS product_family," \
	" IFNULL(f.name, '') AS family, d.amount, d.currency, d.closes_on, d.decision_due_at, d.protected_until," \
	" d.extension_pending," \
	" d.outcome, d.clause, IFNULL(d.rules_number, 0) AS rules_number, d.external_key, d.created_at, d.submitted_at," \
	" CAST(IFNULL(d.amount, 0) AS CHAR) AS sort_amount," \
	" CAST(IFNULL(d.decision_due_at, '9999-12-31') AS CHAR) AS sort_due," \
	" CAST(IFNULL(d.protected_until, '9999-12-31') AS CHAR) AS sort_end"
/* "? = 0 OR" is folded away when the statement is planned, so the index of the other half is used. */
#define SQL_WHERE \
	" WHERE " DEAL_SCOPE \
	" AND (? = 0 OR d.status IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))" \
	" AND (? = 0 OR d.partner_id = ?)" \
	" AND (? = 0 OR d.open_rank IN (1, 3))" \
	" AND (? = 0 OR d.person_id = ?)" \
	" AND (? = '' OR d.country = ?)" \
	" AND (? = '' OR d.family_id = (SELECT pf.id FROM product_family pf WHERE pf.code = ?))" \
	" AND (? IS NULL OR (d.status = 'approved' AND d.protected_until <= ?))" \
	" AND (? = '' OR d.customer LIKE ? OR d.domain LIKE ? OR p.name LIKE ? OR d.id = ? OR d.external_key = ?)"

static const char SQL_LIST[] = SQL_LIST_COLUMNS SQL_FROM " JOIN person r ON r.id = d.person_id" SQL_WHERE;
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM (SELECT 1" SQL_FROM SQL_WHERE " LIMIT 10001) AS bounded";
/* Without search or further filters the kept numbers know. */
static const char SQL_ROLLUP_COUNT[] =
	"SELECT CAST(IFNULL(SUM(t.n), 0) AS SIGNED) FROM deal_rollup t JOIN partner p ON p.id = t.partner_id"
	" WHERE (? = 0 AND t.status <> 'draft' OR t.partner_id = ?) AND (? = 0 OR p.manager_id = ?)"
	" AND (? = 0 OR t.status IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)) AND (? = 0 OR t.partner_id = ?)";

const struct column deal_list_columns[] = {
	COL(deal, id, .describe = N_("Number of the registration")),
	COL(deal, number, .describe = N_("As people call it")),
	COL(deal, version, .describe = N_("Rises with each change; send it as If-Match")),
	COL(deal, status, .choices = deal_status_choices, .describe = N_("State")),
	COL(deal, status_since, .describe = N_("In this state since")),
	COL(deal, partner_id, .describe = N_("The firm that registers")),
	COL(deal, partner, .describe = N_("Its name")),
	COL(deal, registrant, .describe = N_("Who registered"), .max = 120),
	COL(deal, customer, .describe = N_("End customer")),
	COL(deal, domain, .describe = N_("Customer's web domain, as given"), .max = 253),
	COL(deal, country, .describe = N_("Customer's country, ISO 3166-1 alpha-2"), .max = 2),
	COL(deal, product_family, .describe = N_("Code of the product family"), .max = 40),
	COL(deal, family, .describe = N_("Name of the product family"), .max = 120),
	COL(deal, amount, .nullable = true, .describe = N_("Expected value")),
	COL(deal, closes_on, .nullable = true, .describe = N_("Expected close")),
	COL(deal, decision_due_at, .nullable = true, .describe = N_("The deal desk decides by")),
	COL(deal, protected_until, .nullable = true, .describe = N_("Last protected moment")),
	COL(deal, extension_pending, .describe = N_("An extension waits for the deal desk")),
	COL(deal, outcome, .nullable = true, .choices = deal_outcome_choices, .describe = N_("Last decision")),
	COL(deal, clause, .nullable = true, .describe = N_("Clause it rests on"), .max = 16),
	COL(deal, rules_number, .describe = N_("Version of the rules it rests on; 0: not decided")),
	COL(deal, external_key, .nullable = true, .describe = N_("The partner's own key"), .max = 80),
	COL(deal, created_at, .describe = N_("Written down")),
	COL(deal, submitted_at, .nullable = true, .describe = N_("Submitted: priority counts from here")),
	COL(deal, sort_amount, .hidden = true),
	COL(deal, sort_due, .hidden = true),
	COL(deal, sort_end, .hidden = true),
	COL_END
};

const struct list_order deal_orders[] = {
	{ "newest", N_("Newest"), "d.created_at", "d.id", true, "created_at" },
	{ "oldest", N_("Oldest"), "d.created_at", "d.id", false, "created_at" },
	{ "customer", N_("Customer"), "d.customer", "d.id", false, "customer" },
	{ "customer-down", N_("Customer, Z first"), "d.customer", "d.id", true, "customer" },
	{ "amount", N_("Largest value"), "IFNULL(d.amount, 0)", "d.id", true, "sort_amount" },
	{ "amount-up", N_("Smallest value"), "IFNULL(d.amount, 0)", "d.id", false, "sort_amount" },
	{ "due", N_("Decision due"), "IFNULL(d.decision_due_at, '9999-12-31')", "d.id", false, "sort_due" },
	{ "due-last", N_("Decision due last"), "IFNULL(d.decision_due_at, '9999-12-31')", "d.id", true, "sort_due" },
	{ "protection", N_("Protection ends"), "IFNULL(d.protected_until, '9999-12-31')", "d.id", false, "sort_end" },
	{ "protection-last", N_("Protection ends last"), "IFNULL(d.protected_until, '9999-12-31')", "d.id", true, "sort_end" },
	{ NULL, NULL, NULL, NULL, false, NULL }
};

/* The values of a comma-joined set, the first repeated in the slots left over. */
static size_t status_slots(struct arena *a, const char *set, const char *slots[N_STATUS])
{
	char *copy = arena_strdup(a, str_or(set, "")), *next = copy, *one;
	size_t n = 0;

	while (copy && n < N_STATUS && (one = strsep(&next, ",")))
		if (*one)
			slots[n++] = one;
	for (size_t i = n; i < N_STATUS; i++)
		slots[i] = n ? slots[0] : "";
	return n;
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

/* "DR-1042" or "1042" -> 1042; 0 when q is no number. */
static int64_t number_in(const char *q)
{
	int64_t id = 0;

	if (!strncasecmp(q, "DR-", 3))
		q += 3;
	return str_to_int(q, 1, INT64_MAX, &id) ? id : 0;
}

#define S(i) A(slots[i])
#define STATUS_ARGS A(n_status > 0), S(0), S(1), S(2), S(3), S(4), S(5), S(6), S(7), S(8), S(9), S(10)

static int count(struct db *db, const struct user *u, const struct deal_filter *f, bool plain,
	const struct arg *args, size_t n, int64_t *total)
{
	const char *slots[N_STATUS];
	size_t n_status = status_slots(db->arena, f->status, slots);
	int rc;

	if (plain)
		return db_int(db, SQL_ROLLUP_COUNT, ARGS(DEAL_SCOPE_ARGS(u), STATUS_ARGS, A(f->partner_id),
			A(f->partner_id)), total);
	rc = db_int(db, SQL_COUNT, args, n, total);
	if (!rc && *total > COUNT_MAX)
		*total = -1;
	return rc;
}

int deal_list(struct db *db, const struct user *u, const struct deal_filter *f, const struct page *p,
	struct deal **out, size_t *n_out, const char **next, int64_t *total)
{
	const char *slots[N_STATUS], *q = str_or(f->q, ""), *like = contains(db->arena, q);
	size_t n_status = status_slots(db->arena, f->status, slots);
	const char *country = str_or(f->country, ""), *family = str_or(f->product_family, "");
	int64_t days = 0, me = str_eq(f->mine, "me") ? u->person_id : 0;
	bool queue = str_eq(f->mine, "queue");
	struct when end = { 0 };
	int rc;

	if (!str_empty(f->ending) && str_to_int(f->ending, 1, 3650, &days))
		end = when_plus(db->now, days * 86400);
	{
		const struct arg args[] = { DEAL_SCOPE_ARGS(u), STATUS_ARGS, A(f->partner_id), A(f->partner_id), A(queue),
			A(me), A(me), A(country), A(country), A(family), A(family), A(end), A(end),
			A(q), A(like), A(like), A(like), A(number_in(q)), A(q) };
		size_t n = sizeof(args) / sizeof(args[0]);
		bool plain = !me && !queue && !*country && !*family && !days && !*q;

		rc = list_rows(db, SQL_LIST, args, n, p, deal_list_columns, sizeof(**out), out, n_out, next);
		*total = -1;
		if (!rc && p->limit <= MAX_PAGE_ROWS)   /* a file says no total */
			rc = count(db, u, f, plain, args, n, total);
	}
	for (size_t i = 0; !rc && i < *n_out; i++)
		deal_next_of(&(*out)[i]);
	return rc;
}
