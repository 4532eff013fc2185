/* field_form.c - a field table as what a template draws
 *
 * After an error the page shows what was typed, not what was understood of it.
 */
#include "field_part.h"

#include <string.h>

#include "intl.h"
#include "str.h"

static const char *const type_names[] = {
	[F_TEXT] = "text", [F_LONGTEXT] = "longtext", [F_EMAIL] = "email", [F_PASSWORD] = "password",
	[F_DOMAIN] = "domain", [F_URL] = "url", [F_PHONE] = "phone", [F_MONEY] = "money",
	[F_DATE] = "date", [F_INT] = "int", [F_BOOL] = "bool", [F_CHOICE] = "choice",
	[F_CHOICES] = "choices", [F_COUNTRY] = "country", [F_ZONE] = "zone", [F_CODE] = "code",
	[F_FILE] = "file",
};

static void put(json_t *o, const char *name, const char *text)
{
	if (!str_empty(text))
		json_object_set_new_nocheck(o, name, json_string(text));
}

static void put_flag(json_t *o, const char *name, bool on)
{
	put(o, name, on ? "1" : NULL);
}

/* ---- values ---- */
static const char *typed(struct req *q, const struct field *f)
{
	const struct params *p = field_params(q);
	struct strbuf all;

	if (f->type != F_CHOICES)
		return params_get(p, f->name);
	strbuf_init(&all, q->arena, MAX_VALUE);
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->p[i].name, f->name))
			strbuf_addf(&all, "%s%s", all.len ? "," : "", p->p[i].value);
	return all.text;
}

static const char *of_member(struct req *q, const struct field *f, const void *member)
{
	const struct money *m = member;

	switch (f->type) {
	case F_MONEY: return m->currency[0] ? money_decimal(q->arena, *m) : NULL;
	case F_DATE: return day_iso(q->arena, *(const struct day *)member);
	case F_INT: return arena_printf(q->arena, "%lld", (long long)*(const int64_t *)member);
	case F_BOOL: return *(const bool *)member ? "1" : NULL;
	case F_FILE: return NULL;
	default: return *(const char *const *)member;
	}
}

static const char *value_of(struct req *q, const struct field *f, const void *values)
{
	if (f->type == F_PASSWORD || f->type == F_FILE)
		return NULL;
	return values ? of_member(q, f, (const char *)values + f->offset) : typed(q, f);
}

static const char *currency_of(struct req *q, const struct field *f, const void *values)
{
	const struct money *m = values ? (const void *)((const char *)values + f->offset) : NULL;

	return m ? m->currency : params_get(field_params(q), field_with(f));
}

