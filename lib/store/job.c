/* job.c - background work */
#include "job.h"

#include "str.h"

#define MAX_TRIES 5

const struct column job_columns[] = {
	COL(job, id),
	COL(job, kind),
	{ .name = "input", .type = COL_JSON, .offset = offsetof(struct job, input), .size = sizeof(const char *) },
	{ .name = "result", .type = COL_JSON, .offset = offsetof(struct job, result), .size = sizeof(const char *) },
	COL(job, status),
	COL(job, done_units),
	COL(job, all_units),
	COL(job, tries),
	COL(job, person_id),
	COL(job, created_at),
	COL(job, finished_at),
	COL(job, last_error),
	COL_END
};

static const char put_sql[] =
	"INSERT INTO job (kind, input, person_id, created_at, due_at) VALUES (?, ?, ?, ?, NOW(6))";
/* While a job runs, due_at is when its lease ends. */
static const char due_sql[] =
	"SELECT id, kind, input, result, status, done_units, all_units, tries, person_id, created_at, finished_at,"
	" last_error FROM job WHERE kind = ? AND status IN ('waiting', 'running') AND due_at <= NOW(6)"
	" ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED";
static const char claim_sql[] =
	"UPDATE job SET status = 'running', claimed_by = ?, tries = tries + 1, lease_seconds = ?,"
	" due_at = NOW(6) + INTERVAL lease_seconds SECOND WHERE id = ?";
static const char give_up_sql[] =
	"UPDATE job SET status = 'failed', claimed_by = NULL, finished_at = NOW(6),"
	" last_error = COALESCE(last_error, 'given up: its worker died every time') WHERE id = ?";
static const char progress_sql[] =
	"UPDATE job SET done_units = ?, all_units = ?, due_at = NOW(6) + INTERVAL lease_seconds SECOND"
	" WHERE id = ? AND claimed_by = ? AND status = 'running'";
static const char done_sql[] =
	"UPDATE job SET status = 'done', result = ?, finished_at = ?, claimed_by = NULL, last_error = NULL"
	" WHERE id = ? AND claimed_by = ? AND status = 'running'";
static const char failed_sql[] =
	"UPDATE job SET status = 'failed', last_error = ?, finished_at = ?, claimed_by = NULL"
	" WHERE id = ? AND claimed_by = ? AND status = 'running'";

int job_put(struct db *db, const char *kind, const char *input, int64_t person_id, int64_t *id)
{
	struct db_done done;
	int rc = db_exec(db, put_sql, ARGS(A(kind), A(str_or(input, "{}")), arg_id(person_id), A(db->now)), &done);

	if (!rc && id)
		*id = done.id;
	return rc;
}

struct claim { const char *kind, *worker; int seconds; bool given_up; struct job *out; };

static int claim(struct db *db, void *arg)
{
	struct claim *c = arg;
	int rc = db_row(db, due_sql, ARGS(A(c->kind)), job_columns, c->out);

	c->given_up = false;
	if (rc)
		return rc;
	if (c->out->tries >= MAX_TRIES) {
		c->given_up = true;
		return db_change_one(db, give_up_sql, ARGS(arg_int(c->out->id)));
	}
	c->out->status = "running";
	c->out->tries++;
	return db_change_one(db, claim_sql, ARGS(A(c->worker), A(c->seconds), arg_int(c->out->id)));
}

int job_claim(struct db *db, const char *kind, const char *worker, int lease_seconds, struct job *out)
{
	struct claim c = { kind, worker, lease_seconds, false, out };
	int rc;

	if (db_in_transaction(db))
		return fail_detail(db->err, E_INTERNAL, "job_claim inside a transaction");
	do
		rc = db_transaction(db, claim, &c);
	while (!rc && c.given_up);
	return rc;
}

int job_progress(struct db *db, int64_t id, const char *worker, int done_units, int all_units)
{
	return db_change_one(db, progress_sql, ARGS(A(done_units), A(all_units), arg_int(id), A(worker)));
}

int job_done(struct db *db, int64_t id, const char *worker, const char *result)
{
	return db_change_one(db, done_sql, ARGS(A(result), A(when_now()), arg_int(id), A(worker)));
}

int job_failed(struct db *db, int64_t id, const char *worker, const char *error)
{
	char text[500];

	str_copy(text, sizeof(text), str_or(error, "unknown"));
	return db_change_one(db, failed_sql, ARGS(A((const char *)text), A(when_now()), arg_int(id), A(worker)));
}
