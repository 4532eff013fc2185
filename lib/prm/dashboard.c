/* dashboard.c - the numbers of a firm, or of all firms, and what waits for whom */
#include "dashboard.h"

#include "intl.h"
#include "str.h"

#define MAX_FIGURES 4000
#define DAY_SECONDS 86400

/* ---- figures: kind, day, label, currency, n, amount, seconds ---- */

static const char SQL_FIRM[] =
	"SELECT 'deal' AS kind, month AS day, status AS label, currency, n, CAST(amount AS CHAR) AS amount, 0 AS seconds"
	" FROM deal_rollup WHERE partner_id = ? AND n <> 0"
	" UNION ALL SELECT 'decision', day, outcome, IF(by_rule, '1', ''), n, '', seconds"
	" FROM decision_rollup WHERE partner_id = ? AND day >= ?"
	" UNION ALL SELECT 'ending', NULL, '', '', COUNT(*), '', 0"
	" FROM deal WHERE partner_id = ? AND status = 'approved' AND protected_until BETWEEN ? AND ?";

#define MANAGED(column) " JOIN partner p ON p.id = " column " AND p.manager_id = ?"
#define VENDOR_FIGURES(of_rollup, of_decision, of_deal) \
	"SELECT 'deal' AS kind, x.month AS day, x.status AS label, x.currency, CAST(SUM(x.n) AS SIGNED) AS n," \
	" CAST(SUM(x.amount) AS CHAR) AS amount, 0 AS seconds FROM deal_rollup x" of_rollup \
	" GROUP BY x.month, x.status, x.currency" \
	" UNION ALL SELECT 'decision', x.day, x.outcome, IF(x.by_rule, '1', ''), CAST(SUM(x.n) AS SIGNED), ''," \
	" CAST(SUM(x.seconds) AS SIGNED) FROM decision_rollup x" of_decision " WHERE x.day >= ?" \
	" GROUP BY x.day, x.outcome, x.by_rule" \
	" UNION ALL SELECT 'ending', NULL, '', '', COUNT(*), '', 0 FROM deal x" of_deal \
	" WHERE x.status = 'approved' AND x.protected_until BETWEEN ? AND ?" \
	" UNION ALL SELECT 'age', NULL, CASE WHEN x.submitted_at > ? THEN '0' WHEN x.submitted_at > ? THEN '1'" \
	" WHEN x.submitted_at > ? THEN '2' ELSE '3' END AS waited, '', COUNT(*), ''," \
	" CAST(SUM(x.decision_due_at < ?) AS SIGNED) FROM deal x" of_deal " WHERE x.open_rank = 1 GROUP BY waited"
static const char SQL_ALL[] = VENDOR_FIGURES("", "", "");
static const char SQL_MANAGED[] =
	VENDOR_FIGURES(MANAGED("x.partner_id"), MANAGED("x.partner_id"), MANAGED("x.partner_id"));

struct figure { const char *kind, *label, *currency, *amount; struct day day; int64_t n, seconds; };
static const struct column figure_columns[] = {
	COL(figure, kind),
	COL(figure, day),
	COL(figure, label),
	COL(figure, currency),
	COL(figure, n),
	COL(figure, amount),
	COL(figure, seconds),
	COL_END
};

/* ---- what waits ---- */

#define WAITING(kind, reason, due, since, more, where, order) \
	"(SELECT '" kind "' AS kind, d.id AS deal_id, p.name AS partner, d.customer, f.name AS family, r.name AS region," \
	" d.status, d.clause, IFNULL(d.rules_number, 0) AS rules_number, " reason " AS reason, d.amount, d.currency, " due " AS due, " since " AS since, d.extensions" \
	" FROM " more " JOIN partner p ON p.id = d.partner_id LEFT JOIN product_family f ON f.id = d.family_id" \
	" LEFT JOIN region r ON r.id = d.region_id WHERE " where " ORDER BY " order " LIMIT 8)"

