/* fuzz.h - what the fuzz targets share
 *
 * One input, one arena, nothing kept.  A target is a parser call and what must hold after it.
 */
#ifndef T_FUZZ_H
#define T_FUZZ_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "req.h"
#include "str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must_hold(bool ok)
{
	if (!ok)
		abort();
}

/* Within the bounds of limits.h, NUL-ended, valid UTF-8. */
static inline void params_hold(const struct params *p)
{
	must_hold(p->n <= MAX_PARAMS);
	for (size_t i = 0; i < p->n; i++) {
		size_t name = strlen(p->p[i].name), value = strlen(p->p[i].value);

		must_hold(name >= 1 && name <= MAX_NAME && value <= MAX_VALUE);
		must_hold(str_utf8_valid(p->p[i].name, name) && str_utf8_valid(p->p[i].value, value));
	}
}

#endif
