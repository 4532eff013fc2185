/* latin.h - names of any script in lower-case Latin letters; used inside lib/match only */
#ifndef MATCH_LATIN_H
#define MATCH_LATIN_H

#include <stdbool.h>
#include "arena.h"

bool latin_is_ascii(const char *s);
/* name (UTF-8) by ICU's "NFC; Any-Latin; Latin-ASCII; Lower"; with the country (ISO 3166-1
 * alpha-2, may be NULL) of German speakers the umlauts become two letters.  At most 256 UTF-16
 * units are read.  name itself when the rules cannot be had or a is full. */
const char *latin_of(struct arena *a, const char *name, const char *country);

#endif
