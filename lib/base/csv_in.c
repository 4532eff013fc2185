/* csv_in.c - a CSV file read by the names of its header row
 *
 * libcsv splits; it is fed one line of the file at a time, so that every trouble has a
 * line number and a row that says "stop" stops at once.
 */
#include "csv_in.h"

#include <csv.h>
#include <string.h>

#include "intl.h"
#include "limits.h"
#include "str.h"

#define MAX_ROW   (1u << 20)     /* memory of one row */
#define MAX_PIECE (16u << 10)    /* bytes fed at once: a cell that never ends is told soon */

struct reader {
	struct err *err;
	struct csv_parser parser;
	struct arena *row_arena;
	const char *const *names;
	size_t n_required;
	int (*row)(const struct csv_row *row, void *arg);
	void *arg;
	size_t line;               /* of the file, being fed */
	size_t row_line;           /* where the row being read began; 0 between rows */
	const char *cells[MAX_COLUMNS];
	size_t n_cells;
	int column_of[MAX_COLUMNS]; /* cell -> name, -1 unwanted */
	size_t n_columns;          /* of the header; 0: not read yet */
	size_t n_rows;
	int rc;
};

/* "Product family", "product-family" and "product_family" are one name. */
static bool same_name(const char *cell, const char *name)
{
	for (; *cell || *name; cell++, name++) {
		char c = *cell;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		if (c == ' ' || c == '-')
			c = '_';
		if (c != *name)
			return false;
	}
	return true;
}

static int find_name(const struct reader *r, const char *cell)
{
	for (int i = 0; i < MAX_COLUMNS && r->names[i]; i++)
		if (same_name(cell, r->names[i]))
			return i;
	return -1;
}

static int read_header(struct reader *r)
{
	r->n_columns = r->n_cells;
	for (size_t i = 0; i < r->n_cells; i++) {
		r->column_of[i] = find_name(r, r->cells[i]);
		for (size_t k = 0; k < i && r->column_of[i] >= 0; k++)
			if (r->column_of[k] == r->column_of[i])
				return fail(r->err, E_BAD, _("The first line names the column \"%s\" twice."),
					r->names[r->column_of[i]]);
	}
	for (size_t k = 0; k < r->n_required; k++) {
		size_t i;

		for (i = 0; i < r->n_cells && r->column_of[i] != (int)k; i++)
			;
		if (i == r->n_cells)
			return fail(r->err, E_BAD, _("The first line must name the column \"%s\"."),
				r->names[k]);
	}
	return OK;
}

static int give_row(struct reader *r)
{
	const char *values[MAX_COLUMNS] = { NULL };
	struct csv_row row = { r->row_line, r->n_cells, values };
	bool blank = true;

	for (size_t i = 0; i < r->n_cells; i++)
		blank &= str_empty(r->cells[i]);
	if (blank)
		return OK;
	if (r->n_cells > r->n_columns)
		return fail(r->err, E_BAD,
			_("Line %zu has %zu cells, but the first line names %zu. Is a comma missing its quotation marks?"),
			r->row_line, r->n_cells, r->n_columns);
	if (r->n_rows == MAX_IMPORT_LINES)
		return fail(r->err, E_TOOLARGE, _("The file has more than %d lines. Please split it."),
			MAX_IMPORT_LINES);
	for (size_t i = 0; i < r->n_columns; i++)
		if (r->column_of[i] >= 0)
			values[r->column_of[i]] = i < r->n_cells ? r->cells[i] : "";
	r->n_rows++;
	return r->row(&row, r->arg);
}

static void on_cell(void *text, size_t n, void *arg)
{
	struct reader *r = arg;
	char *cell;

	if (r->rc)
		return;
	if (!r->row_line)
		r->row_line = r->line;
	if (r->n_cells == MAX_COLUMNS || n > MAX_VALUE) {
		r->rc = fail(r->err, E_TOOLARGE, n > MAX_VALUE ? _("A cell in line %zu is too long.") :
			_("Line %zu has too many cells."), r->row_line);
		return;
	}
	cell = arena_strndup(r->row_arena, text, n);
	cell = cell ? str_clean(r->row_arena, cell, true) : NULL;
	cell = cell ? str_trim(r->row_arena, cell) : NULL;
	if (cell)
		r->cells[r->n_cells++] = cell;
	else
		r->rc = fail(r->err, E_TOOLARGE, _("Line %zu is too long."), r->row_line);
}

static void on_row(int end, void *arg)
{
	struct reader *r = arg;

	(void)end;
	if (!r->rc && r->n_cells)
		r->rc = r->n_columns ? give_row(r) : read_header(r);
	r->n_cells = 0;
	r->row_line = 0;
	arena_reset(r->row_arena);
}

