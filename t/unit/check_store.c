/* check_store.c - what goes into MariaDB comes out again, and statements are prepared once */
#include "things.h"

static const char insert_sql[] = "INSERT INTO thing (big, small, flag, name, body, at, day, amount, currency, raw)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

START_TEST(every_type_comes_back_as_it_went)
{
	static const unsigned char raw[] = { 0, 1, 0xff, '\'', 0 };
	struct when at;
	struct day day;
	struct thing t;
	struct db_done done;
	char *body = arena_alloc(db->arena, 70001);

	memset(body, 'x', 70000);
	memcpy(body + 69997, "\u20ac", 3);
	ck_assert(when_from_iso("2027-03-14T09:30:00.000001Z", &at));
	ck_assert(day_from_iso("2028-02-29", &day));
	ck_assert_int_eq(db_exec(db, insert_sql, ARGS(arg_int(INT64_MIN), A(-7), A(true), A("O'Hara \U0001F600"),
		A(body), A(at), A(day), arg_amount((struct money){ -1234567, "KWD" }), A("KWD"),
		arg_bytes(raw, sizeof(raw))), &done), OK);
	ck_assert_int_eq(done.affected, 1);
	ck_assert_int_gt(done.id, 0);
	ck_assert_int_eq(db_row(db, THING " WHERE id = ?", ARGS(arg_int(done.id)), thing_columns, &t), OK);
	ck_assert_int_eq(t.id, done.id);
	ck_assert_int_eq(t.big, INT64_MIN);
	ck_assert_int_eq(t.small, -7);
	ck_assert(t.flag);
	ck_assert_str_eq(t.name, "O'Hara \U0001F600");
	ck_assert_str_eq(t.body, body);
	ck_assert_int_eq(t.at.us, at.us);
	ck_assert_int_eq(t.day.n, day.n);
	ck_assert_int_eq(t.amount.minor, -1234567);
	ck_assert_str_eq(t.amount.currency, "KWD");
	ck_assert_uint_eq(t.raw.size, sizeof(raw));
	ck_assert_mem_eq(t.raw.data, raw, sizeof(raw));
}
END_TEST

START_TEST(null_is_none)
{
	struct thing t;
	struct db_done done;

	ck_assert_int_eq(db_exec(db, insert_sql, ARGS(arg_null(), arg_id(0), arg_null(), A((const char *)NULL),
		A(""), A((struct when){ 0 }), A((struct day){ DAY_NONE }), arg_amount((struct money){ 0, "" }),
		arg_null(), arg_bytes(NULL, 0)), &done), OK);
	memset(&t, 0xAA, sizeof(t));
	ck_assert_int_eq(db_row(db, THING " WHERE id = ?", ARGS(arg_int(done.id)), thing_columns, &t), OK);
	ck_assert_int_eq(t.big, 0);
	ck_assert_int_eq(t.small, 0);
	ck_assert(!t.flag);
	ck_assert_ptr_null(t.name);
	ck_assert_str_eq(t.body, "");
	ck_assert(when_none(t.at));
	ck_assert_int_eq(t.day.n, DAY_NONE);
	ck_assert_str_eq(t.amount.currency, "");
	ck_assert_ptr_null(t.raw.data);
}
END_TEST

START_TEST(numbers_past_32_bits_survive_and_too_large_ones_are_refused)
{
	struct small { int small; } s;
	static const struct column columns[] = { COL(small, small), COL_END };

	db_must(db, "INSERT INTO thing (id, big) VALUES (4102444800123, 9007199254740993)");
	ck_assert_int_eq(db_number(db, "SELECT id FROM thing"), INT64_C(4102444800123));
	ck_assert_int_eq(db_number(db, "SELECT big FROM thing"), INT64_C(9007199254740993));
	ck_assert_int_eq(db_number(db, "SELECT CAST(SUM(big) AS DECIMAL(30,0)) FROM thing"), INT64_C(9007199254740993));
	ck_assert_int_eq(db_row(db, "SELECT big AS small FROM thing", NO_ARGS, columns, &s), E_INTERNAL);
	ck_assert_int_eq(db_number(db, "SELECT NULL"), 0);
}
END_TEST

START_TEST(an_amount_finer_than_its_currency_is_refused_not_rounded)
{
	struct thing t;

	db_must(db, "INSERT INTO thing (amount, currency) VALUES (1.2345, 'EUR')");
	ck_assert_int_eq(db_row(db, THING, NO_ARGS, thing_columns, &t), E_INTERNAL);
	/* and the connection goes on */
	db_must(db, "UPDATE thing SET amount = 1.23");
	ck_assert_int_eq(db_row(db, THING, NO_ARGS, thing_columns, &t), OK);
	ck_assert_int_eq(t.amount.minor, 123);
}
END_TEST

