/* session.h - who is asking, and may it come from there
 *
 * Pages know people by a session cookie, the API by a bearer token; neither takes the other.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "req.h"
#include "worker.h"

#define STEP_UP_SECONDS 900

/* "__Host-prm" over https, else "prm": browsers take the prefix on secure origins only. */
const char *session_cookie(const struct conf *c);
const char *flash_cookie(const struct conf *c);

/* Fills q->user. OK also when nobody is signed in (a page, or the API without a token);
 * E_AUTH: a bearer token that is none.  *stale: the cookie names no session, delete it. */
int session_read(struct req *q, const struct env *env, bool *stale);

/* Session or token against the route's right, step-up and address list:
 * E_AUTH, E_FORBIDDEN, E_STEPUP.  Writes authz_fail to the log. */
int session_may(struct req *q);

/* An unsafe page request must come from one of our own pages (Sec-Fetch-Site, else Origin,
 * else Referer). E_FORBIDDEN. */
int session_same_origin(struct req *q, const struct env *env);

#endif
