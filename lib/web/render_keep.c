/* render_keep.c - keeps what a page was drawn from, to make golden pairs of it
 *
 * Only in development and only where $PRM_GOLDEN_DIR says so: t/golden/take does.
 */
#include "render_keep.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "str.h"

/* The first page of each template is enough. */
void render_keep(struct arena *a, const char *template_, json_t *const *data, size_t n)
{
	const char *dir = getenv("PRM_GOLDEN_DIR");
	char *file = dir ? arena_printf(a, "%s/%s.json", dir, template_) : NULL;
	json_t *layers = file ? json_array() : NULL;
	struct stat st;

	for (char *s = file ? file + strlen(dir) + 1 : NULL; s && *s; s++)
		if (*s == '/')
			*s = '@';
	for (size_t i = 0; layers && i < n; i++)
		json_array_append(layers, data[i]);
	if (layers && stat(file, &st))
		json_dump_file(layers, file, JSON_INDENT(1));
	json_decref(layers);
}
