/* check_transaction.c - all or nothing, and trouble with a connection has the right name */
#include "things.h"

/* ---- transactions ---- */

static int insert_and(struct db *d, void *arg)
{
	int rc = db_exec(d, "INSERT INTO thing (big) VALUES (1)", NO_ARGS, NULL);

	return rc ? rc : *(int *)arg;
}

START_TEST(a_transaction_is_all_or_nothing)
{
	int rc = OK;

	ck_assert_int_eq(db_transaction(db, insert_and, &rc), OK);
	rc = E_CONFLICT;
	ck_assert_int_eq(db_transaction(db, insert_and, &rc), E_CONFLICT);
	ck_assert(!db_in_transaction(db));
	ck_assert_int_eq(db_number(other, "SELECT COUNT(*) FROM thing"), 1);
	ck_assert_int_eq(db_commit(db), E_INTERNAL);
	ck_assert_int_eq(db_begin(db), OK);
	ck_assert_int_eq(db_begin(db), E_INTERNAL);
	/* inside one, db_transaction() is part of it */
	rc = OK;
	ck_assert_int_eq(db_transaction(db, insert_and, &rc), OK);
	ck_assert_int_eq(db_number(other, "SELECT COUNT(*) FROM thing"), 1);
	db_rollback(db);
	ck_assert_int_eq(db_number(other, "SELECT COUNT(*) FROM thing"), 1);
}
END_TEST

static int always_again(struct db *d, void *arg)
{
	(void)d;
	++*(int *)arg;
	return E_RETRY;
}

START_TEST(a_transaction_is_not_retried_for_ever)
{
	int runs = 0;

	ck_assert_int_eq(db_transaction(db, always_again, &runs), E_RETRY);
	ck_assert_int_eq(runs, MAX_TX_TRIES);
	ck_assert(!db_in_transaction(db));
}
END_TEST

/* Locks row 1 then 2, or 2 then 1; the pipes make both hold one before either wants the next. */
struct crossing { int first, second, runs; int to, from; };

static int cross(struct db *d, void *arg)
{
	struct crossing *c = arg;
	char byte = 0;
	int rc = db_change_one(d, "UPDATE thing SET big = big + 1 WHERE id = ?", ARGS(A(c->first)));

	if (!c->runs++ && (write(c->to, &byte, 1) != 1 || read(c->from, &byte, 1) != 1))
		return E_INTERNAL;
	return rc ? rc : db_change_one(d, "UPDATE thing SET big = big + 1 WHERE id = ?", ARGS(A(c->second)));
}

START_TEST(a_deadlock_is_run_again_and_nothing_is_lost)
{
	int there[2], back[2], status;
	struct crossing c = { .first = 1, .second = 2 };
	pid_t pid;

	db_must(db, "INSERT INTO thing (id, big) VALUES (1, 0), (2, 0)");
	ck_assert_int_eq(pipe(there), 0);
	ck_assert_int_eq(pipe(back), 0);
	pid = fork();
	if (!pid) {
		/* the parent's connection is left alone: a child makes its own */
		struct crossing mirror = { .first = 2, .second = 1, .to = back[1], .from = there[0] };
		int rc = db_transaction(db, cross, &mirror);

		_exit(rc ? 100 : mirror.runs);
	}
	c.to = there[1];
	c.from = back[0];
	ck_assert_int_eq(db_transaction(db, cross, &c), OK);
	waitpid(pid, &status, 0);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status) + c.runs, 3);
	ck_assert_int_eq(db_number(db, "SELECT SUM(big) FROM thing"), 4);
}
END_TEST

START_TEST(after_a_deadlock_nothing_commits_by_itself)
{
	db_must(db, "INSERT INTO thing (id, big) VALUES (1, 0)");
	db_must(other, "SET SESSION innodb_lock_wait_timeout = 1");
	ck_assert_int_eq(db_begin(db), OK);
	db_must(db, "UPDATE thing SET big = 1 WHERE id = 1");
	ck_assert_int_eq(db_begin(other), OK);
	ck_assert_int_eq(db_exec(other, "UPDATE thing SET big = 2 WHERE id = 1", NO_ARGS, NULL), E_RETRY);
	ck_assert_int_eq(db_exec(other, "INSERT INTO thing (id) VALUES (9)", NO_ARGS, NULL), E_RETRY);
	ck_assert_int_eq(db_commit(other), E_RETRY);
	ck_assert_int_eq(db_commit(db), OK);
	ck_assert_int_eq(db_number(other, "SELECT COUNT(*) FROM thing"), 1);
}
END_TEST

START_TEST(a_stale_version_loses_nothing)
{
	static const char sql[] = "UPDATE thing SET big = ?, version = version + 1 WHERE id = 1 AND version = ?";

	db_must(db, "INSERT INTO thing (id, big) VALUES (1, 0)");
	ck_assert_int_eq(db_change_one(db, sql, ARGS(A(10), A(1))), OK);
	ck_assert_int_eq(db_change_one(other, sql, ARGS(A(20), A(1))), E_STALE);
	ck_assert_int_eq(db_number(db, "SELECT big FROM thing"), 10);
	/* matched is what counts, not changed */
	ck_assert_int_eq(db_change_one(db, "UPDATE thing SET big = 10 WHERE id = 1", NO_ARGS), OK);
}
END_TEST

/* ---- connections ---- */

