/* forms.h - legal forms at the end (or start) of a company's name; used inside lib/match only */
#ifndef MATCH_FORMS_H
#define MATCH_FORMS_H

#include <stdbool.h>

#define FORM_TOKENS 5      /* words one form may be written in: "s. de r. l. de c. v." */

/* joined: up to FORM_TOKENS words of a name in lower-case ASCII, written together ("sro").
 * country: ISO 3166-1 alpha-2 of the customer, may be NULL.  True when that is a legal form
 * everywhere, or one of this country. */
bool form_at_end(const char *joined, const char *country);
/* The few that stand in front: "PT Maju", "OOO Romashka". */
bool form_at_start(const char *word, const char *country);
/* "and" in the language of the country; "and", "und" and "et" everywhere. */
bool form_is_and(const char *word, const char *country);

#endif
