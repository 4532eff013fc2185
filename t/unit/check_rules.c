/* check_rules.c - rules of engagement: parsing, placeholders, limits, differences, contrast */
#include "programme.h"
#include "rules_edit.h"
#include "str.h"
#include <check.h>      /* after ours: it has a macro fail() */

static struct arena *arena;
static struct err err;
static struct db db;

static void setup(void)
{
	arena = arena_new(8u << 20);
	err_clear(&err);
	db = (struct db){ .arena = arena, .err = &err };
}

static void teardown(void)
{
	arena_free(arena);
}

/* A body with every clause; params as given. */
static const char *body(const char *params, const char *text)
{
	struct strbuf b;

	strbuf_init(&b, arena, 64u << 10);
	strbuf_addf(&b, "{\"params\":{%s},\"clauses\":[", params);
	for (int i = 0; rules_clause_keys[i]; i++)
		strbuf_addf(&b, "%s{\"number\":\"%d.1\",\"key\":\"%s\",\"title\":\"T\",\"text\":\"%s\"}", i ? "," : "", i + 1,
			rules_clause_keys[i], text);
	strbuf_add(&b, "]}");
	return b.text;
}

static int parsed(const char *params, const char *text, struct rules *out)
{
	*out = (struct rules){ .number = 7 };
	err_clear(&err);
	return rules_parse(&db, body(params, text), out);
}

static const char *filled(const char *params, const char *text)
{
	struct rules r;

	ck_assert_int_eq(parsed(params, text, &r), OK);
	return rules_clause_text(&db, &r, rules_clause(&r, CLAUSE_SCOPE), "en");
}

START_TEST(a_body_without_values_means_the_defaults)
{
	struct rules r;

	ck_assert_int_eq(parsed("", "x", &r), OK);
	ck_assert_int_eq(r.protection_days, 90);
	ck_assert_int_eq(r.decision_days, 2);
	ck_assert(r.extension_by_rule && r.require_domain);
	ck_assert_uint_eq(r.n_auto_limits, 0);
}
END_TEST

START_TEST(values_out_of_bounds_are_refused_beside_their_field)
{
	struct rules r;

	ck_assert_int_eq(parsed("\"protection_days\":0", "x", &r), E_INVALID);
	ck_assert_str_eq(err.fields[0].field, "protection_days");
	ck_assert_int_eq(parsed("\"require_domain\":1", "x", &r), E_INVALID);
	ck_assert_int_eq(parsed("\"invented\":1", "x", &r), E_INVALID);
	ck_assert_int_eq(parsed("\"extension_from_days\":100,\"protection_days\":90", "x", &r), E_INVALID);
}
END_TEST

START_TEST(reminders_are_whole_numbers_going_down)
{
	struct rules r;

	ck_assert_int_eq(parsed("\"reminder_days\":\"30,14,7,1\"", "x", &r), OK);
	ck_assert_int_eq(parsed("\"reminder_days\":\"\"", "x", &r), OK);
	ck_assert_int_eq(parsed("\"reminder_days\":\"7,14\"", "x", &r), E_INVALID);
	ck_assert_int_eq(parsed("\"reminder_days\":\"7,7\"", "x", &r), E_INVALID);
	ck_assert_int_eq(parsed("\"reminder_days\":\"7,x\"", "x", &r), E_INVALID);
}
END_TEST

START_TEST(a_body_without_a_clause_the_engine_cites_is_refused)
{
	struct rules r = { 0 };

	ck_assert_int_eq(rules_parse(&db, "{\"params\":{},\"clauses\":[]}", &r), E_INVALID);
	err_clear(&err);
	ck_assert_int_eq(rules_parse(&db, "nonsense", &r), E_INVALID);
}
END_TEST

START_TEST(placeholders_print_values_with_the_right_word)
{
	ck_assert_str_eq(filled("", "{protection_days day|days}"), "90 days");
	ck_assert_str_eq(filled("\"decision_days\":1", "{decision_days day|days}"), "1 day");
	ck_assert_str_eq(filled("\"reminder_days\":\"30,14,7\"", "{reminder_days}"), "30, 14 and 7");
}
END_TEST

START_TEST(a_condition_shows_only_what_holds)
{
	ck_assert_str_eq(filled("\"require_domain\":true", "{if require_domain}a{else}b{end}c"), "ac");
	ck_assert_str_eq(filled("\"require_domain\":false", "{if require_domain}a{else}b{end}c"), "bc");
	ck_assert_str_eq(filled("", "{if auto_limits}{auto_limits}{else}none{end}"), "none");
	ck_assert_str_eq(filled("\"extension_max\":0", "{if extension_max}a{end}b"), "b");
}
END_TEST

