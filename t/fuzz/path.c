/* path.c - fuzz target: request paths */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(MAX_ARENA);
	char *raw = arena_strndup(a, (const char *)data, size);
	struct err e = { .rc = OK };
	const char *path;

	if (raw && !parse_path(a, &e, raw, &path)) {
		must_hold(path[0] == '/' && strlen(path) <= MAX_PATH && str_utf8_valid(path, strlen(path)));
		must_hold(!strstr(path, "//") && !strstr(path, "/../") && !strstr(path, "/./") && !strchr(path, '\\'));
	}
	arena_free(a);
	return 0;
}
