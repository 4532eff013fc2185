/* doc_schema.c - the shape of a document as JSON Schema
 *
 * Documents hold every column of their table, so all are required and objects are closed;
 * the validating proxy of the browser tests holds us to it.
 */
#include "doc_part.h"

#include "intl.h"
#include "openapi.h"
#include "str.h"

#define MAX_EXACT INT64_C(9007199254740991)
#define MAX_ITEMS 1000

static json_t *text_schema(const struct column *c)
{
	int64_t max = c->max ? (int64_t)c->max : 200;

	return c->choices ? schema_choices(c->choices) : schema_text(0, max, true);
}

/* What lib/prm keeps as JSON: the part that holds the column may say its shape. */
static json_t *any(void)
{
	return json_object();
}

static json_t *column_schema(const struct column *c)
{
	json_t *s;

	switch (c->type) {
	case COL_INT:
		s = schema_int("int64", str_eq(c->name, "id") ? 1 : -MAX_EXACT, MAX_EXACT);
		break;
	case COL_INT32: s = schema_int("int32", INT32_MIN, INT32_MAX); break;
	case COL_BOOL: s = json_pack("{s:s}", "type", "boolean"); break;
	case COL_TEXT: s = text_schema(c); break;
	case COL_WHEN: s = schema_format("date-time", 35); break;
	case COL_DAY: s = schema_format("date", 10); break;
	case COL_MONEY: s = schema_pattern("^-?[0-9]{1,16}(\\.[0-9]{1,4})?$", 24); break;
	case COL_BYTES: s = schema_pattern("^[0-9a-f]*$", c->max ? 2 * (int64_t)c->max : 200); break;
	default: s = any(); break;
	}
	if (c->nullable && c->type != COL_BOOL)
		schema_null(s);
	if (c->describe)
		json_object_set_new(s, "description", json_string(_(c->describe)));
	return s;
}

static void add_columns(json_t *o, const struct column *cols)
{
	char key[MAX_KEY];

	for (const struct column *c = cols; c && c->name; c++) {
		if (c->hidden)
			continue;
		schema_member(o, c->name, column_schema(c), true);
		if (c->type == COL_MONEY) {
			json_t *s = schema_pattern("^[A-Z]{3}$", 3);

			currency_key(c->name, key);
			if (c->nullable)
				schema_null(s);
			schema_member(o, key, s, true);
		}
	}
}

static json_t *part_schema(const struct part *p);

static bool has_member(const json_t *o, const char *name)
{
	return json_object_get(json_object_get(o, "properties"), name) != NULL;
}

static void add_parts(json_t *o, const struct part *parts)
{
	for (const struct part *p = parts; p && p->name; p++)
		schema_member(o, p->name, part_schema(p), !p->optional && !has_member(o, p->name));
}

static json_t *one(const struct part *p)
{
	json_t *o;

	if (p->kind == PART_TEXT)
		return schema_text(0, MAX_VALUE, true);
	if (p->kind == PART_INT)
		return schema_int("int64", -MAX_EXACT, MAX_EXACT);
	if (p->kind == PART_BOOL)
		return json_pack("{s:s}", "type", "boolean");
	o = schema_object();
	add_columns(o, p->columns);
	add_parts(o, p->parts);
	return o;
}

static json_t *part_schema(const struct part *p)
{
	json_t *s = p->list ? schema_list(one(p), MAX_ITEMS) : one(p);

	if (p->optional)
		schema_null(s);
	if (p->describe)
		json_object_set_new(s, "description", json_string(_(p->describe)));
	return s;
}

json_t *parts_schema(const struct part *parts)
{
	json_t *o = schema_object();

	add_parts(o, parts);
	return o;
}
