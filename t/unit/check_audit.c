/* check_audit.c - a changed, removed, moved or cut-off event is found where it is */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "audit.h"
#include "log.h"
#include "migrate.h"
#include "str.h"
#include "testdb.h"
#include <check.h>      /* after ours: it has a macro fail() */

static struct conf conf;
static struct db *db;
static const struct user anna = { .person_id = 7, .name = "Anna Rossi", .address = "198.51.100.7" };

static void must(int rc)
{
	ck_assert_msg(!rc, "rc %s: %s (%s)", rc_name((enum rc)rc), db->err->message, db->err->detail);
}

static void run(const char *sql)
{
	must(db_exec(db, sql, NO_ARGS, NULL));
}

static void add(const char *what, const char *text)
{
	must(db_begin(db));
	must(event_add(db, &anna, TO_PARTNER, &(struct event){ .noun = "deal", .noun_id = 12, .partner_id = 3,
		.what = what, .from_state = "submitted", .text = text }));
	must(db_commit(db));
}

static struct audit_report verified(void)
{
	struct audit_report report;

	must(audit_verify(db, &conf, &report));
	return report;
}

static void setup(void)
{
	db = db_command(&conf);
	ck_assert_ptr_nonnull(db);
	run("DELETE FROM event");
	run("DELETE FROM event_checkpoint");
	run("DELETE FROM outbox");
	run("UPDATE event_head SET seq = 0, hash = REPEAT(CHAR(0), 32)");
	for (int i = 0; i < 9; i++)
		add(i % 2 ? "returned" : "approved", i == 4 ? NULL : i == 5 ? "" : "Grüße 🎉 it's \"all\" well");
}

static void teardown(void)
{
	db_command_end(db);
}

START_TEST(a_whole_chain_is_found_whole)
{
	struct audit_report report = verified();

	ck_assert_int_eq(report.events, 9);
	ck_assert_int_eq(report.first_bad, 0);
	ck_assert_ptr_null(report.problem);
}
END_TEST

START_TEST(an_event_outside_a_transaction_is_refused)
{
	ck_assert_int_eq(event_add(db, &anna, TO_PARTNER, &(struct event){ .noun = "deal", .noun_id = 1, .what = "x" }),
		E_INTERNAL);
}
END_TEST

START_TEST(an_event_rolled_back_leaves_no_gap)
{
	must(db_begin(db));
	must(event_add(db, NULL, TO_AUDIT, &(struct event){ .noun = "deal", .noun_id = 1, .what = "lost" }));
	db_rollback(db);
	add("kept", NULL);
	ck_assert_int_eq(verified().events, 10);
	ck_assert_int_eq(verified().first_bad, 0);
}
END_TEST

/* Each of these is one way to lie, and where it is seen. */
static const struct { const char *sql; int64_t seen_at; } lies[] = {
	{ "UPDATE event SET text = 'All is well' WHERE seq = 4", 4 },
	{ "UPDATE event SET text = '' WHERE seq = 5", 5 },
	{ "UPDATE event SET text = NULL WHERE seq = 6", 6 },
	{ "UPDATE event SET actor_id = 8 WHERE seq = 3", 3 },
	{ "UPDATE event SET at = at + INTERVAL 1 MICROSECOND WHERE seq = 2", 2 },
	{ "UPDATE event SET audience = 'audit' WHERE seq = 9", 9 },
	{ "UPDATE event SET from_state = NULL, to_state = from_state WHERE seq = 7", 7 },
	{ "UPDATE event SET noun = CONCAT(noun, what), what = '' WHERE seq = 1", 1 },
	{ "UPDATE event SET hash = REPEAT('x', 32) WHERE seq = 8", 8 },
	{ "DELETE FROM event WHERE seq = 5", 5 },
	{ "DELETE FROM event WHERE seq = 9", 9 },
	{ "DELETE FROM event WHERE seq = 1", 1 },
	{ "DELETE FROM event", 1 },
	{ "UPDATE event SET seq = IF(seq = 3, 103, 104) WHERE seq IN (3, 4)", 3 },
	{ "UPDATE event_head SET seq = 8, hash = (SELECT hash FROM event WHERE seq = 8)", 9 },
	{ "UPDATE event_head SET hash = REPEAT('x', 32)", 9 },
	{ "UPDATE event_head SET seq = 10", 10 },
};

START_TEST(every_lie_is_found_where_it_is)
{
	struct audit_report report;

	run(lies[_i].sql);
	report = verified();
	ck_assert_msg(report.first_bad == lies[_i].seen_at, "%s: seen at %lld (%s)", lies[_i].sql,
		(long long)report.first_bad, report.problem ? report.problem : "-");
	ck_assert_ptr_nonnull(report.problem);
}
END_TEST

START_TEST(two_events_swapped_are_found)
{
	run("UPDATE event SET seq = 100 WHERE seq = 3");
	run("UPDATE event SET seq = 3 WHERE seq = 4");
	run("UPDATE event SET seq = 4 WHERE seq = 100");
	ck_assert_int_eq(verified().first_bad, 3);
}
END_TEST

START_TEST(a_chain_cut_off_and_mended_is_found_by_its_checkpoint)
{
	must(audit_checkpoint(db, &conf));
	run("DELETE FROM event WHERE seq > 6");
	run("UPDATE event_head SET seq = 6, hash = (SELECT hash FROM event WHERE seq = 6)");
	ck_assert_int_eq(verified().first_bad, 7);
}
END_TEST

