/* doc_part.h - what the files of the document share; nobody else includes it */
#ifndef WEB_DOC_PART_H
#define WEB_DOC_PART_H

#include "doc.h"

#define MAX_KEY 96    /* a member's name with its suffix */

/* The object at path below root, made (with what leads to it) when it is not there.
 * NULL when something else stands in the way or an index is past MAX_EXPORT_ROWS. */
json_t *doc_object(json_t *root, const char *path);
/* Parent object of path's last component; *name is that component. */
json_t *doc_parent(json_t *root, const char *path, const char **name);
/* Where path leads, or NULL; makes nothing. */
json_t *doc_find(json_t *root, const char *path);

/* null for NULL and for text that is no UTF-8. */
json_t *json_text(const char *s);
void shown_text(json_t *o, const char *name, const char *suffix, const char *text);

/* "currency" for "amount", "paid_currency" for "paid". */
void currency_key(const char *name, char out[MAX_KEY]);

bool shown_wanted(const struct doc *d);
void shown_when(struct doc *d, json_t *into, const char *name, struct when w);
void shown_day(struct doc *d, json_t *into, const char *name, struct day v);
void shown_money(struct doc *d, json_t *into, const char *name, struct money m);
void shown_row(struct doc *d, json_t *into, const struct column *cols, const void *row);

#endif
