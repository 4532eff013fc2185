/* check_money.c - amounts are exact, in every currency, as typed and as shown */
#include <check.h>
#include <stdlib.h>

#include "money.h"

static struct arena *a;

static void setup(void) { a = arena_new(1 << 20); }
static void teardown(void) { arena_free(a); }

struct typed { const char *text, *currency, *decimal; };     /* decimal NULL: refused */

static const struct typed typed[] = {
	{ "1,234.50", "EUR", "1234.50" },
	{ "1.234,50", "EUR", "1234.50" },
	{ "12 000", "EUR", "12000.00" },
	{ "12\u00a0000,5", "EUR", "12000.50" },
	{ "12\u202f000", "EUR", "12000.00" },
	{ "1'000'000.25", "CHF", "1000000.25" },
	{ "1\u2019000.25", "CHF", "1000.25" },
	{ "12,34,567.89", "INR", "1234567.89" },
	{ "1,234", "EUR", "1234.00" },
	{ "1.234", "EUR", "1234.00" },
	{ "1.234", "KWD", "1.234" },
	{ "1,234", "KWD", "1234.000" },
	{ "1,234.567", "KWD", "1234.567" },
	{ "0,5", "EUR", "0.50" },
	{ "  42 ", "USD", "42.00" },
	{ "EUR 100", "EUR", "100.00" },
	{ "100 EUR", "EUR", "100.00" },
	{ "-5", "EUR", "-5.00" },
	{ "\u0661\u0662\u0663", "SAR", "123.00" },
	{ "1,234,567", "JPY", "1234567" },
	{ "99999999999999", "JPY", "99999999999999" },
	{ "12k", "EUR", NULL },
	{ "", "EUR", NULL },
	{ "-", "EUR", NULL },
	{ "1,23,4", "EUR", NULL },
	{ "0,123", "EUR", NULL },
	{ "1234,567", "EUR", NULL },
	{ "1.5", "JPY", NULL },
	{ "1.5.0", "EUR", NULL },
	{ "1..5", "EUR", NULL },
	{ "1,", "EUR", NULL },
	{ ".5", "EUR", NULL },
	{ "USD 100", "EUR", NULL },
	{ "$100", "EUR", NULL },
	{ "1e5", "EUR", NULL },
	{ "0x10", "EUR", NULL },
	{ "5-", "EUR", NULL },
	{ "999999999999999999999999", "EUR", NULL },
	{ "10000000000000.01", "EUR", NULL },
	{ "1", "XXX", NULL },
	{ "1", "eur", NULL },
	{ "1", "DEM", NULL },
	{ "1", "", NULL },
};

START_TEST(what_people_type_is_read_or_refused)
{
	const struct typed *t = &typed[_i];
	struct money m;
	bool ok = money_from_input(t->text, t->currency, &m);

	ck_assert_msg(ok == (t->decimal != NULL), "%s %s", t->text, t->currency);
	if (ok)
		ck_assert_str_eq(money_decimal(a, m), t->decimal);
}
END_TEST

static const struct typed decimals[] = {
	{ "1234.5", "EUR", "1234.50" },
	{ "1234.5000", "EUR", "1234.50" },      /* as DECIMAL(18,4) comes from SQL */
	{ "-0.01", "EUR", "-0.01" },
	{ "0", "EUR", "0.00" },
	{ "5.0000", "JPY", "5" },
	{ "1.2340", "KWD", "1.234" },
	{ "10000000000000.00", "EUR", "10000000000000.00" },
	{ "10000000000000.01", "EUR", NULL },   /* past 10^15 */
	{ "100000000000000", "JPY", NULL },     /* past DECIMAL(18,4) */
	{ "1.234", "EUR", NULL },
	{ "1,234.50", "EUR", NULL },
	{ " 1", "EUR", NULL },
	{ "1.", "EUR", NULL },
	{ "+1", "EUR", NULL },
	{ "1 ", "EUR", NULL },
};

START_TEST(decimal_text_is_strict)
{
	const struct typed *t = &decimals[_i];
	struct money m;
	bool ok = money_from_decimal(t->text, t->currency, &m);

	ck_assert_msg(ok == (t->decimal != NULL), "%s %s", t->text, t->currency);
	if (ok)
		ck_assert_str_eq(money_decimal(a, m), t->decimal);
}
END_TEST

START_TEST(amounts_are_shown_as_the_language_writes_them)
{
	struct money eur = { 123450, "EUR" }, jpy = { 1234567, "JPY" }, kwd = { -1234567, "KWD" };

	ck_assert_str_eq(money_text(a, eur, "en"), "\u20ac1,234.50");
	ck_assert_str_eq(money_text(a, eur, "de"), "1.234,50\u00a0\u20ac");
	ck_assert_str_eq(money_text(a, jpy, "en"), "\u00a51,234,567");
	ck_assert_str_eq(money_text(a, kwd, "en"), "-KWD\u00a01,234.567");
	ck_assert_str_eq(money_text(a, (struct money){ 5, "" }, "en"), "");
}
END_TEST

START_TEST(the_largest_amount_is_shown_exactly)
{
	struct money m = { INT64_C(999999999999999), "EUR" };

	ck_assert_str_eq(money_text(a, m, "en"), "\u20ac9,999,999,999,999.99");
	ck_assert_str_eq(money_decimal(a, m), "9999999999999.99");
}
END_TEST

START_TEST(sums_refuse_overflow_and_mixed_currencies)
{
	struct money most = { INT64_C(1000000000000000), "EUR" }, one = { 1, "EUR" }, dollar = { 1, "USD" }, sum;

	ck_assert(money_add(one, one, &sum));
	ck_assert_int_eq(sum.minor, 2);
	ck_assert_str_eq(sum.currency, "EUR");
	ck_assert(!money_add(most, one, &sum));
	ck_assert(!money_add(one, dollar, &sum));
}
END_TEST

START_TEST(minor_units_follow_iso_4217)
{
	ck_assert_int_eq(currency_digits("EUR"), 2);
	ck_assert_int_eq(currency_digits("JPY"), 0);
	ck_assert_int_eq(currency_digits("KWD"), 3);
	ck_assert_int_eq(currency_digits("IQD"), 3);    /* ICU: 0 */
	ck_assert_int_eq(currency_digits("ISK"), 0);
	ck_assert(currency_known("EUR"));
	ck_assert(!currency_known("EURO"));
	ck_assert(!currency_known("XAU"));
	ck_assert(!currency_known(NULL));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("money");
	TCase *t = tcase_create("money");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, what_people_type_is_read_or_refused, 0, (int)(sizeof(typed) / sizeof(typed[0])));
	tcase_add_loop_test(t, decimal_text_is_strict, 0, (int)(sizeof(decimals) / sizeof(decimals[0])));
	tcase_add_test(t, amounts_are_shown_as_the_language_writes_them);
	tcase_add_test(t, the_largest_amount_is_shown_exactly);
	tcase_add_test(t, sums_refuse_overflow_and_mixed_currencies);
	tcase_add_test(t, minor_units_follow_iso_4217);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