static const char SQL_FIRM_WAITING[] =
	WAITING("answer", "d.asked", "NULL", "d.status_since", "deal d",
		"d.partner_id = ? AND d.status = 'action_required'", "d.status_since, d.id")
	" UNION ALL "
	WAITING("ending", "NULL", "d.protected_until", "d.status_since", "deal d",
		"d.partner_id = ? AND d.status = 'approved' AND d.protected_until BETWEEN ? AND ?"
		" AND NOT EXISTS (SELECT 1 FROM extension e WHERE e.pending_key = d.id)", "d.protected_until, d.id")
	" UNION ALL "
	WAITING("decision", "d.reason", "d.decision_due_at", "d.submitted_at", "deal d",
		"d.partner_id = ? AND d.status IN ('submitted', 'in_review')", "d.decision_due_at, d.id")
	" UNION ALL "
	WAITING("extension", "e.evidence", "d.protected_until", "e.asked_at", "deal d JOIN extension e ON e.pending_key = d.id",
		"d.partner_id = ? AND d.status = 'approved'", "e.asked_at, d.id")
	" UNION ALL "
	WAITING("draft", "NULL", "NULL", "d.created_at", "deal d",
		"d.partner_id = ? AND d.status = 'draft' AND d.person_id = ?", "d.created_at DESC, d.id DESC");

#define VENDOR_WAITING(own) \
	WAITING("decision", "d.reason", "d.decision_due_at", "d.submitted_at", "deal d", \
		"d.open_rank = 1" own, "d.decision_due_at, d.id") \
	" UNION ALL " \
	WAITING("extension", "e.evidence", "d.protected_until", "e.asked_at", \
		"extension e JOIN deal d ON d.id = e.pending_key", "e.pending_key > 0" own, "e.asked_at, d.id") \
	" UNION ALL " \
	WAITING("answer", "d.asked", "NULL", "d.status_since", "deal d", \
		"? AND d.open_rank = 2" own, "d.status_since, d.id") \
	" UNION ALL " \
	WAITING("ending", "NULL", "d.protected_until", "d.status_since", "deal d", \
		"? AND d.status = 'approved' AND d.protected_until BETWEEN ? AND ?" own, "d.protected_until, d.id")
static const char SQL_ALL_WAITING[] = VENDOR_WAITING("");
static const char SQL_MANAGED_WAITING[] = VENDOR_WAITING(" AND p.manager_id = ?");

static const char SQL_FIRM_MARK[] = "SELECT seq FROM event WHERE partner_id = ? ORDER BY seq DESC LIMIT 1";
static const char SQL_MARK[] = "SELECT seq FROM event_head WHERE id = 1";

const struct choice waiting_choices[] = {
	{ "decision", N_("To decide"), "wait" },
	{ "extension", N_("Extension asked for"), "wait" },
	{ "answer", N_("Answer needed"), "bad" },
	{ "ending", N_("Protection ends"), "info" },
	{ "draft", N_("Not sent yet"), "quiet" },
	CHOICE_END
};

const struct column month_figures_columns[] = {
	COL(month_figures, month, .describe = N_("First day of the month the deals were registered in")),
	COL(month_figures, waiting, .describe = N_("Still open")),
	COL(month_figures, protected_deals, .describe = N_("Protected now")),
	COL(month_figures, won, .describe = N_("Became orders")),
	COL(month_figures, ended, .describe = N_("Expired, withdrawn, revoked or turned down")),
	COL_END
};

const struct column day_figures_columns[] = {
	COL(day_figures, day, .describe = N_("Day, UTC")),
	COL(day_figures, by_rule, .describe = N_("Decided without a person")),
	COL(day_figures, by_person, .describe = N_("Decided by a person")),
	COL(day_figures, seconds, .describe = N_("Time from submission to decision of those by a person, in sum")),
	COL_END
};

const struct column age_figures_columns[] = {
	COL(age_figures, age, .describe = N_("Longest time waited: 4h, 1d, 2d, more")),
	COL(age_figures, n, .describe = N_("Registrations")),
	COL_END
};

const struct column value_figures_columns[] = {
	COL(value_figures, state, .describe = N_("waiting, protected or won")),
	COL(value_figures, amount, .describe = N_("Expected value, of one currency")),
	COL_END
};

const struct column waiting_columns[] = {
	COL(waiting, kind, .describe = N_("What waits"), .choices = waiting_choices),
	COL(waiting, deal_id, .describe = N_("The registration")),
	COL(waiting, partner, .describe = N_("Whose it is")),
	COL(waiting, customer, .describe = N_("End customer")),
	COL(waiting, family, .describe = N_("Product family"), .nullable = true),
	COL(waiting, region, .describe = N_("Region"), .nullable = true),
	COL(waiting, status, .describe = N_("State of the registration"), .max = 20),
	COL(waiting, clause, .describe = N_("Clause the last decision rests on"), .nullable = true),
	COL(waiting, rules_number, .describe = N_("Version of the rules it rests on; 0 for none")),
	COL(waiting, reason, .describe = N_("Why it waits, or what was asked"), .nullable = true, .max = 2000),
	COL(waiting, amount, .describe = N_("Expected value"), .nullable = true),
	COL(waiting, due, .describe = N_("When it must be done"), .nullable = true),
	COL(waiting, since, .describe = N_("Waiting since"), .nullable = true),
	COL(waiting, extensions, .hidden = true),
	COL_END
};

