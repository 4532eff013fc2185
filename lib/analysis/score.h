/* score.h - how well outcomes are told from what was known before them
 *
 * The baseline and the challenger are each trained, calibrated on rows that training did not see,
 * trained again on all of theirs, and measured on rows that neither step saw.
 */
#ifndef ANALYSIS_SCORE_H
#define ANALYSIS_SCORE_H

#include "measure.h"
#include "model.h"

#define SCORE_LEAST_ROWS 200     /* decided outcomes; below, a points rubric is more honest */
#define MAX_IMPORTANCES  30

struct score_plan {
	int folds;                   /* 2..20, drawn at random within each outcome; 0: by time */
	double time_split;           /* 0..1: train on so much of the rows, in their order */
	uint64_t seed;
};

struct importance {              /* of a column of the table */
	const char *column;
	double weight;               /* mean |SHAP| of its features together, in log odds */
};
struct drift { const char *column; double psi; };    /* earlier against later rows */

struct score_report {
	struct measures logit, boost;        /* pooled over all rows measured */
	bool boost_better;                   /* by log loss */
	struct importance top[MAX_IMPORTANCES];
	size_t n_top;
	struct drift drift[MAX_IMPORTANCES]; /* by time only, largest first */
	size_t n_drift;
	double score_seconds;                /* per 100,000 rows, the model shown */
	double explain_seconds;              /* one row's reasons */
};

/* y: outcome of each row of m. E_BAD with a sentence when the rows cannot be divided so. */
int score_report(struct arena *a, struct err *e, const struct matrix *m, const struct table *t, const unsigned char *y,
	const struct score_plan *plan, struct score_report *out);

#endif
