/* openapi.c - one operation of the API per row of a route table */
#include "openapi.h"

#include <ctype.h>
#include <string.h>

#include "intl.h"
#include "list.h"
#include "str.h"

#define MAX_WORDS 300

static bool unsafe(const struct route *r)
{
	return r->method != GET && r->method != HEAD;
}

static bool has_id(const struct route *r)
{
	return strchr(r->pattern, '{') != NULL;
}

static bool has_body(const struct route *r)
{
	return unsafe(r) && r->fields && r->fields->name;
}

static const char *method_name(enum method m)
{
	return m == POST ? "post" : m == PUT ? "put" : m == DELETE_ ? "delete" : "get";
}

/* "GET /deals/{id}/time-line" is getDealsByIdTimeLine. */
static void operation_id(const struct route *r, char out[MAX_WORDS])
{
	const char *method = method_name(r->method);
	size_t n = strlen(method);
	bool capital = true;

	memcpy(out, method, n);
	for (const char *s = r->pattern; *s && n + 4 < MAX_WORDS; s++) {
		if (*s == '{') {
			out[n++] = 'B';
			out[n++] = 'y';
		}
		if (!isalnum((unsigned char)*s)) {
			capital = true;
			continue;
		}
		out[n++] = capital ? (char)toupper((unsigned char)*s) : *s;
		capital = false;
	}
	out[n] = '\0';
}

/* "/deals/{id}" belongs to "deals", "/admin/people" to "admin". */
static void tag_of(const struct route *r, char out[MAX_WORDS])
{
	size_t n = strcspn(r->pattern + 1, "/");

	n = n < MAX_WORDS - 1 ? n : MAX_WORDS - 1;
	memcpy(out, r->pattern + 1, n);
	out[n] = '\0';
}

/* Any one of these opens the operation; "security" would mean all of them. */
static json_t *scopes(const struct route *r)
{
	json_t *list = json_array();

	for (const struct choice *c = scope_choices; c->value; c++)
		if (r->right < RIGHT_COUNT && rights_of_scopes(scope_bit(c->value)) & RIGHT_BIT(r->right))
			json_array_append_new(list, json_string(c->value));
	return list;
}

/* Tokens of the administration are a scheme of their own: other scopes, step-up before they are made. */
static json_t *security(const struct route *r)
{
	const char *scheme = str_starts(r->pattern, "/admin") ? "adminToken" : "token";

	if (r->right == PUBLIC)
		return json_pack("[{}, {s:[]}]", scheme);
	return json_pack("[{s:[]}]", scheme);
}

/* ---- parameters ---- */
static void add_ref(json_t *list, const char *path)
{
	json_array_append_new(list, schema_ref(path));
}

static void path_parameters(const struct route *r, json_t *list)
{
	if (strstr(r->pattern, "{id}"))
		add_ref(list, "#/components/parameters/id");
	if (strstr(r->pattern, "{id2}"))
		add_ref(list, "#/components/parameters/id2");
	if (strstr(r->pattern, "{key}"))
		add_ref(list, "#/components/parameters/key");
}

static json_t *sort_parameter(const struct view *v)
{
	json_t *names = json_array(), *schema;

	for (const struct list_order *o = v->orders; o && o->name; o++)
		json_array_append_new(names, json_string(o->name));
	schema = json_pack("{s:s, s:o}", "type", "string", "enum", names);
	if (v->orders && v->orders->name)
		json_object_set_new(schema, "default", json_string(v->orders->name));
	return json_pack("{s:s, s:s, s:b, s:s, s:o}", "name", "sort", "in", "query", "required", 0,
		"description", _("Order of the rows."), "schema", schema);
}

