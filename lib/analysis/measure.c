/* measure.c - AUC, Brier, log loss, calibration error, stability */
#include "measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SMALLEST 1e-15
#define DECILES  10

struct scored { double p; unsigned char y; };

static int by_p(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;

	return (x->p > y->p) - (x->p < y->p);
}

/* Ranks of positives, ties at their mean: U = sum of ranks - n1(n1+1)/2. */
static double auc_of(const struct scored *s, size_t n, size_t positives)
{
	double ranks = 0, n1 = (double)positives, n0 = (double)(n - positives);

	for (size_t i = 0, next; i < n; i = next) {
		size_t hits = 0;

		for (next = i; next < n && s[next].p <= s[i].p; next++)
			hits += s[next].y;
		ranks += (double)hits * ((double)(i + next - 1) / 2 + 1);
	}
	return positives && positives < n ? (ranks - n1 * (n1 + 1) / 2) / (n1 * n0) : NAN;
}

static void sum_up(const double *p, const unsigned char *y, size_t n, struct measures *m)
{
	for (size_t i = 0; i < n; i++) {
		double q = p[i] < SMALLEST ? SMALLEST : p[i] > 1 - SMALLEST ? 1 - SMALLEST : p[i], d = p[i] - y[i];
		size_t bin = (size_t)(p[i] * RELIABILITY_BINS);
		struct reliability *r = &m->bins[bin < RELIABILITY_BINS ? bin : RELIABILITY_BINS - 1];

		m->brier += d * d;
		m->logloss -= y[i] ? log(q) : log1p(-q);
		m->positives += y[i];
		r->n++;
		r->expected += p[i];
		r->seen += y[i];
	}
	m->brier /= (double)n;
	m->logloss /= (double)n;
	for (size_t b = 0; b < RELIABILITY_BINS; b++) {
		struct reliability *r = &m->bins[b];

		m->ece += fabs(r->expected - r->seen) / (double)n;
		r->expected /= (double)(r->n ? r->n : 1);
		r->seen /= (double)(r->n ? r->n : 1);
	}
}

int measure(const double *p, const unsigned char *y, size_t n, struct measures *out)
{
	struct scored *s = calloc(n ? n : 1, sizeof(*s));

	memset(out, 0, sizeof(*out));
	out->n = n;
	out->auc = NAN;
	if (!s)
		return -1;
	for (size_t i = 0; i < n; i++)
		s[i] = (struct scored){ p[i], y[i] };
	qsort(s, n, sizeof(*s), by_p);
	if (n) {
		sum_up(p, y, n, out);
		out->auc = auc_of(s, n, out->positives);
	}
	free(s);
	return 0;
}

static int by_value(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Upper ends of the deciles of a, in edges; how many values are there. */
static size_t edges_of(const float *a, size_t n, size_t stride, float *sorted, float edges[DECILES - 1])
{
	size_t there = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(a[i * stride]))
			sorted[there++] = a[i * stride];
	qsort(sorted, there, sizeof(*sorted), by_value);
	for (size_t d = 1; d < DECILES; d++)
		edges[d - 1] = there ? sorted[d * there / DECILES] : 0;
	return there;
}

static void shares(const float *a, size_t n, size_t stride, const float edges[DECILES - 1], double out[DECILES + 1])
{
	memset(out, 0, (DECILES + 1) * sizeof(*out));
	for (size_t i = 0; i < n; i++) {
		size_t bin = 0;

		while (bin < DECILES - 1 && a[i * stride] > edges[bin])
			bin++;
		out[isnan(a[i * stride]) ? DECILES : bin] += 1 / (double)n;
	}
}

double stability(const float *a, size_t n_a, const float *b, size_t n_b, size_t stride)
{
	float edges[DECILES - 1], *sorted = calloc(n_a ? n_a : 1, sizeof(*sorted));
	double of_a[DECILES + 1], of_b[DECILES + 1], sum = 0;

	if (!sorted)
		return -1;
	edges_of(a, n_a, stride, sorted, edges);
	free(sorted);
	shares(a, n_a, stride, edges, of_a);
	shares(b, n_b, stride, edges, of_b);
	for (size_t i = 0; i <= DECILES; i++) {
		double x = fmax(of_a[i], 1e-4), y = fmax(of_b[i], 1e-4);

		sum += (y - x) * log(y / x);
	}
	return sum;
}
