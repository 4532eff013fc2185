/* view_page.c - everything layout/list.cs draws */
#include "view_part.h"

#include <string.h>

#include "doc_part.h"
#include "field_part.h"
#include "intl.h"
#include "route.h"
#include "str.h"

/* A new filter, order or search starts at the first page again. */
static const char *const paging[] = { "after", "format", NULL };
/* What is no filter. */
static const char *const view_names[] = { "sort", "after", "limit", "cols", "format", NULL };

static const char *const show_names[] = {
	[SHOW_TEXT] = "text", [SHOW_LINK] = "link", [SHOW_BADGE] = "badge", [SHOW_NUMBER] = "number",
	[SHOW_MONEY] = "money", [SHOW_WHEN] = "when", [SHOW_DAY] = "day", [SHOW_BOOL] = "bool",
};

static void put(json_t *o, const char *name, const char *text)
{
	if (!str_empty(text))
		json_object_set_new_nocheck(o, name, json_text(text));
}

static bool is_view_name(const char *name)
{
	for (const char *const *s = view_names; *s; s++)
		if (str_eq(*s, name))
			return true;
	return false;
}

/* ---- headings ---- */
static void put_sort(struct doc *d, json_t *o, const struct view_column *c)
{
	const char *now = d->q->page->order ? d->q->page->order->name : NULL;
	const char *first = c->sort_up ? c->sort_up : c->sort_down, *other;

	if (!first)
		return;
	other = str_eq(now, c->sort_up) && c->sort_down ? c->sort_down : first;
	put(o, "sort_url", view_address(d->q, paging, "sort", other));
	if (now && str_eq(now, c->sort_up))
		put(o, "sorted", "up");
	else if (now && str_eq(now, c->sort_down))
		put(o, "sorted", "down");
}

