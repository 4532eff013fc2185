/* demo_data.c - a believable programme to look at, made once */
#include "demo_part.h"

#include "event.h"
#include "programme.h"
#include "rules_params.h"
#include "str.h"

#define SEED 20260401u

static const char SQL_IS_THERE[] = "SELECT COUNT(*) FROM programme";
/* The story is over when its last event says so: killed half-way, everything is made anew. */
static const char SQL_BEGUN[] = "SELECT COUNT(*) FROM event WHERE noun = 'programme' AND noun_id = 1 AND what = 'demo_begun'";
static const char SQL_READY[] = "SELECT COUNT(*) FROM event WHERE noun = 'programme' AND noun_id = 1 AND what = 'demo_ready'";
static const char *const SQL_WIPE[] = {
	"DELETE FROM extension", "DELETE FROM decision", "DELETE FROM scope_hold", "DELETE FROM comment", "DELETE FROM file",
	"DELETE FROM deal", "DELETE FROM account", "DELETE FROM deal_rollup", "DELETE FROM decision_rollup",
	"DELETE FROM rules WHERE number > 1", "UPDATE rules SET status = 'published', person_id = NULL WHERE number = 1",
	"DELETE FROM session", "DELETE FROM api_token", "DELETE FROM link_token", "DELETE FROM recovery_code",
	"DELETE FROM device", "DELETE FROM membership", "DELETE FROM enrollment", "DELETE FROM partner", "DELETE FROM person",
	"DELETE FROM region_country", "DELETE FROM region", "DELETE FROM product_family", "DELETE FROM holiday",
	"DELETE FROM outbox", "DELETE FROM event", "DELETE FROM event_checkpoint",
	"UPDATE event_head SET seq = 0, hash = REPEAT(CHAR(0), 32) WHERE id = 1", "DELETE FROM programme", NULL
};
/* Mails of the story were sent long ago; only those of today still wait. */
static const char SQL_SENT[] =
	"UPDATE outbox SET status = 'sent', sent_at = created_at, tries = 1 WHERE status = 'waiting' AND created_at < ?"
	" ORDER BY id LIMIT 1000";

static int make_people(struct db *db, void *arg)
{
	struct event e = { .noun = "programme", .noun_id = 1, .what = "demo_begun", .text = "Halvard Security" };
	int rc = demo_programme(arg);

	if (!rc)
		rc = demo_people(arg);
	return rc ? rc : event_add(db, NULL, TO_VENDOR, &e);
}

static int make_accounts(struct db *db, void *arg)
{
	const char *const *file = arg;
	struct demo d = { .db = db, .now = db->now };

	d.conf = (const void *)file[1];
	return demo_accounts(&d, file[0]);
}

static int mails_sent(struct db *db)
{
	struct db_done done = { .affected = 1000 };
	int rc = OK;

	while (!rc && done.affected == 1000)
		rc = db_exec(db, SQL_SENT, ARGS(A(when_plus(db->now, -86400))), &done);
	return rc;
}

static int wipe(struct db *db, void *arg)
{
	int rc = OK;

	(void)arg;
	for (const char *const *sql = SQL_WIPE; !rc && *sql; sql++)
		rc = db_exec(db, *sql, NO_ARGS, NULL);
	return rc;
}

static int ready(struct db *db, void *arg)
{
	struct event e = { .noun = "programme", .noun_id = 1, .what = "demo_ready" };

	(void)arg;
	return event_add(db, NULL, TO_VENDOR, &e);
}

static int make_all(struct db *db, const struct conf *c)
{
	struct demo *d = arena_alloc(db->arena, sizeof(*d));
	int rc;

	if (!d)
		return E_NOMEM;
	*d = (struct demo){ .db = db, .conf = c, .random = { SEED }, .now = db->now };
	programme_forget();
	rules_forget();
	rc = db_transaction(db, make_people, d);
	if (!rc)
		rc = demo_story(d);
	if (!rc)
		rc = mails_sent(db);
	return rc ? rc : db_transaction(db, ready, NULL);
}

int demo_data(struct db *db, const struct conf *c, const char *accounts_tsv)
{
	const void *file[2] = { accounts_tsv, c };
	int64_t there = 0, begun = 0, done = 0;
	int rc = db_int(db, SQL_IS_THERE, NO_ARGS, &there);

	if (!rc)
		rc = db_int(db, SQL_BEGUN, NO_ARGS, &begun);
	if (!rc)
		rc = db_int(db, SQL_READY, NO_ARGS, &done);
	if (rc)
		return rc;
	if (there && !begun)
		return fail(db->err, E_CONFLICT, "this portal has a programme already; demo data go into an empty one");
	if (begun && !done)
		rc = db_transaction(db, wipe, NULL);
	if (!rc && !done)
		rc = make_all(db, c);
	return rc ? rc : db_transaction(db, make_accounts, file);
}
