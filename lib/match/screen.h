/* screen.h - names against the sanctions lists, in memory
 *
 * Lists as published: OFAC's sdn.csv, alt.csv, add.csv, sdn_comments.csv, the consolidated
 * cons_prim.csv, cons_alt.csv, cons_add.csv, cons_comments.csv (specification "Data format of
 * SDN list": "-0-" is null), the denied persons' dpl.txt (tabs) and the UN's consolidated XML.
 * A hit is a question for a person, never a decision.  Method: analysis.md 6.
 */
#ifndef MATCH_SCREEN_H
#define MATCH_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "err.h"

#define MAX_LIST_BYTES   ((size_t)128 << 20)  /* one file */
#define MAX_LIST_NAMES   2000000              /* all lists together */
#define MAX_SCREEN_HITS  50                   /* of one name */

enum listed_kind { LISTED_ENTITY, LISTED_INDIVIDUAL, LISTED_VESSEL, LISTED_AIRCRAFT };

struct listed {                  /* an entry of a list */
	const char *list;        /* "OFAC SDN", "OFAC consolidated", "BIS DPL", "UN" */
	const char *id;          /* the list's own */
	const char *name;        /* its primary name */
	const char *programme, *country;   /* "" when not told */
	enum listed_kind kind;
};

struct listed_name {
	const char *text;
	const struct listed *entry;
	bool weak;               /* a weak alias: OFAC's quoted ones, the UN's of low quality */
	bool alias;
};

struct hit {
	const struct listed_name *name;
	double score;            /* 0...1 */
};

struct screen;                   /* lists and their index; read only once it is loaded */
struct finder;                   /* working memory of one caller */

/* Loads the lists found in dir or dir/ofac and dir/un into a and builds the index. A file that is cut, or is
 * none of that kind, refuses them all: E_BAD with a sentence that names it. E_NOTFOUND: no list there. */
int screen_load(struct arena *a, struct err *e, const char *dir, const struct screen **out);
size_t screen_entries(const struct screen *s);
size_t screen_names(const struct screen *s);
const struct listed_name *screen_name(const struct screen *s, size_t i);
/* "individual", "entity", "vessel", "aircraft" */
const char *listed_kind_name(enum listed_kind kind);

/* Working memory in a; NULL when a is full. */
struct finder *finder_new(struct arena *a, const struct screen *s);
/* The best hits of at least this score, best first, one per entry (the name of it that matches best);
 * at most max (MAX_SCREEN_HITS). text: UTF-8; person or firm is not asked. */
size_t screen_find(struct finder *f, const char *text, double least, struct hit *hits, size_t max);

#endif
