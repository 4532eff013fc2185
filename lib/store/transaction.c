/* transaction.c - all or nothing, and what to do when nobody knows */
#include "link.h"

#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sodium.h>
#include <errmsg.h>

#include "log.h"

static int say(struct db *db, const char *sql)
{
	MYSQL *my = db->link->my;

	if (!mysql_real_query(my, sql, strlen(sql)))
		return OK;
	return store_failed(db, mysql_errno(my), mysql_error(my), sql);
}

bool db_in_transaction(const struct db *db)
{
	return db->link->in_transaction;
}

int db_begin(struct db *db)
{
	int rc;

	if (db->link->in_transaction)
		return fail_detail(db->err, E_INTERNAL, "BEGIN inside a transaction");
	rc = link_ready(db);
	if (rc)
		return rc;
	rc = say(db, "START TRANSACTION");
	/* Nothing has been done yet: a new connection is as good. */
	if (rc == E_AWAY && !db->link->my && !(rc = link_ready(db)))
		rc = say(db, "START TRANSACTION");
	if (!rc)
		db->link->in_transaction = true;
	return rc;
}

int db_commit(struct db *db)
{
	struct db_link *l = db->link;
	int rc;

	if (!l->in_transaction)
		return fail_detail(db->err, E_INTERNAL, "COMMIT outside a transaction");
	rc = link_ready(db);
	if (rc) {
		db_rollback(db);
		return rc;
	}
	rc = say(db, "COMMIT");
	if (rc == E_AWAY && connection_lost(l->last_error)) {
		LOG(LOG_ALARM, "commit_uncertain", LOG_NUM("error", l->last_error));
		rc = fail_detail(db->err, E_UNCERTAIN, "the answer to COMMIT was lost: %u", l->last_error);
	}
	if (rc)
		db_rollback(db);
	l->in_transaction = false;
	return rc;
}

void db_rollback(struct db *db)
{
	struct db_link *l = db->link;

	l->streaming = false;
	if (l->in_transaction && l->my) {
		/* A dropped connection is rolled back by the server. */
		if (l->pid != getpid() || mysql_real_query(l->my, "ROLLBACK", 8))
			link_close(l);
	}
	l->in_transaction = false;
	l->broken = 0;
}

/* 1..2, 2..4, 4..8 ... milliseconds, so that two that collided do not meet again. */
static void wait_a_little(int tries)
{
	uint32_t us = 1000u << tries;
	struct timespec ts = { .tv_nsec = (long)(us + randombytes_uniform(us)) * 1000 };

	nanosleep(&ts, NULL);
}

int db_transaction(struct db *db, int (*fn)(struct db *db, void *arg), void *arg)
{
	int rc = E_RETRY;

	if (db->link->in_transaction)
		return fn(db, arg);
	for (int tries = 0; tries < MAX_TX_TRIES && rc == E_RETRY; tries++) {
		if (tries) {
			wait_a_little(tries - 1);
			err_clear(db->err);
		}
		rc = db_begin(db);
		if (rc)
			return rc;
		rc = fn(db, arg);
		if (!rc)
			rc = db_commit(db);
		else
			db_rollback(db);
	}
	return rc;
}
