/* deal_timer.c - what the clock does with registrations
 *
 * Protections end, notices run out, reminders go out 30, 14, 7 and 1 days before the
 * end (as the rules say).  Each row is its own transaction, so that a kill at any line
 * leaves nothing half done.
 */
#include "deal_part.h"

#include "str.h"

static const char SQL_DUE[] =
	"SELECT id FROM deal WHERE status = 'approved' AND protected_until < ? ORDER BY protected_until, id LIMIT ?";
static const char SQL_NOTICE_DUE[] =
	"SELECT id FROM deal WHERE revoke_at < ? AND status = 'approved' ORDER BY revoke_at, id LIMIT ?";
/* The nearest threshold a protection has passed and was not yet told of. */
static const char SQL_REMIND[] =
	"SELECT id FROM deal WHERE status = 'approved' AND protected_until >= ? AND protected_until < ?"
	" AND (reminded_days IS NULL OR reminded_days > ?) ORDER BY protected_until, id LIMIT ?";

struct due { int64_t id; };
static const struct column due_columns[] = { COL(due, id), COL_END };

static int revoke_one(struct db *db, int64_t id)
{
	struct ground g;
	struct deal was;
	int rc = deal_lock(db, NULL, id, 0, &was);

	if (!rc)
		rc = deal_ground(db, &g);
	if (rc || when_none(was.revoke_at) || was.revoke_at.us >= db->now.us || !str_eq(was.status, "approved"))
		return rc;
	return deal_revoke_now(db, NULL, &g, &was, str_or(was.reason, ""));
}

static int expire_run(struct db *db, void *arg)
{
	return deal_expire_one(db, *(int64_t *)arg);
}

static int revoke_run(struct db *db, void *arg)
{
	return revoke_one(db, *(int64_t *)arg);
}

static int each_due(struct db *db, const char *sql, size_t max, int (*run)(struct db *, void *), size_t *done)
{
	struct due *rows;
	size_t n;
	int rc = DB_ROWS(db, sql, ARGS(A(db->now), A((int64_t)max)), due_columns, struct due, max, &rows, &n);

	for (size_t i = 0; i < n && !rc; i++) {
		rc = db_transaction(db, run, &rows[i].id);
		*done += !rc;
	}
	return rc;
}

int deal_expire_due(struct db *db, size_t max, size_t *done)
{
	int rc;

	*done = 0;
	rc = each_due(db, SQL_NOTICE_DUE, max, revoke_run, done);
	if (!rc && *done < max)
		rc = each_due(db, SQL_DUE, max - *done, expire_run, done);
	return rc;
}

struct reminder { int64_t id, days; };

static int remind_run(struct db *db, void *arg)
{
	const struct reminder *m = arg;
	struct deal was, d;
	int rc = deal_lock(db, NULL, m->id, 0, &was);

	if (rc || !str_eq(was.status, "approved") || (was.reminded_days && was.reminded_days <= m->days))
		return rc;
	d = was;
	d.reminded_days = (int)m->days;
	rc = deal_save(db, &was, &d);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, &d, "deal-reminder", NULL);
	return rc ? rc : deal_event(db, NULL, &d, "reminded", was.status, d.status, NULL);
}

/* One threshold: protections that end within days from now, but not within the next smaller one. */
static int remind_within(struct db *db, int64_t days, int64_t smaller, size_t max, size_t *done)
{
	struct reminder m = { .days = days };
	struct due *rows;
	size_t n;
	int rc = DB_ROWS(db, SQL_REMIND, ARGS(A(when_plus(db->now, smaller * 86400)), A(when_plus(db->now, days * 86400)),
		A(days), A((int64_t)max)), due_columns, struct due, max, &rows, &n);

	for (size_t i = 0; i < n && !rc; i++) {
		m.id = rows[i].id;
		rc = db_transaction(db, remind_run, &m);
		*done += !rc;
	}
	return rc;
}

int deal_remind_due(struct db *db, size_t max, size_t *done)
{
	int64_t days[10] = { 0 };       /* ascending, from 0: the end itself */
	struct rules rules;
	size_t n = 1;
	char *list, *one;
	int rc = rules_current(db, &rules);

	*done = 0;
	if (rc)
		return rc == E_NOTFOUND ? OK : rc;
	list = arena_strdup(db->arena, str_or(rules.reminder_days, ""));
	while (list && n < 10 && (one = strsep(&list, ", ")))
		if (str_to_int(one, 1, 365, &days[n]))
			n++;
	for (size_t i = 1; i < n; i++)          /* the rules say them largest first; any order is right */
		for (size_t k = i + 1; k < n; k++)
			if (days[k] < days[i]) {
				int64_t swap = days[i];

				days[i] = days[k];
				days[k] = swap;
			}
	for (size_t i = 1; i < n && !rc && *done < max; i++)
		rc = remind_within(db, days[i], days[i - 1], max - *done, done);
	return rc;
}
