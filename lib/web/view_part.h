/* view_part.h - what the files of the list pattern share; nobody else includes it */
#ifndef WEB_VIEW_PART_H
#define WEB_VIEW_PART_H

#include "view.h"

/* This list's address with its query, less the names in drop (NULL ended, may be NULL) and
 * less empty values, and with name=value on top (name NULL: nothing; value NULL: dropped). */
const char *view_address(const struct req *q, const char *const *drop, const char *name, const char *value);
/* Shown now: ?cols=, else the columns that are on. */
bool view_column_on(const struct req *q, const struct view_column *c);
/* Member of row i for the page: .shown's first, then .root's; NULL when there is none. */
json_t *view_member(const struct doc *d, const struct view *v, size_t i, const char *name, const char *suffix);
const char *view_text(const struct doc *d, json_t *value);
size_t view_size(const struct doc *d, const struct view *v);

int view_page(struct doc *d, const struct view *v, const char *next, int64_t total);
int view_csv(struct doc *d, const struct view *v, const char *next);

#endif
