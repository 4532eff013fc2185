/* check_house.c - outbox, jobs, leases and migrations keep their promises when workers die */
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#undef fail     /* Check's old name for another thing */
#include "job.h"
#include "lease.h"
#include "migrate.h"
#include "outbox.h"
#include "split.h"
#include "testdb.h"

static const struct conf *conf;
static struct db *db, *other;   /* two connections, as two workers */

static void setup(void)
{
	db = db_command(conf);
	other = db_command(conf);
	ck_assert_ptr_nonnull(db);
	ck_assert_ptr_nonnull(other);
}

static void teardown(void)
{
	db_command_end(other);
	db_command_end(db);
}

/* ---- outbox, jobs, leases ---- */

static char *house_schema(void)
{
	int fd = open(SRCDIR "/schema/0001-house.sql", O_RDONLY);
	char *text = arena_alloc(db->arena, 20000);

	ck_assert_int_gt(read(fd, text, 19999), 0);
	close(fd);
	return text;
}

/* The tables of 0001-house.sql, empty. */
static void house(void)
{
	const char *at = house_schema(), *sql;
	size_t len;
	int open_end;

	db_must(db, "DROP TABLE IF EXISTS migration, cron_lease, outbox, job");
	while ((sql = split_next(&at, &len, &open_end)))
		db_must(db, arena_strndup(db->arena, sql, len));
}

static void put_message(const char *key)
{
	struct outbox o = { .channel = "mail", .address = "a@example.com", .subject = "Hello", .template_ = "hello",
		.body = "{\"n\":1}", .dedup_key = key };

	ck_assert_int_eq(outbox_put(db, &o), OK);
}

START_TEST(a_message_is_put_once_and_claimed_by_one)
{
	struct outbox *mine, *theirs;
	size_t n_mine, n_theirs;

	house();
	for (int i = 0; i < 10; i++)
		put_message(arena_printf(db->arena, "m%d", i));
	put_message("m3");
	put_message(NULL);
	put_message(NULL);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM outbox"), 12);
	ck_assert_int_eq(outbox_claim(db, "w1", 60, 7, &mine, &n_mine), OK);
	ck_assert_int_eq(outbox_claim(other, "w2", 60, 7, &theirs, &n_theirs), OK);
	ck_assert_uint_eq(n_mine, 7);
	ck_assert_uint_eq(n_theirs, 5);
	for (size_t i = 0; i < n_mine; i++)
		for (size_t j = 0; j < n_theirs; j++)
			ck_assert_int_ne(mine[i].id, theirs[j].id);
	ck_assert_str_eq(mine[0].body, "{\"n\":1}");
	ck_assert_str_eq(mine[0].template_, "hello");
	ck_assert_int_eq(mine[0].tries, 1);
	ck_assert_int_eq(outbox_sent(db, mine[0].id, "w2"), E_STALE);
	ck_assert_int_eq(outbox_sent(db, mine[0].id, "w1"), OK);
	ck_assert_int_eq(outbox_sent(db, mine[0].id, "w1"), E_STALE);
	ck_assert_int_eq(db_begin(db), OK);
	ck_assert_int_eq(outbox_claim(db, "w1", 60, 7, &mine, &n_mine), E_INTERNAL);
	db_rollback(db);
}
END_TEST

START_TEST(two_workers_at_once_never_claim_the_same_message)
{
	int status, mine = 0;
	pid_t pid;

	house();
	for (int i = 0; i < 60; i++)
		put_message(arena_printf(db->arena, "m%d", i));
	pid = fork();
	for (;;) {
		struct outbox *list;
		size_t n;

		if (outbox_claim(db, pid ? "parent" : "child", 60, 3, &list, &n) || !n)
			break;
		for (size_t i = 0; i < n; i++)
			mine += outbox_sent(db, list[i].id, pid ? "parent" : "child") == OK;
	}
	if (!pid)
		_exit(mine);
	waitpid(pid, &status, 0);
	ck_assert_int_eq(mine + WEXITSTATUS(status), 60);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM outbox WHERE status = 'sent' AND tries = 1"), 60);
}
END_TEST

