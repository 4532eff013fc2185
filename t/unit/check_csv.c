/* check_csv.c - files out and in */
#include "webtest.h"

#include "csv_in.h"
#include "csv_out.h"

static const char *const names[] = { "customer", "product_family", "notes", NULL };
static struct { size_t n, line[8]; char text[8][200]; } got;

static int keep(const struct csv_row *row, void *arg)
{
	(void)arg;
	ck_assert_uint_lt(got.n, 8);
	got.line[got.n] = row->line;
	snprintf(got.text[got.n++], 200, "%s|%s|%s", row->values[0], row->values[1] ? row->values[1] : "-",
		row->values[2] ? row->values[2] : "-");
	return OK;
}

static int read_text(const char *text)
{
	memset(&got, 0, sizeof(got));
	err_clear(web_req.err);
	return csv_read(web_arena, web_req.err, text, strlen(text), names, 1, keep, NULL, NULL);
}

START_TEST(rows_are_read_by_the_names_of_the_first_line)
{
	ck_assert_int_eq(read_text("Notes,ignored,Customer\r\nn1,x,c1\r\nn2,y,c2\r\n"), OK);
	ck_assert_uint_eq(got.n, 2);
	ck_assert_str_eq(got.text[0], "c1|-|n1");
	ck_assert_str_eq(got.text[1], "c2|-|n2");
}
END_TEST

START_TEST(spreadsheets_habits_are_understood)
{
	static const char *const files[] = {
		"\xEF\xBB\xBF" "customer;Product Family\nc1;f1\n", "sep=;\r\ncustomer;product-family\r\nc1;f1",
		"customer\tproduct_family\nc1\tf1\n", "customer,product_family\rc1,f1\r",
		"\"customer\",\"product_family\"\n\"c1\",\"f1\"\n", " customer , product_family \n c1 , f1 \n",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		ck_assert_msg(read_text(files[i]) == OK, "%zu: %s", i, web_req.err->message);
		ck_assert_uint_eq(got.n, 1);
		ck_assert_str_eq(got.text[0], "c1|f1|-");
	}
}
END_TEST

START_TEST(quoted_cells_keep_lines_commas_and_quotes)
{
	ck_assert_int_eq(read_text("customer,notes\n\"Acme, Inc\",\"a\nb \"\"c\"\"\"\n\nlast,\n"), OK);
	ck_assert_str_eq(got.text[0], "Acme, Inc|-|a\nb \"c\"");
	ck_assert_str_eq(got.text[1], "last|-|");
}
END_TEST

START_TEST(line_numbers_are_those_of_the_file)
{
	ck_assert_int_eq(read_text("\xEF\xBB\xBF" "customer,notes\n\n\"a\nb\nc\",1\n\n   \n,\nlast,2\n"), OK);
	ck_assert_uint_eq(got.n, 2);
	ck_assert_uint_eq(got.line[0], 3);
	ck_assert_uint_eq(got.line[1], 9);
}
END_TEST

START_TEST(short_rows_end_in_empty_cells)
{
	ck_assert_int_eq(read_text("customer,product_family,notes\na\n"), OK);
	ck_assert_str_eq(got.text[0], "a||");
}
END_TEST

START_TEST(trouble_names_its_line)
{
	static const struct { const char *file, *message; } rows[] = {
		{ "", "The file is empty." },
		{ "notes\nx\n", "The first line must name the column \"customer\"." },
		{ "customer,Customer\n", "The first line names the column \"customer\" twice." },
		{ "customer\na\nb,c\n", "Line 3 has 2 cells, but the first line names 1. Is a comma missing its quotation marks?" },
		{ "customer\na\n\"b\n", "A cell that begins in line 3 never ends. Is a quotation mark missing?" },
		{ "customer\na\nb\"c\n", "Line 3 has a quotation mark in the wrong place. Cells that contain one are put in quotation marks, and the inner one is doubled." },
		{ "customer\na\nb\xFF\n", "Line 3 is not in UTF-8." },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert_int_eq(read_text(rows[i].file), E_BAD);
		ck_assert_str_eq(web_req.err->message, rows[i].message);
	}
}
END_TEST

static int count(const struct csv_row *row, void *arg)
{
	(void)row;
	++*(size_t *)arg;
	return OK;
}

