/* doc.h - what a handler answers: one document, two faces
 *
 * .root is the API's answer.  .shown holds what only the page needs (dates in the user's
 * zone, words for states) under the same paths; the HTML face sees both, JSON only .root.
 * Every doc_ function returns an enum rc, so handlers can end in "return doc_...".
 */
#ifndef WEB_DOC_H
#define WEB_DOC_H

#include <jansson.h>
#include "req.h"

struct doc {
	struct req *q;
	json_t *root, *shown;     /* objects, freed with the arena */
	int status;               /* 0: 200 */
	const char *location;     /* 201 (API) and 303 (page); path as the client sees it: "/api/v1/..." in the API */
	const char *export_next;  /* of a list as a file: where its next piece begins; NULL: this was the last */
	size_t export_rows;       /* in this piece */
	bool export_goes_on;      /* this piece is not the first: no headings */
	const char *link_next;    /* next page of a list: path and query, for "Link: <...>; rel=next" (API) */
	const char *flash, *flash_tone; /* shown on the next page: "good", "info", "bad" */
	const char *undo_url;     /* POST address that takes it back, offered with the flash */
	const char *etag;         /* of a live part or a versioned record; without quotes */
	const char *template_;    /* instead of the route's */
	/* raw answers (files, exports) */
	const char *raw_type, *raw_name;  /* raw_name: as an attachment */
	const void *raw;
	size_t raw_size;
	const char *send_file;    /* path below files_dir, handed to the web server (X-Accel-Redirect, X-Sendfile) or read */
	/* cookies to set: name=value; the pipeline adds the attributes */
	const char *set_session;  /* new session token; "" ends the session */
};

/* An empty document for q. Its trees end with the request's arena. */
int doc_init(struct doc *d, struct req *q);
/* "deal.decision" style paths; objects are made as needed. */
int doc_text(struct doc *d, const char *path, const char *value);      /* NULL is null */
int doc_int(struct doc *d, const char *path, int64_t value);
int doc_bool(struct doc *d, const char *path, bool value);
int doc_when(struct doc *d, const char *path, struct when w);          /* + _text, _in, _iso on pages */
int doc_day(struct doc *d, const char *path, struct day v);            /* + _text */
int doc_money(struct doc *d, const char *path, struct money m);        /* PATH: decimal; PATH's sibling "currency"; + _text */
int doc_json(struct doc *d, const char *path, json_t *value);          /* steals the reference */
/* Only for the page. */
int doc_show(struct doc *d, const char *path, const char *value);
int doc_show_json(struct doc *d, const char *path, json_t *value);
/* A row by its table: members not hidden. */
int doc_row(struct doc *d, const char *path, const struct column *cols, const void *row);
int doc_rows(struct doc *d, const char *path, const struct column *cols, const void *rows, size_t row_size, size_t n);
/* One more member per row of a list made before: doc_item(d, "deals", i) -> "deals.3" */
const char *doc_item(struct doc *d, const char *path, size_t i);
/* doc_show() of one member of row i of a list made before, without a path to write and read. */
int doc_show_in(struct doc *d, const char *list, size_t i, const char *name, const char *value);
/* 201 with Location in the API, 303 there on pages. */
int doc_created(struct doc *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* 303 on pages; in the API the document made so far with 200. */
int doc_go(struct doc *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int doc_flash(struct doc *d, const char *tone, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
int doc_etag(struct doc *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A handler that shows only its form. */
int doc_empty(struct req *q, struct doc *d);
int doc_raw(struct doc *d, const char *type, const char *name, const void *data, size_t size);

/* Shape of a document, for OpenAPI. */
struct part {
	const char *name;                 /* NULL ends */
	const struct column *columns;     /* of the object, or of each item */
	bool list;
	bool optional;                    /* may be absent or null */
	const struct part *parts;         /* nested objects */
	const char *describe;
	enum { PART_OBJECT, PART_TEXT, PART_INT, PART_BOOL } kind;   /* without columns */
};
#define PART_END { .name = NULL }
json_t *parts_schema(const struct part *parts);

#endif
