/* respond.h - the answer's head and body
 *
 * Every answer goes through here, so every one has the security headers.
 */
#ifndef WEB_RESPOND_H
#define WEB_RESPOND_H

#include "req.h"
#include "str.h"
#include "worker.h"

enum keep { KEEP_NOT, KEEP_LIVE, KEEP_PUBLIC };   /* what caches may do, see answer_keep() */

struct answer {
	int status;
	const char *type;            /* of the body; NULL: there is none */
	const void *body;
	size_t size;
	enum keep keep;
	bool foreign;                /* content of users: no page of ours, not even when opened */
	struct strbuf head;          /* complete header lines */
	bool streamed;               /* its length is not known: answer_more() sends what comes behind body */
	bool sent;
	size_t bytes;
};

void answer_begin(struct answer *a, struct req *q);
/* Name: text; characters that could end the line are left out. */
void answer_header(struct answer *a, const char *name, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* With Secure, HttpOnly, SameSite=Lax, Path=/. value "" ends the cookie; max_age 0: with the browser. */
void answer_cookie(struct answer *a, const struct conf *c, const char *name, const char *value, int max_age);
/* RFC 6266: an ASCII name and the real one. */
void answer_attachment(struct answer *a, struct arena *arena, const char *name);
void answer_text(struct answer *a, const char *type, const void *body, size_t size);
/* Head and body, once; HEAD, 204 and 304 without the body. */
void answer_send(struct answer *a, struct req *q, const struct env *env);
/* false when the other side is gone. */
bool answer_more(struct answer *a, struct req *q, const struct env *env, const void *data, size_t size);
/* An ETag header; true (and status 304, no body) when the client has it already. */
bool answer_etag(struct answer *a, struct req *q, const char *etag);
/* Of the n characters between a tag's quotes, those that we gave. */
size_t etag_length(const char *tag, size_t n);

const char *status_text(int status);

#endif