START_TEST(files_have_their_bounds)
{
	size_t size = MAX_IMPORT + 1, n = 0;
	char *big = malloc(size);

	ck_assert_ptr_nonnull(big);
	memset(big, 'a', size);
	ck_assert_int_eq(csv_read(web_arena, web_req.err, big, size, names, 1, count, &n, NULL), E_TOOLARGE);
	memcpy(big, "customer\n\"", 10);
	ck_assert_int_eq(csv_read(web_arena, web_req.err, big, size - 1, names, 1, count, &n, NULL), E_TOOLARGE);
	memcpy(big, "customer\n", 9);
	for (size_t i = 0; i < MAX_IMPORT_LINES + 1; i++)
		memcpy(big + 9 + 2 * i, "x\n", 2);
	ck_assert_int_eq(csv_read(web_arena, web_req.err, big, 9 + 2 * (MAX_IMPORT_LINES + 1), names, 1, count,
		&n, NULL), E_TOOLARGE);
	ck_assert_uint_eq(n, MAX_IMPORT_LINES);
	n = 0;
	ck_assert_int_eq(csv_read(web_arena, web_req.err, big, 9 + 2 * MAX_IMPORT_LINES, names, 1, count,
		&n, NULL), OK);
	free(big);
}
END_TEST

static int stop(const struct csv_row *row, void *arg)
{
	(void)arg;
	return row->line == 3 ? E_CONFLICT : OK;
}

START_TEST(a_row_can_stop_the_reading)
{
	size_t n;
	const char *text = "customer\na\nb\nc\n";

	ck_assert_int_eq(csv_read(web_arena, web_req.err, text, strlen(text), names, 1, stop, NULL, &n), E_CONFLICT);
	ck_assert_uint_eq(n, 2);
}
END_TEST

static const char *one_cell(const char *text)
{
	struct csv_out *c = ARENA_NEW(web_arena, struct csv_out);

	ck_assert_int_eq(csv_out_init(c, web_arena, 1000, false), 0);
	csv_out_cell(c, text);
	return c->text;
}

START_TEST(cells_are_quoted_where_they_must_be)
{
	ck_assert_str_eq(one_cell("plain text"), "plain text");
	ck_assert_str_eq(one_cell("a,b"), "\"a,b\"");
	ck_assert_str_eq(one_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
	ck_assert_str_eq(one_cell("a\nb"), "\"a\nb\"");
	ck_assert_str_eq(one_cell(NULL), "");
}
END_TEST

START_TEST(formulas_are_disarmed_and_numbers_kept)
{
	ck_assert_str_eq(one_cell("=HYPERLINK(\"http://evil\")"), "\"'=HYPERLINK(\"\"http://evil\"\")\"");
	ck_assert_str_eq(one_cell("+1-2"), "\"'+1-2\"");
	ck_assert_str_eq(one_cell("@SUM(A1)"), "\"'@SUM(A1)\"");
	ck_assert_str_eq(one_cell("-cmd|x"), "\"'-cmd|x\"");
	ck_assert_str_eq(one_cell("\t=1"), "\"'\t=1\"");
	ck_assert_str_eq(one_cell("-12.50"), "-12.50");
	ck_assert_str_eq(one_cell("+49"), "+49");
	ck_assert_str_eq(one_cell("-"), "\"'-\"");
}
END_TEST

START_TEST(a_file_too_large_says_so)
{
	struct csv_out *c = ARENA_NEW(web_arena, struct csv_out);

	ck_assert_int_eq(csv_out_init(c, web_arena, 10, true), 0);
	csv_out_cell(c, "1234");
	ck_assert(!c->overflow);
	csv_out_cell(c, "5678");
	ck_assert(c->overflow);
	ck_assert_uint_le(c->len, 10);
}
END_TEST

START_TEST(what_goes_out_comes_in_again)
{
	struct csv_out *c = ARENA_NEW(web_arena, struct csv_out);

	ck_assert_int_eq(csv_out_init(c, web_arena, 1000, true), 0);
	csv_out_cell(c, "Customer");
	csv_out_cell(c, "Notes");
	csv_out_line(c);
	csv_out_cell(c, "Zo\xC3\xAB \"B\", Ltd");
	csv_out_cell(c, "1\n2");
	csv_out_line(c);
	ck_assert_int_eq(read_text(c->text), OK);
	ck_assert_str_eq(got.text[0], "Zo\xC3\xAB \"B\", Ltd|-|1\n2");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("csv");
	TCase *t = tcase_create("csv");

	tcase_add_checked_fixture(t, web_start, web_end);
	tcase_add_test(t, rows_are_read_by_the_names_of_the_first_line);
	tcase_add_test(t, spreadsheets_habits_are_understood);
	tcase_add_test(t, quoted_cells_keep_lines_commas_and_quotes);
	tcase_add_test(t, line_numbers_are_those_of_the_file);
	tcase_add_test(t, short_rows_end_in_empty_cells);
	tcase_add_test(t, trouble_names_its_line);
	tcase_add_test(t, files_have_their_bounds);
	tcase_add_test(t, a_row_can_stop_the_reading);
	tcase_add_test(t, cells_are_quoted_where_they_must_be);
	tcase_add_test(t, formulas_are_disarmed_and_numbers_kept);
	tcase_add_test(t, a_file_too_large_says_so);
	tcase_add_test(t, what_goes_out_comes_in_again);
	suite_add_tcase(s, t);
	return web_run(s);
}
