/* score_held.c - probabilities of rows that neither training nor calibration saw */
#include "score_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct split { struct rows train, early, late, test; };
struct split_rows { uint32_t *train, *early, *late, *test; };

/* xorshift64*: Marsaglia 2003, Vigna 2016 */
static uint64_t draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 2685821657736338717u;
}

/* All rows in random order. */
static uint32_t *shuffled(struct arena *a, size_t n, uint64_t seed)
{
	uint32_t *order = arena_array(a, n + 1, sizeof(*order));
	uint64_t state = seed * 2 + 1;

	for (size_t i = 0; order && i < n; i++)
		order[i] = (uint32_t)i;
	for (size_t i = n; order && i > 1; i--) {
		size_t k = draw(&state) % i;
		uint32_t swap = order[i - 1];

		order[i - 1] = order[k];
		order[k] = swap;
	}
	return order;
}

static bool split_new(struct arena *a, const struct matrix *m, const unsigned char *y, struct split *s, struct split_rows *r)
{
	size_t n = m->n_rows + 1;

	*r = (struct split_rows){ arena_array(a, n, 4), arena_array(a, n, 4), arena_array(a, n, 4), arena_array(a, n, 4) };
	s->train = (struct rows){ m, y, r->train, 0 };
	s->early = (struct rows){ m, y, r->early, 0 };
	s->late = (struct rows){ m, y, r->late, 0 };
	s->test = (struct rows){ m, y, r->test, 0 };
	return r->train && r->early && r->late && r->test;
}

/* One fold: rows of each outcome are dealt out in turn, every fifth of the training rows is for calibration. */
static void deal_fold(const uint32_t *order, size_t n, const unsigned char *y, int folds, int fold, struct split *s,
	struct split_rows *r)
{
	size_t seen[2] = { 0 }, trained[2] = { 0 };

	s->train.n = s->early.n = s->late.n = s->test.n = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t row = order[i];
		unsigned char c = y[row];

		if ((int)(seen[c]++ % (size_t)folds) == fold) {
			r->test[s->test.n++] = row;
			continue;
		}
		r->train[s->train.n++] = row;
		if (trained[c]++ % 5 == 4)
			r->late[s->late.n++] = row;
		else
			r->early[s->early.n++] = row;
	}
}

/* By time: the last fifth of the training rows is for calibration. */
static void deal_time(size_t n, double share, struct split *s, struct split_rows *r)
{
	size_t cut = (size_t)((double)n * share), inner = cut - cut / 5;

	for (size_t i = 0; i < n; i++) {
		if (i >= cut) {
			r->test[s->test.n++] = (uint32_t)i;
			continue;
		}
		r->train[s->train.n++] = (uint32_t)i;
		if (i < inner)
			r->early[s->early.n++] = (uint32_t)i;
		else
			r->late[s->late.n++] = (uint32_t)i;
	}
}

static bool has_both(const struct rows *r)
{
	size_t positives = 0;

	for (size_t i = 0; i < r->n; i++)
		positives += r->y[r->at[i]];
	return positives && positives < r->n;
}

static struct calibration calibration_of(const struct rows *late, const double *margins, unsigned char *y)
{
	for (size_t i = 0; i < late->n; i++)
		y[i] = late->y[late->at[i]];
	return calibrate(margins, y, late->n);
}

/* Margins of the test rows become probabilities behind those of earlier folds. */
static void keep(const struct calibration c, const double *margins, size_t n, double *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = calibrated(c, margins[i]);
}

static int run_logit(struct arena *a, struct err *e, const struct split *s, double *margins, unsigned char *y, double *out)
{
	struct calibration c;
	struct logit l;
	int rc = logit_fit(a, e, &s->early, &l);

	if (rc)
		return rc;
	logit_margins(&l, &s->late, margins);
	c = calibration_of(&s->late, margins, y);
	rc = logit_fit(a, e, &s->train, &l);
	if (rc)
		return rc;
	logit_margins(&l, &s->test, margins);
	keep(c, margins, s->test.n, out);
	return OK;
}

static int run_boost(struct arena *a, struct err *e, const struct split *s, double *margins, unsigned char *y, double *out,
	int *rounds)
{
	struct calibration c;
	struct boost *b;
	int rc = boost_fit(a, e, &s->early, &s->late, rounds, &b);

	if (!rc)
		rc = boost_margins(e, b, &s->late, margins);
	if (rc)
		return rc;
	c = calibration_of(&s->late, margins, y);
	rc = boost_fit(a, e, &s->train, NULL, rounds, &b);
	if (!rc)
		rc = boost_margins(e, b, &s->test, margins);
	if (!rc)
		keep(c, margins, s->test.n, out);
	return rc;
}

static int run_split(struct err *e, const struct split *s, struct held *h, int *rounds)
{
	struct arena *a = arena_new((size_t)4 << 30);
	double *margins = a ? arena_array(a, s->train.m->n_rows + 1, sizeof(*margins)) : NULL;
	unsigned char *y = a ? arena_array(a, s->train.m->n_rows + 1, 1) : NULL;
	int rc = margins && y ? OK : fail(e, E_NOMEM, "no room for a fold");

	if (!rc && (!has_both(&s->early) || !has_both(&s->late)))
		rc = fail(e, E_BAD, "too few rows of one outcome to train and to calibrate");
	if (!rc)
		rc = run_logit(a, e, s, margins, y, h->logit + h->n);
	if (!rc)
		rc = run_boost(a, e, s, margins, y, h->boost + h->n, rounds);
	for (size_t i = 0; !rc && i < s->test.n; i++)
		h->y[h->n + i] = s->test.y[s->test.at[i]];
	if (!rc)
		h->n += s->test.n;
	arena_free(a);
	return rc;
}

int score_held(struct arena *a, struct err *e, const struct matrix *m, const unsigned char *y, const struct score_plan *plan,
	struct held *h, int *rounds)
{
	uint32_t *order = shuffled(a, m->n_rows, plan->seed);
	struct split_rows r;
	struct split s;
	int all = 0, n = plan->folds ? plan->folds : 1, rc = OK;

	if (!order || !split_new(a, m, y, &s, &r))
		return fail(e, E_NOMEM, "no room for the folds");
	for (int i = 0; i < n && !rc; i++) {
		int found = 0;

		if (plan->folds)
			deal_fold(order, m->n_rows, y, plan->folds, i, &s, &r);
		else
			deal_time(m->n_rows, plan->time_split, &s, &r);
		rc = run_split(e, &s, h, &found);
		all += found;
	}
	*rounds = all / n;
	return rc;
}
