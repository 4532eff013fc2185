/* throttle_now.c - counts that outlive a rollback */
#include "throttle_now.h"

#include <sodium.h>

#include "intl.h"
#include "log.h"
#include "str.h"

static const char sql_hit[] =
	"INSERT INTO throttle (hash, window_start, last_at, hits) VALUES (?, ?, ?, LAST_INSERT_ID(1))"
	" ON DUPLICATE KEY UPDATE hits = LAST_INSERT_ID(hits + 1), last_at = VALUES(last_at)";
static const char sql_clear[] = "DELETE FROM throttle WHERE hash = ?";

/* The process's own, like the connection in struct worker: handlers only have a struct db. */
static struct {
	const struct conf *conf;
	struct db_link *link;
	unsigned char key[32];
} side;

int throttle_start(const struct conf *c)
{
	side.conf = c;
	return conf_key(c, "throttle", side.key);
}

void throttle_end(void)
{
	db_link_free(side.link);
	side.link = NULL;
}

/* One row a window: its start is part of the name. */
static void make_bucket(const char *what, const char *who, struct when start, unsigned char bucket[32])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, side.key, sizeof(side.key), 32);
	crypto_generichash_update(&state, (const unsigned char *)what, strlen(what) + 1);
	crypto_generichash_update(&state, (const unsigned char *)who, strlen(who) + 1);
	crypto_generichash_update(&state, (const unsigned char *)&start.us, sizeof(start.us));
	crypto_generichash_final(&state, bucket, 32);
}

/* Start of the window that now lies in. */
static struct when window(struct when now, int seconds)
{
	int64_t size = (int64_t)seconds * 1000000;

	return (struct when){ now.us - now.us % size };
}

/* db itself outside of a transaction, else one over the second connection. */
static struct db *outside(struct db *db, struct db *own)
{
	if (!db_in_transaction(db))
		return db;
	if (!side.link)
		side.link = db_link_new(side.conf);
	if (!side.link)
		return NULL;
	db_use(own, side.link, db->arena, db->err);
	own->now = db->now;
	return own;
}

int throttle(struct db *db, const char *what, const char *who, int limit, int seconds)
{
	struct when start = window(db->now, seconds);
	unsigned char bucket[32];
	struct db own, *use = outside(db, &own);
	struct db_done done;
	int rc, wait;

	if (!use)
		return fail_detail(db->err, E_NOMEM, "throttle");
	make_bucket(what, who, start, bucket);
	rc = db_exec(use, sql_hit, ARGS(arg_bytes(bucket, sizeof(bucket)), A(start), A(db->now)), &done);
	if (use == &own)
		db->queries += own.queries;
	if (rc)
		return rc;
	wait = (int)((start.us - db->now.us) / 1000000) + seconds;
	if (wait < 1)
		wait = 1;
	err_limit(db->err, limit, done.id, wait);
	if (done.id <= limit)
		return OK;
	db->err->retry_after = wait;
	/* once a window is enough for the log */
	if (done.id == limit + 1)
		LOG(LOG_TROUBLE, "excess_rate_limit_exceeded", LOG_TEXT("what", what), LOG_TEXT("who", who),
			LOG_NUM("limit", limit), LOG_NUM("seconds", seconds));
	return fail(db->err, E_LIMIT, _("That was too often. Please wait a little and try again."));
}

int throttle_forget(struct db *db, const char *what, const char *who, int seconds)
{
	unsigned char bucket[32];
	struct db own, *use = outside(db, &own);
	int rc;

	if (!use)
		return fail_detail(db->err, E_NOMEM, "throttle");
	make_bucket(what, who, window(db->now, seconds), bucket);
	rc = db_exec(use, sql_clear, ARGS(arg_bytes(bucket, sizeof(bucket))), NULL);
	if (use == &own)
		db->queries += own.queries;
	return rc;
}
