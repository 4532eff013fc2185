/* score_part.h - what the files of the score share; nobody else includes it */
#ifndef ANALYSIS_SCORE_PART_H
#define ANALYSIS_SCORE_PART_H

#include "score.h"

struct held {                    /* rows held out, fold after fold */
	double *logit, *boost;       /* probabilities */
	unsigned char *y;
	size_t n;
};

/* Fills h, whose arrays hold a row each of m. *rounds: trees that were best, mean of the folds. */
int score_held(struct arena *a, struct err *e, const struct matrix *m, const unsigned char *y, const struct score_plan *plan,
	struct held *h, int *rounds);

#endif
