/* cookie.c - fuzz target: the Cookie header */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(MAX_ARENA);
	char *header = arena_strndup(a, (const char *)data, size);
	const char *value;

	if (header && !parse_cookie(a, header, "__Host-prm", &value))
		must_hold(strlen(value) <= MAX_COOKIE && !strpbrk(value, "; ,\"\\\r\n\t"));
	arena_free(a);
	return 0;
}
