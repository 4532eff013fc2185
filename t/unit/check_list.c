/* check_list.c - pages show every row once, while rows are added between them */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#undef fail     /* Check's old name for another thing */
#include "list.h"
#include "str.h"
#include "testdb.h"

#define ROWS 57
#define PAGE 10

static const struct conf *conf;
static struct db *db;

struct item {
	int64_t id;
	const char *title;
	struct when at;
	struct day day;
	struct money amount;
	int rank;
};
static const struct column columns[] = {
	COL(item, id), COL(item, title), COL(item, at), COL(item, day), COL(item, amount), COL(item, rank), COL_END
};
static const char base[] = "SELECT i.id, i.title, i.at, i.day, i.amount, i.currency, i.rank FROM item i WHERE i.rank >= ?";

/* Keys repeat on purpose: only the id tells the rows apart. */
static const struct list_order orders[] = {
	{ "newest", "Newest", "i.at", "i.id", true, "at" },
	{ "oldest", "Oldest", "i.at", "i.id", false, "at" },
	{ "title", "Title", "i.title", "i.id", false, "title" },
	{ "largest", "Largest", "i.amount", "i.id", true, "amount" },
	{ "smallest", "Smallest", "i.amount", "i.id", false, "amount" },
	{ "day", "Day", "i.day", "i.id", true, "day" },
	{ "rank", "Rank", "i.rank", "i.id", false, "rank" },
	{ "id", "Id", "i.id", "i.id", true, "id" },
};
#define N_ORDERS (int)(sizeof(orders) / sizeof(orders[0]))


/* Row n; titles differ in case and accents only, which the collation takes for equal. */
static void add(int n)
{
	static const char *const titles[] = { "eclair", "\u00c9clair", "ECLAIR", "zebra", "a b'c\"d\\", "" };
	struct money m = { 1000 + (n % 4) * 333, "KWD" };
	struct when at = { INT64_C(1800000000000000) + (n % 5) * 1 };
	struct day day = { 20000 + n % 3 };

	ck_assert_int_eq(db_exec(db, "INSERT INTO item (title, at, day, amount, currency, rank) VALUES (?, ?, ?, ?, ?, ?)",
		ARGS(A(titles[n % 6]), A(at), A(day), arg_amount(m), A("KWD"), A(n % 7)), NULL), OK);
}

static void setup(void)
{
	db = db_command(conf);
	ck_assert_ptr_nonnull(db);
	db_must(db, "DROP TABLE IF EXISTS item");
	db_must(db, "CREATE TABLE item (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, title VARCHAR(40) NOT NULL,"
		" at DATETIME(6) NOT NULL, day DATE NOT NULL, amount DECIMAL(18,4) NOT NULL, currency CHAR(3) NOT NULL,"
		" rank INT NOT NULL) ENGINE=InnoDB AUTO_INCREMENT=9007199254740990"
		" CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci");
	for (int i = 0; i < ROWS; i++)
		add(i);
}

static void teardown(void)
{
	db_command_end(db);
}

static int fetch(struct page *p, struct item **list, size_t *n, const char **next)
{
	return list_rows(db, base, ARGS(A(0)), p, columns, sizeof(struct item), list, n, next);
}

START_TEST(no_row_is_shown_twice_or_skipped_while_rows_are_added)
{
	struct page p = { .order = &orders[_i], .limit = PAGE };
	int64_t seen[400];
	size_t n_seen = 0, n;
	struct item *list;
	const char *next;
	int first_rows = 0, pages = 0;
	int64_t last_of_setup = 0;

	ck_assert_int_eq(db_int(db, "SELECT MAX(id) FROM item", NO_ARGS, &last_of_setup), OK);
	do {
		ck_assert_msg(fetch(&p, &list, &n, &next) == OK, "%s", db->err->detail);
		ck_assert_uint_le(n, PAGE);
		for (size_t i = 0; i < n; i++) {
			for (size_t j = 0; j < n_seen; j++)
				ck_assert_int_ne(seen[j], list[i].id);
			seen[n_seen++] = list[i].id;
			first_rows += list[i].id <= last_of_setup;
		}
		/* they fall before and behind the cursor */
		for (int i = 0; i < 3 && pages < 10; i++)
			add(pages * 3 + i);
		pages++;
		if (next)
			ck_assert(page_read_cursor(db->arena, next, &p));
	} while (next);
	ck_assert_int_eq(first_rows, ROWS);
}
END_TEST