START_TEST(a_killed_connection_is_replaced_unseen)
{
	struct thing t;

	db_must(db, "INSERT INTO thing (id, big) VALUES (1, 7)");
	ck_assert_int_eq(db_row(db, THING, NO_ARGS, thing_columns, &t), OK);
	kill_connection(db);
	ck_assert_int_eq(db_row(db, THING, NO_ARGS, thing_columns, &t), OK);
	ck_assert_int_eq(t.big, 7);
	kill_connection(db);
	db_must(db, "INSERT INTO thing (id) VALUES (2)");
	kill_connection(db);
	ck_assert_int_eq(db_begin(db), OK);
	db_must(db, "INSERT INTO thing (id) VALUES (3)");
	ck_assert_int_eq(db_commit(db), OK);
	ck_assert_int_eq(db_number(other, "SELECT COUNT(*) FROM thing"), 3);
}
END_TEST

START_TEST(a_connection_killed_in_a_transaction_is_away_until_rollback)
{
	ck_assert_int_eq(db_begin(db), OK);
	db_must(db, "INSERT INTO thing (id) VALUES (1)");
	kill_connection(db);
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (id) VALUES (2)", NO_ARGS, NULL), E_AWAY);
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (id) VALUES (3)", NO_ARGS, NULL), E_AWAY);
	ck_assert_int_eq(db_commit(db), E_AWAY);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM thing"), 0);
	db_must(db, "INSERT INTO thing (id) VALUES (4)");
}
END_TEST

START_TEST(a_commit_whose_answer_is_lost_is_uncertain)
{
	ck_assert_int_eq(db_begin(db), OK);
	db_must(db, "INSERT INTO thing (id) VALUES (1)");
	kill_connection(db);
	ck_assert_int_eq(db_commit(db), E_UNCERTAIN);
	ck_assert(!db_in_transaction(db));
	db_must(db, "INSERT INTO thing (id) VALUES (2)");
}
END_TEST

/* Kills the connection of db while it is at work. */
static pid_t kill_soon(void)
{
	int64_t id = db_number(db, "SELECT CONNECTION_ID()");
	pid_t pid = fork();

	if (pid)
		return pid;
	usleep(300000);
	/* after a fork "other" makes a connection of its own */
	_exit(db_exec(other, arena_printf(other->arena, "KILL %lld", (long long)id), NO_ARGS, NULL));
}

START_TEST(a_read_cut_off_is_read_again_but_a_change_is_uncertain)
{
	pid_t pid = kill_soon();
	int64_t n = -1;

	ck_assert_int_eq(db_int(db, "SELECT SLEEP(1)", NO_ARGS, &n), OK);
	ck_assert_int_eq(n, 0);
	waitpid(pid, NULL, 0);
	pid = kill_soon();
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (id) SELECT 1 + SLEEP(1)", NO_ARGS, NULL), E_UNCERTAIN);
	waitpid(pid, NULL, 0);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM thing"), 0);
}
END_TEST

START_TEST(a_child_leaves_its_parents_connection_alone)
{
	int64_t id = db_number(db, "SELECT CONNECTION_ID()");
	int status;
	pid_t pid = fork();

	if (!pid) {
		int64_t mine = 0;
		int rc = db_int(db, "SELECT CONNECTION_ID()", NO_ARGS, &mine);

		db_drop(db);
		_exit(rc || mine == id);
	}
	waitpid(pid, &status, 0);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(db_number(db, "SELECT CONNECTION_ID()"), id);
}
END_TEST

START_TEST(a_server_that_is_not_there_is_away)
{
	struct conf nowhere = *conf;
	struct db_link *l;
	struct err e = { 0 };
	struct arena *a = arena_new(1 << 20);
	struct db d;
	int64_t n;

	nowhere.db_socket = "/no/such/socket";
	l = db_link_new(&nowhere);
	db_use(&d, l, a, &e);
	ck_assert_int_eq(db_int(&d, "SELECT 1", NO_ARGS, &n), E_AWAY);
	ck_assert_int_eq(db_begin(&d), E_AWAY);
	ck_assert_int_gt(e.retry_after, 0);
	ck_assert_ptr_null(db_command(&nowhere));
	db_link_free(l);
	arena_free(a);
}
END_TEST

START_TEST(what_a_request_left_open_is_rolled_back_by_the_next)
{
	struct db next;

	ck_assert_int_eq(db_begin(db), OK);
	db_must(db, "INSERT INTO thing (id) VALUES (1)");
	db_use(&next, db->link, db->arena, db->err);
	ck_assert(!db_in_transaction(&next));
	ck_assert_int_eq(db_number(&next, "SELECT COUNT(*) FROM thing"), 0);
}
END_TEST

static void build(Suite *s)
{
	TCase *t;

	t = add_case(s, "transactions", setup, teardown);
	tcase_add_test(t, a_transaction_is_all_or_nothing);
	tcase_add_test(t, a_transaction_is_not_retried_for_ever);
	tcase_add_test(t, a_deadlock_is_run_again_and_nothing_is_lost);
	tcase_add_test(t, after_a_deadlock_nothing_commits_by_itself);
	tcase_add_test(t, a_stale_version_loses_nothing);
	t = add_case(s, "connections", setup, teardown);
	tcase_add_test(t, a_killed_connection_is_replaced_unseen);
	tcase_add_test(t, a_connection_killed_in_a_transaction_is_away_until_rollback);
	tcase_add_test(t, a_commit_whose_answer_is_lost_is_uncertain);
	tcase_add_test(t, a_read_cut_off_is_read_again_but_a_change_is_uncertain);
	tcase_add_test(t, a_child_leaves_its_parents_connection_alone);
	tcase_add_test(t, a_server_that_is_not_there_is_away);
	tcase_add_test(t, what_a_request_left_open_is_rolled_back_by_the_next);
}

int main(void)
{
	return things_run("transaction", build);
}
