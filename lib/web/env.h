/* env.h - where a request comes from and its answer goes to
 *
 * FastCGI, plain CGI and tests differ only here.
 */
#ifndef WEB_ENV_H
#define WEB_ENV_H

#include <stdbool.h>
#include <stddef.h>

struct env {
	void *from;
	/* CGI variable ("REQUEST_METHOD", "HTTP_COOKIE"), or NULL. */
	const char *(*get)(void *from, const char *name);
	/* Next bytes of the body: how many, 0 at its end, -1 when it broke off. */
	long (*read)(void *from, void *out, size_t size);
	/* false when the other side is gone. */
	bool (*write)(void *from, const void *data, size_t size);
};

const char *env_get(const struct env *e, const char *name);   /* "" when it is not there */

/* Plain CGI: environment, fd 0 and fd 1. */
void env_cgi(struct env *e);
/* FastCGI: an accepted FCGX_Request. */
void env_fcgi(struct env *e, void *fcgx_request);

/* From memory, for tests: "NAME=value" strings, NULL-ended; the answer is kept in out. */
struct env_memory {
	const char *const *vars;
	const char *body;
	size_t size, at;
	char *out;           /* free() it */
	size_t out_size;
};
void env_memory(struct env *e, struct env_memory *m);

#endif
