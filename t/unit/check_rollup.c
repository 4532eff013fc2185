/* check_rollup.c - rollups change with what they count, and the checker finds what does not fit */
#include "migrate.h"
#include "rollup.h"
#include "str.h"
#include "testdb.h"
#include <check.h>      /* after ours: it has a macro fail() */

static const struct conf *conf;
static struct db *db;

static void setup(void)
{
	db = db_command(conf);
	ck_assert_ptr_nonnull(db);
	if (migrate_up(db, SRCDIR "/schema", NULL))
		ck_abort_msg("%s %s", db->err->message, db->err->detail);
	db_must(db, "DELETE FROM deal_rollup");
	db_must(db, "DELETE FROM decision_rollup");
}

static void teardown(void)
{
	db_command_end(db);
}

static struct rollup_deal deal(const char *status, int64_t minor)
{
	struct rollup_deal d = { .partner_id = 5, .status = status, .amount = { minor, "EUR" } };

	when_from_iso("2026-03-31T23:59:59Z", &d.created_at);
	return d;
}

START_TEST(a_new_deal_is_counted_in_its_month)
{
	struct rollup_deal d = deal("approved", 12345);

	ck_assert_int_eq(rollup_deal_change(db, NULL, &d), OK);
	ck_assert_int_eq(db_number(db, "SELECT n FROM deal_rollup WHERE partner_id = 5 AND month = '2026-03-01'"
		" AND status = 'approved' AND currency = 'EUR' AND amount = 123.45"), 1);
}
END_TEST

START_TEST(a_change_of_state_moves_the_deal)
{
	struct rollup_deal before = deal("in_review", 100), after = deal("approved", 250);

	ck_assert_int_eq(rollup_deal_change(db, NULL, &before), OK);
	ck_assert_int_eq(rollup_deal_change(db, &before, &after), OK);
	ck_assert_int_eq(db_number(db, "SELECT SUM(n) FROM deal_rollup"), 1);
	ck_assert_int_eq(db_number(db, "SELECT n FROM deal_rollup WHERE status = 'in_review'"), 0);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM deal_rollup WHERE status = 'approved' AND amount = 2.5"), 1);
}
END_TEST

START_TEST(a_removed_deal_is_counted_no_more)
{
	struct rollup_deal d = deal("draft", 0);

	ck_assert_int_eq(rollup_deal_change(db, NULL, &d), OK);
	ck_assert_int_eq(rollup_deal_change(db, &d, NULL), OK);
	ck_assert_int_eq(db_number(db, "SELECT SUM(n) FROM deal_rollup"), 0);
}
END_TEST

START_TEST(a_draft_without_a_value_has_no_currency)
{
	struct rollup_deal d = deal("draft", 0);

	d.amount = (struct money){ 0 };
	ck_assert_int_eq(rollup_deal_change(db, NULL, &d), OK);
	ck_assert_int_eq(db_number(db, "SELECT n FROM deal_rollup WHERE currency = '' AND amount = 0"), 1);
}
END_TEST

START_TEST(decisions_are_counted_with_their_time)
{
	ck_assert_int_eq(rollup_decision(db, 5, "approved", true, when_plus(db->now, -90)), OK);
	ck_assert_int_eq(rollup_decision(db, 5, "approved", true, when_plus(db->now, -10)), OK);
	ck_assert_int_eq(rollup_decision(db, 5, "approved", false, (struct when){ 0 }), OK);
	ck_assert_int_eq(db_number(db, "SELECT n FROM decision_rollup WHERE by_rule"), 2);
	ck_assert_int_eq(db_number(db, "SELECT seconds FROM decision_rollup WHERE by_rule"), 100);
	ck_assert_int_eq(db_number(db, "SELECT seconds FROM decision_rollup WHERE NOT by_rule"), 0);
}
END_TEST

START_TEST(the_checker_finds_and_repairs_what_does_not_fit)
{
	struct rollup_report r;

	ck_assert_int_eq(rollup_check(db, false, &r), OK);
	ck_assert_int_eq(r.wrong, 0);
	db_must(db, "INSERT INTO deal_rollup VALUES (5, '2026-03-01', 'approved', 'EUR', 2, 10)");
	db_must(db, "INSERT INTO decision_rollup VALUES (5, '2026-03-01', 'approved', 1, 2, 10)");
	ck_assert_int_eq(rollup_check(db, false, &r), OK);
	ck_assert_int_eq(r.wrong, 2);
	ck_assert_ptr_nonnull(r.first);
	ck_assert_int_eq(rollup_check(db, true, &r), OK);
	ck_assert_int_eq(rollup_check(db, false, &r), OK);
	ck_assert_int_eq(r.wrong, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("rollup");
	TCase *t = tcase_create("rollup");
	SRunner *r;
	int failed;

	conf = testdb_start();
	if (!conf)
		return 1;
	r = srunner_create(s);
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_new_deal_is_counted_in_its_month);
	tcase_add_test(t, a_change_of_state_moves_the_deal);
	tcase_add_test(t, a_removed_deal_is_counted_no_more);
	tcase_add_test(t, a_draft_without_a_value_has_no_currency);
	tcase_add_test(t, decisions_are_counted_with_their_time);
	tcase_add_test(t, the_checker_finds_and_repairs_what_does_not_fit);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	return failed != 0;
}
