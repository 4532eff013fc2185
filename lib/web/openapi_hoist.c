/* openapi_hoist.c - shapes that occur more than once get a name
 *
 * Each operation is described by itself; the same record then stands in many answers.
 * Clients made from the document want one type "Deal", and readers one description.
 */
#include "openapi.h"

#include <ctype.h>
#include <string.h>

#include "str.h"

#define MAX_SCHEMA_NAME 80

struct hoist {
	json_t *seen;      /* text of a shape -> how often */
	json_t *names;     /* text of a shape -> its name */
	json_t *schemas;   /* name -> shape */
};

/* A shape worth a name: an object with members, null or not. */
static bool is_shape(const json_t *s)
{
	const json_t *type = json_object_get(s, "type");

	if (json_is_array(type))
		type = json_array_get(type, 0);
	return str_eq(json_string_value(type), "object") && json_object_size(json_object_get(s, "properties")) > 1;
}

static bool may_be_null(const json_t *s)
{
	return json_is_array(json_object_get(s, "type"));
}

/* The shape without what differs from place to place. */
static json_t *bare(const json_t *s)
{
	json_t *copy = json_deep_copy(s);

	json_object_del(copy, "description");
	json_object_set_new(copy, "type", json_string("object"));
	return copy;
}

static char *text_of(const json_t *s)
{
	json_t *copy = bare(s);
	char *text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);

	json_decref(copy);
	return text;
}

static void count(struct hoist *h, const json_t *s)
{
	char *text = text_of(s);

	if (text)
		json_object_set_new(h->seen, text, json_integer(
			json_integer_value(json_object_get(h->seen, text)) + 1));
	free(text);
}

static void count_all(struct hoist *h, json_t *node)
{
	const char *key;
	json_t *v;
	size_t i;

	json_array_foreach(node, i, v)
		count_all(h, v);
	json_object_foreach(node, key, v)
		count_all(h, v);
	if (is_shape(node))
		count(h, node);
}

/* "product_families" is ProductFamily. */
static void name_of(const char *key, char out[MAX_SCHEMA_NAME])
{
	size_t n = 0;
	bool capital = true;

	for (; *key && n < MAX_SCHEMA_NAME - 8; key++) {
		if (*key == '_' || *key == '-') {
			capital = true;
			continue;
		}
		out[n++] = capital ? (char)toupper((unsigned char)*key) : *key;
		capital = false;
	}
	if (n == 6 && !memcmp(out, "People", 6)) {
		memcpy(out, "Person", 6);
	} else if (n > 3 && !memcmp(out + n - 3, "ies", 3)) {
		n -= 2;
		out[n - 1] = 'y';
	} else if (n > 2 && out[n - 1] == 's' && out[n - 2] != 's') {
		n--;
	}
	out[n] = '\0';
}

static const char *named(struct hoist *h, const char *text, const char *key)
{
	char name[MAX_SCHEMA_NAME], first[MAX_SCHEMA_NAME];

	if (!json_object_get(h->names, text)) {
		name_of(key, first);
		str_copy(name, sizeof(name), first);
		for (int i = 2; json_object_get(h->schemas, name); i++)
			snprintf(name, sizeof(name), "%.60s%d", first, i);
		json_object_set_new(h->names, text, json_string(name));
	}
	return json_string_value(json_object_get(h->names, text));
}

static void refer(json_t *s, const char *name)
{
	char path[200];
	json_t *text = json_incref(json_object_get(s, "description"));
	bool null = may_be_null(s);

	snprintf(path, sizeof(path), "#/components/schemas/%s", name);
	json_object_clear(s);
	if (null)
		json_object_set_new(s, "anyOf", json_pack("[{s:s}, {s:s}]", "$ref", path, "type", "null"));
	else
		json_object_set_new(s, "$ref", json_string(path));
	if (text)
		json_object_set_new(s, "description", text);
}

static void replace_all(struct hoist *h, json_t *node, const char *key)
{
	char *text = is_shape(node) ? text_of(node) : NULL;
	const char *name, *inner;
	json_t *v;
	size_t i;

	json_array_foreach(node, i, v)
		replace_all(h, v, key);
	json_object_foreach(node, inner, v)
		replace_all(h, v, str_eq(inner, "items") || str_eq(inner, "properties") ? key : inner);
	if (text && json_integer_value(json_object_get(h->seen, text)) > 1) {
		name = named(h, text, key);
		if (name && !json_object_get(h->schemas, name))
			json_object_set_new(h->schemas, name, bare(node));
		if (name)
			refer(node, name);
	}
	free(text);
}

void openapi_hoist(json_t *all)
{
	struct hoist h = { json_object(), json_object(),
		json_object_get(json_object_get(all, "components"), "schemas") };
	const char *path, *method, *status;
	json_t *item, *operation, *answer, *paths = json_object_get(all, "paths");

	/* Bodies that are sent keep their own description: they have no record's name. */
	for (int pass = 0; pass < 2; pass++)
		json_object_foreach(paths, path, item)
			json_object_foreach(item, method, operation)
				json_object_foreach(json_object_get(operation, "responses"), status, answer) {
					json_t *content = json_object_get(answer, "content");
					json_t *schema = json_object_get(json_object_get(
						json_object_get(content, "application/json"), "schema"), "properties");

					if (pass)
						replace_all(&h, schema, "");
					else
						count_all(&h, schema);
				}
	json_decref(h.seen);
	json_decref(h.names);
}
