/* check_screen.c - sanctions lists are loaded whole or not at all, and their names found again */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#undef fail     /* Check's old name for another thing */
#include "names.h"
#include "screen.h"

static struct arena *a;
static struct err e;
static char dir[64];

#define NONE "-0- "
#define PRIM(id, name, kind, remarks) id ",\"" name "\"," kind ",\"PROG\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ," remarks "\r\n"

static const char sdn[] = PRIM("36", "AEROTRANS LINES", NONE, "\"a.k.a. 'ATL'; Tax 5.\"")
	PRIM("40", "MARKOVIC, Zoran", "\"individual\"", "\"DOB 1962.\"")
	PRIM("41", "NORTHERN GULL", "\"vessel\"", NONE) "\x1a";
static const char alt[] = "36,12,\"aka\",\"AEROTRANSPORTES DEL SUR\",-0- \r\n\x1a\r\n";
static const char denied[] = "\"Name\"\t\"A\"\t\"B\"\t\"C\"\t\"Country\"\t\"D\"\t\"Effective_Date\"\t\"E\"\t\"F\"\t\"G\"\t\"H\"\t\"I\"\n"
	"\" OLGA PETERSEN\"\t\"x\"\t\"x\"\t\"\"\t\"DK\"\t\"\"\t\"06/19/2003\"\t\"\"\t\"Y\"\t\"\"\t\"\"\t\"68 F.R.\"";
static const char un[] = "<?xml version=\"1.0\"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>HAMID</FIRST_NAME>"
	"<SECOND_NAME>TORABI</SECOND_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDi.900</REFERENCE_NUMBER>"
	"<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Black Falcon</ALIAS_NAME></INDIVIDUAL_ALIAS>"
	"</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>";

static void put(const char *name, const char *text, size_t n)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(text, 1, n, f), n);
	fclose(f);
}

#define PUT(name, text) put(name, text, sizeof(text) - 1)

