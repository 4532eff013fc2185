/* doc.c - what a handler answers: one document, two faces */
#include "doc_part.h"

#include <string.h>

#include "intl.h"
#include "list.h"
#include "str.h"
#include "trees.h"

int doc_init(struct doc *d, struct req *q)
{
	memset(d, 0, sizeof(*d));
	d->q = q;
	d->root = json_object();
	d->shown = json_object();
	if (!d->root || !d->shown || arena_on_end(q->arena, tree_drop, d->root) ||
	    arena_on_end(q->arena, tree_drop, d->shown))
		return fail_detail(q->err, E_NOMEM, "document: arena is full");
	return OK;
}

static int out_of_place(struct doc *d, const char *path)
{
	return fail_detail(d->q->err, E_INTERNAL, "document: no place for %s", path);
}

/* Steals v. Replaces an array's item when path ends in an index. */
static int put(struct doc *d, json_t *root, const char *path, json_t *v)
{
	const char *name;
	json_t *parent = doc_parent(root, path, &name);

	if (parent && v && !json_object_set_new(parent, name, v))
		return OK;
	if (!parent)
		json_decref(v);
	return out_of_place(d, path);
}

int doc_text(struct doc *d, const char *path, const char *value)
{
	return put(d, d->root, path, json_text(value));
}

int doc_int(struct doc *d, const char *path, int64_t value)
{
	return put(d, d->root, path, json_integer(value));
}

int doc_bool(struct doc *d, const char *path, bool value)
{
	return put(d, d->root, path, json_boolean(value));
}

int doc_json(struct doc *d, const char *path, json_t *value)
{
	return put(d, d->root, path, value ? value : json_null());
}

int doc_show_json(struct doc *d, const char *path, json_t *value)
{
	if (shown_wanted(d))
		return put(d, d->shown, path, value ? value : json_null());
	json_decref(value);
	return OK;
}

int doc_show(struct doc *d, const char *path, const char *value)
{
	return shown_wanted(d) ? put(d, d->shown, path, json_text(value)) : OK;
}

int doc_show_in(struct doc *d, const char *list, size_t i, const char *name, const char *value)
{
	json_t *row = shown_wanted(d) ? json_array_get(doc_find(d->shown, list), i) : NULL;

	if (!shown_wanted(d))
		return OK;
	return row && !json_object_set_new_nocheck(row, name, json_text(value)) ? OK : out_of_place(d, list);
}

/* The object of .shown that path's member stands in; NULL when no page is drawn. */
static json_t *shown_parent(struct doc *d, const char *path, const char **name)
{
	return shown_wanted(d) ? doc_parent(d->shown, path, name) : NULL;
}

static json_t *when_json(struct doc *d, struct when w)
{
	return when_none(w) ? json_null() : json_text(when_iso(d->q->arena, w));
}

static json_t *day_json(struct doc *d, struct day v)
{
	return v.n == DAY_NONE ? json_null() : json_text(day_iso(d->q->arena, v));
}

int doc_when(struct doc *d, const char *path, struct when w)
{
	const char *name;
	json_t *into = shown_parent(d, path, &name);

	if (into)
		shown_when(d, into, name, w);
	return put(d, d->root, path, when_json(d, w));
}

int doc_day(struct doc *d, const char *path, struct day v)
{
	const char *name;
	json_t *into = shown_parent(d, path, &name);

	if (into)
		shown_day(d, into, name, v);
	return put(d, d->root, path, day_json(d, v));
}

static void money_members(struct doc *d, json_t *o, const char *name, struct money m)
{
	char key[MAX_KEY];
	bool none = !m.currency[0];

	currency_key(name, key);
	json_object_set_new_nocheck(o, name, none ? json_null() : json_text(money_decimal(d->q->arena, m)));
	json_object_set_new_nocheck(o, key, none ? json_null() : json_text(m.currency));
}

int doc_money(struct doc *d, const char *path, struct money m)
{
	const char *name;
	json_t *into = shown_parent(d, path, &name), *parent;

	if (into)
		shown_money(d, into, name, m);
	parent = doc_parent(d->root, path, &name);
	if (!parent)
		return out_of_place(d, path);
	money_members(d, parent, name, m);
	return OK;
}

/* ---- rows ---- */
static json_t *number_json(const struct column *c, int64_t v)
{
	return c->nullable && !v ? json_null() : json_integer(v);
}

static json_t *text_json(const struct column *c, const char *s)
{
	return json_text(s ? s : c->nullable ? NULL : "");
}

