/* model.h - two ways to a probability from the same features
 *
 * Logistic regression with an L2 penalty (the baseline) and boosted trees by xgboost.  Rows are
 * given as indices into the matrix, so that no fold copies more than it must.
 */
#ifndef ANALYSIS_MODEL_H
#define ANALYSIS_MODEL_H

#include <stdint.h>
#include "encode.h"

struct rows {                    /* some rows of m, with their outcomes */
	const struct matrix *m;
	const unsigned char *y;      /* of all rows of m: 0 or 1 */
	const uint32_t *at;
	size_t n;
};

/* ---- logistic regression ---- */
#define LOGIT_PENALTY 1.0        /* on standardised coefficients */
struct logit {
	size_t n_features;
	double *mean, *scale;        /* of each feature where it is there; missing reads as the mean */
	double *weight;              /* n_features + 1: the last is the intercept, not penalised */
};
/* Newton's method (iteratively reweighted least squares; Hastie, Tibshirani, Friedman, 4.4.1) with
 * Cholesky by LAPACK, halved steps.  E_NOMEM, E_INTERNAL when it does not converge. */
int logit_fit(struct arena *a, struct err *e, const struct rows *train, struct logit *out);
/* Log odds of each row, in out[n]. */
void logit_margins(const struct logit *l, const struct rows *rows, double *out);

/* ---- boosted trees ---- */
struct boost;
/* Trains on train until the log loss on late has not fallen for a while; late NULL: rounds trees
 * exactly.  *rounds: how many were best.  The model lives until a ends. */
int boost_fit(struct arena *a, struct err *e, const struct rows *train, const struct rows *late, int *rounds,
	struct boost **out);
int boost_margins(struct err *e, struct boost *b, const struct rows *rows, double *out);
/* What each feature adds to the log odds (SHAP, Lundberg 2017, by xgboost's pred_contribs):
 * out[n * (n_features + 1)], the last of a row is the base. */
int boost_reasons(struct err *e, struct boost *b, const struct rows *rows, float *out);

/* ---- calibration ---- */
struct calibration { double slope, offset; };
/* Platt's sigmoid: P = 1/(1+exp(-(slope*margin + offset))), by Newton's method with Platt's own
 * targets (Lin, Lin, Weng 2007). */
struct calibration calibrate(const double *margins, const unsigned char *y, size_t n);
double calibrated(struct calibration c, double margin);

#endif
