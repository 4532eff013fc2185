/* check_openapi.c - the API's description follows from the tables
 *
 * With an argument the description of the test's own routes is printed, for the linters
 * (t/lint/openapi.t).
 */
#include "webtest.h"

#include "openapi.h"

struct thing { int64_t id; const char *name, *status, *extra; struct money amount; struct when made_at; struct day day; int n; bool on; struct bytes hash; };
struct thing_input { const char *name, *domain, *mail, *status, *kinds, *country, *zone, *notes, *site, *phone; struct money amount; struct day day; int64_t n; bool on; struct upload file; };
struct thing_filter { const char *q, *status; };

static const struct choice states[] = { { "open", N_("Open"), "wait" }, { "won", N_("Won"), "good" }, CHOICE_END };
static const struct column columns[] = {
	COL(thing, id), COL(thing, name, .describe = N_("What it is called.")), COL(thing, status, .choices = states),
	{ .name = "extra", .type = COL_JSON, .offset = offsetof(struct thing, extra) },
	COL(thing, amount), COL(thing, made_at), COL(thing, day, .nullable = true), COL(thing, n), COL(thing, on),
	COL(thing, hash), COL_END
};
static const struct field fields[] = {
	FIELD(thing_input, name, F_TEXT, .label = N_("Name"), .required = true),
	FIELD(thing_input, domain, F_DOMAIN, .label = N_("Domain"), .help = N_("Without www.")),
	FIELD(thing_input, mail, F_EMAIL, .label = N_("E-mail")),
	FIELD(thing_input, status, F_CHOICE, .label = N_("State"), .choices = states),
	FIELD(thing_input, kinds, F_CHOICES, .label = N_("Kinds"), .choices = states),
	FIELD(thing_input, country, F_COUNTRY, .label = N_("Country")),
	FIELD(thing_input, zone, F_ZONE, .label = N_("Zone")),
	FIELD(thing_input, notes, F_LONGTEXT, .label = N_("Notes")),
	FIELD(thing_input, site, F_URL, .label = N_("Site")),
	FIELD(thing_input, phone, F_PHONE, .label = N_("Phone")),
	FIELD(thing_input, amount, F_MONEY, .label = N_("Amount")),
	FIELD(thing_input, day, F_DATE, .label = N_("Day")),
	FIELD(thing_input, n, F_INT, .label = N_("Number"), .max = 9),
	FIELD(thing_input, on, F_BOOL, .label = N_("On")), FIELD_END
};
static const struct field file_fields[] = {
	FIELD(thing_input, file, F_FILE, .label = N_("File"), .required = true, .accept = "application/pdf"), FIELD_END
};
static const struct field filters[] = {
	FIELD(thing_filter, q, F_TEXT, .label = N_("Search")),
	FIELD(thing_filter, status, F_CHOICES, .label = N_("State"), .choices = states), FIELD_END
};
static const struct list_order orders[] = {
	{ "newest", N_("Newest"), "t.made_at", "t.id", true, "made_at" }, { .name = NULL }
};
static const struct view_column view_columns[] = {
	{ "name", N_("Name"), SHOW_LINK, true, true, NULL, NULL }, { .name = NULL }
};
static const struct view view = { .rows = "things", .columns = view_columns, .orders = orders };
static const struct part inner[] = {
	{ .name = "extra", .kind = PART_OBJECT, .parts = (const struct part[]){
		{ .name = "clause", .kind = PART_TEXT }, PART_END } },
	{ .name = "maybe", .kind = PART_INT, .optional = true }, PART_END
};
static const struct part one[] = { { .name = "thing", .columns = columns, .parts = inner }, PART_END };
static const struct part many[] = { { .name = "things", .columns = columns, .parts = inner, .list = true }, PART_END };

