/* check_doc.c - one document, two faces; lists */
#include "webtest.h"

#include "markdown.h"

static const struct choice states[] = {
	{ "open", N_("Waiting"), "wait" }, { "won", N_("Approved"), "good" }, CHOICE_END
};

struct row {
	int64_t id;
	const char *customer, *status, *hidden, *extra;
	struct money amount, paid;
	struct when made_at, ends_at;
	struct day closes_on;
	bool urgent;
};

static const struct column columns[] = {
	COL(row, id), COL(row, customer), COL(row, status, .choices = states), COL(row, hidden, .hidden = true),
	{ .name = "extra", .type = COL_JSON, .offset = offsetof(struct row, extra) },
	COL(row, amount), COL(row, paid, .nullable = true), COL(row, made_at), COL(row, ends_at, .nullable = true),
	COL(row, closes_on), COL(row, urgent), COL_END
};

static struct row row = { .id = 7, .customer = "Acme <b>", .status = "open", .hidden = "secret",
	.extra = "{\"clause\":\"3.1\"}", .amount = { 123450, "EUR" }, .closes_on = { 20895 }, .urgent = true };
static struct doc d;

static void start(enum face face)
{
	web_req.face = face;
	web_req.method = GET;
	ck_assert_int_eq(doc_init(&d, &web_req), OK);
	row.made_at = when_plus(web_req.db_.now, -7200);
	row.ends_at = (struct when){ 0 };
}

static const char *at(json_t *root, const char *a, const char *b)
{
	json_t *o = json_object_get(root, a);

	return json_string_value(json_object_get(json_is_array(o) ? json_array_get(o, 0) : o, b));
}

START_TEST(the_api_gets_plain_values_only)
{
	json_t *deal;

	start(FACE_JSON);
	ck_assert_int_eq(doc_row(&d, "deal", columns, &row), OK);
	deal = json_object_get(d.root, "deal");
	ck_assert_int_eq(json_integer_value(json_object_get(deal, "id")), 7);
	ck_assert_str_eq(at(d.root, "deal", "status"), "open");
	ck_assert_str_eq(at(d.root, "deal", "amount"), "1234.50");
	ck_assert_str_eq(at(d.root, "deal", "currency"), "EUR");
	ck_assert(json_is_null(json_object_get(deal, "paid")));
	ck_assert(json_is_null(json_object_get(deal, "paid_currency")));
	ck_assert_str_eq(at(d.root, "deal", "made_at"), "2027-03-14T07:30:00Z");
	ck_assert(json_is_null(json_object_get(deal, "ends_at")));
	ck_assert_str_eq(at(deal, "extra", "clause"), "3.1");
	ck_assert(json_is_true(json_object_get(deal, "urgent")));
	ck_assert_ptr_null(json_object_get(deal, "hidden"));
	ck_assert_uint_eq(json_object_size(d.shown), 0);
}
END_TEST

START_TEST(the_page_gets_words_too)
{
	start(FACE_HTML);
	ck_assert_int_eq(doc_rows(&d, "deals", columns, &row, sizeof(row), 1), OK);
	ck_assert_str_eq(at(d.shown, "deals", "status_text"), "Waiting");
	ck_assert_str_eq(at(d.shown, "deals", "status_tone"), "wait");
	ck_assert_str_eq(at(d.shown, "deals", "made_at_date"), "14 Mar 2027");
	ck_assert_str_eq(at(d.shown, "deals", "made_at_in"), "2 h ago");
	ck_assert_ptr_null(at(d.shown, "deals", "ends_at_text"));
	ck_assert_ptr_nonnull(strstr(at(d.shown, "deals", "amount_text"), "1,234.50"));
	ck_assert_ptr_nonnull(at(d.shown, "deals", "closes_on_text"));
}
END_TEST

START_TEST(paths_make_what_leads_to_them)
{
	start(FACE_HTML);
	ck_assert_int_eq(doc_rows(&d, "deals", columns, &row, sizeof(row), 1), OK);
	ck_assert_int_eq(doc_text(&d, "deals.0.note", "x"), OK);
	ck_assert_int_eq(doc_show(&d, arena_printf(web_arena, "%s.url", doc_item(&d, "deals", 0)), "/deals/7"), OK);
	ck_assert_int_eq(doc_int(&d, "totals.open.count", 3), OK);
	ck_assert_str_eq(at(d.root, "deals", "note"), "x");
	ck_assert_str_eq(at(d.shown, "deals", "url"), "/deals/7");
	ck_assert_int_eq(doc_text(&d, "totals.open.count.more", "x"), E_INTERNAL);
	ck_assert_int_eq(doc_text(&d, "deals.999999.x", "x"), E_INTERNAL);
}
END_TEST

START_TEST(what_was_made_has_an_address)
{
	start(FACE_JSON);
	ck_assert_int_eq(doc_created(&d, "/deals/%d", 7), OK);
	ck_assert_int_eq(d.status, 201);
	ck_assert_str_eq(d.location, "/api/v1/deals/7");
	start(FACE_HTML);
	doc_created(&d, "/deals/%d", 7);
	ck_assert_int_eq(d.status, 303);
	ck_assert_str_eq(d.location, "/deals/7");
}
END_TEST