static json_t *nested_json(const char *s)
{
	json_t *v = s ? json_loads(s, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL) : NULL;

	return v ? v : json_null();
}

static json_t *column_json(struct doc *d, const struct column *c, const void *member)
{
	const struct bytes *b = member;

	switch (c->type) {
	case COL_INT: return number_json(c, *(const int64_t *)member);
	case COL_INT32: return number_json(c, *(const int *)member);
	case COL_BOOL: return json_boolean(*(const bool *)member);
	case COL_TEXT: return text_json(c, *(const char *const *)member);
	case COL_WHEN: return when_json(d, *(const struct when *)member);
	case COL_DAY: return day_json(d, *(const struct day *)member);
	case COL_JSON: return nested_json(*(const char *const *)member);
	case COL_BYTES: return text_json(c, b->data ? str_hex(d->q->arena, b->data, b->size) : NULL);
	default: return json_null();
	}
}

static void row_members(struct doc *d, json_t *o, const struct column *cols, const void *row)
{
	for (const struct column *c = cols; c->name; c++) {
		const void *member = (const char *)row + c->offset;

		if (c->hidden)
			continue;
		if (c->type == COL_MONEY)
			money_members(d, o, c->name, *(const struct money *)member);
		else
			json_object_set_new_nocheck(o, c->name, column_json(d, c, member));
	}
}

int doc_row(struct doc *d, const char *path, const struct column *cols, const void *row)
{
	json_t *o = doc_object(d->root, path), *shown;

	if (!o)
		return out_of_place(d, path);
	row_members(d, o, cols, row);
	if (!shown_wanted(d))
		return OK;
	shown = doc_object(d->shown, path);
	if (!shown)
		return out_of_place(d, path);
	shown_row(d, shown, cols, row);
	return OK;
}

int doc_rows(struct doc *d, const char *path, const struct column *cols, const void *rows,
	size_t row_size, size_t n)
{
	json_t *list = json_array(), *shown = shown_wanted(d) ? json_array() : NULL;
	int rc;

	for (size_t i = 0; i < n; i++) {
		const void *row = (const char *)rows + i * row_size;
		json_t *o = json_object();

		row_members(d, o, cols, row);
		json_array_append_new(list, o);
		if (!shown)
			continue;
		o = json_object();
		shown_row(d, o, cols, row);
		json_array_append_new(shown, o);
	}
	rc = put(d, d->root, path, list);
	if (!shown)
		return rc;
	return rc ? (json_decref(shown), rc) : put(d, d->shown, path, shown);
}

const char *doc_item(struct doc *d, const char *path, size_t i)
{
	return str_or(arena_printf(d->q->arena, "%s.%zu", path, i), "");
}

/* ---- where it goes next ---- */
static int go_to(struct doc *d, const char *where)
{
	if (!where)
		return fail_detail(d->q->err, E_NOMEM, "document: arena is full");
	d->location = d->q->face == FACE_JSON ? arena_printf(d->q->arena, "/api/v1%s", where) : where;
	return OK;
}

int doc_created(struct doc *d, const char *fmt, ...)
{
	va_list ap;
	char *where;

	va_start(ap, fmt);
	where = arena_vprintf(d->q->arena, fmt, ap);
	va_end(ap);
	d->status = d->q->face == FACE_JSON ? 201 : 303;
	return go_to(d, where);
}

int doc_go(struct doc *d, const char *fmt, ...)
{
	va_list ap;
	char *where;

	if (d->q->face == FACE_JSON) {
		d->status = 200;
		return OK;
	}
	va_start(ap, fmt);
	where = arena_vprintf(d->q->arena, fmt, ap);
	va_end(ap);
	d->status = 303;
	return go_to(d, where);
}

int doc_flash(struct doc *d, const char *tone, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	d->flash = arena_vprintf(d->q->arena, fmt, ap);
	va_end(ap);
	d->flash_tone = tone;
	return OK;
}

int doc_etag(struct doc *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	d->etag = arena_vprintf(d->q->arena, fmt, ap);
	va_end(ap);
	return OK;
}

int doc_empty(struct req *q, struct doc *d)
{
	(void)q;
	(void)d;
	return OK;
}

int doc_raw(struct doc *d, const char *type, const char *name, const void *data, size_t size)
{
	d->raw_type = type;
	d->raw_name = name;
	d->raw = data;
	d->raw_size = size;
	return OK;
}
