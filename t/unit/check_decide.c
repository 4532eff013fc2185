/* check_decide.c - the engine decides by rules and facts alone */
#include <stdlib.h>

#include "deal_part.h"
#include "str.h"
#include <check.h>      /* after ours: it has a macro fail() */

static struct arena *a;
static struct rules rules;
static struct money limits[] = { { 5000000, "EUR" }, { 6000000, "USD" } };
static struct facts facts;
static struct verdict v;
static struct found other = { "domain", 7, 2, "Acme", "acme.de", "Rival", { 1800000000000000 }, { 1700000000000000 } };
static struct found own = { "domain", 9, 1, "Acme", "acme.de", "Us", { 1800000000000000 }, { 1700000000000000 } };

/* A registration nothing speaks against. */
static void setup(void)
{
	a = arena_new(1 << 20);
	rules = (struct rules){ .number = 3, .closes_within_days = 365, .auto_limits = limits, .n_auto_limits = 2,
		.require_domain = true, .review_same_name = true };
	facts = (struct facts){ .partner_id = 1, .domain_key = "acme.de", .domain_given = true, .amount = { 4000000, "EUR" },
		.closes_on = { 20500 }, .today = { 20400 }, .zone = "Europe/Berlin" };
	other.what = own.what = "domain";
}

static void teardown(void) { arena_free(a); }

static void expect(const char *outcome, const char *clause)
{
	ck_assert_int_eq(deal_judge(a, &rules, &facts, &v), OK);
	ck_assert_str_eq(v.outcome, outcome);
	ck_assert_str_eq(v.clause_key, clause);
	ck_assert(!str_empty(v.reason));
	ck_assert_msg(!strstr(v.reason, "Rival"), "the reason names a rival: %s", v.reason);
}

START_TEST(a_complete_registration_nobody_holds_is_approved)
{
	expect("approved", CLAUSE_AUTOMATIC);
	ck_assert(v.hold_name);
}
END_TEST

START_TEST(a_held_domain_is_a_duplicate_and_says_until_when)
{
	facts.domain_hold = &other;
	expect("duplicate", CLAUSE_FIRST);
	ck_assert(strstr(v.reason, "2027"));
	ck_assert_ptr_eq(v.because, &other);
}
END_TEST

START_TEST(ones_own_hold_refers_to_ones_own_registration)
{
	facts.domain_hold = &own;
	expect("duplicate", CLAUSE_SCOPE);
	ck_assert(strstr(v.reason, "DR-9"));
}
END_TEST

START_TEST(the_same_name_with_another_domain_goes_to_a_person)
{
	other.what = "name";
	facts.name_hold = &other;
	expect("review", CLAUSE_SAME_NAME);
}
END_TEST

START_TEST(the_same_name_is_two_customers_where_the_rules_say_so)
{
	other.what = "name";
	facts.name_hold = &other;
	rules.review_same_name = false;
	expect("approved", CLAUSE_AUTOMATIC);
	ck_assert(!v.hold_name);
}
END_TEST

START_TEST(an_earlier_open_registration_keeps_its_place)
{
	other.what = "open";
	facts.open = &other;
	expect("review", CLAUSE_FIRST);
}
END_TEST

START_TEST(ones_own_open_registration_is_not_made_twice)
{
	own.what = "open";
	facts.open = &own;
	expect("duplicate", CLAUSE_SCOPE);
}
END_TEST

START_TEST(the_limit_itself_is_within_the_limit)
{
	facts.amount.minor = 5000000;
	expect("approved", CLAUSE_AUTOMATIC);
	facts.amount.minor = 5000001;
	expect("review", CLAUSE_VALUE);
}
END_TEST

START_TEST(a_currency_without_a_limit_goes_to_a_person)
{
	facts.amount = (struct money){ 100, "JPY" };
	expect("review", CLAUSE_VALUE);
}
END_TEST

START_TEST(the_last_day_the_rules_allow_is_allowed)
{
	facts.closes_on.n = facts.today.n + 365;
	expect("approved", CLAUSE_AUTOMATIC);
	facts.closes_on.n++;
	expect("review", CLAUSE_CLOSE_DATE);
}
END_TEST

START_TEST(without_a_domain_a_person_decides)
{
	facts.domain_key = NULL;
	expect("review", CLAUSE_DOMAIN);
	facts.domain_given = false;
	expect("review", CLAUSE_DOMAIN);
}
END_TEST

START_TEST(without_a_domain_the_name_alone_holds_where_the_rules_say_so)
{
	facts.domain_key = NULL;
	rules.require_domain = false;
	expect("approved", CLAUSE_AUTOMATIC);
	ck_assert(v.hold_name);
	other.what = "name";
	facts.name_hold = &other;
	expect("review", CLAUSE_SAME_NAME);
}
END_TEST

START_TEST(the_table_of_moves_is_a_machine)
{
	for (const struct deal_move *m = deal_moves; m->from; m++) {
		ck_assert_ptr_eq(deal_move_find(m->from, m->event), m);
		ck_assert(choice_find(deal_status_choices, m->to));
		ck_assert(!*m->from || choice_find(deal_status_choices, m->from));
	}
	/* what has ended stays ended */
	for (const char *const *end = (const char *const[]){ "converted", "expired", "withdrawn", "revoked", "rejected", "duplicate", NULL };
			*end; end++)
		for (const struct deal_move *m = deal_moves; m->from; m++)
			ck_assert_str_ne(m->from, *end);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("decide");
	TCase *t = tcase_create("engine");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_complete_registration_nobody_holds_is_approved);
	tcase_add_test(t, a_held_domain_is_a_duplicate_and_says_until_when);
	tcase_add_test(t, ones_own_hold_refers_to_ones_own_registration);
	tcase_add_test(t, the_same_name_with_another_domain_goes_to_a_person);
	tcase_add_test(t, the_same_name_is_two_customers_where_the_rules_say_so);
	tcase_add_test(t, an_earlier_open_registration_keeps_its_place);
	tcase_add_test(t, ones_own_open_registration_is_not_made_twice);
	tcase_add_test(t, the_limit_itself_is_within_the_limit);
	tcase_add_test(t, a_currency_without_a_limit_goes_to_a_person);
	tcase_add_test(t, the_last_day_the_rules_allow_is_allowed);
	tcase_add_test(t, without_a_domain_a_person_decides);
	tcase_add_test(t, without_a_domain_the_name_alone_holds_where_the_rules_say_so);
	tcase_add_test(t, the_table_of_moves_is_a_machine);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
