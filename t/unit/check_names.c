/* check_names.c - when two names are of one person, firm or ship, and when they are not */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>

#include "names.h"

static struct arena *a;

static void setup(void) { a = arena_new(4 << 20); }
static void teardown(void) { arena_free(a); }

static double score(const char *x, const char *y, enum name_kind kind)
{
	const struct name *n = name_prepare(a, x, kind), *m = name_prepare(a, y, kind);
	double one, other;

	ck_assert_ptr_nonnull(n);
	ck_assert_ptr_nonnull(m);
	one = name_compare(n, m);
	other = name_compare(m, n);
	ck_assert_double_ge(one, 0);
	ck_assert_double_le(one, 1);
	ck_assert_msg((one >= NAME_MATCH) == (other >= NAME_MATCH), "%s, %s: %f one way, %f the other", x, y, one, other);
	return one;
}

struct pair { const char *rule, *x, *y; enum name_kind kind; bool same; };

static const struct pair pairs[] = {
	/* persons */
	{ "the order of words does not matter", "Elena Markova", "MARKOVA, Elena", NAME_PERSON, true },
	{ "marks on letters do not matter", "Jose Peña", "José Pena", NAME_PERSON, true },
	{ "titles do not matter", "Dr. Ana Kovac", "Ana Kovac", NAME_PERSON, true },
	{ "one error in a long word is forgiven", "Katarina Wassermann", "Katarina Wasermann", NAME_PERSON, true },
	{ "in a short word it is not", "Tim Ross", "Tom Rust", NAME_PERSON, false },
	{ "a middle name more is no other person", "Henrik Olaf Bergstrom", "Henrik Bergstrom", NAME_PERSON, true },
	{ "an initial stands for its name", "H. Bergstrom", "Henrik Bergstrom", NAME_PERSON, true },
	{ "another initial does not", "K. Bergstrom", "Henrik Bergstrom", NAME_PERSON, false },
	{ "initials that differ tell persons apart", "Clark, Wendy J.", "Wendy P. Clark", NAME_PERSON, false },
	{ "initials alone are nobody", "H.B.", "Henrik Bergstrom", NAME_PERSON, false },
	{ "the family name alone does not make a match", "Ingrid Bergstrom", "Henrik Bergstrom", NAME_PERSON, false },
	{ "neither does the given name alone", "Henrik Larsen", "Henrik Bergstrom", NAME_PERSON, false },
	{ "a short form is the name", "Bill Harrison", "William Harrison", NAME_PERSON, true },
	{ "joined words are the same", "HenrikBergstrom", "Henrik Bergstrom", NAME_PERSON, true },
	{ "parted words are the same", "Hen rik Bergstrom", "Henrik Bergstrom", NAME_PERSON, true },
	{ "digits for letters do not hide a name", "Henr1k Bergstr0m", "Henrik Bergstrom", NAME_PERSON, true },
	{ "bin and ibn are one word", "Tariq bin Yusuf", "Tariq ibn Yusuf", NAME_PERSON, true },
	{ "a shared al- is no match", "Samir al-Khatib", "Walid al-Khatib", NAME_PERSON, false },
	{ "abd al- is written in many ways", "Abd al-Rahim Qadri", "Abdul Rahim Qadri", NAME_PERSON, true },
	{ "Cyrillic is read", "Сергей Морозов", "Sergey Morozov", NAME_PERSON, true },
	{ "Arabic is compared by its consonants", "طارق يوسف", "Tariq Yusuf", NAME_PERSON, true },
	{ "and tells others apart", "طارق يوسف", "Samir Khalil", NAME_PERSON, false },
	/* firms */
	{ "the legal form may be written out", "Nordwind Aktiengesellschaft", "Nordwind AG", NAME_COMPANY, true },
	{ "or left out", "Nordwind", "Nordwind AG", NAME_COMPANY, true },
	{ "or stand in front", "OOO Severny Veter", "Severny Veter OOO", NAME_COMPANY, true },
	{ "forms of one class agree", "Severny Veter LLC", "Severny Veter Ltd", NAME_COMPANY, true },
	{ "forms of other classes are other firms", "Nordwind AG", "Nordwind GmbH", NAME_COMPANY, false },
	{ "a common word says little", "Falcon Industries Ltd", "Merlin Industries Ltd", NAME_COMPANY, false },
	{ "another common word is another firm", "Falcon Systems Ltd", "Falcon Trading Ltd", NAME_COMPANY, false },
	{ "a firm of its own has more words", "Falcon Bird Systems Ltd", "Systems Ltd", NAME_COMPANY, false },
	{ "points in an acronym do not matter", "Q.R.T. Aviation", "QRT Aviation", NAME_COMPANY, true },
	{ "an acronym of other letters is another", "QRT Aviation", "QRS Aviation", NAME_COMPANY, false },
	{ "an acronym stands for its words", "NLF", "National Liberation Front", NAME_COMPANY, true },
	{ "abbreviations are read", "Falcon Int'l", "Falcon International", NAME_COMPANY, true },
	{ "numbers may be words", "Battalion Twenty-Three", "Battalion 23", NAME_COMPANY, true },
	{ "other numbers are others", "Battalion 24", "Battalion 23", NAME_COMPANY, false },
	{ "other countries are others", "Bank of Austria", "Bank of Australia", NAME_COMPANY, false },
	{ "words may be joined", "Sun Shine Trading", "Sunshine Trading", NAME_COMPANY, true },
	/* ships */
	{ "MV is no part of a ship's name", "MV Northern Star", "Northern Star", NAME_VESSEL, true },
	{ "one word in two is another ship", "Northern Star", "Northern Moon", NAME_VESSEL, false },
};