/* ---- counting ---- */

enum outcome_group { GROUP_WAITING, GROUP_PROTECTED, GROUP_WON, GROUP_ENDED, GROUP_NONE };

static enum outcome_group group_of(const char *status)
{
	static const struct { const char *status; enum outcome_group group; } groups[] = {
		{ "submitted", GROUP_WAITING }, { "in_review", GROUP_WAITING }, { "action_required", GROUP_WAITING },
		{ "approved", GROUP_PROTECTED }, { "converted", GROUP_WON }, { "expired", GROUP_ENDED },
		{ "withdrawn", GROUP_ENDED }, { "revoked", GROUP_ENDED }, { "rejected", GROUP_ENDED },
		{ "duplicate", GROUP_ENDED }
	};

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (str_eq(groups[i].status, status))
			return groups[i].group;
	return GROUP_NONE;      /* drafts are nobody's business yet */
}

/* Gregorian day of the month, 1..31 (civil_from_days of Howard Hinnant's "chrono-compatible low-level date algorithms"). */
static int day_of_month(struct day d)
{
	int z = d.n + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	return doy - (153 * mp + 2) / 5 + 1;
}

static struct day first_of_month(struct day d)
{
	return day_plus(d, 1 - day_of_month(d));
}

static void value_add(struct dashboard *out, const char *state, const char *amount, const char *currency)
{
	struct money m;
	size_t i;

	if (!currency[0] || !money_from_decimal(amount, currency, &m))
		return;
	for (i = 0; i < out->n_values; i++)
		if (str_eq(out->values[i].state, state) && str_eq(out->values[i].amount.currency, currency)) {
			money_add(out->values[i].amount, m, &out->values[i].amount);
			return;
		}
	if (i < MAX_DASHBOARD_VALUES)
		out->values[out->n_values++] = (struct value_figures){ state, m };
}

static void count_deals(struct dashboard *out, const struct figure *f)
{
	static const char *const state[] = { "waiting", "protected", "won" };
	enum outcome_group g = group_of(f->label);

	if (g == GROUP_NONE)
		return;
	for (int i = 0; i < DASHBOARD_MONTHS; i++) {
		struct month_figures *m = &out->months[i];

		if (m->month.n == f->day.n)
			*(g == GROUP_WAITING ? &m->waiting : g == GROUP_PROTECTED ? &m->protected_deals :
				g == GROUP_WON ? &m->won : &m->ended) += f->n;
	}
	if (f->day.n == out->months[DASHBOARD_MONTHS - 1].month.n)
		out->registered += f->n;
	if (f->day.n == out->months[DASHBOARD_MONTHS - 2].month.n)
		out->registered_before += f->n;
	if (g == GROUP_WAITING) {
		out->waiting += f->n;
		*(str_eq(f->label, "action_required") ? &out->with_partner : &out->at_desk) += f->n;
	}
	if (g == GROUP_PROTECTED)
		out->protected_deals += f->n;
	if (g != GROUP_ENDED)
		value_add(out, state[g], f->amount, f->currency);
}

static void count_decisions(struct dashboard *out, const struct figure *f)
{
	bool by_rule = f->currency[0] != '\0';
	int today = out->days[DASHBOARD_DAYS - 1].day.n;

	if (str_eq(f->label, "review"))
		return;         /* handed to a person: not decided yet */
	if (f->day.n >= out->months[DASHBOARD_MONTHS - 1].month.n)
		out->decided += f->n;
	else if (f->day.n - out->months[DASHBOARD_MONTHS - 2].month.n <= today - out->months[DASHBOARD_MONTHS - 1].month.n)
		out->decided_before += f->n;    /* the same part of the month before */
	if (f->day.n == today)
		out->decided_today += f->n;
	if (f->day.n == today - 1)
		out->decided_yesterday += f->n;
	for (int i = 0; i < DASHBOARD_DAYS; i++) {
		struct day_figures *d = &out->days[i];

		if (d->day.n != f->day.n)
			continue;
		*(by_rule ? &d->by_rule : &d->by_person) += f->n;
		d->seconds += by_rule ? 0 : f->seconds;
		*(by_rule ? &out->by_rule : &out->by_person) += f->n;
		out->seconds += by_rule ? 0 : f->seconds;
	}
}

