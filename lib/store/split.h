/* split.h - SQL files cut into statements */
#ifndef STORE_SPLIT_H
#define STORE_SPLIT_H

#include <stddef.h>

/* The next statement of *at, without its semicolon and the comments before it; *at moves
 * past it.  Quotes ('', "", ``, with backslashes), --, # and C comments hide semicolons.
 * NULL at the end; *len is its length.  *open is set when a quote or comment never ends. */
const char *split_next(const char **at, size_t *len, int *open);

#endif