START_TEST(names_are_compared)
{
	const struct pair *p = &pairs[_i];
	double s = score(p->x, p->y, p->kind);

	ck_assert_msg((s >= NAME_MATCH) == p->same, "%s: %s, %s score %.3f", p->rule, p->x, p->y, s);
}
END_TEST

START_TEST(the_same_name_scores_1)
{
	ck_assert_double_eq_tol(score("Elena Markova", "elena  MARKOVA", NAME_PERSON), 1, 1e-9);
	ck_assert_double_eq_tol(score("Nordwind AG", "Nordwind AG", NAME_COMPANY), 1, 1e-9);
}
END_TEST

START_TEST(no_letters_are_no_name)
{
	ck_assert_double_eq_tol(score("", "", NAME_PERSON), 0, 1e-9);
	ck_assert_double_eq_tol(score("--- !!", "--- !!", NAME_COMPANY), 0, 1e-9);
	ck_assert_double_eq_tol(score("", "Elena Markova", NAME_ENTITY), 0, 1e-9);
}
END_TEST

/* Words past the limits are left out; nothing breaks, whatever bytes come. */
START_TEST(a_name_of_any_length_and_bytes_is_taken)
{
	static char text[5000];

	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = (char)(i % 7 ? 'a' + i % 26 : ' ');
	ck_assert_double_ge(score(text, text, NAME_COMPANY), NAME_MATCH);
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = 'x';
	ck_assert_double_ge(score(text, text, NAME_PERSON), NAME_MATCH);
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = (char)(i * 37 % 255 + 1);
	score(text, "Elena Markova", NAME_ENTITY);
	score("\xFF\xE0", "\xE0", NAME_PERSON);
	score("A/S/B/ /", "//", NAME_COMPANY);
}
END_TEST

START_TEST(a_full_arena_is_no_name)
{
	struct arena *small = arena_new(64);

	ck_assert_ptr_null(name_prepare(small, "Elena Markova of Somewhere", NAME_PERSON));
	arena_free(small);
}
END_TEST

START_TEST(a_schema_says_the_kind)
{
	ck_assert_int_eq(name_kind_of("Person"), NAME_PERSON);
	ck_assert_int_eq(name_kind_of("Organization"), NAME_COMPANY);
	ck_assert_int_eq(name_kind_of("Vessel"), NAME_VESSEL);
	ck_assert_int_eq(name_kind_of("LegalEntity"), NAME_ENTITY);
	ck_assert_int_eq(name_kind_of(NULL), NAME_ENTITY);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("names");
	TCase *t = tcase_create("names");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, names_are_compared, 0, (int)(sizeof(pairs) / sizeof(pairs[0])));
	tcase_add_test(t, the_same_name_scores_1);
	tcase_add_test(t, no_letters_are_no_name);
	tcase_add_test(t, a_name_of_any_length_and_bytes_is_taken);
	tcase_add_test(t, a_full_arena_is_no_name);
	tcase_add_test(t, a_schema_says_the_kind);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