/* ---- lists ---- */
struct filter { const char *status, *q; };
static const struct field filters[] = {
	FIELD(filter, status, F_CHOICES, .label = N_("State"), .choices = states),
	FIELD(filter, q, F_TEXT, .label = N_("Search")), FIELD_END
};
static const struct list_order orders[] = {
	{ "newest", N_("Newest"), "d.made_at", "d.id", true, "made_at" },
	{ "name", N_("Name"), "d.customer", "d.id", false, "customer" },
	{ "name_down", N_("Name, Z first"), "d.customer", "d.id", true, "customer" }, { .name = NULL }
};
static const struct view_column view_columns[] = {
	{ "customer", N_("Customer"), SHOW_LINK, true, true, "name", "name_down" },
	{ "status", N_("State"), SHOW_BADGE, true, true, NULL, NULL },
	{ "amount", N_("Value"), SHOW_MONEY, true, false, NULL, NULL },
	{ "made_at", N_("Registered"), SHOW_WHEN, false, false, NULL, "newest" }, { .name = NULL }
};
static const struct saved_view saved[] = {
	{ N_("Waiting"), "status=open" }, { N_("All"), "" }, { .label = NULL }
};
static const struct view view = { .rows = "deals", .columns = view_columns, .orders = orders, .saved = saved,
	.title = N_("Deals"), .empty = N_("No deals yet."), .empty_action = N_("Register a deal"),
	.empty_url = "/deals/new" };
static const struct route route = { .pattern = "/deals", .fields = filters, .view = &view };

static json_t *list_of(enum face face, const char *query, size_t n)
{
	start(face);
	web_req.route = &route;
	web_req.query.n = 0;
	err_clear(web_req.err);
	web_form(GET, query);
	ck_assert_int_eq(view_read(&web_req, &view), OK);
	ck_assert_int_eq(doc_rows(&d, "deals", columns, &row, sizeof(row), n), OK);
	ck_assert_int_eq(view_show(&d, &view, n ? "CURSOR" : NULL, 31), OK);
	return json_object_get(d.shown, "List");
}

START_TEST(a_list_says_what_its_template_draws)
{
	json_t *list = list_of(FACE_HTML, "status=open&status=won&q=ac+me&sort=name&after=&limit=10", 1), *chips, *item;

	ck_assert_str_eq(json_string_value(json_object_get(list, "count")), "31");
	ck_assert_str_eq(json_string_value(json_object_get(list, "search")), "ac me");
	ck_assert_str_eq(json_string_value(json_object_get(list, "next_url")),
		"/deals?status=open&status=won&q=ac%20me&sort=name&limit=10&after=CURSOR");
	chips = json_object_get(list, "chips");
	ck_assert_uint_eq(json_array_size(chips), 2);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(chips, 0), "label")), "State: Waiting");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(chips, 0), "remove_url")),
		"/deals?status=won&q=ac%20me&sort=name&limit=10");
	ck_assert_uint_eq(json_array_size(json_object_get(list, "filters")), 1);
	ck_assert_uint_eq(json_array_size(json_object_get(list, "columns")), 3);
	ck_assert_str_eq(at(list, "columns", "sorted"), "up");
	ck_assert_str_eq(at(list, "columns", "sort_url"),
		"/deals?status=open&status=won&q=ac%20me&limit=10&sort=name_down");
	item = json_array_get(json_object_get(list, "items"), 0);
	ck_assert_str_eq(json_string_value(json_object_get(item, "url")), "/deals/7");
	ck_assert_str_eq(at(item, "cells", "text"), "Acme <b>");
	ck_assert_str_eq(at(list, "saved", "active") ? "1" : "0", "0");
}
END_TEST

START_TEST(columns_are_chosen_and_saved_views_known)
{
	json_t *list = list_of(FACE_HTML, "status=open&cols=made_at,status", 1), *item, *cell;

	ck_assert_uint_eq(json_array_size(json_object_get(list, "columns")), 2);
	ck_assert_uint_eq(json_array_size(json_object_get(list, "chooser")), 4);
	ck_assert_str_eq(at(list, "saved", "active"), "1");
	item = json_array_get(json_object_get(list, "items"), 0);
	cell = json_array_get(json_object_get(item, "cells"), 1);
	ck_assert_str_eq(json_string_value(json_object_get(cell, "text")), "14 Mar 2027");
	ck_assert_str_eq(json_string_value(json_object_get(cell, "in")), "2 h ago");
}
END_TEST

START_TEST(checkboxes_choose_columns_too)
{
	json_t *list = list_of(FACE_HTML, "cols=status&cols=amount", 1), *options;

	ck_assert_uint_eq(json_array_size(json_object_get(list, "columns")), 2);
	options = json_object_get(json_array_get(json_object_get(list, "filters"), 0), "options");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(options, 0), "label")), "Any");
	ck_assert_uint_eq(json_array_size(options), 3);
}
END_TEST

