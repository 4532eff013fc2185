/* route.h - route tables and the way of a request
 *
 * A row carries its preconditions as columns; they are checked in one place before the
 * handler runs: method, session or token, right, step-up, origin and CSRF token, body cap,
 * content type, fields, one-time token.  Unsafe methods run inside one transaction.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "doc.h"
#include "field.h"
#include "view.h"

typedef int handler(struct req *q, struct doc *out);

enum route_flag {
	PAGE_ONLY  = 1 << 0,   /* not in the API */
	API_ONLY   = 1 << 1,   /* not a page */
	STEP_UP    = 1 << 2,   /* needs the password again within 15 minutes (pages), scope "admin" (API) */
	NO_TX      = 1 << 3,   /* the handler runs its own transactions (imports) */
	UPLOAD     = 1 << 4,   /* multipart, body cap MAX_BODY */
	REPLAYABLE = 1 << 5,   /* POST without effect (pre-check): no one-time token asked, no idempotency row */
	LIVE       = 1 << 6,   /* polled: Cache-Control private, no-cache with ETag, else no-store */
	CACHE      = 1 << 7    /* public page: may be kept 5 minutes when nobody is signed in */
};

struct route {
	enum method method;
	const char *pattern;       /* "/deals/{id}/withdraw" ; {id} number, {id2}, {key} */
	handler *handler;
	enum right right;
	const char *template_;     /* "deal/show.cs"; NULL: never drawn (POST that redirects, API_ONLY) */
	const struct field *fields;/* body of POST, query of GET */
	size_t input_size;         /* of the struct the fields describe */
	unsigned flags;
	const char *title;         /* N_() of the page, summary of the API operation */
	const struct view *view;   /* list routes */
	const struct part *returns;/* shape of the document, for OpenAPI */
	const char *section;       /* navigation entry to mark: "deals" */
	/* POST rows: the GET pattern whose handler and template redraw the form on E_INVALID ("/deals/new",
	 * "/deals/{id}"); NULL: this row's own template with an empty document. Typed values are kept. */
	const char *redraw;
	bool creates;              /* POST that ends in doc_created(): the API answers 201, not 200 */
	const char *sends;         /* GET rows that answer with a file: its media types, comma separated */
};
#define ROUTE_END { .pattern = NULL }

struct program { const char *name; const struct route *routes; };

/* FastCGI when fd 0 is a socket, else plain CGI, else --routes, --openapi, --check. */
int serve(int argc, char **argv, const char *name, const struct route *routes);
/* Many programs in one binary: the table of all. */
int serve_all(int argc, char **argv, const struct program *const *programs);   /* NULL ended */

/* Ends a program's file. In the one binary for small hosts it becomes an entry of its table. */
#ifdef PRM_ONE_BINARY
#define PROGRAM(symbol, name_, routes_) const struct program program_##symbol = { name_, routes_ };
#else
#define PROGRAM(symbol, name_, routes_) \
	int main(int argc, char **argv) { return serve(argc, argv, name_, routes_); }
#endif

#endif
