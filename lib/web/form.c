/* form.c - the forms of a page, from the POST rows that are redrawn there */
#include "form.h"

#include "intl.h"
#include "route_match.h"
#include "str.h"

/* NULL: a row without redraw is its own page. */
static bool is_on(const struct route *post, const struct route *page)
{
	if (post->method == GET || (post->flags & API_ONLY))
		return false;
	return post->redraw ? str_eq(post->redraw, page->pattern) : str_eq(post->pattern, page->pattern);
}

bool form_on_page(const struct program *programs, const struct route *page)
{
	for (; programs->name; programs++)
		for (const struct route *r = programs->routes; r->pattern; r++)
			if (r->fields && r->fields == page->fields && is_on(r, page))
				return true;
	return false;
}

/* Choices out of the database cost a query: only the page's own form, or the one that failed, has them. */
static bool asks_database(const struct field *f)
{
	for (; f && f->name; f++)
		if (f->choices_of)
			return true;
	return false;
}

static bool has_file(const struct field *f)
{
	for (; f->name; f++)
		if (f->type == F_FILE)
			return true;
	return false;
}

/* "/deals/{id}/reject" -> "reject"; "/deals" -> "deals" */
static const char *form_name(struct arena *a, const char *pattern)
{
	const char *end = pattern + strlen(pattern), *start = end;

	while (start > pattern) {
		while (start > pattern && start[-1] != '/')
			start--;
		if (*start != '{')
			break;
		end = --start;
	}
	return arena_strndup(a, start, (size_t)(end - start));
}

/* Where "Cancel" leads: up from ".../new" and ".../edit"; nowhere from a record's own page. */
static const char *cancel_url(struct req *q, const struct route *page)
{
	const char *path = route_path(q->arena, page->pattern, q->id, q->sub_id, q->key);
	const char *slash = path ? strrchr(path, '/') : NULL, *last = strrchr(page->pattern, '/');

	if (!slash || slash == path || !last || last[1] == '{')
		return NULL;
	return arena_strndup(q->arena, path, (size_t)(slash - path));
}

static bool all_digits(const char *s)
{
	return !str_empty(s) && strspn(s, "0123456789") == strlen(s);
}

/* The version a change will rest on: the record's as it is drawn now. */
static const char *form_version(struct doc *d)
{
	struct req *q = d->q;

	if (all_digits(d->etag))
		return d->etag;
	return q->version ? arena_printf(q->arena, "%lld", (long long)q->version) : NULL;
}

static void put(json_t *o, const char *name, const char *text)
{
	if (text)
		json_object_set_new(o, name, json_string(text));
}

/* A stale edit shows what the other person made of a field beside what was typed. */
static void put_theirs(struct req *q, const struct field *fields, json_t *typed)
{
	json_t *theirs = fields_form(q, fields, q->input), *mine;
	size_t i;

	json_array_foreach(typed, i, mine) {
		json_t *other = json_array_get(theirs, i);
		const char *value = json_string_value(json_object_get(other, "value"));
		const char *name = json_string_value(json_object_get(other, "name"));

		if (!value || !name || str_eq(value, json_string_value(json_object_get(mine, "value"))))
			continue;
		for (const struct field *f = fields; f->name; f++)
			if (str_eq(f->name, name))
				value = str_or(field_value_text(q, f, value), value);
		put(mine, "theirs", value);
	}
	json_decref(theirs);
}

static json_t *by_name(json_t *fields)
{
	json_t *o = json_object(), *f;
	size_t i;

	json_array_foreach(fields, i, f) {
		const char *name = json_string_value(json_object_get(f, "name"));

		if (name)
			json_object_set(o, name, f);
	}
	return o;
}

static json_t *form_errors(struct req *q, const struct route *row)
{
	json_t *errors = row->fields ? fields_errors(q, row->fields) : NULL;

	if (!errors)
		errors = json_array();
	/* a refusal of the whole, not of a field */
	if (!q->err->n_fields && q->err->rc)
		json_array_insert_new(errors, 0, json_pack("{s:s, s:s, s:s}", "field", "",
			"message", q->err->message, "label", q->err->hint));
	return errors;
}

/* values NULL: what was typed. */
static json_t *make_form(struct doc *d, const struct route *page, const struct route *row, const void *values,
	const struct route *failed)
{
	struct req *q = d->q;
	json_t *form = json_object(), *fields;

	if (!form)
		return NULL;
	put(form, "action", route_path(q->arena, row->pattern, q->id, q->sub_id, q->key));
	put(form, "method", "post");
	put(form, "submit", row->title ? _(row->title) : NULL);
	put(form, "cancel_url", cancel_url(q, page));
	put(form, "version", form_version(d));
	if (row->fields) {
		fields = fields_form(q, row->fields, values);
		if (row == failed && q->err->rc == E_STALE && q->input)
			put_theirs(q, row->fields, fields);
		if (has_file(row->fields))
			put(form, "multipart", "1");
		json_object_set_new(form, "f", by_name(fields));
		json_object_set_new(form, "fields", fields);
	}
	if (row == failed) {
		json_object_set_new(form, "errors", form_errors(q, row));
		if (q->err->rc == E_STALE)
			put(form, "stale", "1");
	}
	return form;
}

/* What a form shows first: what the handler put into q->input for this page's own fields, else nothing. */
static const void *first_values(struct req *q, const struct route *page, const struct route *row)
{
	if (row->fields && row->fields == page->fields && q->route->fields == row->fields && q->input)
		return q->input;
	return arena_alloc(q->arena, row->input_size);
}

int forms_make(struct worker *w, struct doc *d, const struct route *page, const struct route *failed, json_t *into)
{
	struct req *q = d->q;
	json_t *all = json_object(), *main_form = NULL;
	struct err none = { .rc = OK }, *why = q->err;

	for (const struct program *p = w->programs; p->name; p++)
		for (const struct route *r = p->routes; r->pattern; r++) {
			json_t *form;

			if (!is_on(r, page) || !user_may(q->user, r->right) || (!r->fields && r != failed))
				continue;
			if (r != failed && r->fields != page->fields && asks_database(r->fields))
				continue;
			/* the errors are those of one form only */
			q->err = r == failed ? why : &none;
			form = make_form(d, page, r, r == failed ? NULL : first_values(q, page, r), failed);
			q->err = why;
			if (!form)
				continue;
			if (r == failed || (!failed && !main_form && r->fields == page->fields))
				main_form = form;
			json_object_set_new(all, form_name(q->arena, r->pattern), form);
		}
	if (main_form)
		json_object_set(into, "Form", main_form);
	json_object_set_new(into, "Forms", all);
	return OK;
}
