/* request.h - what the client sent, before any rule of a route is applied */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "req.h"
#include "worker.h"

/* Request id, address, language: never fails, so that whatever follows can be answered and logged. */
void request_begin(struct req *q, struct worker *w, const struct env *env);
/* Method, path, face, query, conditional headers. E_BAD, E_METHOD (q->method 0). */
int request_head(struct req *q, const struct env *env);
/* The body: its cap first, then its type, then its form. E_TOOLARGE, E_TYPE, E_BAD.
 * *hash: BLAKE2b of method, path and body, what a repeated key is compared by. */
int request_body(struct req *q, const struct env *env, unsigned char hash[32]);

#endif