START_TEST(pages_joined_are_the_whole_list_in_order)
{
	struct page p = { .order = &orders[_i], .limit = PAGE }, whole = { .order = &orders[_i], .limit = 1000 };
	struct item *all, *list;
	size_t n_all, n, at = 0;
	const char *next;

	ck_assert_int_eq(fetch(&whole, &all, &n_all, &next), OK);
	ck_assert_uint_eq(n_all, ROWS);
	ck_assert_ptr_null(next);
	do {
		ck_assert_int_eq(fetch(&p, &list, &n, &next), OK);
		for (size_t i = 0; i < n; i++)
			ck_assert_int_eq(list[i].id, all[at++].id);
		if (next)
			ck_assert(page_read_cursor(db->arena, next, &p));
	} while (next);
	ck_assert_uint_eq(at, ROWS);
}
END_TEST

START_TEST(the_last_full_page_promises_no_further_one)
{
	struct page p = { .order = &orders[0], .limit = ROWS };
	struct item *list;
	const char *next;
	size_t n;

	ck_assert_int_eq(fetch(&p, &list, &n, &next), OK);
	ck_assert_uint_eq(n, ROWS);
	ck_assert_ptr_null(next);
	p.limit = ROWS - 1;
	ck_assert_int_eq(fetch(&p, &list, &n, &next), OK);
	ck_assert_uint_eq(n, ROWS - 1);
	ck_assert_ptr_nonnull(next);
	db_must(db, "DELETE FROM item");
	p.limit = PAGE;
	ck_assert_int_eq(fetch(&p, &list, &n, &next), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_ptr_null(next);
}
END_TEST

static const char *const not_cursors[] = { "", "x", "!!!!", "bmV3ZXN0", "newest", "AAAA", "_____w" };

START_TEST(what_is_no_cursor_of_ours_is_refused)
{
	struct page p = { .order = &orders[0], .limit = PAGE };

	ck_assert(!page_read_cursor(db->arena, not_cursors[_i], &p));
	ck_assert_ptr_null(p.after_key);
}
END_TEST

static bool forged(const char *plain, const struct list_order *o)
{
	struct page p = { .order = o, .limit = PAGE };

	return page_read_cursor(db->arena, str_base64url(db->arena, plain, strlen(plain)), &p);
}

START_TEST(a_forged_or_foreign_cursor_is_refused)
{
	ck_assert(forged("newest\x1fw2027-01-01 00:00:00.000000\x1f" "7", &orders[0]));
	ck_assert(!forged("oldest\x1fw2027-01-01 00:00:00.000000\x1f" "7", &orders[0]));
	ck_assert(!forged("newest\x1fw1 OR 1=1\x1f" "7", &orders[0]));
	ck_assert(!forged("newest\x1fi12x\x1f" "7", &orders[0]));
	ck_assert(!forged("newest\x1fmlots\x1f" "7", &orders[0]));
	ck_assert(!forged("newest\x1f?x\x1f" "7", &orders[0]));
	ck_assert(!forged("newest\x1f\x1f" "7", &orders[0]));
	ck_assert(!forged("newest\x1fi7\x1fx", &orders[0]));
	ck_assert(!forged("newest\x1fi7", &orders[0]));
	ck_assert(!forged("newest\x1ft\xff\x1f" "7", &orders[0]));
}
END_TEST

START_TEST(a_key_with_the_separator_in_it_comes_back_whole)
{
	struct page p = { .order = &orders[2], .limit = 1 };
	struct item *list;
	const char *next;
	size_t n;

	db_must(db, "DELETE FROM item");
	db_must(db, "INSERT INTO item (title, at, day, amount, currency, rank) VALUES"
		" (CONCAT('a', CHAR(31), 'b'), NOW(6), '2027-01-01', 1, 'EUR', 1), ('z', NOW(6), '2027-01-01', 1, 'EUR', 1)");
	ck_assert_int_eq(fetch(&p, &list, &n, &next), OK);
	ck_assert(page_read_cursor(db->arena, next, &p));
	ck_assert_str_eq(p.after_key, "ta\x1f" "b");
	ck_assert_int_eq(fetch(&p, &list, &n, &next), OK);
	ck_assert_str_eq(list[0].title, "z");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("list");
	TCase *t = tcase_create("list");
	SRunner *r;
	int failed;

	conf = testdb_start();
	if (!conf)
		return EXIT_FAILURE;
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, no_row_is_shown_twice_or_skipped_while_rows_are_added, 0, N_ORDERS);
	tcase_add_loop_test(t, pages_joined_are_the_whole_list_in_order, 0, N_ORDERS);
	tcase_add_test(t, the_last_full_page_promises_no_further_one);
	tcase_add_loop_test(t, what_is_no_cursor_of_ours_is_refused, 0,
		(int)(sizeof(not_cursors) / sizeof(not_cursors[0])));
	tcase_add_test(t, a_forged_or_foreign_cursor_is_refused);
	tcase_add_test(t, a_key_with_the_separator_in_it_comes_back_whole);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
