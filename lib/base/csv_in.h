/* csv_in.h - a CSV file read by the names of its header row
 *
 * RFC 4180 with the liberties spreadsheets take: byte order mark, LF or CR LF, and a
 * comma, semicolon or tab between cells (told from the header row).  Bounds: MAX_IMPORT
 * bytes, MAX_IMPORT_LINES rows, MAX_COLUMNS cells a row, MAX_VALUE bytes a cell.
 */
#ifndef BASE_CSV_IN_H
#define BASE_CSV_IN_H

#include "arena.h"
#include "err.h"

struct csv_row {
	size_t line;             /* of the file, counted from 1, where the row starts */
	size_t n;                /* cells in the line; those missing at its end are "" */
	const char **values;     /* by the order of names given to csv_read; NULL: no such column */
};

/* Calls row() for each row after the header, empty lines left out; stops at its first
 * non-zero answer and returns that.  names, NULL ended, are compared without case, spaces
 * and underscores alike ("Product family" is product_family).  The first n_required of
 * them must be there.  values are valid UTF-8, without control characters but \n and \t,
 * and live until the next row.  E_BAD with a sentence that names the line, E_TOOLARGE past
 * a bound. *n_rows may be NULL. */
int csv_read(struct arena *a, struct err *e, const void *data, size_t size, const char *const *names,
	size_t n_required, int (*row)(const struct csv_row *row, void *arg), void *arg, size_t *n_rows);

#endif
