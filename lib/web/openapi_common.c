/* openapi_common.c - what all operations share, and the parts joined to one document */
#include "openapi.h"

#include <string.h>

#include "intl.h"
#include "str.h"

#define MAX_EXACT INT64_C(9007199254740991)

static const char about_text[] =
	"Everything the portal's pages do, as JSON.\n\n"
	"**Tokens.** Make one under Account, API tokens; send it as `Authorization: Bearer TOKEN`. A token "
	"has scopes and never more rights than the person who made it.\n\n"
	"**Errors** are problem documents (RFC 9457). `errors` names each field with words that say how to "
	"mend it.\n\n"
	"**Retries.** Send `Idempotency-Key` with every change: the same key is answered with the first "
	"result. `If-Match` with the version last read keeps one from overwriting somebody else's change.\n\n"
	"**Lists** are paged by a cursor: give `page.next` back as `after`. `format=csv` gives the whole "
	"list as a file.\n\n"
	"**Amounts** are decimal strings with their currency beside them, days are `2027-03-14`, moments are "
	"UTC.";

json_t *openapi_about(void)
{
	json_t *info = json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:{s:s, s:s, s:s}}",
		"title", "Partner portal API", "version", "1.0.0",
		"summary", "Deal registration and partner programme",
		"description", about_text,
		"license", "name", "Terms of the partner programme", "url", "https://partners.example.net/rules",
		"contact", "name", "Partner operations", "url", "https://partners.example.net/developers",
		"email", "partners@example.net");
	json_t *servers = json_pack("[{s:s, s:s, s:b}, {s:s, s:s, s:b}]",
		"url", "https://partners.example.net/api/v1", "description", "Production", "x-internal", 0,
		"url", "/api/v1", "description", "The local portal this document came from", "x-internal", 1);

	return json_pack("{s:s, s:o, s:o}", "openapi", "3.1.0", "info", info, "servers", servers);
}

/* ---- schemas ---- */
static json_t *field_error_schema(void)
{
	json_t *o = schema_object();

	schema_member(o, "field", schema_text(0, 64, false), true);
	schema_member(o, "message", schema_text(0, 200, true), true);
	return o;
}

static json_t *problem_schema(void)
{
	json_t *o = schema_object();

	json_object_set_new(o, "description", json_string("What could not be done, and why (RFC 9457)."));
	schema_member(o, "type", schema_format("uri-reference", 200), true);
	schema_member(o, "title", schema_text(0, 200, false), true);
	schema_member(o, "status", schema_int("int32", 400, 599), true);
	schema_member(o, "detail", schema_text(0, 300, true), false);
	schema_member(o, "hint", schema_text(0, 200, true), false);
	schema_member(o, "instance", schema_text(0, 600, false), false);
	schema_member(o, "request_id", schema_pattern("^[A-Za-z0-9_-]+$", 40), false);
	schema_member(o, "retry_after", schema_int("int32", 0, 86400), false);
	schema_member(o, "errors", schema_list(schema_ref("#/components/schemas/FieldError"),
		MAX_FIELD_ERRORS), false);
	schema_member(o, "current", json_pack("{s:s, s:b, s:i, s:s}", "type", "object",
		"additionalProperties", 1, "maxProperties", 200,
		"description", "The record as it stands now, beside what was sent (412)."), false);
	return o;
}

static json_t *page_schema(void)
{
	json_t *o = schema_object(), *next = schema_pattern("^[A-Za-z0-9_-]+$", 1000),
		*total = schema_int("int64", 0, MAX_EXACT);

	json_object_set_new(next, "description", json_string("Cursor for `after`; null on the last page."));
	json_object_set_new(total, "description", json_string("Rows on all pages; null when not counted."));
	schema_null(next);
	schema_null(total);
	schema_member(o, "next", next, true);
	schema_member(o, "limit", schema_int("int32", 1, MAX_PAGE_ROWS), true);
	schema_member(o, "total", total, true);
	return o;
}

/* ---- parameters ---- */
static json_t *parameter(const char *name, const char *in, const char *text, json_t *schema)
{
	return json_pack("{s:s, s:s, s:b, s:s, s:o}", "name", name, "in", in,
		"required", str_eq(in, "path"), "description", text, "schema", schema);
}