static size_t line_size(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == '\n' || (s[i] == '\r' && (i + 1 == n || s[i + 1] != '\n')))
			return i + 1;
	return n;
}

static char best_separator(const char *s, size_t n)
{
	const char marks[] = ",;\t";
	size_t count[3] = { 0, 0, 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		const char *m = memchr(marks, s[i], 3);

		quoted ^= s[i] == '"';
		if (m && !quoted)
			count[m - marks]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return marks[best];
}

/* Skips what spreadsheets put before the header; says what separates the cells. */
static char start_of(const char **s, size_t *n, size_t *line)
{
	size_t first;

	if (*n >= 3 && !memcmp(*s, "\xEF\xBB\xBF", 3)) {
		*s += 3;
		*n -= 3;
	}
	first = line_size(*s, *n);
	if (first >= 6 && first <= 7 && !strncasecmp(*s, "sep=", 4)) {
		char separator = (*s)[4];

		*s += first;
		*n -= first;
		(*line)++;
		return separator;
	}
	return best_separator(*s, first);
}

static int check_encoding(struct err *e, const char *s, size_t n)
{
	for (size_t line = 1, size; n; s += size, n -= size, line++) {
		size = line_size(s, n);
		if (!str_utf8_valid(s, size)) {
			fail(e, E_BAD, _("Line %zu is not in UTF-8."), line);
			return fail_hint(e, _("In the spreadsheet, save the file as \"CSV UTF-8\"."));
		}
	}
	return OK;
}

static int broken(struct reader *r)
{
	if (csv_error(&r->parser) == CSV_EPARSE)
		return fail(r->err, E_BAD, _("Line %zu has a quotation mark in the wrong place. Cells that contain one are put in quotation marks, and the inner one is doubled."),
			r->row_line ? r->row_line : r->line);
	return fail_detail(r->err, E_NOMEM, "csv: %s", csv_strerror(csv_error(&r->parser)));
}

static int feed(struct reader *r, const char *s, size_t n)
{
	bool whole = true;

	for (size_t size; n && !r->rc; s += size, n -= size) {
		r->line += whole;
		size = line_size(s, n < MAX_PIECE ? n : MAX_PIECE);
		whole = s[size - 1] == '\n' || s[size - 1] == '\r';
		if (!r->parser.pstate && !r->n_cells)    /* between rows; empty lines are none */
			r->row_line = r->line;
		if (csv_parse(&r->parser, s, size, on_cell, on_row, r) != size && !r->rc)
			r->rc = broken(r);
		if (csv_get_buffer_size(&r->parser) > 2 * MAX_VALUE && !r->rc)
			r->rc = fail(r->err, E_TOOLARGE,
				_("A cell that begins in line %zu never ends. Is a quotation mark missing?"),
				r->row_line);
	}
	if (!r->rc && csv_fini(&r->parser, on_cell, on_row, r) && !r->rc)
		r->rc = fail(r->err, E_BAD,
			_("A cell that begins in line %zu never ends. Is a quotation mark missing?"), r->row_line);
	if (!r->rc && !r->n_columns)
		r->rc = fail(r->err, E_BAD, _("The file is empty."));
	return r->rc;
}

int csv_read(struct arena *a, struct err *e, const void *data, size_t size, const char *const *names,
	size_t n_required, int (*row)(const struct csv_row *row, void *arg), void *arg, size_t *n_rows)
{
	struct reader *r = ARENA_NEW(a, struct reader);
	const char *s = data;
	char separator;
	int rc;

	if (n_rows)
		*n_rows = 0;
	if (size > MAX_IMPORT)
		return fail(e, E_TOOLARGE, _("The file is larger than %d MB. Please split it."),
			(int)(MAX_IMPORT >> 20));
	if (check_encoding(e, s, size))
		return (int)e->rc;
	if (!r || csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL))
		return fail_detail(e, E_NOMEM, "csv: no memory");
	r->err = e;
	r->names = names;
	r->n_required = n_required;
	r->row = row;
	r->arg = arg;
	r->row_arena = arena_new(MAX_ROW);
	separator = start_of(&s, &size, &r->line);
	csv_set_blk_size(&r->parser, 4096);
	csv_set_delim(&r->parser, (unsigned char)separator);
	rc = r->row_arena ? feed(r, s, size) : fail_detail(e, E_NOMEM, "csv: no memory");
	if (n_rows)
		*n_rows = r->n_rows;
	csv_free(&r->parser);
	arena_free(r->row_arena);
	return rc;
}