START_TEST(an_empty_list_says_why)
{
	json_t *list = list_of(FACE_HTML, "", 0);

	ck_assert_str_eq(json_string_value(json_object_get(list, "empty")), "No deals yet.");
	list = list_of(FACE_HTML, "q=nobody", 0);
	ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(list, "empty")), "Nothing matches"));
	ck_assert_str_eq(json_string_value(json_object_get(list, "empty_url")), "/deals");
}
END_TEST

START_TEST(the_api_gets_the_cursor)
{
	json_t *page;

	list_of(FACE_JSON, "limit=10&status=open", 1);
	page = json_object_get(d.root, "page");
	ck_assert_str_eq(json_string_value(json_object_get(page, "next")), "CURSOR");
	ck_assert_int_eq(json_integer_value(json_object_get(page, "limit")), 10);
	ck_assert_int_eq(json_integer_value(json_object_get(page, "total")), 31);
	ck_assert_str_eq(d.link_next, "/api/v1/deals?limit=10&status=open&after=CURSOR");
}
END_TEST

START_TEST(the_api_refuses_what_a_page_shrugs_off)
{
	start(FACE_HTML);
	web_form(GET, "sort=bogus&limit=9999&after=%25&format=xml");
	ck_assert_int_eq(view_read(&web_req, &view), OK);
	ck_assert_str_eq(web_req.page->order->name, "newest");
	ck_assert_int_eq(web_req.page->limit, PAGE_ROWS);
	ck_assert_uint_eq(web_req.err->n_fields, 0);
	web_req.face = FACE_JSON;
	ck_assert_int_eq(view_read(&web_req, &view), E_INVALID);
	ck_assert_uint_eq(web_req.err->n_fields, 4);
}
END_TEST

START_TEST(a_list_goes_out_as_a_file)
{
	list_of(FACE_HTML, "format=csv&cols=customer,status,amount,made_at", 1);
	ck_assert_int_eq(web_req.page->limit, EXPORT_ROWS);
	ck_assert_str_eq(d.raw, "\xEF\xBB\xBF" "Customer,State,Value,Value (currency),Registered\r\n"
		"Acme <b>,Waiting,1234.50,EUR,2027-03-14T07:30:00Z\r\n");
	ck_assert_str_eq(d.raw_name, "deals-2027-03-14.csv");
	list_of(FACE_JSON, "format=csv", 1);
	ck_assert_str_eq(d.raw, "Customer,State,Value,Value (currency)\r\nAcme <b>,open,1234.50,EUR\r\n");
}
END_TEST

/* ---- Markdown ---- */
static const char *html(const char *text)
{
	return markdown_html(web_arena, text);
}

START_TEST(markdown_is_safe)
{
	ck_assert_str_eq(html("a <script>alert(1)</script> b"),
		"<p>a <!-- raw HTML omitted -->alert(1)<!-- raw HTML omitted --> b</p>\n");
	ck_assert_ptr_null(strstr(html("[x](javascript:alert(1))"), "javascript"));
	ck_assert_ptr_null(strstr(html("<div onclick=x>\n"), "onclick"));
	ck_assert_ptr_null(strstr(html("# <b onclick=x>y</b>\n"), "onclick"));
	ck_assert_ptr_nonnull(strstr(html("a & b < c"), "a &amp; b &lt; c"));
}
END_TEST

START_TEST(headings_have_addresses_and_tables_scroll)
{
	ck_assert_str_eq(html("# 3.2 *Protection*, period\n\n# 3.2 Protection period\n"),
		"<h2 id=\"s-3-2-protection-period\">\n3.2 <em>Protection</em>, period\n</h2>\n"
		"<h2 id=\"s-3-2-protection-period-2\">\n3.2 Protection period\n</h2>\n");
	ck_assert_ptr_nonnull(strstr(html("|a|b|\n|:-:|--:|\n|1|2|\n"), "<table>"));
	ck_assert_ptr_null(strstr(html("|a|b|\n|:-:|--:|\n|1|2|\n"), "align"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("doc");
	TCase *t = tcase_create("doc");

	tcase_add_checked_fixture(t, web_start, web_end);
	tcase_add_test(t, the_api_gets_plain_values_only);
	tcase_add_test(t, the_page_gets_words_too);
	tcase_add_test(t, paths_make_what_leads_to_them);
	tcase_add_test(t, what_was_made_has_an_address);
	tcase_add_test(t, a_list_says_what_its_template_draws);
	tcase_add_test(t, columns_are_chosen_and_saved_views_known);
	tcase_add_test(t, checkboxes_choose_columns_too);
	tcase_add_test(t, an_empty_list_says_why);
	tcase_add_test(t, the_api_gets_the_cursor);
	tcase_add_test(t, the_api_refuses_what_a_page_shrugs_off);
	tcase_add_test(t, a_list_goes_out_as_a_file);
	tcase_add_test(t, markdown_is_safe);
	tcase_add_test(t, headings_have_addresses_and_tables_scroll);
	suite_add_tcase(s, t);
	return web_run(s);
}
