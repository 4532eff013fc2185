/* encode.h - typed columns as a matrix of numbers
 *
 * A number or day is one feature, missing kept missing.  A category is one feature per level:
 * 1, 0, or missing where the cell is; the rarest levels share one.  A column that cannot tell
 * anything is left out, with the reason.
 */
#ifndef ANALYSIS_ENCODE_H
#define ANALYSIS_ENCODE_H

#include "table.h"

#define MAX_LEVELS     30      /* features of one category; the rest are "other" */
#define RARE_LEVEL     10      /* a level of fewer rows is "other" */

struct feature {
	const char *name;            /* "job = student"; a number's is its column's */
	size_t column;               /* of the table */
	const char *level;           /* of a category, else NULL */
};

struct left_out { const char *column, *reason; };

struct matrix {
	size_t n_rows, n_features;
	float *x;                    /* n_rows x n_features, row by row; NaN: missing */
	struct feature *features;
	struct left_out *left_out;
	size_t n_left_out;
};

/* Encodes every column of t (typed already) that leave_out does not name (NULL ended list, may be NULL).
 * Levels and what is rare are found over all rows: no outcome is looked at. E_BAD when nothing is
 * left, E_NOMEM. */
int encode(struct arena *a, struct err *e, const struct table *t, const char *const *leave_out, struct matrix *out);

#endif