static json_t *columns_parameter(const struct view *v)
{
	json_t *names = json_array();

	for (const struct view_column *c = v->columns; c && c->name; c++)
		json_array_append_new(names, json_string(c->name));
	return json_pack("{s:s, s:s, s:b, s:b, s:s, s:o}", "name", "cols", "in", "query", "required", 0,
		"explode", 0, "description", _("Columns of the CSV file, joined by commas."),
		"schema", schema_list(json_pack("{s:s, s:o}", "type", "string", "enum", names), MAX_COLUMNS));
}

static bool has_field(const struct field *fields, const char *name)
{
	for (const struct field *f = fields; f && f->name; f++)
		if (str_eq(f->name, name))
			return true;
	return false;
}

static void view_parameters(const struct route *r, json_t *list)
{
	json_array_append_new(list, sort_parameter(r->view));
	add_ref(list, "#/components/parameters/after");
	add_ref(list, "#/components/parameters/limit");
	add_ref(list, "#/components/parameters/format");
	json_array_append_new(list, columns_parameter(r->view));
	if (!has_field(r->fields, "q"))
		add_ref(list, "#/components/parameters/q");
}

static bool takes_key(const struct route *r)
{
	return unsafe(r) && !(r->flags & REPLAYABLE);
}

/* The fields of a page that only shows a form are not for its address: the API has no forms. */
static bool shows_form(const struct route *routes, const struct route *page)
{
	for (const struct route *r = routes; r->pattern; r++)
		if (unsafe(r) && r->fields && r->fields == page->fields)
			return true;
	return false;
}

static json_t *parameters(const struct route *routes, const struct route *r)
{
	json_t *list = json_array(), *fields;

	path_parameters(r, list);
	if (!unsafe(r) && !shows_form(routes, r)) {
		fields = fields_parameters(r->fields);
		json_array_extend(list, fields);
		json_decref(fields);
	}
	if (r->view)
		view_parameters(r, list);
	if (takes_key(r))
		add_ref(list, "#/components/parameters/IdempotencyKey");
	if (takes_key(r) && has_id(r))
		add_ref(list, "#/components/parameters/IfMatch");
	if (!unsafe(r))
		add_ref(list, "#/components/parameters/IfNoneMatch");
	return list;
}

static json_t *request_body(const struct route *r)
{
	json_t *schema = fields_schema(r->fields);
	bool needed = json_array_size(json_object_get(schema, "required")) > 0;

	return json_pack("{s:b, s:{s:{s:o}}}", "required", needed, "content",
		r->flags & UPLOAD ? "multipart/form-data" : "application/json", "schema", schema);
}

/* ---- answers ---- */
static json_t *headers(const struct route *r)
{
	json_t *h = json_object();
	static const char *const always[] = { "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
		"Access-Control-Allow-Origin", "X-Request-Id" };
	char path[100];

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
		snprintf(path, sizeof(path), "#/components/headers/%s", always[i]);
		json_object_set_new(h, always[i], schema_ref(path));
	}
	if (r->creates)
		json_object_set_new(h, "Location", schema_ref("#/components/headers/Location"));
	if (r->view)
		json_object_set_new(h, "Link", schema_ref("#/components/headers/Link"));
	if (takes_key(r))
		json_object_set_new(h, "Idempotent-Replayed",
			schema_ref("#/components/headers/Idempotent-Replayed"));
	if (!unsafe(r))
		json_object_set_new(h, "ETag", schema_ref("#/components/headers/ETag"));
	return h;
}

static json_t *answer_schema(const struct route *r)
{
	json_t *s = parts_schema(r->returns);
	json_t *rows;

	if (!r->view)
		return s;
	rows = json_object_get(json_object_get(s, "properties"), r->view->rows);
	if (rows)
		json_object_set_new(rows, "maxItems", json_integer(MAX_PAGE_ROWS));
	schema_member(s, "page", schema_ref("#/components/schemas/Page"), true);
	return s;
}

static json_t *file_schema(void)
{
	return schema_format("binary", MAX_FILE);
}