/* ---- options ---- */
static bool has_value(const char *list, const char *value, bool many)
{
	size_t n = strlen(value);

	if (!many)
		return str_eq(str_or(list, ""), value);
	for (const char *s = str_or(list, ""); *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") == n && !strncmp(s, value, n))
			return true;
	return false;
}

static void option(json_t *list, const char *value, const char *label, bool selected)
{
	json_t *o = json_object();

	json_object_set_new_nocheck(o, "value", json_string(value));
	put(o, "label", label);
	put_flag(o, "selected", selected);
	json_array_append_new(list, o);
}

/* Choices kept in the code are translated; those from the database are as they were entered. */
static const char *choice_label(const struct field *f, const struct choice *c)
{
	return f->choices_of ? str_or(c->label, c->value) : _(str_or(c->label, c->value));
}

static int options(struct req *q, const struct field *f, const char *value, json_t *list)
{
	const struct choice *set;
	const struct named *named;
	const char *const *plain;
	size_t n;
	int rc;

	if (f->type != F_CHOICES)
		option(list, "", _("Choose"), str_empty(value));
	switch (f->type) {
	case F_CHOICE: case F_CHOICES:
		rc = field_choices(q, f, &set);
		for (; !rc && set && set->value; set++)
			option(list, set->value, choice_label(f, set),
				has_value(value, set->value, f->type == F_CHOICES));
		return rc;
	case F_COUNTRY:
		named = countries(q->language, &n);
		for (size_t i = 0; i < n; i++)
			option(list, named[i].value, named[i].label, has_value(value, named[i].value, false));
		return OK;
	default:
		plain = zones(&n);
		for (size_t i = 0; i < n; i++)
			option(list, plain[i], plain[i], has_value(value, plain[i], false));
		return OK;
	}
}

static void money_options(json_t *o, const char *currency)
{
	json_t *list = json_array();
	size_t n;
	const char *const *all = currencies(&n);

	currency = str_or(currency, n ? all[0] : "");
	put(o, "currency_value", currency);
	for (size_t i = 0; i < n; i++)
		option(list, all[i], all[i], str_eq(all[i], currency));
	json_object_set_new_nocheck(o, "currency_options", list);
}

/* ---- one field ---- */
static const char *error_of(const struct req *q, const char *name)
{
	for (size_t i = 0; i < q->err->n_fields; i++)
		if (str_eq(q->err->fields[i].field, name))
			return q->err->fields[i].message;
	return NULL;
}

static const char *inputmode_of(const struct field *f)
{
	if (f->inputmode)
		return f->inputmode;
	switch (f->type) {
	case F_EMAIL: return "email";
	case F_DOMAIN: case F_URL: return "url";
	case F_PHONE: return "tel";
	case F_MONEY: return "decimal";
	case F_INT: return "numeric";
	default: return NULL;
	}
}

static const char *autocomplete_of(const struct field *f)
{
	if (f->autocomplete)
		return f->autocomplete;
	return f->type == F_EMAIL ? "email" : f->type == F_PHONE ? "tel" : NULL;
}

static void put_bounds(struct req *q, const struct field *f, json_t *o)
{
	bool number = f->type == F_INT || f->type == F_MONEY;

	if (f->type == F_DATE || f->type == F_BOOL || f->type == F_CHOICE || f->type == F_CHOICES)
		return;
	if (f->min || f->type == F_INT)
		put(o, "min", arena_printf(q->arena, "%lld", (long long)f->min));
	if (f->max || !number)
		put(o, "max", arena_printf(q->arena, "%lld", (long long)field_max(f)));
}

static int one_field(struct req *q, const struct field *f, const void *values, json_t *o)
{
	const char *value = value_of(q, f, values), *error = error_of(q, f->name);
	json_t *list;
	int rc = OK;

	put(o, "name", f->name);
	put(o, "type", type_names[f->type]);
	put(o, "label", _(f->label ? f->label : f->name));
	put(o, "help", f->help ? _(f->help) : NULL);
	put(o, "placeholder", f->placeholder ? _(f->placeholder) : NULL);
	put(o, "value", value);
	put_flag(o, "required", f->required);
	put_flag(o, "hidden", f->hidden);
	put(o, "inputmode", inputmode_of(f));
	put(o, "autocomplete", autocomplete_of(f));
	put(o, "accept", f->accept);
	put_bounds(q, f, o);
	if (f->type == F_MONEY) {
		put(o, "with", field_with(f));
		money_options(o, currency_of(q, f, values));
		error = error ? error : error_of(q, field_with(f));
	}
	if (f->type == F_CHOICE || f->type == F_CHOICES || f->type == F_COUNTRY || f->type == F_ZONE) {
		list = json_array();
		rc = options(q, f, value, list);
		json_object_set_new_nocheck(o, "options", list);
	}
	put(o, "error", error);
	return rc;
}

json_t *fields_form(struct req *q, const struct field *fields, const void *values)
{
	json_t *all = json_array();

	for (const struct field *f = fields; f && f->name; f++) {
		json_t *o = json_object();

		json_array_append(all, o);
		json_decref(o);
		if (one_field(q, f, values, o)) {
			json_decref(all);
			return NULL;
		}
	}
	return all;
}

static const struct field *named_field(const struct field *fields, const char *name)
{
	for (const struct field *f = fields; f && f->name; f++)
		if (str_eq(f->name, name) || (f->type == F_MONEY && str_eq(field_with(f), name)))
			return f;
	return NULL;
}

json_t *fields_errors(struct req *q, const struct field *fields)
{
	json_t *all = json_array();

	for (size_t i = 0; i < q->err->n_fields; i++) {
		const struct field_error *e = &q->err->fields[i];
		const struct field *f = named_field(fields, e->field);
		json_t *o = json_object();

		put(o, "field", f ? f->name : e->field);
		put(o, "message", e->message);
		put(o, "label", f ? _(f->label ? f->label : f->name) : e->field);
		json_array_append_new(all, o);
	}
	return all;
}

const char *field_value_text(struct req *q, const struct field *f, const char *value)
{
	const struct choice *set = NULL, *c;
	const char *name;
	struct day day;

	switch (f->type) {
	case F_CHOICE: case F_CHOICES:
		if (field_choices(q, f, &set))
			return value;
		c = set ? choice_find(set, value) : NULL;
		return c ? choice_label(f, c) : value;
	case F_COUNTRY:
		name = country_name(value, q->language);
		return name ? name : value;
	case F_DATE:
		return day_from_iso(value, &day) ? day_text(q->arena, day, q->language) : value;
	default:
		return value;
	}
}
