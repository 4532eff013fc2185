/* search.h - one box over everything the user may see: one statement */
#ifndef PRM_SEARCH_H
#define PRM_SEARCH_H

#include "user.h"

#define MAX_FOUND_EACH 10
#define MIN_SEARCH 2            /* characters */
#define MAX_SEARCH 100

struct found {
	const char *kind;           /* "deal", "partner", "person", "clause" */
	int64_t id;
	const char *title, *detail; /* detail: state, place, address */
	const char *key;            /* clauses: anchor; deals: state */
};
extern const struct column found_columns[];
extern const struct choice found_choices[];

/* Deals by customer, domain or number; partners (vendor); people of one's own firm, or the vendor's own and
 * partners' for who may see them; clauses of the rules in force. */
int search_all(struct db *db, const struct user *u, const char *text, struct found **out, size_t *count);

#endif