START_TEST(a_chain_written_anew_differs_from_its_checkpoint)
{
	must(audit_checkpoint(db, &conf));
	run("DELETE FROM event");
	run("UPDATE event_head SET seq = 0, hash = REPEAT(CHAR(0), 32)");
	for (int i = 0; i < 9; i++)
		add("approved", "another story");
	ck_assert_int_eq(verified().first_bad, 9);
}
END_TEST

START_TEST(a_forged_checkpoint_is_found_by_its_signature)
{
	must(audit_checkpoint(db, &conf));
	ck_assert_int_eq(verified().first_bad, 0);
	run("UPDATE event_checkpoint SET at = at + INTERVAL 1 SECOND");
	ck_assert_int_eq(verified().first_bad, 9);
	ck_assert_str_eq(verified().problem, "a checkpoint's signature is wrong");
}
END_TEST

START_TEST(a_checkpoint_is_made_once_and_mailed_to_auditors)
{
	int64_t n = 0;

	run("INSERT IGNORE INTO person (id, email, name, status, created_at)"
		" VALUES (90, 'auditor@example.test', 'Ada', 'active', NOW(6))");
	run("INSERT IGNORE INTO membership (person_id, partner_id, roles, since) VALUES (90, NULL, 'auditor', NOW(6))");
	must(audit_checkpoint(db, &conf));
	must(audit_checkpoint(db, &conf));
	must(db_int(db, "SELECT COUNT(*) FROM event_checkpoint", NO_ARGS, &n));
	ck_assert_int_eq(n, 1);
	must(db_int(db, "SELECT COUNT(*) FROM outbox WHERE template = 'audit-checkpoint'"
		" AND address = 'auditor@example.test'", NO_ARGS, &n));
	ck_assert_int_eq(n, 1);
}
END_TEST

START_TEST(the_portal_is_an_actor_too_and_long_words_are_cut)
{
	char words[4001];
	struct event *e = NULL;
	size_t n = 0;
	struct user vendor = { .person_id = 1, .vendor = true };

	memset(words, 'w', sizeof(words) - 1);
	words[sizeof(words) - 1] = '\0';
	must(db_begin(db));
	must(event_add(db, NULL, TO_VENDOR, &(struct event){ .noun = "deal", .noun_id = 13, .what = "expired", .text = words }));
	must(db_commit(db));
	ck_assert_int_eq(verified().first_bad, 0);
	must(event_timeline(db, &vendor, "deal", 13, 10, &e, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(e[0].actor_name, "Portal");
	ck_assert_uint_eq(strlen(e[0].text), 2000);
}
END_TEST

START_TEST(a_timeline_shows_each_side_its_own)
{
	struct user own = { .person_id = 2, .partner_id = 3 }, rival = { .person_id = 4, .partner_id = 5 };
	struct user vendor = { .person_id = 1, .vendor = true };
	struct event *e = NULL;
	size_t n = 0;

	must(db_begin(db));
	must(event_add(db, &anna, TO_VENDOR, &(struct event){ .noun = "deal", .noun_id = 12, .partner_id = 3, .what = "noted" }));
	must(event_add(db, &anna, TO_AUDIT, &(struct event){ .noun = "deal", .noun_id = 12, .partner_id = 3, .what = "seen" }));
	must(db_commit(db));
	must(event_timeline(db, &own, "deal", 12, 100, &e, &n));
	ck_assert_uint_eq(n, 9);
	must(event_timeline(db, &vendor, "deal", 12, 100, &e, &n));
	ck_assert_uint_eq(n, 10);
	ck_assert_str_eq(e[9].what, "noted");
	must(event_timeline(db, &rival, "deal", 12, 100, &e, &n));
	ck_assert_uint_eq(n, 0);
}
END_TEST

static int make_key(char *path, size_t size)
{
	int fd;

	snprintf(path, size, "/tmp/prm-check-key-%d", (int)getpid());
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0)
		return -1;
	if (dprintf(fd, "%064d\n", 7) < 0)
		return -1;
	return close(fd);
}

int main(void)
{
	Suite *s = suite_create("audit");
	TCase *t = tcase_create("chain");
	const struct conf *given;
	static char key[64];
	SRunner *r;
	struct db *first;
	int failed;

	given = testdb_start();
	if (!given || make_key(key, sizeof(key)))
		return EXIT_FAILURE;
	conf = *given;
	conf.key_file = key;
	first = db_command(&conf);
	if (!first || migrate_up(first, SRCDIR "/schema", NULL)) {
		fprintf(stderr, "schema: %s (%s)\n", first ? first->err->message : "", first ? first->err->detail : "");
		testdb_stop();
		return EXIT_FAILURE;
	}
	db_command_end(first);
	log_open("/dev/null", "check");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_whole_chain_is_found_whole);
	tcase_add_test(t, an_event_outside_a_transaction_is_refused);
	tcase_add_test(t, an_event_rolled_back_leaves_no_gap);
	tcase_add_loop_test(t, every_lie_is_found_where_it_is, 0, (int)(sizeof(lies) / sizeof(lies[0])));
	tcase_add_test(t, two_events_swapped_are_found);
	tcase_add_test(t, a_chain_cut_off_and_mended_is_found_by_its_checkpoint);
	tcase_add_test(t, a_chain_written_anew_differs_from_its_checkpoint);
	tcase_add_test(t, a_forged_checkpoint_is_found_by_its_signature);
	tcase_add_test(t, a_checkpoint_is_made_once_and_mailed_to_auditors);
	tcase_add_test(t, the_portal_is_an_actor_too_and_long_words_are_cut);
	tcase_add_test(t, a_timeline_shows_each_side_its_own);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	unlink(key);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
