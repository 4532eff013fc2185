/* list_file.c - the rows of a list file as published, read whole or not at all */
#include "screen_part.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "str.h"

#define END_SIGN 0x1A      /* Ctrl-Z: OFAC's files end in it */

struct rows {
	struct lists *l;
	const char *path;
	size_t want, n, line;
	int (*row)(void *arg, char **fields);
	void *arg;
	char *fields[MAX_CSV_FIELDS];
	int rc;
};

char *listed_text(struct arena *a, struct err *e, const char *path, size_t *size)
{
	FILE *in = fopen(path, "rb");
	long end = in && !fseek(in, 0, SEEK_END) ? ftell(in) : -1;
	char *text = NULL;

	if (!in)
		fail(e, E_NOTFOUND, "%s: %s", path, strerror(errno));
	else if (end < 0 || (size_t)end > MAX_LIST_BYTES || fseek(in, 0, SEEK_SET))
		fail(e, E_TOOLARGE, "%s cannot be read whole", path);
	else if (!(text = arena_alloc(a, (size_t)end + 1)))
		fail(e, E_NOMEM, "no room for %s", path);
	else if ((*size = fread(text, 1, (size_t)end, in)) != (size_t)end) {
		fail(e, E_BAD, "%s cannot be read whole", path);
		text = NULL;
	}
	if (in)
		fclose(in);
	return text;
}

static char *trimmed(struct arena *a, const char *text, size_t n)
{
	static char empty[1];        /* most fields are null */

	while (n && (*text == ' ' || *text == '\t')) {
		text++;
		n--;
	}
	while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'))
		n--;
	return !n || (n == 3 && !memcmp(text, "-0-", 3)) ? empty : arena_strndup(a, text, n);
}

static void on_field(void *text, size_t n, void *arg)
{
	struct rows *r = arg;

	if (!r->rc && r->n < MAX_CSV_FIELDS && !(r->fields[r->n] = trimmed(r->l->a, text ? text : "", n)))
		r->rc = fail(r->l->e, E_NOMEM, "no room for %s", r->path);
	r->n++;
}

static void on_end(int sign, void *arg)
{
	struct rows *r = arg;

	(void)sign;
	r->line++;
	if (!r->rc && r->n && r->n != r->want)
		r->rc = fail(r->l->e, E_BAD, "%s is cut or damaged: row %zu has %zu fields, not %zu; no list was loaded",
			r->path, r->line, r->n, r->want);
	else if (!r->rc && r->n)
		r->rc = r->row(r->arg, r->fields);
	r->n = 0;
}

/* The length without Ctrl-Z and the line ends around it; *ended: there was one. */
static size_t without_end(const char *text, size_t n, bool *ended)
{
	*ended = false;
	while (n && strchr("\r\n\x1A", text[n - 1])) {
		*ended = *ended || text[n - 1] == END_SIGN;
		n--;
	}
	return n;
}

int listed_rows(struct lists *l, const char *path, char separator, size_t n_fields, bool must_end,
	int (*row)(void *arg, char **fields), void *arg)
{
	struct rows r = { .l = l, .path = path, .want = n_fields, .row = row, .arg = arg };
	struct csv_parser parser;
	size_t size = 0;
	char *text = listed_text(l->a, l->e, path, &size);
	bool ended;

	if (!text)
		return (int)l->e->rc;
	size = without_end(text, size, &ended);
	if (must_end && !ended)
		return fail(l->e, E_BAD, "%s is cut: its end mark is missing; no list was loaded", path);
	if (csv_init(&parser, CSV_STRICT_FINI | CSV_STRICT))
		return fail(l->e, E_NOMEM, "no room for %s", path);
	csv_set_delim(&parser, (unsigned char)separator);
	if (csv_parse(&parser, text, size, on_field, on_end, &r) != size && !r.rc)
		r.rc = fail(l->e, E_BAD, "%s is damaged in row %zu; no list was loaded", path, r.line + 1);
	if (!r.rc && csv_fini(&parser, on_field, on_end, &r))
		r.rc = fail(l->e, E_BAD, "%s is cut in row %zu; no list was loaded", path, r.line + 1);
	csv_free(&parser);
	return r.rc;
}

static bool grow(struct arena *a, void **rows, size_t n, size_t *room, size_t size)
{
	size_t more = *room ? *room * 2 : 4096;
	void *bigger;

	if (n < *room)
		return true;
	bigger = arena_array(a, more, size);
	if (!bigger)
		return false;
	if (n)
		memcpy(bigger, *rows, n * size);
	*rows = bigger;
	*room = more;
	return true;
}

struct listed *lists_entry(struct lists *l, const struct listed *entry)
{
	struct listed *copy = ARENA_NEW(l->a, struct listed);
	void *rows = l->entries;

	if (!copy || !grow(l->a, &rows, l->n_entries, &l->room_entries, sizeof(struct listed *))) {
		fail(l->e, E_NOMEM, "no room for the lists");
		return NULL;
	}
	l->entries = rows;
	*copy = *entry;
	l->entries[l->n_entries++] = copy;
	return lists_name(l, copy, copy->name, false, false) ? NULL : copy;
}

int lists_name(struct lists *l, const struct listed *entry, const char *text, bool alias, bool weak)
{
	void *rows = l->names;

	if (str_empty(text))
		return OK;
	if (l->n_names >= MAX_LIST_NAMES)
		return fail(l->e, E_TOOLARGE, "the lists have more than %d names", MAX_LIST_NAMES);
	if (!grow(l->a, &rows, l->n_names, &l->room_names, sizeof(*l->names)))
		return fail(l->e, E_NOMEM, "no room for the lists");
	l->names = rows;
	l->names[l->n_names++] = (struct listed_name){ .text = text, .entry = entry, .alias = alias, .weak = weak };
	return OK;
}
