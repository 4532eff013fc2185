/* view_csv.c - a list, or the next piece of it, as a CSV file with the columns that are shown */
#include "view_part.h"

#include "csv_out.h"
#include "doc_part.h"
#include "intl.h"
#include "str.h"

#define MAX_CSV (12u << 20)        /* of EXPORT_ROWS */

static bool is_money(const struct view_column *c)
{
	return c->show == SHOW_MONEY;
}

static void heading(struct doc *d, struct csv_out *out, const struct view_column *c)
{
	csv_out_cell(out, _(c->label));
	if (is_money(c))
		csv_out_cell(out, arena_printf(d->q->arena, "%s (%s)", _(c->label), _("currency")));
}

/* The words of a state where there are some; plain values of everything else, so that
 * a spreadsheet can sort and add them. */
static void cell(struct doc *d, const struct view *v, struct csv_out *out, size_t i,
	const struct view_column *c)
{
	json_t *value = view_member(d, v, i, c->name, "");
	char key[MAX_KEY];

	if (c->show == SHOW_BADGE || c->show == SHOW_TEXT || c->show == SHOW_LINK) {
		json_t *words = view_member(d, v, i, c->name, "_text");

		value = words ? words : value;
	}
	csv_out_cell(out, view_text(d, value));
	if (!is_money(c))
		return;
	currency_key(c->name, key);
	csv_out_cell(out, view_text(d, view_member(d, v, i, key, "")));
}

int view_csv(struct doc *d, const struct view *v, const char *next)
{
	struct req *q = d->q;
	struct csv_out *out = ARENA_NEW(q->arena, struct csv_out);
	const char *day = day_iso(q->arena, when_day(q->db ? q->db->now : when_now(), "UTC"));
	bool first = !d->export_goes_on;
	size_t n = view_size(d, v);

	if (!out || csv_out_init(out, q->arena, MAX_CSV, first && q->face == FACE_HTML))
		return fail_detail(q->err, E_NOMEM, "csv: no memory");
	for (const struct view_column *c = v->columns; first && c->name; c++)
		if (view_column_on(q, c))
			heading(d, out, c);
	if (first)
		csv_out_line(out);
	for (size_t i = 0; i < n; i++) {
		for (const struct view_column *c = v->columns; c->name; c++)
			if (view_column_on(q, c))
				cell(d, v, out, i, c);
		csv_out_line(out);
	}
	if (out->overflow)
		return fail(q->err, E_TOOLARGE, _("This export is too large. Please narrow the list first."));
	d->export_next = next;
	d->export_rows = n;
	return doc_raw(d, "text/csv; charset=utf-8",
		arena_printf(q->arena, "%s-%s.csv", v->rows, str_or(day, "")), out->text, out->len);
}
