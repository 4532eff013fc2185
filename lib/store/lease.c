/* lease.c - one at a time, across servers */
#include "lease.h"

static const char take_sql[] =
	"UPDATE cron_lease SET owner = ?, until_at = NOW(6) + INTERVAL ? SECOND"
	" WHERE name = ? AND (until_at < NOW(6) OR owner = ?)";
static const char first_sql[] =
	"INSERT INTO cron_lease (name, owner, until_at) VALUES (?, ?, NOW(6) + INTERVAL ? SECOND)";
static const char give_sql[] =
	"UPDATE cron_lease SET until_at = NOW(6) - INTERVAL 1 SECOND WHERE name = ? AND owner = ?";

struct lease { const char *name, *owner; int seconds; };

static int take(struct db *db, void *arg)
{
	const struct lease *l = arg;
	struct db_done done;
	int rc = db_exec(db, take_sql, ARGS(A(l->owner), A(l->seconds), A(l->name), A(l->owner)), &done);

	if (rc || done.affected == 1)
		return rc;
	/* No such row yet, or somebody else's: the primary key tells. */
	rc = db_exec(db, first_sql, ARGS(A(l->name), A(l->owner), A(l->seconds)), NULL);
	return rc == E_DUPLICATE ? fail_detail(db->err, E_CONFLICT, "lease %s is taken", l->name) : rc;
}

static int give(struct db *db, void *arg)
{
	const struct lease *l = arg;
	struct db_done done;
	int rc = db_exec(db, give_sql, ARGS(A(l->name), A(l->owner)), &done);

	if (!rc && done.affected != 1)
		return fail_detail(db->err, E_CONFLICT, "lease %s is not %s's", l->name, l->owner);
	return rc;
}

/* A lease others cannot see yet is none. */
static int alone(struct db *db)
{
	return db_in_transaction(db) ? fail_detail(db->err, E_INTERNAL, "a lease inside a transaction") : OK;
}

int lease_take(struct db *db, const char *name, const char *owner, int seconds)
{
	struct lease l = { name, owner, seconds };
	int rc = alone(db);

	return rc ? rc : db_transaction(db, take, &l);
}

int lease_give(struct db *db, const char *name, const char *owner)
{
	struct lease l = { name, owner, 0 };
	int rc = alone(db);

	return rc ? rc : db_transaction(db, give, &l);
}
