/* trees.c - JSON values live and die with their request */
#include "trees.h"

#include <stdlib.h>

#include "limits.h"
#include "str.h"

/* jansson hands its memory functions nothing to tell requests apart; a process has one at a time. */
static struct arena *taken_from;

static void *take(size_t n)
{
	return taken_from ? arena_alloc(taken_from, n) : malloc(n);
}

static void give(void *p)
{
	if (p && (!taken_from || !arena_owns(taken_from, p)))
		free(p);
}

void trees_begin(struct arena *a)
{
	json_set_alloc_funcs(take, give);
	taken_from = a;
}

void trees_end(void)
{
	if (taken_from)
		arena_reset(taken_from);
	taken_from = NULL;
}

struct arena *trees_pause(void)
{
	struct arena *before = taken_from;

	taken_from = NULL;
	return before;
}

void trees_resume(struct arena *before)
{
	taken_from = before;
}

void tree_drop(void *tree)
{
	if (!taken_from || !arena_owns(taken_from, tree))
		json_decref(tree);
}

static int add(const char *text, size_t n, void *to)
{
	struct strbuf *b = to;

	strbuf_addn(b, text, n);
	return b->overflow ? -1 : 0;
}

char *tree_text(struct arena *a, const json_t *tree, size_t flags)
{
	struct strbuf b;

	strbuf_init(&b, a, MAX_ARENA / 2);
	return tree && !json_dump_callback(tree, add, &b, flags) ? b.text : NULL;
}
