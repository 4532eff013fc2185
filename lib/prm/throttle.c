/* throttle.c - counters against guessing and flooding */
#include <sodium.h>

#include "intl.h"
#include "log.h"
#include "secret.h"
#include "throttle.h"

/* The assignments run from left to right: hits still sees the old window. */
static const char SQL_HIT[] =
	"INSERT INTO throttle (hash, hits, window_start, last_at) VALUES (?, 1, ?, ?)"
	" ON DUPLICATE KEY UPDATE hits = IF(window_start <= ?, 1, hits + 1),"
	" window_start = IF(window_start <= ?, VALUES(window_start), window_start), last_at = VALUES(last_at)";
static const char SQL_SEEN[] = "SELECT hits, window_start, last_at FROM throttle WHERE hash = ?";
static const char SQL_FIRST[] =
	"INSERT IGNORE INTO throttle (hash, hits, window_start, last_at) VALUES (?, 1, ?, ?)";
static const char SQL_NEXT[] =
	"UPDATE throttle SET hits = ?, window_start = ?, last_at = ? WHERE hash = ? AND hits = ? AND last_at = ?";
static const char SQL_FORGIVE[] = "UPDATE throttle SET hits = hits - 1 WHERE hash = ? AND hits > 0";
static const char SQL_CLEAR[] = "DELETE FROM throttle WHERE hash = ?";

struct counter {
	int64_t hits;
	struct when window_start, last_at;
};
static const struct column counter_columns[] = {
	COL(counter, hits), COL(counter, window_start), COL(counter, last_at), COL_END
};

static void counter_hash(const char *what, const char *who, unsigned char hash[HASH_SIZE])
{
	crypto_generichash_state s;

	crypto_generichash_init(&s, NULL, 0, HASH_SIZE);
	crypto_generichash_update(&s, (const unsigned char *)what, strlen(what) + 1);
	crypto_generichash_update(&s, (const unsigned char *)who, strlen(who));
	crypto_generichash_final(&s, hash, HASH_SIZE);
}

static int refuse(struct db *db, const char *what, int64_t wait)
{
	if (wait < 1)
		wait = 1;
	LOG(LOG_TROUBLE, "excess_rate_limit_exceeded", LOG_TEXT("what", what), LOG_NUM("wait", wait));
	fail(db->err, E_LIMIT, _("That was too often. Try again in %lld seconds."), (long long)wait);
	db->err->retry_after = (int)wait;
	err_limit(db->err, 1, 1, wait);
	return E_LIMIT;
}

int throttle_hit(struct db *db, const char *what, const char *who, int limit, int seconds)
{
	unsigned char hash[HASH_SIZE];
	struct when old = when_plus(db->now, -(int64_t)seconds);
	struct counter k = { .hits = 0 };
	int64_t wait;
	int rc;

	counter_hash(what, who, hash);
	rc = db_exec(db, SQL_HIT, ARGS(arg_bytes(hash, sizeof(hash)), A(db->now), A(db->now), A(old), A(old)), NULL);
	if (!rc)
		rc = db_row(db, SQL_SEEN, ARGS(arg_bytes(hash, sizeof(hash))), counter_columns, &k);
	if (rc)
		return rc;
	wait = (k.window_start.us - db->now.us) / 1000000 + seconds;
	err_limit(db->err, limit, k.hits, wait);
	return k.hits <= limit ? OK : refuse(db, what, wait);
}

static int64_t wait_after(int64_t hits, int free_hits, int seconds)
{
	int64_t over = hits - free_hits, wait;

	if (over < 0)
		return 0;
	wait = over > 20 ? seconds : (int64_t)2 << over;
	return wait < seconds ? wait : seconds;
}

int throttle_slow(struct db *db, const char *what, const char *who, int free_hits, int seconds)
{
	unsigned char hash[HASH_SIZE];
	struct counter k = { .hits = 0 };
	struct db_done done = { 0, 0 };
	struct when start;
	int64_t left, hits;
	int rc;

	counter_hash(what, who, hash);
	rc = db_row(db, SQL_SEEN, ARGS(arg_bytes(hash, sizeof(hash))), counter_columns, &k);
	if (rc == E_NOTFOUND) {
		err_clear(db->err);
		rc = db_exec(db, SQL_FIRST, ARGS(arg_bytes(hash, sizeof(hash)), A(db->now), A(db->now)), &done);
		return rc || done.affected == 1 ? rc : refuse(db, what, 1);
	}
	if (rc)
		return rc;
	left = k.last_at.us + wait_after(k.hits, free_hits, seconds) * 1000000 - db->now.us;
	if (left > 0)
		return refuse(db, what, (left + 999999) / 1000000);
	start = k.window_start.us + seconds * INT64_C(1000000) <= db->now.us ? db->now : k.window_start;
	hits = start.us == k.window_start.us ? k.hits + 1 : 1;
	rc = db_exec(db, SQL_NEXT, ARGS(A(hits), A(start), A(db->now), arg_bytes(hash, sizeof(hash)),
		A(k.hits), A(k.last_at)), &done);
	return rc || done.affected == 1 ? rc : refuse(db, what, 1);
}

int throttle_forgive(struct db *db, const char *what, const char *who)
{
	unsigned char hash[HASH_SIZE];

	counter_hash(what, who, hash);
	return db_exec(db, SQL_FORGIVE, ARGS(arg_bytes(hash, sizeof(hash))), NULL);
}

int throttle_clear(struct db *db, const char *what, const char *who)
{
	unsigned char hash[HASH_SIZE];

	counter_hash(what, who, hash);
	return db_exec(db, SQL_CLEAR, ARGS(arg_bytes(hash, sizeof(hash))), NULL);
}
