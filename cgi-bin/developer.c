/* developer.c - the API description, as a file and as a page
 *
 * openapi.json is printed by the programs themselves and joined by the build; this page
 * reads the installed file, so it cannot say anything else than the programs do.
 */
#include <stdio.h>
#include <string.h>

#include "prm.h"

#define MAX_DESCRIPTION (4u << 20)

static const char *const methods[] = { "get", "post", "put", "delete", NULL };

static int read_description(struct req *q, char **text, size_t *size)
{
	char *path = arena_printf(q->arena, "%s/openapi.json", q->conf->htdocs_dir);
	FILE *f = fopen(path, "re");

	if (!f)
		return fail_detail(q->err, E_NOTFOUND, "%s is missing", path);
	*text = arena_alloc(q->arena, MAX_DESCRIPTION + 1);
	*size = *text ? fread(*text, 1, MAX_DESCRIPTION, f) : 0;
	fclose(f);
	return *size ? OK : fail_detail(q->err, E_NOTFOUND, "%s is empty", path);
}

static int description(struct req *q, struct doc *out)
{
	char *text;
	size_t size;
	int rc = read_description(q, &text, &size);

	return rc ? rc : doc_raw(out, "application/json", NULL, text, size);
}

/* ---- the page: operations by tag, each with its parameters, body and answers ---- */
static void end_json(void *json)
{
	json_decref(json);
}

/* "#/components/x/Y" followed one step; anything else is itself. */
static json_t *follow(json_t *api, json_t *value)
{
	const char *ref = json_string_value(json_object_get(value, "$ref"));
	char part[128];

	if (!ref || !str_starts(ref, "#/"))
		return value;
	value = api;
	for (ref += 2; *ref && value; ref += strcspn(ref, "/"), ref += *ref == '/') {
		snprintf(part, sizeof(part), "%.*s", (int)strcspn(ref, "/"), ref);
		value = json_object_get(value, part);
	}
	return value;
}

static const char *type_of(struct req *q, json_t *api, json_t *schema)
{
	json_t *type = json_object_get(follow(api, schema), "type");
	const char *format = json_string_value(json_object_get(schema, "format"));

	if (json_is_array(type))
		type = json_array_get(type, 0);
	if (!json_is_string(type))
		return "object";
	return format ? arena_printf(q->arena, "%s (%s)", json_string_value(type), format) : json_string_value(type);
}

static bool is_required(json_t *schema, const char *name)
{
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(schema, "required"), i, item)
		if (str_eq(json_string_value(item), name))
			return true;
	return false;
}

static json_t *row(const char *name, const char *type, bool required, const char *text)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "name", name, "type", type, "required", required ? "1" : "",
		"text", text ? text : "");
}

static json_t *parameter_rows(struct req *q, json_t *api, json_t *operation)
{
	json_t *rows = json_array(), *item;
	size_t i;

	json_array_foreach(json_object_get(operation, "parameters"), i, item) {
		item = follow(api, item);
		json_array_append_new(rows, row(str_or(json_string_value(json_object_get(item, "name")), ""),
			type_of(q, api, json_object_get(item, "schema")),
			json_is_true(json_object_get(item, "required")),
			json_string_value(json_object_get(item, "description"))));
	}
	return rows;
}

static json_t *body_rows(struct req *q, json_t *api, json_t *operation)
{
	json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");
	json_t *schema = NULL, *rows = json_array(), *member, *media;
	const char *name;

	json_object_foreach(content, name, media)
		schema = follow(api, json_object_get(media, "schema"));
	json_object_foreach(json_object_get(schema, "properties"), name, member)
		json_array_append_new(rows, row(name, type_of(q, api, member), is_required(schema, name),
			json_string_value(json_object_get(member, "description"))));
	return rows;
}

static json_t *answer_rows(json_t *api, json_t *operation)
{
	json_t *rows = json_array(), *item;
	const char *status;

	json_object_foreach(json_object_get(operation, "responses"), status, item) {
		json_t *answer = follow(api, item);

		json_array_append_new(rows, row(status, "", false,
			json_string_value(json_object_get(answer, "description"))));
	}
	return rows;
}

static json_t *operation_row(struct req *q, json_t *api, const char *path, const char *method, json_t *operation)
{
	const char *id = str_or(json_string_value(json_object_get(operation, "operationId")), "");
	char upper[8];
	size_t n;

	str_copy(upper, sizeof(upper), method);
	for (n = 0; upper[n]; n++)
		upper[n] = (char)(upper[n] - 'a' + 'A');
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "method", upper, "path", path, "id", id,
		"summary", str_or(json_string_value(json_object_get(operation, "summary")), ""),
		"text", str_or(json_string_value(json_object_get(operation, "description")), ""),
		"parameters", parameter_rows(q, api, operation), "body", body_rows(q, api, operation),
		"answers", answer_rows(api, operation));
}

/* {"groups": [{"name", "operations": [...]}]} in the order of the description. */
static json_t *group_operations(struct req *q, json_t *api)
{
	json_t *groups = json_array(), *by_tag = json_object(), *item;
	const char *path;

	json_object_foreach(json_object_get(api, "paths"), path, item)
		for (int m = 0; methods[m]; m++) {
			json_t *operation = json_object_get(item, methods[m]);
			const char *tag = json_string_value(json_array_get(json_object_get(operation, "tags"), 0));
			json_t *list;

			if (!operation)
				continue;
			tag = str_or(tag, "other");
			list = json_object_get(by_tag, tag);
			if (!list) {
				list = json_array();
				json_object_set_new(by_tag, tag, list);
				json_array_append_new(groups, json_pack("{s:s, s:O}", "name", tag, "operations", list));
			}
			json_array_append_new(list, operation_row(q, api, path, methods[m], operation));
		}
	json_decref(by_tag);
	return groups;
}

static int page(struct req *q, struct doc *out)
{
	char *text;
	size_t size;
	json_t *api;
	int rc = read_description(q, &text, &size);

	if (rc)
		return rc;
	api = json_loadb(text, size, 0, NULL);
	if (!api || arena_on_end(q->arena, end_json, api))
		return fail_detail(q->err, E_INTERNAL, "openapi.json cannot be read");
	doc_show(out, "api.title", json_string_value(json_object_get(json_object_get(api, "info"), "title")));
	doc_show(out, "api.version", json_string_value(json_object_get(json_object_get(api, "info"), "version")));
	doc_show(out, "api.base", arena_printf(q->arena, "%s/api/v1", q->conf->base_url));
	return doc_show_json(out, "groups", group_operations(q, api));
}

static const struct route routes[] = {
	{ GET, "/developers", page, PUBLIC, "developer/api.cs", .title = N_("API"), .flags = PAGE_ONLY | CACHE,
		.section = "developers" },
	{ GET, "/developers/openapi.json", description, PUBLIC, .title = N_("API description"),
		.flags = PAGE_ONLY | CACHE, .section = "developers" },
	ROUTE_END
};

PROGRAM(developer, "developer", routes)
