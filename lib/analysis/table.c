/* table.c - a CSV file read whole, by libcsv */
#include "table.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

struct reading {
	struct arena *a;
	struct table *t;
	const char *names[MAX_TABLE_COLUMNS];
	const char **row[MAX_TABLE_COLUMNS];   /* cells by column, growing together */
	size_t room, column, line;
	enum rc rc;
};

static bool is_missing(const char *s)
{
	static const char *const words[] = { "", "NA", "N/A", "NULL", "null", "None", "NaN", "nan", "-0-" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(s, words[i]))
			return true;
	return false;
}

static bool grow(struct reading *r)
{
	size_t room = r->room ? r->room * 2 : 4096;

	for (size_t i = 0; i < r->t->n_columns; i++) {
		const char **more = arena_array(r->a, room, sizeof(*more));

		if (!more)
			return false;
		if (r->room)
			memcpy(more, r->row[i], r->room * sizeof(*more));
		r->row[i] = more;
	}
	r->room = room;
	return true;
}

static void on_cell(void *text, size_t n, void *arg)
{
	struct reading *r = arg;
	const char *s;

	if (r->rc)
		return;
	if (r->column >= (r->line ? r->t->n_columns : MAX_TABLE_COLUMNS)) {
		r->column++;             /* more cells than the header has: overlooked */
		return;
	}
	s = str_trim(r->a, arena_strndup(r->a, text ? text : "", n));
	if (!s || (r->line && r->t->n_rows == r->room && !r->column && !grow(r)))
		r->rc = E_NOMEM;
	else if (!r->line)
		r->names[r->column++] = s;
	else
		r->row[r->column++][r->t->n_rows] = is_missing(s) ? NULL : s;
}

static void on_row(int end, void *arg)
{
	struct reading *r = arg;

	(void)end;
	if (!r->rc && !r->line)
		r->t->n_columns = r->column;
	else if (!r->rc && r->column && ++r->t->n_rows > MAX_TABLE_ROWS)
		r->rc = E_TOOLARGE;
	r->line++;
	r->column = 0;
}

static char *file_text(struct arena *a, struct err *e, const char *path, size_t *size)
{
	FILE *in = fopen(path, "rb");
	long end = in && !fseek(in, 0, SEEK_END) ? ftell(in) : -1;
	char *text = NULL;

	if (!in)
		fail(e, E_NOTFOUND, "%s: %s", path, strerror(errno));
	else if (end < 0 || (size_t)end > MAX_TABLE_BYTES)
		fail(e, E_TOOLARGE, "%s cannot be read whole", path);
	else if (!(text = arena_alloc(a, (size_t)end + 1)))
		fail(e, E_NOMEM, "no room for %s", path);
	rewind(in ? in : stdin);
	if (text)
		*size = fread(text, 1, (size_t)end, in);
	if (in)
		fclose(in);
	return text;
}

/* The sign that parts most names in the header row. */
static char separator_of(const char *text)
{
	const char *signs = ",;\t";
	size_t most = 0;
	char best = ',';

	for (const char *s = signs; *s; s++) {
		size_t n = 0;

		for (const char *at = text; *at && *at != '\n'; at++)
			n += *at == *s;
		if (n > most) {
			most = n;
			best = *s;
		}
	}
	return best;
}

/* Lines that begin with the sign become empty ones, which libcsv leaves out. */
static void blank_comments(char *text, char sign)
{
	for (char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		while (*line == sign)
			while (*line && *line != '\n')
				*line++ = '\n';
		if (!*line)
			break;
	}
}

static int finish(struct reading *r, struct err *e, const char *path)
{
	struct table *t = r->t;

	if (r->rc == E_TOOLARGE)
		return fail(e, E_TOOLARGE, "%s has more than %d rows", path, MAX_TABLE_ROWS);
	if (r->rc)
		return fail(e, r->rc, "no room for %s", path);
	if (!t->n_columns)
		return fail(e, E_BAD, "%s has no header row", path);
	t->columns = arena_array(r->a, t->n_columns, sizeof(*t->columns));
	for (size_t i = 0; t->columns && i < t->n_columns; i++) {
		struct table_column *c = &t->columns[i];

		c->name = r->names[i];
		c->cells = r->row[i];
	}
	return t->columns ? OK : fail(e, E_NOMEM, "no room for %s", path);
}

int table_read(struct arena *a, struct err *e, const char *path, char separator, char comment, struct table *out)
{
	struct reading *r = ARENA_NEW(a, struct reading);
	struct csv_parser parser;
	size_t size = 0;
	char *text = r ? file_text(a, e, path, &size) : NULL, *start;

	memset(out, 0, sizeof(*out));
	if (!r)
		return fail(e, E_NOMEM, "no room for %s", path);
	if (!text)
		return (int)e->rc;
	*r = (struct reading){ .a = a, .t = out };
	start = !strncmp(text, "\xEF\xBB\xBF", 3) ? text + 3 : text;
	if (comment)
		blank_comments(start, comment);
	if (csv_init(&parser, 0))
		return fail(e, E_NOMEM, "no room for %s", path);
	start += strspn(start, "\r\n");
	csv_set_delim(&parser, (unsigned char)(separator ? separator : separator_of(start)));
	csv_parse(&parser, start, strlen(start), on_cell, on_row, r);
	csv_fini(&parser, on_cell, on_row, r);
	csv_free(&parser);
	return finish(r, e, path);
}

struct table_column *table_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (str_eq(t->columns[i].name, name))
			return &t->columns[i];
	return NULL;
}
