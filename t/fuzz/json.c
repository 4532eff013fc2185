/* json.c - fuzz target: JSON bodies */
#include "fuzz.h"

static unsigned depth(const json_t *v)
{
	unsigned deepest = 0;
	const char *name;
	json_t *item;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)v, i, item)
		deepest = depth(item) > deepest ? depth(item) : deepest;
	json_object_foreach((json_t *)(uintptr_t)v, name, item)
		deepest = depth(item) > deepest ? depth(item) : deepest;
	return deepest + (json_is_array(v) || json_is_object(v));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(MAX_ARENA);
	struct err e = { .rc = OK };
	json_t *json;

	if (!parse_json(a, &e, (const char *)data, size, &json))
		must_hold(json_is_object(json) && json_object_size(json) <= MAX_PARAMS && depth(json) <= MAX_JSON_DEPTH);
	else
		must_hold(e.rc != OK);
	arena_free(a);
	return 0;
}
