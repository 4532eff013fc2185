/* req.h - a request, read and checked
 *
 * Paths, queries, bodies and cookies are parsed by the house (never by ClearSilver's
 * kit), within the bounds of limits.h.  A handler gets only what its field table let in.
 */
#ifndef WEB_REQ_H
#define WEB_REQ_H

#include <jansson.h>
#include "arena.h"
#include "conf.h"
#include "db.h"
#include "user.h"

enum method { GET = 1, POST = 2, PUT = 4, DELETE_ = 8, HEAD = 16 };
enum face { FACE_HTML, FACE_JSON };

struct param { const char *name, *value; };          /* decoded, valid UTF-8, no NUL */
struct params { size_t n; struct param p[MAX_PARAMS]; };

struct upload {              /* a file part; the data lie in the arena */
	const char *name;        /* client's file name, base name only, cleaned */
	const char *type;        /* by its magic bytes, not the client's word: "application/pdf", "image/png", "image/jpeg", "text/csv", "text/plain", ... or "" */
	const void *data;
	size_t size;
};

struct req {
	/* environment of the process */
	const struct conf *conf;
	const struct route *route;
	/* the request */
	enum method method;
	enum face face;          /* JSON under /api/v1 */
	const char *path;        /* without /api/v1; decoded, no "..", no "//" */
	const char *raw_query;
	struct params query;
	struct params form;      /* urlencoded or multipart body */
	json_t *json;            /* JSON body, an object, or NULL */
	struct upload files[MAX_PARTS];
	const char *file_fields[MAX_PARTS];   /* field name of files[i] */
	size_t n_files;
	const char *content_type;
	int64_t id;              /* {id} of the pattern, > 0 */
	const char *key;         /* {key} of the pattern: [A-Za-z0-9._-]{1,80} */
	int64_t sub_id;          /* second {id2} */
	bool partial;            /* a script asks for a part of the page (HX-Request) */
	const char *address, *agent, *host;
	char request_id[27];
	int64_t version;         /* If-Match: "N" or hidden field _version; 0 when not given */
	bool if_match;           /* it came as If-Match */
	const char *if_none_match;
	const char *idempotency_key;  /* API header, or the form's one-time token */
	const char *language;    /* user's, else Accept-Language, else "en" */
	/* what the pipeline made */
	struct arena *arena;
	struct err *err;
	struct db *db;           /* &db_; lib/prm works in it */
	struct user *user;       /* never NULL; person_id 0 when nobody */
	void *input;             /* values of the field table, see field.h */
	struct page *page;       /* of list routes */
	struct db db_;
	struct err err_;
	struct user user_;
};

const char *params_get(const struct params *p, const char *name);     /* first; NULL when absent */
const char *req_query(const struct req *q, const char *name);          /* NULL when absent */
const struct upload *req_file(const struct req *q, const char *field); /* NULL when absent */

/* ---- parsers, also driven by the fuzz targets; all return an enum rc ---- */
int parse_path(struct arena *a, struct err *e, const char *raw, const char **path);
int parse_urlencoded(struct arena *a, struct err *e, const char *text, size_t size, struct params *out);
int parse_cookie(struct arena *a, const char *header, const char *name, const char **value);
int parse_json(struct arena *a, struct err *e, const char *text, size_t size, json_t **out); /* object; freed with the arena */
int parse_multipart(struct arena *a, struct err *e, const char *content_type, const char *body, size_t size, struct req *q);
/* What the bytes are. "" when unknown. */
const char *sniff_type(const void *data, size_t size);
/* The name's ending is one that such bytes have; a name without an ending fits everything. */
bool sniff_fits(const char *type, const char *name);

#endif
