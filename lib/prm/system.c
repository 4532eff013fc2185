/* system.c - lists and health for administrators and auditors */
#include "system.h"

#include <sys/statvfs.h>

#include "intl.h"

/* ---- audit log ---- */
static const char EVENTS[] =
	"SELECT seq, at, actor_id, actor_name, partner_id, noun, noun_id, what, from_state, to_state, "
	"rules_number, clause, text, audience, address FROM event "
	"WHERE (? IS NULL OR actor_name LIKE CONCAT('%', ?, '%') OR text LIKE CONCAT('%', ?, '%')) "
	"AND (? IS NULL OR noun = ?) AND (? IS NULL OR what = ?) AND (? IS NULL OR noun_id = ?) "
	"AND (? IS NULL OR at >= ?) AND (? IS NULL OR at < ? + INTERVAL 1 DAY)";

const struct list_order event_orders[] = {
	{ "newest", N_("Newest first"), "seq", "seq", true, "seq" },
	{ "oldest", N_("Oldest first"), "seq", "seq", false, "seq" },
	{ .name = NULL }
};

int event_list(struct db *db, const struct event_filter *f, const struct page *p,
	struct event **out, size_t *count, const char **next)
{
	return list_rows(db, EVENTS, ARGS(A(f->q), A(f->q), A(f->q), A(f->noun), A(f->noun), A(f->what), A(f->what),
		arg_id(f->noun_id), arg_id(f->noun_id), A(f->from), A(f->from), A(f->to), A(f->to)),
		p, event_columns, sizeof(struct event), out, count, next);
}

/* ---- outbox ---- */
#define OUTBOX_COLUMNS "id, channel, address, subject, template, body, dedup_key, status, tries, " \
	"created_at, next_try_at, sent_at, last_error, message_id"
#define OUTBOX_WHERE "FROM outbox WHERE (? IS NULL OR status = ?) " \
	"AND (? IS NULL OR address LIKE CONCAT('%', ?, '%') OR subject LIKE CONCAT('%', ?, '%'))"

static const char OUTBOX[] = "SELECT " OUTBOX_COLUMNS " " OUTBOX_WHERE;
static const char OUTBOX_COUNT[] = "SELECT COUNT(*) " OUTBOX_WHERE;
static const char OUTBOX_ONE[] = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE id = ?";

const struct list_order outbox_orders[] = {
	{ "newest", N_("Newest first"), "id", "id", true, "id" },
	{ "oldest", N_("Oldest first"), "id", "id", false, "id" },
	{ .name = NULL }
};

const struct choice outbox_status_choices[] = {
	{ "waiting", N_("Waiting"), "wait" },
	{ "sending", N_("Being sent"), "info" },
	{ "sent", N_("Sent"), "good" },
	{ "dead", N_("Given up"), "bad" },
	CHOICE_END
};

int outbox_list(struct db *db, const struct outbox_filter *f, const struct page *p,
	struct outbox **out, size_t *count, const char **next, int64_t *total)
{
	const struct arg args[] = { A(f->status), A(f->status), A(f->q), A(f->q), A(f->q) };
	int rc = list_rows(db, OUTBOX, args, 5, p, outbox_columns, sizeof(struct outbox), out, count, next);

	return rc ? rc : db_int(db, OUTBOX_COUNT, args, 5, total);
}

int outbox_get(struct db *db, int64_t id, struct outbox *out)
{
	return db_row(db, OUTBOX_ONE, ARGS(A(id)), outbox_columns, out);
}

/* ---- jobs ---- */
#define JOB_WHERE "FROM job WHERE (? IS NULL OR status = ?)"

static const char JOBS[] =
	"SELECT id, kind, input, result, status, done_units, all_units, tries, person_id, created_at, "
	"finished_at, last_error " JOB_WHERE;
static const char JOB_COUNT[] = "SELECT COUNT(*) " JOB_WHERE;

const struct list_order job_orders[] = {
	{ "newest", N_("Newest first"), "id", "id", true, "id" },
	{ "oldest", N_("Oldest first"), "id", "id", false, "id" },
	{ .name = NULL }
};

const struct choice job_status_choices[] = {
	{ "waiting", N_("Waiting"), "wait" },
	{ "running", N_("Running"), "info" },
	{ "done", N_("Done"), "good" },
	{ "failed", N_("Failed"), "bad" },
	CHOICE_END
};

int job_list(struct db *db, const struct job_filter *f, const struct page *p,
	struct job **out, size_t *count, const char **next, int64_t *total)
{
	const struct arg args[] = { A(f->status), A(f->status) };
	int rc = list_rows(db, JOBS, args, 2, p, job_columns, sizeof(struct job), out, count, next);

	return rc ? rc : db_int(db, JOB_COUNT, args, 2, total);
}

/* ---- health ---- */
static const char HEALTH[] =
	"SELECT (SELECT IFNULL(MAX(number), 0) FROM migration) AS schema_version, VERSION() AS `database`, "
	"(SELECT COUNT(*) FROM outbox WHERE status IN ('waiting', 'sending')) AS mails_waiting, "
	"(SELECT COUNT(*) FROM outbox WHERE status = 'dead') AS mails_dead, "
	"(SELECT COUNT(*) FROM job WHERE status IN ('waiting', 'running')) AS jobs_waiting, "
	"(SELECT COUNT(*) FROM job WHERE status = 'failed') AS jobs_failed, "
	"(SELECT COUNT(*) FROM session) AS sessions, (SELECT seq FROM event_head) AS events, "
	"(SELECT MIN(created_at) FROM outbox WHERE status = 'waiting') AS oldest_mail, "
	"@@innodb_flush_log_at_trx_commit = 1 AS durable";
static const char DUTIES[] =
	"SELECT SUBSTRING(name, 6) AS name, IFNULL(owner, '') AS owner, LEAST(until_at, NOW(6)) AS last FROM cron_lease "
	"WHERE name LIKE 'cron-%' ORDER BY name";

static const struct column health_row[] = {
	COL(health, schema_version), COL(health, database), COL(health, mails_waiting), COL(health, mails_dead),
	COL(health, jobs_waiting), COL(health, jobs_failed), COL(health, sessions), COL(health, events),
	COL(health, oldest_mail), COL(health, durable), COL_END
};
const struct column health_columns[] = {
	COL(health, schema_version, .describe = N_("Newest migration applied")),
	COL(health, database, .describe = N_("Database server's version")),
	COL(health, mails_waiting), COL(health, mails_dead), COL(health, jobs_waiting), COL(health, jobs_failed),
	COL(health, sessions, .describe = N_("Open sessions")),
	COL(health, events, .describe = N_("Length of the audit chain")),
	COL(health, oldest_mail, .nullable = true), COL(health, free_mb), COL(health, durable), COL_END
};
const struct column duty_columns[] = {
	COL(duty, name), COL(duty, owner), COL(duty, last, .nullable = true), COL_END
};

int health_get(struct db *db, const struct conf *c, struct health *out)
{
	struct statvfs fs;
	int rc = db_row(db, HEALTH, NO_ARGS, health_row, out);

	if (!rc && statvfs(c->files_dir, &fs) == 0)
		out->free_mb = (int64_t)(fs.f_bavail * (fs.f_frsize >> 10) >> 10);
	return rc;
}

int duty_list(struct db *db, struct duty **out, size_t *count)
{
	return DB_ROWS(db, DUTIES, NO_ARGS, duty_columns, struct duty, 50, out, count);
}
