/* page.h - what every template sees besides its document: Page, User, Nav, NewMenu */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "doc.h"
#include "str.h"
#include "route.h"
#include "worker.h"

struct page_facts {
	const struct route *route;      /* NULL on an error page of no route */
	const char *title;              /* translated; NULL: the route's */
	const char *flash;              /* JSON {text,tone,undo_url}, or NULL */
	bool without_db;                /* the database is away: ask it nothing */
};

/* Adds the members to into. E_NOMEM. */
int page_make(struct worker *w, struct req *q, const struct page_facts *facts, json_t *into);
/* Versioned addresses of styles and scripts; once per process. */
void page_assets(struct worker *w);

#endif
