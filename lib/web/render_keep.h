/* render_keep.h - keeps what a page was drawn from, to make golden pairs of it */
#ifndef WEB_RENDER_KEEP_H
#define WEB_RENDER_KEEP_H

#include <jansson.h>
#include "arena.h"

/* Writes the layers as a JSON array into $PRM_GOLDEN_DIR, once per template. */
void render_keep(struct arena *a, const char *template_, json_t *const *data, size_t n);

#endif