static json_t *columns(struct doc *d, const struct view *v)
{
	json_t *list = json_array();

	for (const struct view_column *c = v->columns; c->name; c++) {
		json_t *o;

		if (!view_column_on(d->q, c))
			continue;
		o = json_object();
		put(o, "name", c->name);
		put(o, "label", _(c->label));
		put(o, "show", show_names[c->show]);
		put(o, "on", "1");
		put(o, "card", c->card ? "1" : NULL);
		put_sort(d, o, c);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *chooser(struct doc *d, const struct view *v)
{
	json_t *list = json_array();

	for (const struct view_column *c = v->columns; c->name; c++) {
		json_t *o = json_object();

		put(o, "name", c->name);
		put(o, "label", _(c->label));
		put(o, "on", view_column_on(d->q, c) ? "1" : NULL);
		json_array_append_new(list, o);
	}
	return list;
}

/* ---- rows ---- */
static const char *member(struct doc *d, const struct view *v, size_t i, const char *name, const char *suffix)
{
	return view_text(d, view_member(d, v, i, name, suffix));
}

static json_t *cell(struct doc *d, const struct view *v, size_t i, const struct view_column *c)
{
	json_t *o = json_object();
	const char *plain = member(d, v, i, c->name, ""), *text = member(d, v, i, c->name, "_text");

	if (c->show == SHOW_WHEN) {
		put(o, "title", text);
		put(o, "in", member(d, v, i, c->name, "_in"));
		text = member(d, v, i, c->name, "_date");
	}
	if (c->show == SHOW_BOOL)
		text = json_is_true(view_member(d, v, i, c->name, "")) ? "1" : "0";
	put(o, "name", c->name);
	put(o, "label", _(c->label));
	put(o, "text", text ? text : plain);
	put(o, "show", show_names[c->show]);
	put(o, "tone", member(d, v, i, c->name, "_tone"));
	put(o, "on", "1");
	put(o, "card", c->card ? "1" : NULL);
	if (c->show == SHOW_WHEN || c->show == SHOW_DAY)
		put(o, "iso", plain);
	return o;
}

static json_t *items(struct doc *d, const struct view *v)
{
	json_t *list = json_array();
	size_t n = view_size(d, v);

	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object(), *cells = json_array();
		const char *id = member(d, v, i, "id", ""), *url = member(d, v, i, "url", "");

		for (const struct view_column *c = v->columns; c->name; c++)
			if (view_column_on(d->q, c))
				json_array_append_new(cells, cell(d, v, i, c));
		put(o, "id", id);
		if (!url && id)
			url = arena_printf(d->q->arena, "%s/%s", d->q->path, id);
		put(o, "url", url);
		json_object_set_new_nocheck(o, "cells", cells);
		json_array_append_new(list, o);
	}
	return list;
}

/* ---- filters ---- */
static void chip(struct doc *d, json_t *list, const struct field *f, const char *value, size_t at)
{
	struct req *q = d->q;
	json_t *o = json_object();
	const char *label = _(f->label ? f->label : f->name), *kept = q->query.p[at].value;

	put(o, "label", f->type == F_BOOL || f->hidden ? label :
		arena_printf(q->arena, "%s: %s", label, field_value_text(q, f, value)));
	/* Only this one of several values of the same filter goes. */
	q->query.p[at].value = "";
	put(o, "remove_url", view_address(q, paging, NULL, NULL));
	q->query.p[at].value = kept;
	json_array_append_new(list, o);
}

static bool is_filter(const struct field *f)
{
	return !str_eq(f->name, "q");
}

static json_t *chips(struct doc *d, const struct field *fields)
{
	json_t *list = json_array();

	for (const struct field *f = fields; f && f->name; f++)
		for (size_t i = 0; is_filter(f) && i < d->q->query.n; i++)
			if (str_eq(d->q->query.p[i].name, f->name) && d->q->query.p[i].value[0])
				chip(d, list, f, d->q->query.p[i].value, i);
	return list;
}

/* A filter is drawn as a select that starts with "Any", whatever the field looks like in a form. */
static void start_with_any(json_t *o, const struct field *f, const char *value)
{
	json_t *options = json_object_get(o, "options"), *any = json_object();

	json_object_set_new_nocheck(any, "value", json_string(""));
	put(any, "label", _("Any"));
	put(any, "selected", str_empty(value) ? "1" : NULL);
	if (f->type == F_BOOL) {
		options = json_pack("[{s:s, s:s, s:s*}]", "value", "1", "label", _("Yes"), "selected",
			str_empty(value) ? NULL : "1");
		json_object_set_new_nocheck(o, "options", options);
	} else if (options && f->type != F_CHOICES) {
		json_array_remove(options, 0);
	}
	if (options)
		json_array_insert(options, 0, any);
	json_decref(any);
}

static json_t *filters(struct doc *d, const struct field *fields)
{
	json_t *all = fields_form(d->q, fields, NULL), *shown = json_array(), *o;
	size_t i;

	json_array_foreach(all, i, o) {
		if (!is_filter(&fields[i]))
			continue;
		if (!fields[i].hidden)
			start_with_any(o, &fields[i], req_query(d->q, fields[i].name));
		json_array_append(shown, o);
	}
	json_decref(all);
	return shown;
}

/* ---- saved views and orders ---- */
static bool asked_for(const struct req *q, const char *pair, size_t n)
{
	const char *eq = memchr(pair, '=', n);
	size_t name = eq ? (size_t)(eq - pair) : n;

	for (size_t i = 0; i < q->query.n; i++) {
		const struct param *p = &q->query.p[i];

		if (strlen(p->name) == name && !strncmp(p->name, pair, name) && eq &&
		    strlen(p->value) == n - name - 1 && !strncmp(p->value, eq + 1, n - name - 1))
			return true;
	}
	return false;
}

/* A saved view is where one is when its filters, and no others, are set. */
static bool active(const struct req *q, const char *query)
{
	size_t wanted = 0, set = 0;

	for (const char *s = query; *s; s += strcspn(s, "&"), s += *s == '&') {
		size_t n = strcspn(s, "&");
		bool order = !strncmp(s, "sort=", 5);

		wanted += !order;
		if (!asked_for(q, s, n))
			return false;
	}
	for (size_t i = 0; i < q->query.n; i++)
		set += q->query.p[i].value[0] && q->query.p[i].name[0] != '_' && !is_view_name(q->query.p[i].name);
	return wanted == set;
}

static json_t *saved(struct doc *d, const struct view *v)
{
	json_t *list = json_array();

	for (const struct saved_view *s = v->saved; s && s->label; s++) {
		json_t *o = json_object();
		const char *query = str_or(s->query, "");

		put(o, "label", _(s->label));
		put(o, "url", arena_printf(d->q->arena, "%s%s%s", d->q->path, *query ? "?" : "", query));
		put(o, "active", active(d->q, query) ? "1" : NULL);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *orders(struct doc *d, const struct view *v)
{
	json_t *list = json_array();

	for (const struct list_order *order = v->orders; order && order->name; order++) {
		json_t *o = json_object();

		put(o, "name", order->name);
		put(o, "label", _(order->label));
		put(o, "url", view_address(d->q, paging, "sort", order->name));
		put(o, "selected", order == d->q->page->order ? "1" : NULL);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *bulk(const struct view *v)
{
	json_t *list = json_array();

	for (const struct choice *c = v->bulk_actions; v->bulk_url && c && c->value; c++) {
		json_t *o = json_object();

		put(o, "value", c->value);
		put(o, "label", _(c->label));
		json_array_append_new(list, o);
	}
	return list;
}

static void put_empty(struct doc *d, const struct view *v, json_t *o, bool filtered)
{
	if (filtered) {
		put(o, "empty", _("Nothing matches. Take away a filter or search for something else."));
		put(o, "empty_action", _("Show all"));
		put(o, "empty_url", d->q->path);
		return;
	}
	put(o, "empty", v->empty ? _(v->empty) : _("Nothing here yet."));
	put(o, "empty_action", v->empty_action ? _(v->empty_action) : NULL);
	put(o, "empty_url", v->empty_url);
}

int view_page(struct doc *d, const struct view *v, const char *next, int64_t total)
{
	struct req *q = d->q;
	const struct field *fields = q->route ? q->route->fields : NULL;
	const char *search = req_query(q, "q");
	json_t *o = json_object(), *on = chips(d, fields);
	bool filtered = json_array_size(on) || !str_empty(search);

	put(o, "rows", v->rows);
	put(o, "title", v->title ? _(v->title) : NULL);
	put(o, "count", total < 0 ? NULL : arena_printf(q->arena, "%lld", (long long)total));
	put_empty(d, v, o, filtered);
	put(o, "filtered", filtered ? "1" : NULL);
	put(o, "clear_url", filtered ? q->path : NULL);
	put(o, "next_url", next ? view_address(q, paging, "after", next) : NULL);
	put(o, "first_url", q->page->after_id ? view_address(q, paging, NULL, NULL) : NULL);
	put(o, "export_url", view_address(q, paging, "format", "csv"));
	put(o, "sort", q->page->order ? q->page->order->name : NULL);
	put(o, "cols", req_query(q, "cols"));
	put(o, "search", search);
	put(o, "bulk_url", v->bulk_url);
	for (const struct field *f = fields; f && f->name; f++)
		put(o, "searchable", str_eq(f->name, "q") ? "1" : NULL);
	json_object_set_new_nocheck(o, "columns", columns(d, v));
	json_object_set_new_nocheck(o, "chooser", chooser(d, v));
	json_object_set_new_nocheck(o, "bulk", bulk(v));
	json_object_set_new_nocheck(o, "filters", filters(d, fields));
	json_object_set_new_nocheck(o, "chips", on);
	json_object_set_new_nocheck(o, "saved", saved(d, v));
	json_object_set_new_nocheck(o, "orders", orders(d, v));
	json_object_set_new_nocheck(o, "items", items(d, v));
	return doc_show_json(d, "List", o);
}
