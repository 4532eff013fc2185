/* measure.h - how good a probability is
 *
 * p: probabilities 0..1, y: outcomes 0 or 1, n of each.
 */
#ifndef ANALYSIS_MEASURE_H
#define ANALYSIS_MEASURE_H

#include <stddef.h>

#define RELIABILITY_BINS 10

struct reliability { size_t n; double expected, seen; };   /* means of p and y in one bin */

struct measures {
	size_t n, positives;
	double auc;          /* area under the ROC curve: Mann-Whitney U with ties at one half; NaN when one class is missing */
	double brier;        /* mean (p - y)^2: Brier 1950 */
	double logloss;      /* mean -(y ln p + (1-y) ln(1-p)), p kept 1e-15 from both ends */
	double ece;          /* sum n_b/n |expected_b - seen_b| over ten equally wide bins: Naeini et al. 2015 */
	struct reliability bins[RELIABILITY_BINS];
};

/* 0, or -1 when memory is out. */
int measure(const double *p, const unsigned char *y, size_t n, struct measures *out);
/* Population stability index of two samples, ten bins by deciles of a; missing values are a bin of
 * their own; shares kept above 1e-4.  Above 0.2 the population has changed.  -1: memory is out. */
double stability(const float *a, size_t n_a, const float *b, size_t n_b, size_t stride);

#endif
