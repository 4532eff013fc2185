/* rollup.c - numbers kept in the transaction of what changes them */
#include "rollup.h"

#include "intl.h"
#include "str.h"

/* Both rows of a change in one statement, the smaller key first, so that two
 * transactions lock them in the same order. */
#define SQL_ADD_HEAD "INSERT INTO deal_rollup (partner_id, month, status, currency, n, amount) VALUES "
#define SQL_ADD_ROW  "(?, ?, ?, ?, ?, ?)"
#define SQL_ADD_TAIL " ON DUPLICATE KEY UPDATE n = n + VALUES(n), amount = amount + VALUES(amount)"
static const char SQL_ADD_ONE[] = SQL_ADD_HEAD SQL_ADD_ROW SQL_ADD_TAIL;
static const char SQL_ADD_TWO[] = SQL_ADD_HEAD SQL_ADD_ROW ", " SQL_ADD_ROW SQL_ADD_TAIL;

static const char SQL_DECISION[] =
	"INSERT INTO decision_rollup (partner_id, day, outcome, by_rule, n, seconds) VALUES (?, ?, ?, ?, 1, ?)"
	" ON DUPLICATE KEY UPDATE n = n + 1, seconds = seconds + VALUES(seconds)";

/* One statement reads both sides at one moment: what is left over is wrong. */
static const char SQL_WRONG_DEALS[] =
	"SELECT partner_id, month, status, currency, CAST(SUM(n) AS SIGNED) AS n, CAST(SUM(amount) AS CHAR) AS amount FROM ("
	"SELECT partner_id, month, status, currency, n, amount FROM deal_rollup"
	" UNION ALL "
	"SELECT partner_id, CAST(DATE_FORMAT(created_at, '%Y-%m-01') AS DATE), status, IFNULL(currency, ''),"
	" -COUNT(*), -SUM(IFNULL(amount, 0)) FROM deal GROUP BY 1, 2, 3, 4) AS both_sides"
	" GROUP BY partner_id, month, status, currency HAVING SUM(n) <> 0 OR SUM(amount) <> 0"
	" ORDER BY partner_id, month, status, currency LIMIT 1000";
static const char SQL_WRONG_DECISIONS[] =
	"SELECT partner_id, day, outcome, by_rule, CAST(SUM(n) AS SIGNED) AS n, CAST(SUM(seconds) AS SIGNED) AS seconds"
	" FROM (SELECT partner_id, day, outcome, by_rule, n, seconds FROM decision_rollup"
	" UNION ALL "
	"SELECT d.partner_id, CAST(e.at AS DATE), e.outcome, e.person_id IS NULL, -COUNT(*), -SUM(e.seconds)"
	" FROM decision e JOIN deal d ON d.id = e.deal_id GROUP BY 1, 2, 3, 4) AS both_sides"
	" GROUP BY partner_id, day, outcome, by_rule HAVING SUM(n) <> 0 OR SUM(seconds) <> 0"
	" ORDER BY partner_id, day, outcome, by_rule LIMIT 1000";
static const char SQL_COUNT[] =
	"SELECT (SELECT COUNT(*) FROM deal_rollup) + (SELECT COUNT(*) FROM decision_rollup)";
/* Repairs add the difference: right even when the row changed since it was read. */
static const char SQL_REPAIR_DECISION[] =
	"INSERT INTO decision_rollup (partner_id, day, outcome, by_rule, n, seconds) VALUES (?, ?, ?, ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE n = n + VALUES(n), seconds = seconds + VALUES(seconds)";

/* The first of the month the deal was made in, UTC. */
static struct day month_of(struct arena *a, struct when created_at)
{
	struct day d = when_day(created_at, "UTC");
	char *iso = day_iso(a, d);

	if (iso && strlen(iso) == 10) {
		iso[8] = '0';
		iso[9] = '1';
		day_from_sql(iso, &d);
	}
	return d;
}

struct counted { int64_t partner_id; struct day month; const char *status, *currency, *amount; int n; };

static int counted_of(struct db *db, const struct rollup_deal *d, int sign, struct counted *out)
{
	struct money m = d->amount;

	m.minor *= sign;
	out->partner_id = d->partner_id;
	out->month = month_of(db->arena, d->created_at);
	out->status = d->status;
	out->currency = arena_strdup(db->arena, m.currency);
	out->amount = m.currency[0] ? money_decimal(db->arena, m) : "0";
	out->n = sign;
	if (!out->currency || !out->amount)
		return fail(db->err, E_NOMEM, "%s", _("There was no room to count this registration"));
	return OK;
}

static int counted_compare(const struct counted *a, const struct counted *b)
{
	int rc;

	if (a->partner_id != b->partner_id)
		return a->partner_id < b->partner_id ? -1 : 1;
	if (a->month.n != b->month.n)
		return a->month.n < b->month.n ? -1 : 1;
	rc = strcmp(a->status, b->status);
	return rc ? rc : strcmp(a->currency, b->currency);
}

