/* arena.c - memory that belongs to one request */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define RED_ZONE 16     /* an overrun inside a block is found, too */
#else
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define RED_ZONE 0
#endif

#define ALIGN       (alignof(max_align_t))
#define FIRST_BLOCK ((size_t)32 << 10)
#define NEXT_BLOCK  ((size_t)128 << 10)
#define KEPT_BLOCKS 6           /* emptied ones of NEXT_BLOCK, kept for the next request */

struct block {
	struct block *next;
	size_t size, used;      /* of data[] */
	max_align_t data[];
};

struct ending {
	struct ending *next;
	void (*end)(void *);
	void *arg;
};

struct arena {
	struct block *first;    /* kept by arena_reset() */
	struct block *current;  /* the one being filled */
	struct block *spare;    /* empty, of NEXT_BLOCK each */
	unsigned n_spare;
	struct ending *endings;
	size_t cap, used;
};

static size_t round_up(size_t n)
{
	return (n + ALIGN - 1) & ~(ALIGN - 1);
}

static struct block *block_new(size_t size)
{
	struct block *b = malloc(sizeof(*b) + size);

	if (!b)
		return NULL;
	b->next = NULL;
	b->size = size;
	b->used = 0;
	ASAN_POISON_MEMORY_REGION(b->data, size);
	return b;
}

static void block_free(struct block *b)
{
	ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
	free(b);
}

struct arena *arena_new(size_t cap)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->cap = cap;
	a->first = block_new(FIRST_BLOCK);
	if (!a->first) {
		free(a);
		return NULL;
	}
	a->current = a->first;
	return a;
}

static void run_endings(struct arena *a)
{
	/* An ending may register another: take them one by one. */
	while (a->endings) {
		struct ending *e = a->endings;

		a->endings = e->next;
		e->end(e->arg);
	}
}

void arena_reset(struct arena *a)
{
	struct block *b, *next;

	run_endings(a);
	for (b = a->first->next; b; b = next) {
		next = b->next;
		if (b->size != NEXT_BLOCK || a->n_spare == KEPT_BLOCKS) {
			block_free(b);
			continue;
		}
		ASAN_POISON_MEMORY_REGION(b->data, b->size);
		b->used = 0;
		b->next = a->spare;
		a->spare = b;
		a->n_spare++;
	}
	a->first->next = NULL;
	a->first->used = 0;
	ASAN_POISON_MEMORY_REGION(a->first->data, a->first->size);
	a->current = a->first;
	a->used = 0;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	while (a->spare) {
		struct block *b = a->spare;

		a->spare = b->next;
		block_free(b);
	}
	block_free(a->first);
	free(a);
}

/* A block with room for size more bytes, or NULL. */
static struct block *block_for(struct arena *a, size_t size)
{
	struct block *b = a->current;

	if (b->size - b->used >= size)
		return b;
	if (size > NEXT_BLOCK / 4) {
		/* Large things get their own block; the current one goes on being filled. */
		b = block_new(size);
		if (!b)
			return NULL;
		b->next = a->first->next;
		a->first->next = b;
		return b;
	}
	b = a->spare;
	if (b) {
		a->spare = b->next;
		a->n_spare--;
	} else {
		b = block_new(NEXT_BLOCK);
	}
	if (!b)
		return NULL;
	b->next = a->first->next;
	a->first->next = b;
	a->current = b;
	return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct block *b;
	size_t room;
	char *p;

	if (!size)
		size = 1;
	if (size > a->cap || size > a->cap - a->used)
		return NULL;
	room = round_up(size) + RED_ZONE;
	b = block_for(a, room);
	if (!b)
		return NULL;
	p = (char *)b->data + b->used;
	b->used += room;
	a->used += size;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(n, size, &all))
		return NULL;
	return arena_alloc(a, all);
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p;

	if (!s)
		return NULL;
	n = strnlen(s, n);
	p = arena_alloc(a, n + 1);
	return p ? memcpy(p, s, n) : NULL;
}

void *arena_memdup(struct arena *a, const void *p, size_t n)
{
	void *copy = arena_alloc(a, n);

	if (copy && n)
		memcpy(copy, p, n);
	return copy;
}

bool arena_owns(const struct arena *a, const void *p)
{
	uintptr_t at = (uintptr_t)p;

	for (const struct block *b = a->first; b; b = b->next)
		if (at >= (uintptr_t)b->data && at < (uintptr_t)b->data + b->size)
			return true;
	return false;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char small[160], *p;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, again);
	va_end(again);
	if (n < 0)
		return NULL;
	if ((size_t)n < sizeof(small))
		return arena_memdup(a, small, (size_t)n + 1);
	p = arena_alloc(a, (size_t)n + 1);
	if (p)
		vsnprintf(p, (size_t)n + 1, fmt, ap);
	return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}

int arena_on_end(struct arena *a, void (*end)(void *), void *arg)
{
	struct ending *e = ARENA_NEW(a, struct ending);

	if (!e) {
		end(arg);
		return -1;
	}
	e->end = end;
	e->arg = arg;
	e->next = a->endings;
	a->endings = e;
	return 0;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