static void count(struct dashboard *out, const struct figure *f, size_t n)
{
	for (; n--; f++)
		if (str_eq(f->kind, "deal"))
			count_deals(out, f);
		else if (str_eq(f->kind, "decision"))
			count_decisions(out, f);
		else if (str_eq(f->kind, "ending"))
			out->ending += f->n;
		else if (f->label[0] >= '0' && f->label[0] < '0' + DASHBOARD_AGES) {
			out->ages[f->label[0] - '0'].n += f->n;
			out->overdue += f->seconds;
		}
}

static void dashboard_init(struct dashboard *out, struct when now)
{
	static const char *const ages[DASHBOARD_AGES] = { "4h", "1d", "2d", "more" };
	struct day today = when_day(now, "UTC"), month = first_of_month(today);

	memset(out, 0, sizeof(*out));
	for (int i = DASHBOARD_MONTHS; i-- > 0; month = first_of_month(day_plus(month, -1)))
		out->months[i].month = month;
	for (int i = 0; i < DASHBOARD_DAYS; i++)
		out->days[i].day = day_plus(today, i + 1 - DASHBOARD_DAYS);
	for (int i = 0; i < DASHBOARD_AGES; i++)
		out->ages[i].age = ages[i];
}

int dashboard_figures(struct db *db, const struct user *u, struct dashboard *out)
{
	struct when now = db->now, soon = when_plus(now, DASHBOARD_ENDING_DAYS * DAY_SECONDS);
	struct when h4 = when_plus(now, -4 * 3600), d1 = when_plus(now, -DAY_SECONDS), d2 = when_plus(now, -2 * DAY_SECONDS);
	struct day from;
	struct figure *f;
	int64_t me = u->person_id;
	size_t n;
	int rc;

	dashboard_init(out, now);
	from = out->months[DASHBOARD_MONTHS - 2].month;
	if (!u->vendor)
		rc = DB_ROWS(db, SQL_FIRM, ARGS(A(u->partner_id), A(u->partner_id), A(from), A(u->partner_id), A(now),
			A(soon)), figure_columns, struct figure, MAX_FIGURES, &f, &n);
	else if (u->own_partners_only)
		rc = DB_ROWS(db, SQL_MANAGED, ARGS(A(me), A(me), A(from), A(me), A(now), A(soon), A(h4), A(d1), A(d2),
			A(now), A(me)), figure_columns, struct figure, MAX_FIGURES, &f, &n);
	else
		rc = DB_ROWS(db, SQL_ALL, ARGS(A(from), A(now), A(soon), A(h4), A(d1), A(d2), A(now)),
			figure_columns, struct figure, MAX_FIGURES, &f, &n);
	if (!rc)
		count(out, f, n);
	return rc;
}

int dashboard_waiting(struct db *db, const struct user *u, struct waiting **out, size_t *count_)
{
	struct when now = db->now;
	/* a partner sees a month ahead, the vendor's people a fortnight */
	struct when soon = when_plus(now, (u->vendor ? 14 : DASHBOARD_ENDING_DAYS) * DAY_SECONDS);
	int64_t firm = u->partner_id, me = u->person_id;
	/* who only decides is not asked to look after partners */
	bool cares = (u->roles & (ROLE_CHANNEL_MANAGER | ROLE_ADMINISTRATOR)) != 0;

	if (!u->vendor)
		return DB_ROWS(db, SQL_FIRM_WAITING, ARGS(A(firm), A(firm), A(now), A(soon), A(firm), A(firm), A(firm),
			A(me)), waiting_columns, struct waiting, MAX_WAITING, out, count_);
	if (u->own_partners_only)
		return DB_ROWS(db, SQL_MANAGED_WAITING, ARGS(A(me), A(me), A(cares), A(me), A(cares), A(now), A(soon),
			A(me)), waiting_columns, struct waiting, MAX_WAITING, out, count_);
	return DB_ROWS(db, SQL_ALL_WAITING, ARGS(A(cares), A(cares), A(now), A(soon)), waiting_columns, struct waiting,
		MAX_WAITING, out, count_);
}

int dashboard_mark(struct db *db, const struct user *u, int64_t *seq)
{
	int rc = u->vendor ? db_int(db, SQL_MARK, NO_ARGS, seq) : db_int(db, SQL_FIRM_MARK, ARGS(A(u->partner_id)), seq);

	if (rc == E_NOTFOUND) {         /* a firm without a single event */
		err_clear(db->err);
		*seq = 0;
		return OK;
	}
	return rc;
}