int rollup_deal_change(struct db *db, const struct rollup_deal *before, const struct rollup_deal *after)
{
	struct counted c[2];
	size_t n = 0;
	int rc = OK;

	if (before)
		rc = counted_of(db, before, -1, &c[n++]);
	if (!rc && after)
		rc = counted_of(db, after, 1, &c[n++]);
	if (rc || !n)
		return rc;
	if (n == 2) {
		int order = counted_compare(&c[0], &c[1]);

		if (order == 0 && before->amount.minor == after->amount.minor)
			return OK;
		if (order > 0) {
			struct counted t = c[0];

			c[0] = c[1];
			c[1] = t;
		}
		return db_exec(db, SQL_ADD_TWO, ARGS(A(c[0].partner_id), A(c[0].month), A(c[0].status),
			A(c[0].currency), A(c[0].n), A(c[0].amount), A(c[1].partner_id), A(c[1].month),
			A(c[1].status), A(c[1].currency), A(c[1].n), A(c[1].amount)), NULL);
	}
	return db_exec(db, SQL_ADD_ONE, ARGS(A(c[0].partner_id), A(c[0].month), A(c[0].status),
		A(c[0].currency), A(c[0].n), A(c[0].amount)), NULL);
}

int rollup_decision(struct db *db, int64_t partner_id, const char *outcome, bool by_rule, struct when submitted_at)
{
	return db_exec(db, SQL_DECISION, ARGS(A(partner_id), A(when_day(db->now, "UTC")), A(outcome), A(by_rule),
		A(rollup_decision_seconds(db, submitted_at))), NULL);
}

int64_t rollup_decision_seconds(const struct db *db, struct when submitted_at)
{
	if (when_none(submitted_at) || submitted_at.us > db->now.us)
		return 0;
	return (db->now.us - submitted_at.us) / 1000000;
}

/* ---- the checker ---- */

struct wrong_deal { int64_t partner_id, n; struct day month; const char *status, *currency, *amount; };
static const struct column wrong_deal_columns[] = {
	COL(wrong_deal, partner_id),
	COL(wrong_deal, month),
	COL(wrong_deal, status),
	COL(wrong_deal, currency),
	COL(wrong_deal, n),
	COL(wrong_deal, amount),
	COL_END
};

struct wrong_decision { int64_t partner_id, n, seconds; struct day day; const char *outcome; bool by_rule; };
static const struct column wrong_decision_columns[] = {
	COL(wrong_decision, partner_id),
	COL(wrong_decision, day),
	COL(wrong_decision, outcome),
	COL(wrong_decision, by_rule),
	COL(wrong_decision, n),
	COL(wrong_decision, seconds),
	COL_END
};

/* "-5" for "5" and the other way round. */
static const char *negated(struct arena *a, const char *amount)
{
	return amount[0] == '-' ? amount + 1 : arena_printf(a, "-%s", amount);
}

static int check_deals(struct db *db, bool repair, struct rollup_report *out)
{
	struct wrong_deal *w;
	size_t n;
	int rc = DB_ROWS(db, SQL_WRONG_DEALS, NO_ARGS, wrong_deal_columns, struct wrong_deal, 1000, &w, &n);

	for (size_t i = 0; !rc && i < n; i++) {
		if (!out->first)
			out->first = arena_printf(db->arena,
				"deals of partner %lld, month %s, state %s, currency '%s': off by %lld, amount by %s",
				(long long)w[i].partner_id, day_iso(db->arena, w[i].month), w[i].status,
				w[i].currency, (long long)w[i].n, w[i].amount);
		if (repair)
			rc = db_exec(db, SQL_ADD_ONE, ARGS(A(w[i].partner_id), A(w[i].month), A(w[i].status),
				A(w[i].currency), A(-w[i].n), A(negated(db->arena, w[i].amount))), NULL);
	}
	out->wrong += (int64_t)n;
	return rc;
}

static int check_decisions(struct db *db, bool repair, struct rollup_report *out)
{
	struct wrong_decision *w;
	size_t n;
	int rc = DB_ROWS(db, SQL_WRONG_DECISIONS, NO_ARGS, wrong_decision_columns, struct wrong_decision, 1000,
		&w, &n);

	for (size_t i = 0; !rc && i < n; i++) {
		if (!out->first)
			out->first = arena_printf(db->arena, "decisions of partner %lld, %s, outcome %s%s: off by %lld, seconds by %lld",
				(long long)w[i].partner_id, day_iso(db->arena, w[i].day), w[i].outcome, w[i].by_rule ? " by rule" : "",
				(long long)w[i].n, (long long)w[i].seconds);
		if (repair)
			rc = db_exec(db, SQL_REPAIR_DECISION, ARGS(A(w[i].partner_id), A(w[i].day), A(w[i].outcome), A(w[i].by_rule),
				A(-w[i].n), A(-w[i].seconds)), NULL);
	}
	out->wrong += (int64_t)n;
	return rc;
}

int rollup_check(struct db *db, bool repair, struct rollup_report *out)
{
	int rc;

	*out = (struct rollup_report){ 0 };
	rc = db_int(db, SQL_COUNT, NO_ARGS, &out->compared);
	if (!rc)
		rc = check_deals(db, repair, out);
	if (!rc)
		rc = check_decisions(db, repair, out);
	return rc;
}
