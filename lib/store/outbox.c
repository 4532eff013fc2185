/* outbox.c - what must leave the house */
#include "outbox.h"

#include <sodium.h>

#include "str.h"

#define MAX_TRIES 10

/* The member cannot be called as the column. */
const struct column outbox_columns[] = {
	COL(outbox, id),
	COL(outbox, channel),
	COL(outbox, address),
	COL(outbox, subject),
	{ .name = "template", .type = COL_TEXT, .offset = offsetof(struct outbox, template_),
	  .size = sizeof(const char *) },
	{ .name = "body", .type = COL_JSON, .offset = offsetof(struct outbox, body), .size = sizeof(const char *) },
	COL(outbox, dedup_key),
	COL(outbox, status),
	COL(outbox, tries),
	COL(outbox, created_at),
	COL(outbox, next_try_at),
	COL(outbox, sent_at),
	COL(outbox, last_error),
	COL(outbox, message_id),
	COL_END
};

static const char put_sql[] =
	"INSERT INTO outbox (channel, address, subject, template, body, dedup_key, message_id, created_at, next_try_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, NOW(6))"
	" ON DUPLICATE KEY UPDATE dedup_key = dedup_key";
/* While a message is being sent, next_try_at is when its claim ends: one index finds
 * what is due and what a dead worker left behind. */
static const char due_sql[] =
	"SELECT id, channel, address, subject, template, body, dedup_key, status, tries,"
	" created_at, next_try_at, sent_at, last_error, message_id FROM outbox"
	" WHERE status IN ('waiting', 'sending') AND next_try_at <= NOW(6)"
	" ORDER BY next_try_at, id LIMIT ? FOR UPDATE SKIP LOCKED";
static const char claim_sql[] =
	"UPDATE outbox SET status = 'sending', claimed_by = ?, tries = tries + 1,"
	" next_try_at = NOW(6) + INTERVAL ? SECOND WHERE id = ?";
static const char sent_sql[] =
	"UPDATE outbox SET status = 'sent', sent_at = ?, claimed_by = NULL, last_error = NULL"
	" WHERE id = ? AND claimed_by = ? AND status = 'sending'";
/* Delays after the first, second ... try, times a percentage that scatters them. */
static const char failed_sql[] =
	"UPDATE outbox SET status = IF(? OR tries >= ?, 'dead', 'waiting'), last_error = ?, claimed_by = NULL,"
	" next_try_at = NOW(6) + INTERVAL COALESCE(ELT(tries, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400),"
	" 86400) * ? DIV 100 SECOND"
	" WHERE id = ? AND claimed_by = ? AND status = 'sending'";
static const char retry_sql[] =
	"UPDATE outbox SET status = 'waiting', tries = 0, next_try_at = NOW(6), claimed_by = NULL"
	" WHERE id = ? AND status IN ('dead', 'waiting')";

int outbox_put(struct db *db, const struct outbox *o)
{
	return db_exec(db, put_sql, ARGS(A(o->channel), A(o->address), A(str_or(o->subject, "")),
		A(str_or(o->template_, "")), A(str_or(o->body, "{}")), A(o->dedup_key), A(o->message_id),
		A(db->now)), NULL);
}

struct claim {
	const char *worker;
	int seconds;
	size_t max, count;
	struct outbox *list;
};

static int claim(struct db *db, void *arg)
{
	struct claim *c = arg;
	int rc = DB_ROWS(db, due_sql, ARGS(A((long)c->max)), outbox_columns, struct outbox, c->max,
		&c->list, &c->count);

	for (size_t i = 0; !rc && i < c->count; i++) {
		rc = db_change_one(db, claim_sql, ARGS(A(c->worker), A(c->seconds), arg_int(c->list[i].id)));
		c->list[i].status = "sending";
		c->list[i].tries++;
	}
	return rc;
}

int outbox_claim(struct db *db, const char *worker, int lease_seconds, size_t max,
	struct outbox **out, size_t *count)
{
	struct claim c = { .worker = worker, .seconds = lease_seconds, .max = max };
	int rc;

	*out = NULL;
	*count = 0;
	/* Acting before the claim commits would send twice. */
	if (db_in_transaction(db))
		return fail_detail(db->err, E_INTERNAL, "outbox_claim inside a transaction");
	rc = db_transaction(db, claim, &c);
	if (!rc) {
		*out = c.list;
		*count = c.count;
	}
	return rc;
}

int outbox_sent(struct db *db, int64_t id, const char *worker)
{
	return db_change_one(db, sent_sql, ARGS(A(when_now()), arg_int(id), A(worker)));
}

int outbox_failed(struct db *db, int64_t id, const char *worker, const char *error, bool forever)
{
	char text[500];

	str_copy(text, sizeof(text), str_or(error, "unknown"));
	return db_change_one(db, failed_sql, ARGS(A(forever), A(MAX_TRIES), A((const char *)text),
		A(100u + randombytes_uniform(21)), arg_int(id), A(worker)));
}

int outbox_retry(struct db *db, int64_t id)
{
	struct db_done done;
	int rc = db_exec(db, retry_sql, ARGS(arg_int(id)), &done);

	if (!rc && done.affected != 1)
		return fail_detail(db->err, E_CONFLICT, "message %lld waits for no retry", (long long)id);
	return rc;
}