static json_t *all_parameters(void)
{
	json_t *o = json_object(), *limit = schema_int("int32", 1, MAX_PAGE_ROWS),
		*format = json_pack("{s:s, s:[s, s], s:s}", "type", "string", "enum", "json", "csv",
			"default", "json");
	/* A string: ids are numbers of up to 18 digits, which not every client can count to. */
	const char *id = "^[1-9][0-9]{0,17}$";

	json_object_set_new(limit, "default", json_integer(PAGE_ROWS));
	json_object_set_new(o, "id", parameter("id", "path", "Number of the record.", schema_pattern(id, 18)));
	json_object_set_new(o, "id2", parameter("id2", "path", "Number of the inner record.",
		schema_pattern(id, 18)));
	json_object_set_new(o, "key", parameter("key", "path", "Short name of the record.",
		schema_pattern("^[A-Za-z0-9._-]{1,80}$", 80)));
	json_object_set_new(o, "after", parameter("after", "query", "Cursor: `page.next` of the page before.",
		schema_pattern("^[A-Za-z0-9_-]*$", 1000)));
	json_object_set_new(o, "limit", parameter("limit", "query", "Rows of one page.", limit));
	json_object_set_new(o, "format", parameter("format", "query", "`csv` gives all rows as a file.", format));
	json_object_set_new(o, "q", parameter("q", "query", "Words to look for.", schema_text(0, 200, false)));
	json_object_set_new(o, "IdempotencyKey", parameter("Idempotency-Key", "header",
		"Any text that is new for each change; a repeated one is answered with the first result.",
		schema_pattern("^[\\u0021-\\u007e]{1,100}$", 100)));
	json_object_set_new(o, "IfMatch", parameter("If-Match", "header",
		"Version the change rests on, in quotation marks; 412 when somebody was faster.",
		schema_pattern("^(\\*|\"[0-9]{1,18}\")$", 20)));
	json_object_set_new(o, "IfNoneMatch", parameter("If-None-Match", "header",
		"ETag of the answer one has; 304 when it still holds.", schema_pattern("^[\\u0020-\\u007e]*$", 200)));
	return o;
}

/* ---- headers and answers ---- */
static void header(json_t *o, const char *name, const char *text, json_t *schema)
{
	json_object_set_new(o, name, json_pack("{s:s, s:o}", "description", text, "schema", schema));
}

static json_t *all_headers(void)
{
	json_t *o = json_object();

	header(o, "RateLimit-Limit", "Calls allowed in the running window; sent where a limit counts the call.",
		schema_int("int32", 0, INT32_MAX));
	header(o, "RateLimit-Remaining", "Calls left in it.", schema_int("int32", 0, INT32_MAX));
	header(o, "RateLimit-Reset", "Seconds until it starts anew.", schema_int("int32", 0, INT32_MAX));
	header(o, "Access-Control-Allow-Origin",
		"Sent only to origins the operator allows; browsers elsewhere cannot read the answer.",
		schema_format("uri", 300));
	header(o, "X-Request-Id", "Name of this request in our log.", schema_pattern("^[A-Za-z0-9_-]+$", 40));
	header(o, "Retry-After", "Seconds to wait.", schema_int("int32", 0, 86400));
	header(o, "Location", "Address of what was made.", schema_format("uri-reference", 600));
	header(o, "Link", "The next page, with rel=\"next\" (RFC 8288).", schema_text(0, 5000, false));
	header(o, "ETag", "Version of the answer.", schema_pattern("^(W/)?\"[^\"]*\"$", 200));
	header(o, "Idempotent-Replayed", "`true`: the first answer to this Idempotency-Key, once more.",
		json_pack("{s:s, s:[s]}", "type", "string", "enum", "true"));
	header(o, "Allow", "Methods this address takes.", schema_pattern("^[A-Z, ]+$", 60));
	header(o, "WWW-Authenticate", "How to sign in.", schema_text(0, 200, false));
	return o;
}

static json_t *answer_headers(const char *more)
{
	static const char *const always[] = { "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
		"Access-Control-Allow-Origin", "X-Request-Id" };
	json_t *h = json_object();
	char path[100];

	for (size_t i = 0; i <= sizeof(always) / sizeof(always[0]); i++) {
		const char *name = i < sizeof(always) / sizeof(always[0]) ? always[i] : more;

		if (!name)
			continue;
		snprintf(path, sizeof(path), "#/components/headers/%s", name);
		json_object_set_new(h, name, schema_ref(path));
	}
	return h;
}