START_TEST(texts_with_mistakes_are_refused)
{
	static const char *const wrong[] = { "{unknown}", "{protection_days", "{if unknown}a{end}", "{if require_domain}a",
		"{else}", "{end}", "{if require_domain}{if require_domain}a{end}{end}", "{require_domain day|days}",
		"{protection_days day}", "{}" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		err_clear(&err);
		ck_assert_msg(rules_text_check(&db, "text", wrong[i]) == E_INVALID, "%s passes", wrong[i]);
	}
}
END_TEST

START_TEST(limits_are_read_as_people_write_them)
{
	struct money *m;
	size_t n;

	ck_assert_int_eq(rules_limits_parse(&db, "EUR 50,000\n\nUSD 55000.50; JPY 6000000", &m, &n), OK);
	ck_assert_uint_eq(n, 3);
	ck_assert_int_eq(m[0].minor, 5000000);
	ck_assert_int_eq(m[1].minor, 5500050);
	ck_assert_int_eq(m[2].minor, 6000000);
	ck_assert_int_eq(rules_limits_parse(&db, "EUR 1\nEUR 2", &m, &n), E_INVALID);
	err_clear(&err);
	ck_assert_int_eq(rules_limits_parse(&db, "50000", &m, &n), E_INVALID);
	err_clear(&err);
	ck_assert_int_eq(rules_limits_parse(&db, "XYZ 50000", &m, &n), E_INVALID);
}
END_TEST

START_TEST(a_currency_without_a_limit_has_none)
{
	struct rules r;
	struct money m;

	ck_assert_int_eq(parsed("\"auto_limits\":[{\"currency\":\"EUR\",\"amount\":\"50000\"}]", "x", &r), OK);
	ck_assert(rules_auto_limit(&r, "EUR", &m));
	ck_assert_int_eq(m.minor, 5000000);
	ck_assert(!rules_auto_limit(&r, "USD", &m));
}
END_TEST

START_TEST(differences_are_told_word_by_word)
{
	struct diff_part *p;
	size_t n;

	ck_assert_int_eq(text_diff(&db, "held for 90 days by rule", "held for 120 days by rule", &p, &n), OK);
	ck_assert_uint_eq(n, 4);
	ck_assert_str_eq(p[0].op, "same");
	ck_assert_str_eq(p[0].text, "held for ");
	ck_assert_str_eq(p[1].op, "del");
	ck_assert_str_eq(p[1].text, "90 ");
	ck_assert_str_eq(p[2].op, "ins");
	ck_assert_str_eq(p[2].text, "120 ");
}
END_TEST

START_TEST(two_versions_differ_in_what_was_changed_and_nothing_else)
{
	struct rules a, b;
	struct rules_change *c;
	size_t n;

	ck_assert_int_eq(parsed("\"protection_days\":90", "x", &a), OK);
	ck_assert_int_eq(parsed("\"protection_days\":60", "x", &b), OK);
	ck_assert_int_eq(rules_diff(&db, &a, &a, &c, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(rules_diff(&db, &a, &b, &c, &n), OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(c[0].kind, "value");
	ck_assert_str_eq(c[0].before, "90");
	ck_assert_str_eq(c[0].after, "60");
}
END_TEST

/* Pairs of WCAG 2.2's own formula: black on white is 21, #777777 on white 4.48. */
START_TEST(contrast_is_wcags)
{
	ck_assert_int_eq(contrast_x100("#000000", "#ffffff"), 2100);
	ck_assert_int_eq(contrast_x100("#ffffff", "#000000"), 2100);
	ck_assert_int_eq(contrast_x100("#777777", "#ffffff"), 447);
	ck_assert_int_eq(contrast_x100("#12345", "#ffffff"), 0);
	ck_assert_int_eq(contrast_x100("#zzzzzz", "#ffffff"), 0);
	ck_assert_str_eq(accent_text("#3457c9"), "#ffffff");
	ck_assert_str_eq(accent_text("#ffe066"), "#101318");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("rules");
	TCase *t = tcase_create("rules");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_body_without_values_means_the_defaults);
	tcase_add_test(t, values_out_of_bounds_are_refused_beside_their_field);
	tcase_add_test(t, reminders_are_whole_numbers_going_down);
	tcase_add_test(t, a_body_without_a_clause_the_engine_cites_is_refused);
	tcase_add_test(t, placeholders_print_values_with_the_right_word);
	tcase_add_test(t, a_condition_shows_only_what_holds);
	tcase_add_test(t, texts_with_mistakes_are_refused);
	tcase_add_test(t, limits_are_read_as_people_write_them);
	tcase_add_test(t, a_currency_without_a_limit_has_none);
	tcase_add_test(t, differences_are_told_word_by_word);
	tcase_add_test(t, two_versions_differ_in_what_was_changed_and_nothing_else);
	tcase_add_test(t, contrast_is_wcags);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
