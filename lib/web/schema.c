/* schema.c - the small pieces of JSON Schema, each bounded */
#include "openapi.h"

#include <string.h>

#include "str.h"

/* No control characters; the second lets line breaks and tabs through. */
#define ONE_LINE   "^[^\\u0000-\\u001f\\u007f]*$"
#define MANY_LINES "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$"

json_t *schema_pattern(const char *pattern, int64_t max)
{
	return json_pack("{s:s, s:s, s:I}", "type", "string", "pattern", pattern, "maxLength", (json_int_t)max);
}

json_t *schema_format(const char *format, int64_t max)
{
	return json_pack("{s:s, s:s, s:I}", "type", "string", "format", format, "maxLength", (json_int_t)max);
}

json_t *schema_text(int64_t min, int64_t max, bool lines)
{
	json_t *s = schema_pattern(lines ? MANY_LINES : ONE_LINE, max);

	if (min > 0)
		json_object_set_new(s, "minLength", json_integer(min));
	return s;
}

json_t *schema_int(const char *format, int64_t min, int64_t max)
{
	return json_pack("{s:s, s:s, s:I, s:I}", "type", "integer", "format", format,
		"minimum", (json_int_t)min, "maximum", (json_int_t)max);
}

json_t *schema_object(void)
{
	return json_pack("{s:s, s:b, s:{}}", "type", "object", "additionalProperties", 0, "properties");
}

json_t *schema_list(json_t *items, int64_t max)
{
	return json_pack("{s:s, s:I, s:o}", "type", "array", "maxItems", (json_int_t)max, "items", items);
}

json_t *schema_choices(const struct choice *set)
{
	json_t *values = json_array();

	for (; set && set->value; set++)
		json_array_append_new(values, json_string(set->value));
	return json_pack("{s:s, s:o}", "type", "string", "enum", values);
}

void schema_null(json_t *schema)
{
	json_t *type = json_object_get(schema, "type"), *values = json_object_get(schema, "enum");

	if (json_is_string(type))
		json_object_set_new(schema, "type", json_pack("[O, s]", type, "null"));
	if (values)
		json_array_append_new(values, json_null());
}

void schema_member(json_t *object, const char *name, json_t *schema, bool required)
{
	json_t *list = json_object_get(object, "required");

	json_object_set_new(json_object_get(object, "properties"), name, schema);
	if (!required)
		return;
	if (!list) {
		list = json_array();
		json_object_set_new(object, "required", list);
	}
	json_array_append_new(list, json_string(name));
}

json_t *schema_ref(const char *path)
{
	return json_pack("{s:s}", "$ref", path);
}
