/* openapi.h - the API's description follows from the route tables (OpenAPI 3.1) */
#ifndef WEB_OPENAPI_H
#define WEB_OPENAPI_H

#include <jansson.h>
#include "route.h"

/* One program's part: {"program", "paths", "tags"}. Pages (PAGE_ONLY) are left out. */
json_t *openapi_part(const char *program, const struct route *routes);
/* The whole document of an array of parts, which stays the caller's. */
json_t *openapi_join(const json_t *parts);

/* ---- shared by its files ---- */
/* A text of at most max characters; lines: with line breaks. */
json_t *schema_text(int64_t min, int64_t max, bool lines);
json_t *schema_pattern(const char *pattern, int64_t max);
json_t *schema_format(const char *format, int64_t max);
json_t *schema_int(const char *format, int64_t min, int64_t max);
json_t *schema_object(void);                 /* closed, with empty "properties" */
json_t *schema_list(json_t *items, int64_t max);    /* steals items */
json_t *schema_choices(const struct choice *set);
void schema_null(json_t *schema);            /* or null */
void schema_member(json_t *object, const char *name, json_t *schema, bool required);  /* steals */
json_t *schema_ref(const char *path);        /* "#/components/..." */
json_t *openapi_components(void);            /* all of them; openapi_join() keeps those in use */
void openapi_hoist(json_t *all);             /* names shapes that occur more than once */
json_t *openapi_about(void);                 /* info, servers */

#endif
