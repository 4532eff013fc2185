/* doc_shown.c - what only the page needs beside a value: words, dates in the user's zone */
#include "doc_part.h"

#include <string.h>

#include "intl.h"
#include "list.h"
#include "str.h"

void shown_text(json_t *o, const char *name, const char *suffix, const char *text)
{
	char key[MAX_KEY];
	size_t n = strlen(name), m = strlen(suffix);

	if (!text || n + m >= sizeof(key))
		return;
	memcpy(key, name, n);
	memcpy(key + n, suffix, m + 1);
	json_object_set_new_nocheck(o, key, json_text(text));
}

void currency_key(const char *name, char out[MAX_KEY])
{
	size_t n = strlen(name);

	if (str_eq(name, "amount") || n + sizeof("_currency") > MAX_KEY) {
		str_copy(out, MAX_KEY, "currency");
		return;
	}
	memcpy(out, name, n);
	memcpy(out + n, "_currency", sizeof("_currency"));
}

bool shown_wanted(const struct doc *d)
{
	return d->q->face == FACE_HTML;
}

static bool exporting(const struct doc *d)
{
	return d->q->page && d->q->page->limit > MAX_PAGE_ROWS;
}

void shown_when(struct doc *d, json_t *into, const char *name, struct when w)
{
	struct req *q = d->q;
	const char *zone = str_or(q->user ? q->user->zone : NULL, "UTC");
	const char *language = str_or(q->language, "en");

	if (when_none(w))
		return;
	shown_text(into, name, "_text", when_text(q->arena, w, zone, language));
	shown_text(into, name, "_date", when_date_text(q->arena, w, zone, language));
	shown_text(into, name, "_in", when_distance(q->arena, w, q->db ? q->db->now : when_now()));
}

void shown_day(struct doc *d, json_t *into, const char *name, struct day v)
{
	if (v.n != DAY_NONE)
		shown_text(into, name, "_text", day_text(d->q->arena, v, str_or(d->q->language, "en")));
}

void shown_money(struct doc *d, json_t *into, const char *name, struct money m)
{
	if (m.currency[0])
		shown_text(into, name, "_text", money_text(d->q->arena, m, str_or(d->q->language, "en")));
}

static void shown_choice(json_t *into, const struct column *c, const char *value)
{
	const struct choice *row = value ? choice_find(c->choices, value) : NULL;

	if (!row)
		return;
	shown_text(into, c->name, "_text", _(str_or(row->label, row->value)));
	shown_text(into, c->name, "_tone", row->tone);
}

void shown_row(struct doc *d, json_t *into, const struct column *cols, const void *row)
{
	for (const struct column *c = cols; c->name; c++) {
		const void *member = (const char *)row + c->offset;

		if (c->hidden)
			continue;
		if (c->type == COL_TEXT && c->choices)
			shown_choice(into, c, *(const char *const *)member);
		if (exporting(d))
			continue;    /* a file holds plain values; naming 50,000 dates takes seconds */
		if (c->type == COL_WHEN)
			shown_when(d, into, c->name, *(const struct when *)member);
		else if (c->type == COL_DAY)
			shown_day(d, into, c->name, *(const struct day *)member);
		else if (c->type == COL_MONEY)
			shown_money(d, into, c->name, *(const struct money *)member);
	}
}
