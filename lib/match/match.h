/* match.h - whose customer is this: exact keys
 *
 * Pure functions, no SQL.  Methods: analysis.md 1 (ICU transliteration, legal forms, libpsl).
 */
#ifndef MATCH_MATCH_H
#define MATCH_MATCH_H

#include <stdbool.h>
#include "arena.h"

/* "Acme Holding GmbH & Co. KG" -> "acme holding": Any-Latin; Latin-ASCII; Lower, punctuation to spaces,
 * legal forms of the country (or of any) stripped at the end, spaces folded. Never empty for a name with a letter or digit. */
char *match_name_key(struct arena *a, const char *name, const char *country);
/* Host or e-mail or URL -> registrable domain (private section on), lower-case ASCII; NULL when there is
 * none, or it is a free-mail host. */
char *match_domain_key(struct arena *a, const char *host);
/* The host name in a URL, e-mail address or host, lower-case ASCII; NULL when there is none. */
char *match_host(struct arena *a, const char *text);
bool match_free_mail(const char *domain);

#endif