static const struct route routes[] = {
	{ GET, "/things", doc_empty, DEAL_READ, "t.cs", filters, sizeof(struct thing_filter), 0, N_("Things"), &view, many, NULL, NULL, .sends = NULL },
	{ GET, "/things/new", doc_empty, DEAL_CREATE, "t.cs", fields, sizeof(struct thing_input), PAGE_ONLY, N_("New"), NULL, NULL, NULL, NULL, .sends = NULL },
	{ POST, "/things", doc_empty, DEAL_CREATE, "t.cs", fields, sizeof(struct thing_input), 0, N_("Make a thing"), NULL, one, NULL, NULL, .creates = true },
	{ GET, "/things/{id}", doc_empty, DEAL_READ, "t.cs", NULL, 0, LIVE, N_("One thing"), NULL, one, NULL, NULL, .sends = NULL },
	{ POST, "/things/{id}/win", doc_empty, DEAL_DECIDE, NULL, NULL, 0, 0, N_("Win"), NULL, one, NULL, NULL, .sends = NULL },
	{ POST, "/things/{id}/files", doc_empty, DEAL_CREATE, NULL, file_fields, sizeof(struct thing_input), UPLOAD, N_("Attach"), NULL, one, NULL, NULL, .creates = true },
	{ POST, "/things/check", doc_empty, DEAL_CREATE, NULL, fields, sizeof(struct thing_input), REPLAYABLE, N_("Look first"), NULL, one, NULL, NULL, .sends = NULL },
	{ GET, "/rules", doc_empty, PUBLIC, "t.cs", NULL, 0, 0, N_("Rules"), NULL, one, NULL, NULL, .sends = NULL },
	{ GET, "/admin/things/{key}", doc_empty, RULES_EDIT, "t.cs", NULL, 0, 0, N_("Edit"), NULL, one, NULL, NULL, .sends = NULL },
	{ DELETE_, "/things/{id}", doc_empty, DEAL_CREATE, NULL, NULL, 0, API_ONLY, N_("Remove"), NULL, one, NULL, NULL, .sends = NULL },
	ROUTE_END
};

static json_t *description(void)
{
	json_t *parts = json_array(), *all;

	json_array_append_new(parts, openapi_part("things", routes));
	all = openapi_join(parts);
	json_decref(parts);
	return all;
}

static json_t *operation(json_t *all, const char *path, const char *method)
{
	return json_object_get(json_object_get(json_object_get(all, "paths"), path), method);
}

START_TEST(pages_without_an_api_are_left_out)
{
	json_t *all = description();

	ck_assert_ptr_null(operation(all, "/things/new", "get"));
	ck_assert_ptr_nonnull(operation(all, "/things", "get"));
	json_decref(all);
}
END_TEST

START_TEST(making_answers_201_and_bodies_are_described)
{
	json_t *all = description(), *o = operation(all, "/things", "post");

	ck_assert_ptr_nonnull(json_object_get(json_object_get(o, "responses"), "201"));
	ck_assert_ptr_null(json_object_get(json_object_get(o, "responses"), "200"));
	ck_assert(json_is_true(json_object_get(json_object_get(o, "requestBody"), "required")));
	ck_assert_str_eq(json_string_value(json_object_get(o, "operationId")), "postThings");
	json_decref(all);
}
END_TEST

START_TEST(operations_name_the_scopes_that_open_them)
{
	json_t *all = description(), *o = operation(all, "/things", "get"), *v;
	bool found = false;
	size_t i;

	json_array_foreach(json_object_get(o, "x-scopes"), i, v)
		found |= str_eq(json_string_value(v), "deals:read");
	ck_assert(found);
	o = operation(all, "/admin/things/{key}", "get");
	ck_assert_ptr_nonnull(json_object_get(json_array_get(json_object_get(o, "security"), 0), "adminToken"));
	json_decref(all);
}
END_TEST

START_TEST(nothing_is_described_that_nobody_uses)
{
	json_t *parts = json_pack("[o]", openapi_part("things", routes + 7)), *all = openapi_join(parts);
	json_t *c = json_object_get(all, "components");

	ck_assert_ptr_null(json_object_get(json_object_get(c, "parameters"), "limit"));
	ck_assert_ptr_nonnull(json_object_get(json_object_get(c, "schemas"), "Problem"));
	json_decref(all);
	json_decref(parts);
}
END_TEST

int main(int argc, char **argv)
{
	Suite *s;
	TCase *t;

	if (argc > 1 && str_eq(argv[1], "print")) {
		json_t *all = description();

		json_dumpf(all, stdout, JSON_INDENT(1));
		putchar('\n');
		json_decref(all);
		return EXIT_SUCCESS;
	}
	s = suite_create("openapi");
	t = tcase_create("openapi");
	tcase_add_checked_fixture(t, web_start, web_end);
	tcase_add_test(t, pages_without_an_api_are_left_out);
	tcase_add_test(t, making_answers_201_and_bodies_are_described);
	tcase_add_test(t, operations_name_the_scopes_that_open_them);
	tcase_add_test(t, nothing_is_described_that_nobody_uses);
	suite_add_tcase(s, t);
	return web_run(s);
}
