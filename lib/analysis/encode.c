/* encode.c - columns become features */
#include "encode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

static bool named(const char *const *list, const char *name)
{
	for (; list && *list; list++)
		if (str_eq(*list, name))
			return true;
	return false;
}

/* Whole numbers that only ever rise by the row: a number somebody counted rows with. */
static bool counts_rows(const struct table_column *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isnan(c->values[i]) || floor(c->values[i]) < c->values[i] || (i && c->values[i] <= c->values[i - 1]))
			return false;
	return n > 2;
}

static bool constant(const struct table_column *c, size_t n)
{
	double first = NAN;

	for (size_t i = 0; i < n; i++) {
		if (isnan(c->values[i]))
			continue;
		if (isnan(first))
			first = c->values[i];
		else if (c->values[i] < first || c->values[i] > first)
			return false;
	}
	return !c->n_missing || isnan(first);
}

static const char *useless(const struct table_column *c, size_t n, const char *const *leave_out)
{
	if (named(leave_out, c->name))
		return "left out by request";
	if (constant(c, n))
		return "the same in every row";
	if (c->kind == KIND_NUMBER && counts_rows(c, n))
		return "counts the rows";
	if (c->kind == KIND_CATEGORY && c->n_levels > 100 && c->n_levels > n / 5)
		return "free text: too many different values";
	return NULL;
}

static int by_count(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return x[1] != y[1] ? (x[1] < y[1] ? 1 : -1) : (x[0] > y[0]) - (x[0] < y[0]);
}

/* slot[level]: which of the column's features it is; returns how many there are. */
static size_t level_slots(struct arena *a, const struct table_column *c, size_t *slot, const char **names)
{
	size_t (*order)[2] = arena_array(a, c->n_levels + 1, sizeof(*order)), n = 0, other;

	if (!order)
		return 0;
	for (size_t i = 0; i < c->n_levels; i++) {
		order[i][0] = i;
		order[i][1] = c->counts[i];
	}
	qsort(order, c->n_levels, sizeof(*order), by_count);
	while (n < c->n_levels && n < MAX_LEVELS && (order[n][1] >= RARE_LEVEL || c->n_levels <= 2)) {
		slot[order[n][0]] = n;
		names[n] = c->levels[order[n][0]];
		n++;
	}
	other = n;
	for (size_t i = n; i < c->n_levels; i++)
		slot[order[i][0]] = other;
	if (n < c->n_levels)
		names[n++] = "(other)";
	return n == 2 && !c->n_missing ? 1 : n;        /* of two, one says it all */
}

struct plan {
	const struct table_column *c;
	size_t first, n;               /* its features */
	size_t *slot;                  /* of a category's levels */
};

static int plan_column(struct arena *a, const struct table *t, size_t i, struct plan *p, struct matrix *m)
{
	const struct table_column *c = &t->columns[i];
	const char *names[MAX_LEVELS + 1];

	p->c = c;
	p->first = m->n_features;
	p->n = 1;
	names[0] = NULL;
	if (c->kind == KIND_CATEGORY) {
		p->slot = arena_array(a, c->n_levels + 1, sizeof(*p->slot));
		p->n = p->slot ? level_slots(a, c, p->slot, names) : 0;
	}
	for (size_t k = 0; k < p->n; k++)
		m->features[m->n_features++] = (struct feature){ .column = i, .level = names[k],
			.name = names[k] ? arena_printf(a, "%s = %s", c->name, names[k]) : c->name };
	return p->n ? OK : E_NOMEM;
}

static void fill(const struct plan *p, struct matrix *m)
{
	for (size_t r = 0; r < m->n_rows; r++) {
		float *x = m->x + r * m->n_features + p->first;
		double v = p->c->values[r];

		for (size_t k = 0; k < p->n; k++)
			x[k] = isnan(v) ? NAN : p->slot ? (float)(p->slot[(size_t)v] == k) : (float)v;
	}
}

int encode(struct arena *a, struct err *e, const struct table *t, const char *const *leave_out, struct matrix *out)
{
	struct plan *plans = arena_array(a, t->n_columns + 1, sizeof(*plans));
	size_t n_plans = 0;
	int rc = OK;

	*out = (struct matrix){ .n_rows = t->n_rows,
		.features = arena_array(a, t->n_columns * (MAX_LEVELS + 1) + 1, sizeof(*out->features)),
		.left_out = arena_array(a, t->n_columns + 1, sizeof(*out->left_out)) };
	if (!plans || !out->features || !out->left_out)
		return fail(e, E_NOMEM, "no room for the features");
	for (size_t i = 0; i < t->n_columns && !rc; i++) {
		const char *why = useless(&t->columns[i], t->n_rows, leave_out);

		if (why)
			out->left_out[out->n_left_out++] = (struct left_out){ t->columns[i].name, why };
		else
			rc = plan_column(a, t, i, &plans[n_plans++], out);
	}
	if (!rc && !out->n_features)
		return fail(e, E_BAD, "no column is left that could tell anything");
	out->x = rc ? NULL : arena_array(a, out->n_rows * out->n_features + 1, sizeof(*out->x));
	if (!out->x)
		return fail(e, E_NOMEM, "no room for the features");
	for (size_t i = 0; i < n_plans; i++)
		fill(&plans[i], out);
	return OK;
}