START_TEST(a_message_of_a_dead_worker_is_taken_over)
{
	struct outbox *list;
	size_t n;

	house();
	put_message("m");
	ck_assert_int_eq(outbox_claim(db, "dead", 0, 10, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(outbox_claim(other, "alive", 60, 10, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(list[0].tries, 2);
	ck_assert_int_eq(outbox_sent(db, list[0].id, "dead"), E_STALE);
	ck_assert_int_eq(outbox_sent(other, list[0].id, "alive"), OK);
}
END_TEST

START_TEST(a_failed_message_waits_longer_each_time_then_dies)
{
	static const int least[] = { 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400 };
	struct outbox *list;
	int64_t id, wait;
	size_t n;

	house();
	put_message("m");
	id = db_number(db, "SELECT id FROM outbox");
	for (int i = 0; i < 10; i++) {
		db_must(db, "UPDATE outbox SET next_try_at = NOW(6) - INTERVAL 1 SECOND");
		ck_assert_int_eq(outbox_claim(db, "w", 60, 10, &list, &n), OK);
		ck_assert_uint_eq(n, 1);
		ck_assert_int_eq(outbox_failed(db, id, "w", "451 later", false), OK);
		if (i == 9)
			break;
		wait = db_number(db, "SELECT TIMESTAMPDIFF(SECOND, NOW(6), next_try_at) FROM outbox WHERE status = 'waiting'");
		ck_assert_int_ge(wait, least[i] - 2);
		ck_assert_int_le(wait, least[i] * 12 / 10 + 2);
	}
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM outbox WHERE status = 'dead' AND last_error = '451 later'"), 1);
	ck_assert_int_eq(outbox_retry(db, id), OK);
	ck_assert_int_eq(outbox_claim(db, "w", 60, 10, &list, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(outbox_retry(db, id), E_CONFLICT);
	ck_assert_int_eq(outbox_failed(db, id, "w", "550 no such user", true), OK);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM outbox WHERE status = 'dead'"), 1);
}
END_TEST

START_TEST(a_message_shares_the_fate_of_its_cause)
{
	house();
	ck_assert_int_eq(db_begin(db), OK);
	put_message("m");
	db_rollback(db);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM outbox"), 0);
}
END_TEST

START_TEST(a_job_of_a_crashed_worker_is_resumed)
{
	struct job j, again;
	int64_t id;

	house();
	ck_assert_int_eq(job_put(db, "import", "{\"file\":1}", 0, &id), OK);
	ck_assert_int_eq(job_claim(db, "other", "w", 60, &j), E_NOTFOUND);
	ck_assert_int_eq(job_claim(db, "import", "crashed", 60, &j), OK);
	ck_assert_int_eq(j.id, id);
	ck_assert_str_eq(j.input, "{\"file\":1}");
	ck_assert_int_eq(job_progress(db, id, "crashed", 40, 100), OK);
	ck_assert_int_eq(job_claim(other, "import", "second", 60, &again), E_NOTFOUND);
	db_must(db, "UPDATE job SET due_at = NOW(6) - INTERVAL 1 SECOND");
	ck_assert_int_eq(job_claim(other, "import", "second", 60, &again), OK);
	ck_assert_int_eq(again.id, id);
	ck_assert_int_eq(again.done_units, 40);
	ck_assert_int_eq(again.tries, 2);
	ck_assert_int_eq(job_progress(db, id, "crashed", 41, 100), E_STALE);
	ck_assert_int_eq(job_done(db, id, "crashed", "{}"), E_STALE);
	ck_assert_int_eq(job_done(other, id, "second", "{\"rows\":100}"), OK);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM job WHERE status = 'done' AND finished_at IS NOT NULL"), 1);
}
END_TEST

START_TEST(a_job_that_kills_its_workers_is_given_up)
{
	struct job j;

	house();
	ck_assert_int_eq(job_put(db, "import", NULL, 0, NULL), OK);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(job_claim(db, "import", "w", 0, &j), OK);
	ck_assert_int_eq(job_claim(db, "import", "w", 0, &j), E_NOTFOUND);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM job WHERE status = 'failed' AND last_error IS NOT NULL"), 1);
	ck_assert_int_eq(job_put(db, "import", NULL, 0, NULL), OK);
	ck_assert_int_eq(job_claim(db, "import", "w", 60, &j), OK);
	ck_assert_int_eq(job_failed(db, j.id, "w", "line 7"), OK);
	ck_assert_int_eq(job_claim(db, "import", "w", 60, &j), E_NOTFOUND);
}
END_TEST

START_TEST(a_lease_is_one_owners_until_it_ends)
{
	house();
	ck_assert_int_eq(lease_take(db, "deliver", "a", 60), OK);
	ck_assert_int_eq(lease_take(other, "deliver", "b", 60), E_CONFLICT);
	ck_assert_int_eq(lease_take(db, "deliver", "a", 60), OK);
	ck_assert_int_eq(lease_take(other, "expire", "b", 60), OK);
	ck_assert_int_eq(lease_give(other, "deliver", "b"), E_CONFLICT);
	ck_assert_int_eq(lease_give(db, "deliver", "a"), OK);
	ck_assert_int_eq(lease_take(other, "deliver", "b", 0), OK);
	ck_assert_int_eq(lease_take(db, "deliver", "a", 60), OK);
	ck_assert_int_eq(db_begin(db), OK);
	ck_assert_int_eq(lease_take(db, "deliver", "a", 60), E_INTERNAL);
	db_rollback(db);
}
END_TEST

/* ---- migrations ---- */

static const struct { const char *text; const char *parts[4]; int open; } splits[] = {
	{ "a; b;", { "a", "b" }, 0 },
	{ "-- x; y\na 'it''s; \\'; ' ; # z;\nb", { "a 'it''s; \\'; '", "b" }, 0 },
	{ "a \";\" `;` /* ; */ c;\n\n-- end", { "a \";\" `;` /* ; */ c" }, 0 },
	{ "a -- ; '\n b;", { "a -- ; '\n b" }, 0 },
	{ "a--b; c", { "a--b", "c" }, 0 },
	{ "/* only */ -- this\n;;", { NULL }, 0 },
	{ "a 'open; b;", { NULL }, 1 },
	{ "/* open", { NULL }, 1 },
	{ "", { NULL }, 0 },
};

START_TEST(statements_are_split_outside_quotes_and_comments)
{
	const char *at = splits[_i].text;
	size_t len;
	int open, i = 0;

	for (;;) {
		const char *s = split_next(&at, &len, &open);

		if (!s)
			break;
		ck_assert_ptr_nonnull(splits[_i].parts[i]);
		ck_assert_str_eq(arena_strndup(db->arena, s, len), splits[_i].parts[i]);
		i++;
	}
	ck_assert_ptr_null(splits[_i].parts[i]);
	ck_assert_int_eq(open, splits[_i].open);
}
END_TEST

static char dir[64];

static void put_schema(const char *name, const char *text)
{
	char *path = arena_printf(db->arena, "%s/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void migrations_setup(void)
{
	setup();
	snprintf(dir, sizeof(dir), "/tmp/prm-schema-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	db_must(db, "DROP TABLE IF EXISTS migration, cron_lease, outbox, job, one, two, three");
	put_schema("0001-house.sql", house_schema());
}

static void migrations_teardown(void)
{
	for (int i = 1; i < 9; i++)
		unlink(arena_printf(db->arena, "%s/000%d-%s.sql", dir, i, i == 1 ? "house" : "x"));
	rmdir(dir);
	/* other tests of this program start from an empty database */
	db_must(db, "DROP TABLE IF EXISTS migration, cron_lease, outbox, job, one, two, three");
	teardown();
}

static int said;
static void count_line(const char *line) { (void)line; said++; }

START_TEST(files_are_applied_in_order_each_once)
{
	int64_t version = -1;

	ck_assert_int_eq(migrate_version(db, &version), OK);
	ck_assert_int_eq(version, 0);
	put_schema("0003-x.sql", "INSERT INTO one VALUES (2);\n");
	put_schema("0002-x.sql", "-- ; first\nCREATE TABLE one (n INT PRIMARY KEY COMMENT 'a; b') ENGINE=InnoDB;\n"
		"INSERT INTO one VALUES (1);\n");
	put_schema("notes.txt", "rubbish");
	ck_assert_int_eq(migrate_newest(dir), 3);
	said = 0;
	ck_assert_msg(migrate_up(db, dir, count_line) == OK, "%s %s", db->err->message, db->err->detail);
	ck_assert_int_eq(said, 3);
	ck_assert_int_eq(migrate_up(db, dir, count_line), OK);
	ck_assert_int_eq(said, 3);
	ck_assert_int_eq(migrate_version(db, &version), OK);
	ck_assert_int_eq(version, 3);
	ck_assert_int_eq(db_number(db, "SELECT SUM(n) FROM one"), 3);
	unlink(arena_printf(db->arena, "%s/notes.txt", dir));
}
END_TEST

START_TEST(a_file_changed_after_it_was_applied_is_refused)
{
	put_schema("0002-x.sql", "CREATE TABLE one (n INT PRIMARY KEY);\n");
	ck_assert_int_eq(migrate_up(db, dir, NULL), OK);
	put_schema("0002-x.sql", "CREATE TABLE one (n BIGINT PRIMARY KEY);\n");
	ck_assert_int_eq(migrate_up(db, dir, NULL), E_CONFLICT);
	ck_assert_ptr_nonnull(strstr(db->err->message, "0002-x.sql"));
}
END_TEST

START_TEST(a_file_that_failed_is_mended_and_goes_on)
{
	put_schema("0002-x.sql", "CREATE TABLE one (n INT PRIMARY KEY);\nINSERT INTO one VALUES (1);\nCREATE TABLE two (n INTT);\n");
	ck_assert_int_eq(migrate_up(db, dir, NULL), E_INTERNAL);
	ck_assert_int_eq(db_number(db, "SELECT statements_done FROM migration WHERE number = 2"), 2);
	/* what was done may not be changed */
	put_schema("0002-x.sql", "CREATE TABLE one (n INT PRIMARY KEY);\nINSERT INTO one VALUES (9);\nCREATE TABLE two (n INT);\n");
	ck_assert_int_eq(migrate_up(db, dir, NULL), E_INTERNAL);
	put_schema("0002-x.sql", "CREATE TABLE one (n INT PRIMARY KEY);\nINSERT INTO one VALUES (1);\nCREATE TABLE two (n INT);\n");
	ck_assert_msg(migrate_up(db, dir, NULL) == OK, "%s %s", db->err->message, db->err->detail);
	ck_assert_int_eq(db_number(db, "SELECT SUM(n) FROM one"), 1);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM two"), 0);
}
END_TEST

START_TEST(a_killed_run_goes_on_behind_its_last_statement)
{
	put_schema("0002-x.sql", "CREATE TABLE one (n INT PRIMARY KEY);\nCREATE TABLE two (n INT);\nINSERT INTO two VALUES (1);\n");
	ck_assert_int_eq(migrate_up(db, dir, NULL), OK);
	/* as a kill between the second statement and its record would leave it */
	put_schema("0003-x.sql", "ALTER TABLE one ADD COLUMN m INT;\nINSERT INTO two VALUES (2);\n");
	db_must(db, "INSERT INTO migration (number, name, checksum, statements_done, statement_begun, started_at)"
		" SELECT 3, 'x', checksum, 0, 1, NOW(6) FROM migration WHERE number = 2");
	db_must(db, "ALTER TABLE one ADD COLUMN m INT");
	db_must(db, "UPDATE migration SET checksum = '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8' WHERE number = 3");
	ck_assert_msg(migrate_up(db, dir, NULL) == OK, "%s %s", db->err->message, db->err->detail);
	ck_assert_int_eq(db_number(db, "SELECT SUM(n) FROM two"), 3);
	/* but a table that is in the way by another cause is told */
	put_schema("0004-x.sql", "CREATE TABLE one (n INT);\n");
	ck_assert_int_eq(migrate_up(db, dir, NULL), E_INTERNAL);
	ck_assert_int_eq(migrate_up(db, dir, NULL), E_INTERNAL);
}
END_TEST

START_TEST(two_runs_at_once_apply_everything_once)
{
	int status, rc;
	pid_t pid;

	put_schema("0002-x.sql", "CREATE TABLE one (n INT);\nINSERT INTO one VALUES (1);\nDO SLEEP(0.3);\nINSERT INTO one VALUES (2);\n");
	pid = fork();
	rc = migrate_up(db, dir, NULL);
	if (!pid)
		_exit(rc);
	waitpid(pid, &status, 0);
	ck_assert_msg(rc == OK, "%s %s", db->err->message, db->err->detail);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM one"), 2);
}
END_TEST

START_TEST(two_files_with_one_number_are_refused)
{
	put_schema("0002-x.sql", "CREATE TABLE one (n INT);\n");
	put_schema("0002-y.sql", "CREATE TABLE two (n INT);\n");
	ck_assert_int_eq(migrate_up(db, dir, NULL), E_INTERNAL);
	unlink(arena_printf(db->arena, "%s/0002-y.sql", dir));
}
END_TEST

struct bare { const char *name; };
static const struct column bare_columns[] = { COL(bare, name), COL_END };

/* Last of all: it leaves the whole schema behind. */
START_TEST(the_schema_applies_and_explains_every_table_and_column)
{
	struct bare *list;
	size_t n;

	db_must(db, "DROP TABLE IF EXISTS migration, cron_lease, outbox, job");
	ck_assert_msg(migrate_up(db, SRCDIR "/schema", NULL) == OK, "%s %s", db->err->message, db->err->detail);
	ck_assert_int_eq(DB_ROWS(db, "SELECT table_name AS name FROM information_schema.tables"
		" WHERE table_schema = DATABASE() AND (table_comment = '' OR engine <> 'InnoDB')"
		" UNION ALL SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns"
		" WHERE table_schema = DATABASE() AND column_comment = ''"
		" UNION ALL SELECT CONCAT(table_name, ' has no primary key') FROM information_schema.tables t"
		" WHERE table_schema = DATABASE() AND NOT EXISTS (SELECT 1 FROM information_schema.statistics s"
		" WHERE s.table_schema = t.table_schema AND s.table_name = t.table_name AND index_name = 'PRIMARY')",
		NO_ARGS, bare_columns, struct bare, 100, &list, &n), OK);
	ck_assert_msg(n == 0, "%zu without a comment, an engine or a key, the first is %s", n, n ? list[0].name : "");
}
END_TEST

static TCase *add_case(Suite *s, const char *name, void (*before)(void), void (*after)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, before, after);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return t;
}

int main(void)
{
	Suite *s = suite_create("house");
	SRunner *r;
	TCase *t;
	int failed;

	conf = testdb_start();
	if (!conf)
		return EXIT_FAILURE;
	t = add_case(s, "migrations", migrations_setup, migrations_teardown);
	tcase_add_loop_test(t, statements_are_split_outside_quotes_and_comments, 0,
		(int)(sizeof(splits) / sizeof(splits[0])));
	tcase_add_test(t, files_are_applied_in_order_each_once);
	tcase_add_test(t, a_file_changed_after_it_was_applied_is_refused);
	tcase_add_test(t, a_file_that_failed_is_mended_and_goes_on);
	tcase_add_test(t, a_killed_run_goes_on_behind_its_last_statement);
	tcase_add_test(t, two_runs_at_once_apply_everything_once);
	tcase_add_test(t, two_files_with_one_number_are_refused);
	t = add_case(s, "house", setup, teardown);
	tcase_add_test(t, a_message_is_put_once_and_claimed_by_one);
	tcase_add_test(t, two_workers_at_once_never_claim_the_same_message);
	tcase_add_test(t, a_message_of_a_dead_worker_is_taken_over);
	tcase_add_test(t, a_failed_message_waits_longer_each_time_then_dies);
	tcase_add_test(t, a_message_shares_the_fate_of_its_cause);
	tcase_add_test(t, a_job_of_a_crashed_worker_is_resumed);
	tcase_add_test(t, a_job_that_kills_its_workers_is_given_up);
	tcase_add_test(t, a_lease_is_one_owners_until_it_ends);
	t = add_case(s, "schema", setup, teardown);
	tcase_add_test(t, the_schema_applies_and_explains_every_table_and_column);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
