/* table.h - a CSV file as typed columns
 *
 * The types are found out: a column is a number when every cell that is there reads as one, a
 * day when every cell reads as an ISO date, else a category.  A cell that is empty or says NA,
 * N/A, NULL, None, NaN or -0- is missing, and stays so.
 */
#ifndef ANALYSIS_TABLE_H
#define ANALYSIS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "err.h"

#define MAX_TABLE_BYTES   ((size_t)1 << 30)  /* one file */
#define MAX_TABLE_ROWS    5000000
#define MAX_TABLE_COLUMNS 500

enum column_kind { KIND_NUMBER, KIND_DAY, KIND_CATEGORY };

struct table_column {
	const char *name;
	enum column_kind kind;
	const char **cells;      /* n_rows texts; NULL: missing */
	double *values;          /* number, days since 1970, or index of a level; NaN: missing */
	const char **levels;     /* of a category, by first appearance */
	size_t *counts;          /* rows of each level */
	size_t n_levels, n_missing;
};

struct table {
	size_t n_rows, n_columns;
	struct table_column *columns;
};

/* Reads the file at path into a. separator 0: comma, semicolon or tab, as its header row tells.
 * comment: lines that begin with it are left out; 0: none.  The first row names the columns.
 * E_BAD with a sentence, E_NOTFOUND, E_TOOLARGE, E_NOMEM. */
int table_read(struct arena *a, struct err *e, const char *path, char separator, char comment, struct table *out);
/* Finds out kind and fills values, levels, counts of a column. E_NOMEM. */
int column_type(struct arena *a, struct err *e, struct table_column *c, size_t n_rows);
/* The column of that name, or NULL. */
struct table_column *table_column(const struct table *t, const char *name);

#endif
