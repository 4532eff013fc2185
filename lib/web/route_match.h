/* route_match.h - the row of a route table that serves a path */
#ifndef WEB_ROUTE_MATCH_H
#define WEB_ROUTE_MATCH_H

#include "route.h"

struct route_hit {
	const struct route *route;  /* NULL: no row takes this path */
	const char *program;
	unsigned allowed;           /* methods some row takes on this path, OR of enum method */
	int64_t id, sub_id;         /* {id}, {id2} */
	const char *key;            /* {key}, in the arena */
};

/* Looks through the tables (name NULL ends).  GET rows also serve HEAD.  A word beats an id
 * beats a key, segment by segment.  E_NOTFOUND, E_METHOD (with .allowed), or OK. */
int route_match(struct arena *a, const struct program *programs, enum method method, enum face face,
	const char *path, struct route_hit *hit);

/* The GET row with exactly this pattern that pages use; NULL when there is none. */
const struct route *route_page(const struct program *programs, const char *pattern);

/* pattern with its placeholders filled from the request: "/deals/12/withdraw". NULL past the cap. */
const char *route_path(struct arena *a, const char *pattern, int64_t id, int64_t sub_id, const char *key);

/* "GET, HEAD, POST" */
const char *methods_text(struct arena *a, unsigned methods);
const char *method_name(enum method m);

#endif
