/* arena.h - memory that belongs to one request
 *
 * Everything a request needs is taken from its arena and given back at once.
 * What is not memory (a file, a JSON tree, a parser) registers its own end.
 * An arena has a cap; past it arena_alloc() returns NULL, as malloc() would.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena that will hold at most cap bytes.  NULL when memory is out. */
struct arena *arena_new(size_t cap);
/* Ends everything registered, newest first, and frees all memory. NULL is fine. */
void arena_free(struct arena *a);
/* As arena_free(), but the arena can be used again (keeps under 1 MB for that). */
void arena_reset(struct arena *a);

/* size zeroed bytes aligned for any type; NULL past the cap. size 0 is 1. */
void *arena_alloc(struct arena *a, size_t size);
/* n elements of size bytes, zeroed; NULL on overflow or past the cap. */
void *arena_array(struct arena *a, size_t n, size_t size);
char *arena_strdup(struct arena *a, const char *s);          /* NULL gives NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n);
void *arena_memdup(struct arena *a, const void *p, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* Calls end(arg) when the arena ends. 0, or -1 past the cap (end is then called at once). */
int arena_on_end(struct arena *a, void (*end)(void *), void *arg);

/* p lies in a's memory. */
bool arena_owns(const struct arena *a, const void *p);

size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))

#endif
