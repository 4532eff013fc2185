/* trees.h - memory of the JSON values of a request
 *
 * Between trees_begin() and trees_end() every value jansson makes comes from one arena:
 * a document of some thousand values is given back at once, not value by value.
 */
#ifndef BASE_TREES_H
#define BASE_TREES_H

#include <jansson.h>

#include "arena.h"

/* From here on values are taken from a; those made before keep their own memory. */
void trees_begin(struct arena *a);
/* All values made since are gone. */
void trees_end(void);

/* For what outlives the request: no arena until trees_resume() is given what trees_pause() said. */
struct arena *trees_pause(void);
void trees_resume(struct arena *before);

/* For arena_on_end(): gives a tree back, unless its memory goes by itself. */
void tree_drop(void *tree);

/* The text of a tree, from a; flags as of json_dumps(). NULL past the cap. */
char *tree_text(struct arena *a, const json_t *tree, size_t flags);

#endif