/* One entry a media type the file can have. */
static json_t *file_content(const char *types)
{
	json_t *content = json_object();
	char type[100];

	for (const char *s = types; *s; s += strcspn(s, ","), s += *s == ',') {
		size_t n = strcspn(s, ",");

		if (n >= sizeof(type))
			continue;
		memcpy(type, s, n);
		type[n] = '\0';
		json_object_set_new(content, type, json_pack("{s:o}", "schema", file_schema()));
	}
	return content;
}

static json_t *answer_content(const struct route *r)
{
	json_t *content;

	if (r->sends)
		return file_content(r->sends);
	content = json_pack("{s:{s:o}}", "application/json", "schema", answer_schema(r));
	if (r->view)
		json_object_set_new(content, "text/csv", json_pack("{s:o}", "schema",
			schema_pattern("^[^\\u0000]*$", 32 << 20)));
	return content;
}

static void success(const struct route *r, json_t *all)
{
	json_object_set_new(all, r->creates ? "201" : "200", json_pack("{s:s, s:o, s:o}",
		"description", r->creates ? _("Made.") : _("Done."), "headers", headers(r),
		"content", answer_content(r)));
	if (!unsafe(r))
		json_object_set_new(all, "304", schema_ref("#/components/responses/NotModified"));
}

static json_t *answers(const struct route *r)
{
	json_t *all = json_object();
	const struct { const char *status, *name; bool when; } rows[] = {
		{ "400", "BadRequest", true },
		{ "401", "Unauthorized", true },
		{ "403", "Forbidden", true },
		{ "404", "NotFound", true },
		{ "405", "WrongMethod", true },
		{ "409", "Conflict", unsafe(r) },
		{ "412", "Stale", takes_key(r) && has_id(r) },
		{ "413", "TooLarge", unsafe(r) },
		{ "415", "WrongType", unsafe(r) },
		{ "422", "Invalid", unsafe(r) || r->fields || r->view },
		{ "429", "TooOften", true },
		{ "500", "Broken", true },
		{ "503", "Away", true },
	};
	char path[100];

	success(r, all);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!rows[i].when)
			continue;
		snprintf(path, sizeof(path), "#/components/responses/%s", rows[i].name);
		json_object_set_new(all, rows[i].status, schema_ref(path));
	}
	return all;
}

static json_t *operation(const struct route *routes, const struct route *r)
{
	char id[MAX_WORDS], tag[MAX_WORDS], text[2 * MAX_WORDS];
	json_t *o;

	operation_id(r, id);
	tag_of(r, tag);
	if (r->right == PUBLIC)
		snprintf(text, sizeof(text), "Open to everybody.");
	else if (r->right == SIGNED_IN)
		snprintf(text, sizeof(text), "Open to every token.");
	else
		snprintf(text, sizeof(text), "Needs the right to %s.", right_describe(r->right));
	o = json_pack("{s:s, s:s, s:s, s:[s], s:o, s:s, s:o}", "operationId", id,
		"summary", r->title ? _(r->title) : id, "description", text, "tags", tag,
		"security", security(r), "x-right", right_name(r->right), "x-scopes", scopes(r));
	json_object_set_new(o, "parameters", parameters(routes, r));
	if (has_body(r))
		json_object_set_new(o, "requestBody", request_body(r));
	json_object_set_new(o, "responses", answers(r));
	return o;
}

json_t *openapi_part(const char *program, const struct route *routes)
{
	json_t *paths = json_object(), *tags = json_object();
	char tag[MAX_WORDS];

	for (const struct route *r = routes; r->pattern; r++) {
		json_t *path = json_object_get(paths, r->pattern);

		if (r->flags & PAGE_ONLY)
			continue;
		if (!path) {
			path = json_object();
			json_object_set_new(paths, r->pattern, path);
		}
		json_object_set_new(path, method_name(r->method), operation(routes, r));
		tag_of(r, tag);
		json_object_set_new(tags, tag, json_true());
	}
	return json_pack("{s:s, s:o, s:o}", "program", program, "paths", paths, "tags", tags);
}