static json_t *all_answers(void)
{
	static const struct { const char *name, *text, *header; } rows[] = {
		{ "BadRequest", "The request itself cannot be read.", NULL },
		{ "Unauthorized", "No token, or one that has ended.", "WWW-Authenticate" },
		{ "Forbidden", "The token's scopes or the person's roles do not allow it.", NULL },
		{ "NotFound", "Does not exist, or not for this token.", NULL },
		{ "WrongMethod", "This address does not take that method.", "Allow" },
		{ "Conflict", "The state does not allow it, or it exists already.", NULL },
		{ "Stale", "Somebody else changed it meanwhile.", NULL },
		{ "TooLarge", "The body is too large.", NULL },
		{ "WrongType", "The body's type is not taken here.", NULL },
		{ "Invalid", "Fields need another look; `errors` says which and why.", NULL },
		{ "TooOften", "Too many requests; wait as Retry-After says.", "Retry-After" },
		{ "Broken", "Something went wrong on our side and has been noted.", NULL },
		{ "Away", "Back in a moment; try again as Retry-After says.", "Retry-After" },
	};
	json_t *o = json_object();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		json_object_set_new(o, rows[i].name, json_pack("{s:s, s:o, s:{s:{s:o}}}",
			"description", rows[i].text, "headers", answer_headers(rows[i].header),
			"content", "application/problem+json",
			"schema", schema_ref("#/components/schemas/Problem")));
	json_object_set_new(o, "NotModified", json_pack("{s:s, s:o}",
		"description", "What you have still holds.", "headers", answer_headers("ETag")));
	return o;
}

static json_t *scheme(const char *text)
{
	return json_pack("{s:s, s:s, s:s}", "type", "http", "scheme", "bearer", "description", text);
}

json_t *openapi_components(void)
{
	return json_pack("{s:{s:o, s:o}, s:{s:o, s:o, s:o}, s:o, s:o, s:o}",
		"securitySchemes",
		"token", scheme("An API token of one person, with scopes and an end; kept by us as a hash only."),
		"adminToken", scheme("A token with the scope `admin`; made only after the password was given again."),
		"schemas",
		"Problem", problem_schema(), "FieldError", field_error_schema(), "Page", page_schema(),
		"parameters", all_parameters(), "headers", all_headers(), "responses", all_answers());
}

/* ---- joining ---- */
static bool mentions(const json_t *node, const char *ref)
{
	const char *key;
	json_t *v;
	size_t i;

	if (json_is_array(node)) {
		json_array_foreach(node, i, v)
			if (mentions(v, ref))
				return true;
	}
	json_object_foreach((json_t *)(uintptr_t)node, key, v)
		if ((str_eq(key, "$ref") && str_eq(json_string_value(v), ref)) || mentions(v, ref))
			return true;
	return false;
}

static bool scheme_used(const json_t *paths, const char *name)
{
	const char *path, *method;
	json_t *item, *operation, *need;
	size_t i;

	json_object_foreach((json_t *)(uintptr_t)paths, path, item)
		json_object_foreach(item, method, operation)
			json_array_foreach(json_object_get(operation, "security"), i, need)
				if (json_object_get(need, name))
					return true;
	return false;
}

/* Takes out what nothing refers to, until nothing more goes. */
static void prune(json_t *all)
{
	json_t *components = json_object_get(all, "components"), *kind, *v;
	const char *kind_name, *name;
	void *next;
	bool again = true;
	char ref[200];

	while (again) {
		again = false;
		json_object_foreach(components, kind_name, kind) {
			json_object_foreach_safe(kind, next, name, v) {
				snprintf(ref, sizeof(ref), "#/components/%s/%s", kind_name, name);
				if (str_eq(kind_name, "securitySchemes") ?
				    scheme_used(json_object_get(all, "paths"), name) : mentions(all, ref))
					continue;
				json_object_del(kind, name);
				again = true;
			}
		}
	}
}

static json_t *tag_list(const json_t *names)
{
	json_t *list = json_array(), *v;
	const char *name;
	char text[200];

	json_object_foreach((json_t *)(uintptr_t)names, name, v) {
		snprintf(text, sizeof(text), "Everything under /%s.", name);
		json_array_append_new(list, json_pack("{s:s, s:s}", "name", name, "description", text));
	}
	return list;
}

static void merge_paths(json_t *all, const json_t *paths)
{
	const char *path;
	json_t *item, *known;

	json_object_foreach((json_t *)(uintptr_t)paths, path, item) {
		known = json_object_get(all, path);
		if (known)
			json_object_update(known, item);
		else
			json_object_set_new(all, path, json_deep_copy(item));
	}
}

json_t *openapi_join(const json_t *parts)
{
	json_t *all = openapi_about(), *paths = json_object(), *tags = json_object(), *part;
	size_t i;

	json_array_foreach(parts, i, part) {
		merge_paths(paths, json_object_get(part, "paths"));
		json_object_update(tags, json_object_get(part, "tags"));
	}
	json_object_set_new(all, "tags", tag_list(tags));
	json_object_set_new(all, "paths", paths);
	json_object_set_new(all, "components", openapi_components());
	json_decref(tags);
	openapi_hoist(all);
	prune(all);
	return all;
}
