/* score.c - the report: two models measured, what matters, what changed over time */
#include "score_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "str.h"

#define EXPLAINED 2000           /* rows whose reasons are looked at for the importances */

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Rows first..first+n in steps. */
static struct rows spread(struct arena *a, const struct matrix *m, const unsigned char *y, size_t most)
{
	size_t n = m->n_rows < most ? m->n_rows : most;
	uint32_t *at = arena_array(a, n + 1, sizeof(*at));

	for (size_t i = 0; at && i < n; i++)
		at[i] = (uint32_t)(i * m->n_rows / n);
	return (struct rows){ m, y, at, at ? n : 0 };
}

static int by_weight(const void *a, const void *b)
{
	const struct importance *x = a, *y = b;

	return (x->weight < y->weight) - (x->weight > y->weight);
}

/* The levels of a category act together: their parts are added before the sign is dropped. */
static void add_up(const float *reasons, const struct rows *r, const struct table *t, struct importance *of)
{
	size_t f = r->m->n_features;

	for (size_t i = 0; i < r->n; i++) {
		const float *row = reasons + i * (f + 1);

		for (size_t k = 0; k < f; ) {
			size_t column = r->m->features[k].column;
			double sum = 0;

			for (; k < f && r->m->features[k].column == column; k++)
				sum += (double)row[k];
			of[column].column = t->columns[column].name;
			of[column].weight += fabs(sum) / (double)r->n;
		}
	}
}

static int importances(struct arena *a, struct err *e, struct boost *b, const struct matrix *m, const struct table *t,
	struct score_report *out)
{
	struct rows some = spread(a, m, NULL, EXPLAINED), one = some;
	float *reasons = arena_array(a, some.n * (m->n_features + 1) + 1, sizeof(*reasons));
	struct importance *of = arena_array(a, t->n_columns + 1, sizeof(*of));
	double began;
	int rc = reasons && of ? boost_reasons(e, b, &some, reasons) : fail(e, E_NOMEM, "no room for the reasons");

	if (rc)
		return rc;
	add_up(reasons, &some, t, of);
	qsort(of, t->n_columns, sizeof(*of), by_weight);
	while (out->n_top < MAX_IMPORTANCES && out->n_top < t->n_columns && of[out->n_top].column) {
		out->top[out->n_top] = of[out->n_top];
		out->n_top++;
	}
	began = seconds();
	one.n = 1;
	rc = boost_reasons(e, b, &one, reasons);
	out->explain_seconds = seconds() - began;
	return rc;
}

static int all_rows(struct arena *a, struct err *e, const struct matrix *m, const struct table *t, const unsigned char *y,
	int rounds, struct score_report *out)
{
	struct rows all = spread(a, m, y, m->n_rows);
	double *margins = arena_array(a, m->n_rows + 1, sizeof(*margins)), began;
	struct boost *b;
	int rc = all.at && margins ? boost_fit(a, e, &all, NULL, &rounds, &b) : fail(e, E_NOMEM, "no room for the model");

	if (rc)
		return rc;
	began = seconds();
	rc = boost_margins(e, b, &all, margins);
	out->score_seconds = (seconds() - began) * 1e5 / (double)m->n_rows;
	return rc ? rc : importances(a, e, b, m, t, out);
}

static int by_psi(const void *a, const void *b)
{
	const struct drift *x = a, *y = b;

	return (x->psi < y->psi) - (x->psi > y->psi);
}

/* A category changes as much as its level that changes most. */
static void drifts(const struct matrix *m, const struct table *t, size_t cut, struct score_report *out)
{
	struct drift found[MAX_TABLE_COLUMNS] = { { NULL, 0 } };
	size_t n = 0;

	for (size_t k = 0; k < m->n_features; k++) {
		const char *name = t->columns[m->features[k].column].name;
		double psi = stability(m->x + k, cut, m->x + cut * m->n_features + k, m->n_rows - cut, m->n_features);

		if (n && str_eq(found[n - 1].column, name))
			found[n - 1].psi = fmax(found[n - 1].psi, psi);
		else
			found[n++] = (struct drift){ name, psi };
	}
	qsort(found, n, sizeof(*found), by_psi);
	out->n_drift = n < MAX_IMPORTANCES ? n : MAX_IMPORTANCES;
	memcpy(out->drift, found, out->n_drift * sizeof(*found));
}

static int can_be_done(struct err *e, const unsigned char *y, size_t n, const struct score_plan *plan)
{
	size_t positives = 0, least = plan->folds ? (size_t)plan->folds : 2;

	for (size_t i = 0; i < n; i++)
		positives += y[i];
	if (positives < least * 2 || n - positives < least * 2)
		return fail(e, E_BAD, "%zu rows with the outcome and %zu without are too few to divide", positives, n - positives);
	if (!plan->folds && !(plan->time_split > 0.05 && plan->time_split < 0.99))
		return fail(e, E_BAD, "the rows cannot be split at %g", plan->time_split);
	return OK;
}

int score_report(struct arena *a, struct err *e, const struct matrix *m, const struct table *t, const unsigned char *y,
	const struct score_plan *plan, struct score_report *out)
{
	struct held h = { arena_array(a, m->n_rows + 1, 8), arena_array(a, m->n_rows + 1, 8), arena_array(a, m->n_rows + 1, 1), 0 };
	int rounds = 0, rc = can_be_done(e, y, m->n_rows, plan);

	memset(out, 0, sizeof(*out));
	if (!rc && (!h.logit || !h.boost || !h.y))
		rc = fail(e, E_NOMEM, "no room for the probabilities");
	if (!rc)
		rc = score_held(a, e, m, y, plan, &h, &rounds);
	if (rc)
		return rc;
	if (measure(h.logit, h.y, h.n, &out->logit) || measure(h.boost, h.y, h.n, &out->boost))
		return fail(e, E_NOMEM, "no room to measure");
	out->boost_better = out->boost.logloss <= out->logit.logloss;
	if (!plan->folds)
		drifts(m, t, (size_t)((double)m->n_rows * plan->time_split), out);
	return all_rows(a, e, m, t, y, rounds, out);
}
