/* urlencoded.c - fuzz target: forms and queries */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(MAX_ARENA);
	static struct params p;
	struct err e = { .rc = OK };

	if (!parse_urlencoded(a, &e, (const char *)data, size, &p))
		params_hold(&p);
	else
		must_hold(e.rc != OK);
	arena_free(a);
	return 0;
}
