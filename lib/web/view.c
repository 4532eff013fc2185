/* view.c - the list pattern: what was asked for, and where the answer goes */
#include "view_part.h"

#include <string.h>

#include "doc_part.h"
#include "intl.h"
#include "route.h"
#include "str.h"

bool view_exports(const struct req *q)
{
	return str_eq(req_query(q, "format"), "csv");
}

/* ---- reading ---- */
static int read_order(struct req *q, const struct view *v)
{
	const char *name = req_query(q, "sort");
	const struct list_order *o;

	q->page->order = v->orders;
	if (str_empty(name))
		return OK;
	for (o = v->orders; o && o->name; o++) {
		if (str_eq(o->name, name)) {
			q->page->order = o;
			return OK;
		}
	}
	return fail_field(q->err, "sort", _("Choose the order from the list of this address"));
}

static int read_limit(struct req *q)
{
	const char *text = req_query(q, "limit");
	int64_t v = PAGE_ROWS;
	bool ok = str_empty(text) || str_to_int(text, 1, MAX_PAGE_ROWS, &v);

	q->page->limit = view_exports(q) ? EXPORT_ROWS : ok ? (int)v : PAGE_ROWS;
	return ok ? OK : fail_field(q->err, "limit", _("Enter a number from 1 to %d for limit"), MAX_PAGE_ROWS);
}

static int read_cursor(struct req *q)
{
	const char *text = req_query(q, "after");

	if (str_empty(text) || page_read_cursor(q->arena, text, q->page))
		return OK;
	q->page->after_key = NULL;
	q->page->after_id = 0;
	return fail_field(q->err, "after", _("Use a cursor as it came in page.next"));
}

static int read_format(struct req *q)
{
	const char *text = req_query(q, "format");

	if (str_empty(text) || str_eq(text, "csv") || str_eq(text, "json"))
		return OK;
	return fail_field(q->err, "format", _("Choose csv or json for format"));
}

int view_read(struct req *q, const struct view *v)
{
	struct err before = *q->err;
	int rc;

	q->page = ARENA_NEW(q->arena, struct page);
	if (!q->page)
		return fail_detail(q->err, E_NOMEM, "view: arena is full");
	rc = read_order(q, v) | read_limit(q) | read_cursor(q) | read_format(q) ? E_INVALID : OK;
	if (rc && q->face == FACE_HTML) {
		*q->err = before;
		return OK;
	}
	return rc;
}

/* ---- addresses ---- */
static bool listed(const char *const *list, const char *name)
{
	for (; list && *list; list++)
		if (str_eq(*list, name))
			return true;
	return false;
}

static void add_pair(struct req *q, struct strbuf *b, const char *name, const char *value)
{
	strbuf_addf(b, "%s%s=%s", strchr(b->text, '?') ? "&" : "?", str_or(str_url(q->arena, name), ""),
		str_or(str_url(q->arena, value), ""));
}

const char *view_address(const struct req *q, const char *const *drop, const char *name, const char *value)
{
	struct req *w = (struct req *)(uintptr_t)q;    /* only its arena is used up */
	struct strbuf b;

	strbuf_init(&b, q->arena, 4 * MAX_QUERY);
	strbuf_addf(&b, "%s%s", q->face == FACE_JSON ? "/api/v1" : "", q->path);
	for (size_t i = 0; i < q->query.n; i++) {
		const struct param *p = &q->query.p[i];

		if (p->name[0] != '_' && p->value[0] && !str_eq(p->name, name) && !listed(drop, p->name))
			add_pair(w, &b, p->name, p->value);
	}
	if (name && value)
		add_pair(w, &b, name, value);
	return b.overflow ? q->path : b.text;
}

/* cols=a,b and cols=a&cols=b say the same: the latter comes from checkboxes. */
bool view_column_on(const struct req *q, const struct view_column *c)
{
	size_t n = strlen(c->name);
	bool chosen = false;

	for (size_t i = 0; i < q->query.n; i++) {
		const char *s = q->query.p[i].value;

		if (!str_eq(q->query.p[i].name, "cols"))
			continue;
		for (; *s; s += strcspn(s, ","), s += *s == ',') {
			chosen = true;
			if (strcspn(s, ",") == n && !strncmp(s, c->name, n))
				return true;
		}
	}
	return !chosen && c->on && (!c->across || q->user->vendor);
}

/* ---- rows as they stand in the document ---- */
size_t view_size(const struct doc *d, const struct view *v)
{
	return json_array_size(doc_find(d->root, v->rows));
}

json_t *view_member(const struct doc *d, const struct view *v, size_t i, const char *name, const char *suffix)
{
	json_t *row = json_array_get(doc_find(d->root, v->rows), i);
	json_t *shown = json_array_get(doc_find(d->shown, v->rows), i), *value;
	char key[MAX_KEY];
	size_t n = strlen(name), m = strlen(suffix);

	if (n + m >= sizeof(key))
		return NULL;
	memcpy(key, name, n);
	memcpy(key + n, suffix, m + 1);
	value = json_object_get(shown, key);
	return value ? value : json_object_get(row, key);
}

const char *view_text(const struct doc *d, json_t *value)
{
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_integer(value))
		return arena_printf(d->q->arena, "%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? _("Yes") : _("No");
	return NULL;
}

/* ---- the answer ---- */
static int page_json(struct doc *d, const char *next, int64_t total)
{
	json_t *page = json_object();

	json_object_set_new_nocheck(page, "next", json_text(next));
	json_object_set_new_nocheck(page, "limit", json_integer(d->q->page->limit));
	json_object_set_new_nocheck(page, "total", total < 0 ? json_null() : json_integer(total));
	if (next)
		d->link_next = view_address(d->q, NULL, "after", next);
	return doc_json(d, "page", page);
}

int view_show(struct doc *d, const struct view *v, const char *next, int64_t total)
{
	if (!d->q->page)
		return fail_detail(d->q->err, E_INTERNAL, "view_show: the route of %s names no view", v->rows);
	if (view_exports(d->q))
		return view_csv(d, v, next);
	return d->q->face == FACE_JSON ? page_json(d, next, total) : view_page(d, v, next, total);
}
