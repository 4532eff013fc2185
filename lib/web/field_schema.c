/* field_schema.c - a field table as JSON Schema and as query parameters */
#include "field_part.h"

#include "intl.h"
#include "openapi.h"
#include "str.h"

#define MAX_CHOSEN 100    /* values of one F_CHOICES */

static json_t *choices(const struct field *f)
{
	return f->choices ? schema_choices(f->choices) : schema_pattern("^[A-Za-z0-9._:-]+$", 100);
}

static json_t *file(const struct field *f)
{
	json_t *s = schema_format("binary", field_max(f));

	if (f->accept && !strchr(f->accept, ','))
		json_object_set_new(s, "contentMediaType", json_string(f->accept));
	return s;
}

static json_t *of_type(const struct field *f)
{
	int64_t min = f->required && f->min < 1 ? 1 : f->min, max = field_max(f);

	switch (f->type) {
	case F_EMAIL: return schema_format("email", max);
	case F_PASSWORD: return schema_format("password", max);
	case F_URL: return schema_format("uri", max);
	case F_PHONE: return schema_pattern("^[0-9+()./ -]{5,40}$", max);
	case F_MONEY: return schema_pattern("^-?[0-9]{1,14}(\\.[0-9]{1,4})?$", 20);
	case F_DATE: return schema_format("date", 10);
	case F_INT: return schema_int("int64", f->min, max);
	case F_BOOL: return json_pack("{s:s}", "type", "boolean");
	case F_CHOICE: return choices(f);
	case F_CHOICES: return schema_list(choices(f), MAX_CHOSEN);
	case F_COUNTRY: return schema_pattern("^[A-Za-z]{2}$", 2);
	case F_ZONE: return schema_pattern("^[A-Za-z0-9_+/-]+$", max);
	case F_CODE: return schema_pattern("^[A-Za-z0-9._-]+$", max);
	case F_FILE: return file(f);
	default: return schema_text(min, max, f->type == F_LONGTEXT);
	}
}

static json_t *described(const struct field *f)
{
	json_t *s = of_type(f);
	const char *label = _(f->label ? f->label : f->name);
	struct arena *a = arena_new(4096);

	if (f->help)
		label = str_or(arena_printf(a, "%s. %s", label, _(f->help)), label);
	json_object_set_new(s, "description", json_string(label));
	arena_free(a);
	return s;
}

static json_t *currency(void)
{
	json_t *s = schema_pattern("^[A-Z]{3}$", 3);

	json_object_set_new(s, "description", json_string(_("Currency (ISO 4217)")));
	return s;
}

json_t *fields_schema(const struct field *fields)
{
	json_t *all = schema_object();

	for (const struct field *f = fields; f && f->name; f++) {
		if (f->page_only)
			continue;
		schema_member(all, f->name, described(f), f->required);
		if (f->type == F_MONEY)
			schema_member(all, field_with(f), currency(), f->required);
	}
	return all;
}

static json_t *parameter(const char *name, json_t *schema, bool required)
{
	json_t *text = json_incref(json_object_get(schema, "description")), *p;
	size_t n = strlen(name);

	/* All of a query is text, and a record's number is its name rather than an amount. */
	if (n > 2 && str_eq(name + n - 3, "_id")) {
		json_decref(schema);
		schema = schema_pattern("^[0-9]{1,16}$", 16);
	}
	json_object_del(schema, "description");
	p = json_pack("{s:s, s:s, s:b, s:o, s:O}", "name", name, "in", "query", "required", required,
		"description", text, "schema", schema);
	if (json_object_get(schema, "items"))    /* a=1&a=2, or a=1,2 */
		json_object_set_new(p, "explode", json_true());
	json_decref(schema);
	return p;
}

json_t *fields_parameters(const struct field *fields)
{
	json_t *all = json_array();

	for (const struct field *f = fields; f && f->name; f++) {
		if (f->page_only || f->type == F_FILE)
			continue;
		json_array_append_new(all, parameter(f->name, described(f), f->required));
		if (f->type == F_MONEY)
			json_array_append_new(all, parameter(field_with(f), currency(), f->required));
	}
	return all;
}
