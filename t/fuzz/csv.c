/* csv.c - fuzz target: a CSV file of anybody's making */
#include <stdlib.h>

#include "csv_in.h"
#include "str.h"

static int look(const struct csv_row *row, void *arg)
{
	size_t *sum = arg;

	for (int i = 0; i < 3; i++)
		if (row->values[i]) {
			if (!str_utf8_valid(row->values[i], strlen(row->values[i])))
				abort();
			*sum += strlen(row->values[i]);
		}
	if (!row->line || row->n > MAX_COLUMNS)
		abort();
	return OK;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char *const names[] = { "customer", "domain", "notes", NULL };
	struct arena *a = arena_new(MAX_ARENA);
	struct err e = { .rc = OK };
	size_t sum = 0, n = 0;
	int rc;

	if (!a)
		return 0;
	rc = csv_read(a, &e, data, size, names, 1, look, &sum, &n);
	/* A refusal always has its sentence. */
	if (rc && !e.message[0])
		abort();
	arena_free(a);
	return 0;
}