START_TEST(rows_come_in_order_up_to_the_maximum)
{
	struct thing *list;
	size_t n;

	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(db_exec(db, "INSERT INTO thing (big, name) VALUES (?, CONCAT('n', ?))",
			ARGS(A(i), A(i)), NULL), OK);
	ck_assert_int_eq(DB_ROWS(db, THING " ORDER BY id", NO_ARGS, thing_columns, struct thing, 1000, &list, &n), OK);
	ck_assert_uint_eq(n, 100);
	for (int i = 0; i < 100; i++)
		ck_assert_str_eq(list[i].name, arena_printf(db->arena, "n%d", i));
	ck_assert_int_eq(DB_ROWS(db, THING " ORDER BY id", NO_ARGS, thing_columns, struct thing, 7, &list, &n), OK);
	ck_assert_uint_eq(n, 7);
	ck_assert_int_eq(DB_ROWS(db, THING " WHERE id < 0", NO_ARGS, thing_columns, struct thing, 7, &list, &n), OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM thing"), 100);
}
END_TEST

START_TEST(a_missing_row_is_not_found_and_two_are_one_too_many)
{
	struct thing t;

	ck_assert_int_eq(db_row(db, THING, NO_ARGS, thing_columns, &t), E_NOTFOUND);
	db_must(db, "INSERT INTO thing (big) VALUES (1), (2)");
	ck_assert_int_eq(db_row(db, THING, NO_ARGS, thing_columns, &t), E_INTERNAL);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM thing"), 2);
}
END_TEST

START_TEST(rows_past_the_arenas_cap_are_refused)
{
	struct thing *list;
	size_t n;

	db_must(db, "INSERT INTO thing (body) SELECT REPEAT('x', 1000000) FROM information_schema.columns LIMIT 20");
	ck_assert_int_eq(DB_ROWS(db, THING, NO_ARGS, thing_columns, struct thing, 100, &list, &n), E_NOMEM);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM thing"), 20);
}
END_TEST

struct seen { struct db *db; size_t rows, bytes; size_t stop; int inner; };

static int see(void *row, void *arg)
{
	const struct thing *t = row;
	struct seen *s = arg;
	int64_t n;

	s->rows++;
	s->bytes += strlen(t->body);
	if (s->db)
		s->inner = db_int(s->db, "SELECT 1", NO_ARGS, &n);
	return s->rows == s->stop ? E_CONFLICT : OK;
}

START_TEST(an_export_holds_one_row_at_a_time)
{
	struct seen s = { 0 };
	size_t before = arena_used(db->arena);

	db_must(db, "INSERT INTO thing (body) SELECT REPEAT('x', 1000000) FROM information_schema.columns LIMIT 40");
	ck_assert_int_eq(db_each(db, THING, NO_ARGS, thing_columns, sizeof(struct thing), see, &s), OK);
	ck_assert_uint_eq(s.rows, 40);
	ck_assert_uint_eq(s.bytes, 40000000);
	ck_assert_uint_lt(arena_used(db->arena) - before, 10000);
	s = (struct seen){ .stop = 3 };
	ck_assert_int_eq(db_each(db, THING, NO_ARGS, thing_columns, sizeof(struct thing), see, &s), E_CONFLICT);
	ck_assert_uint_eq(s.rows, 3);
	s = (struct seen){ .db = db };
	ck_assert_int_eq(db_each(db, THING, NO_ARGS, thing_columns, sizeof(struct thing), see, &s), OK);
	ck_assert_int_eq(s.inner, E_INTERNAL);
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM thing"), 40);
}
END_TEST

/* ---- statements ---- */

START_TEST(a_result_that_does_not_match_its_table_is_refused)
{
	struct thing t;

	ck_assert_int_eq(db_row(db, "SELECT id, small, big, flag, name, body, at, day, amount, currency, raw FROM thing",
		NO_ARGS, thing_columns, &t), E_INTERNAL);
	ck_assert_int_eq(db_check(db, THING, thing_columns), 0);
	ck_assert_int_eq(db_check(db, "SELECT id FROM thing", thing_columns), -1);
	ck_assert_int_eq(db_check(db, "SELECT id, big, small, flag, name, body, at, day, amount, currency, raw, version"
		" FROM thing", thing_columns), -1);
	ck_assert_int_eq(db_check(db, "SELECT nothing FROM thing", thing_columns), -1);
	ck_assert_int_eq(db_check(db, "DELETE FROM thing", NULL), 0);
}
END_TEST

START_TEST(a_wrong_number_of_arguments_is_refused)
{
	int64_t n;

	ck_assert_int_eq(db_int(db, "SELECT ?", NO_ARGS, &n), E_INTERNAL);
	ck_assert_int_eq(db_int(db, "SELECT 1", ARGS(A(1)), &n), E_INTERNAL);
	ck_assert_int_eq(db_exec(db, "SELECT 1", NO_ARGS, NULL), E_INTERNAL);
}
END_TEST

START_TEST(statements_are_prepared_once_and_the_oldest_make_room)
{
	unsigned before;
	int64_t n;

	db_number(db, "SELECT 1");
	before = db->queries;
	db_number(db, "SELECT 1");
	ck_assert_uint_eq(db->queries - before, 1);
	for (int i = 0; i < MAX_STATEMENTS + 50; i++)
		ck_assert_int_eq(db_number(db, arena_printf(db->arena, "SELECT %d", i)), i);
	ck_assert_int_eq(db_int(db, "SHOW SESSION STATUS LIKE 'x'", NO_ARGS, &n), E_INTERNAL);
	ck_assert_int_le(db_number(db, "SELECT variable_value FROM information_schema.session_status"
		" WHERE variable_name = 'Prepared_stmt_count'"), 2 * MAX_STATEMENTS + 10);
	ck_assert_int_eq(db_number(db, "SELECT 1"), 1);
}
END_TEST

START_TEST(a_statement_survives_a_changed_table)
{
	db_must(db, "INSERT INTO thing (big) VALUES (5)");
	ck_assert_int_eq(db_number(db, "SELECT big FROM thing"), 5);
	db_must(other, "ALTER TABLE thing ADD COLUMN extra INT NULL FIRST");
	ck_assert_int_eq(db_number(db, "SELECT big FROM thing"), 5);
	db_must(other, "ALTER TABLE thing MODIFY big DECIMAL(20,0) NULL");
	ck_assert_int_eq(db_number(db, "SELECT big FROM thing"), 5);
}
END_TEST

START_TEST(a_duplicate_names_its_key)
{
	db_must(db, "INSERT INTO thing (name) VALUES ('it''s for key ''x''')");
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (name) VALUES (?)", ARGS(A("it's for key 'x'")), NULL), E_DUPLICATE);
	ck_assert_str_eq(db->err->detail, "thing_name");
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (id) SELECT id FROM thing", NO_ARGS, NULL), E_DUPLICATE);
	ck_assert_str_eq(db->err->detail, "PRIMARY");
}
END_TEST

START_TEST(bad_data_is_refused_not_bent)
{
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (name) VALUES (REPEAT('x', 41))", NO_ARGS, NULL), E_INTERNAL);
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (small) VALUES (3000000000)", NO_ARGS, NULL), E_INTERNAL);
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (day) VALUES ('2027-02-30')", NO_ARGS, NULL), E_INTERNAL);
	ck_assert_int_eq(db_exec(db, "INSERT INTO thing (name) VALUES (?)", ARGS(A("\xff")), NULL), E_INTERNAL);
	ck_assert_str_ne(db->err->message, db->err->detail);
	ck_assert_ptr_null(strstr(db->err->message, "INSERT"));
	ck_assert_int_eq(db_number(db, "SELECT COUNT(*) FROM thing"), 0);
}
END_TEST

START_TEST(the_session_is_as_the_house_wants_it)
{
	struct mode { const char *zone, *isolation, *charset; int snapshot; } m;
	static const struct column columns[] = { COL(mode, zone), COL(mode, isolation), COL(mode, charset),
		COL(mode, snapshot), COL_END };

	ck_assert_int_eq(db_row(db, "SELECT @@time_zone AS zone, @@tx_isolation AS isolation,"
		" @@character_set_connection AS charset, @@innodb_snapshot_isolation AS snapshot", NO_ARGS,
		columns, &m), OK);
	ck_assert_str_eq(m.zone, "+00:00");
	ck_assert_str_eq(m.isolation, "READ-COMMITTED");
	ck_assert_str_eq(m.charset, "utf8mb4");
	ck_assert_int_eq(m.snapshot, 1);
	ck_assert_int_ne(db_exec(db, "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE thing (name)", NO_ARGS, NULL), OK);
}
END_TEST

static void build(Suite *s)
{
	TCase *t;

	t = add_case(s, "rows", setup, teardown);
	tcase_add_test(t, every_type_comes_back_as_it_went);
	tcase_add_test(t, null_is_none);
	tcase_add_test(t, numbers_past_32_bits_survive_and_too_large_ones_are_refused);
	tcase_add_test(t, an_amount_finer_than_its_currency_is_refused_not_rounded);
	tcase_add_test(t, rows_come_in_order_up_to_the_maximum);
	tcase_add_test(t, a_missing_row_is_not_found_and_two_are_one_too_many);
	tcase_add_test(t, rows_past_the_arenas_cap_are_refused);
	tcase_add_test(t, an_export_holds_one_row_at_a_time);
	t = add_case(s, "statements", setup, teardown);
	tcase_add_test(t, a_result_that_does_not_match_its_table_is_refused);
	tcase_add_test(t, a_wrong_number_of_arguments_is_refused);
	tcase_add_test(t, statements_are_prepared_once_and_the_oldest_make_room);
	tcase_add_test(t, a_statement_survives_a_changed_table);
	tcase_add_test(t, a_duplicate_names_its_key);
	tcase_add_test(t, bad_data_is_refused_not_bent);
	tcase_add_test(t, the_session_is_as_the_house_wants_it);
}

int main(void)
{
	return things_run("store", build);
}
