/* logit.c - logistic regression with an L2 penalty, and Platt's calibration */
#include "model.h"

#include <math.h>
#include <string.h>
#include <cblas.h>
#include <lapacke.h>

#define MAX_STEPS  50
#define MAX_HALVES 20
#define BLOCK      512          /* rows worked on at a time */

static double sigmoid(double x)
{
	return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
}

/* ln(1 + e^x) without overflow */
static double softplus(double x)
{
	return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

static void standardise(const struct rows *r, struct logit *l)
{
	size_t f = l->n_features;

	for (size_t k = 0; k < f; k++) {
		double sum = 0, squares = 0, n = 0;

		for (size_t i = 0; i < r->n; i++) {
			double v = (double)r->m->x[r->at[i] * f + k];

			if (isnan(v))
				continue;
			n++;
			sum += v;
			squares += v * v;
		}
		l->mean[k] = n > 0 ? sum / n : 0;
		l->scale[k] = n > 0 ? sqrt(fmax(squares / n - l->mean[k] * l->mean[k], 0)) : 0;
		if (l->scale[k] <= 1e-12)
			l->scale[k] = INFINITY;  /* tells nothing: always zero */
	}
}

/* Rows first..first+n standardised, with a one at the end of each. */
static void block_of(const struct logit *l, const struct rows *r, size_t first, size_t n, double *z)
{
	size_t f = l->n_features;

	for (size_t i = 0; i < n; i++) {
		const float *x = r->m->x + r->at[first + i] * f;

		for (size_t k = 0; k < f; k++)
			z[i * (f + 1) + k] = isnan(x[k]) ? 0 : ((double)x[k] - l->mean[k]) / l->scale[k];
		z[i * (f + 1) + f] = 1;
	}
}

struct work {                    /* of one fit */
	double *z, *wz, *hessian, *gradient, *next, *margin;
};

/* Negative log likelihood with the penalty, at weight. */
static double loss_at(const struct logit *l, const struct rows *r, const double *weight, struct work *w)
{
	size_t f = l->n_features;
	double loss = 0;

	for (size_t first = 0; first < r->n; first += BLOCK) {
		size_t n = r->n - first < BLOCK ? r->n - first : BLOCK;

		block_of(l, r, first, n, w->z);
		cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)n, (int)(f + 1), 1, w->z, (int)(f + 1), weight, 1, 0, w->margin, 1);
		for (size_t i = 0; i < n; i++)
			loss += softplus(w->margin[i]) - (r->y[r->at[first + i]] ? w->margin[i] : 0);
	}
	return loss + LOGIT_PENALTY / 2 * cblas_ddot((int)f, weight, 1, weight, 1);
}

static void derivatives(const struct logit *l, const struct rows *r, struct work *w)
{
	size_t f = l->n_features, d = f + 1;

	memset(w->hessian, 0, d * d * sizeof(double));
	memset(w->gradient, 0, d * sizeof(double));
	for (size_t first = 0; first < r->n; first += BLOCK) {
		size_t n = r->n - first < BLOCK ? r->n - first : BLOCK;

		block_of(l, r, first, n, w->z);
		cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)n, (int)d, 1, w->z, (int)d, l->weight, 1, 0, w->margin, 1);
		for (size_t i = 0; i < n; i++) {
			double p = sigmoid(w->margin[i]), root = sqrt(p * (1 - p));

			for (size_t k = 0; k < d; k++)
				w->wz[i * d + k] = w->z[i * d + k] * root;
			w->margin[i] = p - r->y[r->at[first + i]];
		}
		cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, (int)d, (int)n, 1, w->wz, (int)d, 1, w->hessian, (int)d);
		cblas_dgemv(CblasRowMajor, CblasTrans, (int)n, (int)d, 1, w->z, (int)d, w->margin, 1, 1, w->gradient, 1);
	}
	for (size_t k = 0; k < d; k++) {
		w->gradient[k] += k < f ? LOGIT_PENALTY * l->weight[k] : 0;
		w->hessian[k * d + k] += k < f ? LOGIT_PENALTY : 1e-9;
	}
}

