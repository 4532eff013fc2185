/* names.h - are these two names of one person, firm or ship?
 *
 * Pure functions.  A name is prepared once (letters of any script to Latin, titles and legal
 * forms told apart, each word with a weight and keys) and then compared as often as needed.
 * Method: analysis.md 6; token alignment by optimal assignment (Kuhn 1955, Munkres 1957), words
 * by weighted Damerau-Levenshtein distance (Damerau 1964) with an allowance by length.
 */
#ifndef MATCH_NAMES_H
#define MATCH_NAMES_H

#include "arena.h"

#define NAME_MATCH 0.70     /* at and above: a match that a person should see */

enum name_kind { NAME_PERSON, NAME_COMPANY, NAME_ENTITY /* person or firm, not known */, NAME_VESSEL };

struct name;

/* "Person", "Company", "Organization", "LegalEntity", "Vessel", "Airplane"; NAME_ENTITY for others and NULL. */
enum name_kind name_kind_of(const char *schema);
/* text: UTF-8, any script, at most 24 words of 39 letters are looked at. The result lives in a;
 * NULL when a is full. A text without a letter or digit gives a name that is like no other. */
const struct name *name_prepare(struct arena *a, const char *text, enum name_kind kind);
/* 0 (different) ... 1 (the same); symmetric. Takes no memory. */
double name_compare(const struct name *x, const struct name *y);

#endif