static void setup(void)
{
	a = arena_new((size_t)256 << 20);
	memset(&e, 0, sizeof(e));
	snprintf(dir, sizeof(dir), "/tmp/check_screen.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	PUT("sdn.csv", sdn);
	PUT("alt.csv", alt);
	PUT("dpl.txt", denied);
	PUT("UN_consolidated.xml", un);
}

static void teardown(void)
{
	static const char *const files[] = { "sdn.csv", "alt.csv", "dpl.txt", "UN_consolidated.xml" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
		unlink(path);
	}
	rmdir(dir);
	arena_free(a);
}

static const struct screen *loaded(void)
{
	const struct screen *s = NULL;
	int rc = screen_load(a, &e, dir, &s);

	ck_assert_msg(!rc, "%s", e.message);
	return s;
}

static size_t find(const char *name, struct hit hits[5])
{
	struct finder *f = finder_new(a, loaded());

	ck_assert_ptr_nonnull(f);
	return screen_find(f, name, NAME_MATCH, hits, 5);
}

START_TEST(all_names_of_all_lists_are_loaded)
{
	const struct screen *s = loaded();

	ck_assert_uint_eq(screen_entries(s), 5);
	ck_assert_uint_eq(screen_names(s), 8);      /* five, and three aliases, two of them weak */
}
END_TEST

struct asked { const char *name, *list, *matched, *kind; bool weak; };

static const struct asked asked[] = {
	{ "Aerotrans Lines", "OFAC SDN", "AEROTRANS LINES", "entity", false },
	{ "Aerotrans Linse", "OFAC SDN", "AEROTRANS LINES", "entity", false },
	{ "AerotransLines", "OFAC SDN", "AEROTRANS LINES", "entity", false },
	{ "Aerotransportes del Sur", "OFAC SDN", "AEROTRANSPORTES DEL SUR", "entity", false },
	{ "ATL", "OFAC SDN", "ATL", "entity", true },
	{ "Zoran Markovic", "OFAC SDN", "MARKOVIC, Zoran", "individual", false },
	{ "Зоран Маркович", "OFAC SDN", "MARKOVIC, Zoran", "individual", false },
	{ "MV Northern Gull", "OFAC SDN", "NORTHERN GULL", "vessel", false },
	{ "Petersen, Olga", "BIS DPL", "OLGA PETERSEN", "individual", false },
	{ "Hamid Torabi", "UN", "HAMID TORABI", "individual", false },
	{ "Black Falcon", "UN", "Black Falcon", "individual", true },
};

START_TEST(a_listed_name_is_found)
{
	const struct asked *q = &asked[_i];
	struct hit hits[5];

	ck_assert_msg(find(q->name, hits) > 0, "%s finds nobody", q->name);
	ck_assert_str_eq(hits[0].name->entry->list, q->list);
	ck_assert_str_eq(hits[0].name->text, q->matched);
	ck_assert_str_eq(listed_kind_name(hits[0].name->entry->kind), q->kind);
	ck_assert_int_eq(hits[0].name->weak, q->weak);
	ck_assert_double_ge(hits[0].score, NAME_MATCH);
}
END_TEST

START_TEST(another_name_finds_nobody)
{
	struct hit hits[5];

	ck_assert_uint_eq(find("Hugo Lindqvist Software", hits), 0);
	ck_assert_uint_eq(find("Hamid Sharifi", hits), 0);
	ck_assert_uint_eq(find("", hits), 0);
	ck_assert_uint_eq(find("!!", hits), 0);
}
END_TEST

struct cut { const char *file, *text; size_t n; };

static const struct cut cuts[] = {
	{ "sdn.csv", sdn, sizeof(sdn) - 2 },           /* only its end mark is gone */
	{ "sdn.csv", sdn, 30 }, { "sdn.csv", sdn, 0 },
	{ "alt.csv", alt, 20 }, { "alt.csv", alt, sizeof(alt) - 4 },
	{ "dpl.txt", denied, sizeof(denied) - 2 },     /* a quote is open */
	{ "dpl.txt", denied, sizeof(denied) - 20 },
	{ "UN_consolidated.xml", un, sizeof(un) - 10 }, { "UN_consolidated.xml", un, 300 },
};

START_TEST(a_cut_file_is_refused_by_name_and_nothing_is_loaded)
{
	const struct cut *c = &cuts[_i];
	const struct screen *s = NULL;

	put(c->file, c->text, c->n);
	ck_assert_int_eq(screen_load(a, &e, dir, &s), E_BAD);
	ck_assert_ptr_nonnull(strstr(e.message, c->file));
	ck_assert_ptr_null(s);
}
END_TEST

START_TEST(an_alias_of_nobody_tells_that_the_list_is_cut)
{
	static const char stray[] = "77,12,\"aka\",\"NOBODY\",-0- \r\n\x1a";
	const struct screen *s = NULL;

	PUT("alt.csv", stray);
	ck_assert_int_eq(screen_load(a, &e, dir, &s), E_BAD);
	ck_assert_ptr_nonnull(strstr(e.message, "77"));
}
END_TEST

START_TEST(a_folder_without_lists_is_told)
{
	const struct screen *s = NULL;

	ck_assert_int_eq(screen_load(a, &e, "/nonexistent", &s), E_NOTFOUND);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("screen");
	TCase *t = tcase_create("lists");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_names_of_all_lists_are_loaded);
	tcase_add_loop_test(t, a_listed_name_is_found, 0, (int)(sizeof(asked) / sizeof(asked[0])));
	tcase_add_test(t, another_name_finds_nobody);
	tcase_add_loop_test(t, a_cut_file_is_refused_by_name_and_nothing_is_loaded, 0, (int)(sizeof(cuts) / sizeof(cuts[0])));
	tcase_add_test(t, an_alias_of_nobody_tells_that_the_list_is_cut);
	tcase_add_test(t, a_folder_without_lists_is_told);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