/* One Newton step, halved until the loss falls; how far the loss fell, or NaN. */
static double step(struct logit *l, const struct rows *r, struct work *w, double before)
{
	size_t d = l->n_features + 1;
	double size = 1;

	derivatives(l, r, w);
	if (LAPACKE_dposv(LAPACK_ROW_MAJOR, 'U', (int)d, 1, w->hessian, (int)d, w->gradient, 1))
		return NAN;
	for (int i = 0; i < MAX_HALVES; i++) {
		double after;

		for (size_t k = 0; k < d; k++)
			w->next[k] = l->weight[k] - size * w->gradient[k];
		after = loss_at(l, r, w->next, w);
		if (after <= before) {
			memcpy(l->weight, w->next, d * sizeof(double));
			return before - after;
		}
		size /= 2;
	}
	return 0;
}

int logit_fit(struct arena *a, struct err *e, const struct rows *train, struct logit *out)
{
	size_t f = train->m->n_features, d = f + 1;
	struct work w = { arena_array(a, BLOCK * d, 8), arena_array(a, BLOCK * d, 8), arena_array(a, d * d, 8),
		arena_array(a, d, 8), arena_array(a, d, 8), arena_array(a, BLOCK, 8) };
	double loss, fell = INFINITY;

	*out = (struct logit){ f, arena_array(a, d, 8), arena_array(a, d, 8), arena_array(a, d, 8) };
	if (!w.z || !w.wz || !w.hessian || !w.gradient || !w.next || !w.margin || !out->mean || !out->scale || !out->weight)
		return fail(e, E_NOMEM, "no room for a logistic regression of %zu features", f);
	standardise(train, out);
	loss = loss_at(out, train, out->weight, &w);
	for (int i = 0; i < MAX_STEPS && fell > 1e-7 * (1 + loss); i++) {
		fell = step(out, train, &w, loss);
		loss -= fell;
	}
	return isnan(fell) ? fail_detail(e, E_INTERNAL, "the logistic regression does not converge") : OK;
}

void logit_margins(const struct logit *l, const struct rows *rows, double *out)
{
	size_t f = l->n_features;

	for (size_t i = 0; i < rows->n; i++) {
		const float *x = rows->m->x + rows->at[i] * f;

		out[i] = l->weight[f];
		for (size_t k = 0; k < f; k++)
			if (!isnan(x[k]))
				out[i] += l->weight[k] * ((double)x[k] - l->mean[k]) / l->scale[k];
	}
}

/* ---- calibration ---- */
struct slopes { double loss, g1, g0, h11, h10, h00; };

static struct slopes slopes_at(struct calibration c, const double *m, const unsigned char *y, size_t n, double hi, double lo)
{
	struct slopes s = { 0 };

	for (size_t i = 0; i < n; i++) {
		double z = c.slope * m[i] + c.offset, p = sigmoid(z), t = y[i] ? hi : lo, v = p * (1 - p);

		s.loss += softplus(z) - t * z;
		s.g1 += (p - t) * m[i];
		s.g0 += p - t;
		s.h11 += v * m[i] * m[i];
		s.h10 += v * m[i];
		s.h00 += v;
	}
	return s;
}

struct calibration calibrate(const double *margins, const unsigned char *y, size_t n)
{
	struct calibration c = { 1, 0 };
	double positives = 0, hi, lo;

	for (size_t i = 0; i < n; i++)
		positives += y[i];
	hi = (positives + 1) / (positives + 2);
	lo = 1 / ((double)n - positives + 2);
	for (int i = 0; i < MAX_STEPS; i++) {
		struct slopes s = slopes_at(c, margins, y, n, hi, lo);
		double det = (s.h11 + 1e-9) * (s.h00 + 1e-9) - s.h10 * s.h10, size = 1, d1, d0;

		d1 = ((s.h00 + 1e-9) * s.g1 - s.h10 * s.g0) / det;
		d0 = ((s.h11 + 1e-9) * s.g0 - s.h10 * s.g1) / det;
		for (int k = 0; k < MAX_HALVES; k++) {
			struct calibration next = { c.slope - size * d1, c.offset - size * d0 };

			if (slopes_at(next, margins, y, n, hi, lo).loss < s.loss) {
				c = next;
				break;
			}
			size /= 2;
		}
		if (fabs(d1) + fabs(d0) < 1e-9)
			break;
	}
	return c;
}

double calibrated(struct calibration c, double margin)
{
	return sigmoid(c.slope * margin + c.offset);
}
