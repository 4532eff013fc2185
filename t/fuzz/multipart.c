/* multipart.c - fuzz target: multipart bodies; the first line of an input is its Content-Type */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
	size_t n = line ? (size_t)(line - data) : 0;
	struct arena *a;
	struct req *q;
	struct err e = { .rc = OK };
	char *type;

	if (!line || n > 400)
		return 0;
	a = arena_new(MAX_ARENA);
	q = ARENA_NEW(a, struct req);
	type = arena_strndup(a, (const char *)data, n);
	if (!parse_multipart(a, &e, type, (const char *)line + 1, size - n - 1, q)) {
		params_hold(&q->form);
		must_hold(q->n_files <= MAX_PARTS);
		for (size_t i = 0; i < q->n_files; i++) {
			const struct upload *u = &q->files[i];

			must_hold(u->size <= size && u->name[0] && !strpbrk(u->name, "/\\\r\n\""));
			must_hold(str_utf8_valid(u->name, strlen(u->name)));
			must_hold(!u->size || ((const char *)u->data)[u->size] == '\0');
		}
	} else {
		must_hold(e.rc != OK);
	}
	arena_free(a);
	return 0;
}
