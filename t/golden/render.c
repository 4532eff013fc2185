/* render.c - draws one template with the data of JSON files: render TEMPLATES TEMPLATE FILE...
 *
 * A file holds the layers "common" (page, user, navigation), "api" (the document) and "page" (what
 * only the page has of it), which stand on top of each other as they do in a request; or one layer alone.
 */
#include <stdio.h>
#include <stdlib.h>

#include "intl.h"
#include "render_html.h"
#include "str.h"

#define MAX_LAYERS 16

static size_t read_layers(const char *file, json_t **layers, size_t n)
{
	static const char *const names[] = { "common", "api", "page" };
	json_error_t error;
	json_t *all = json_load_file(file, JSON_REJECT_DUPLICATES, &error);
	size_t before = n;

	if (!all || n + 3 > MAX_LAYERS) {
		fprintf(stderr, "%s:%d: %s\n", file, error.line, error.text);
		exit(2);
	}
	for (size_t i = 0; i < 3; i++)
		if (json_object_get(all, names[i]))
			layers[n++] = json_incref(json_object_get(all, names[i]));
	if (n == before)
		layers[n++] = json_incref(all);
	json_decref(all);
	return n;
}

int main(int argc, char **argv)
{
	struct conf conf = { .template_dir = argc > 1 ? argv[1] : "" };
	struct arena *a = arena_new(MAX_ARENA);
	struct err e = { .rc = OK };
	json_t *layers[MAX_LAYERS];
	const char *text;
	size_t n = 0, size;
	int rc = 2;

	if (argc < 4 || argc > MAX_LAYERS / 2 || !a)
		return 2;
	intl_use("en");
	for (int i = 3; i < argc; i++)
		n = read_layers(argv[i], layers, n);
	if (render_template(a, &e, &conf, argv[2], layers, n,
	    !strstr(argv[2], ".txt.cs"), &text, &size))
		fprintf(stderr, "%s: %s\n", argv[2], e.detail);
	else
		rc = fwrite(text, 1, size, stdout) == size ? 0 : 2;
	for (size_t i = 0; i < n; i++)
		json_decref(layers[i]);
	arena_free(a);
	return rc;
}
