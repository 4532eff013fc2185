/* token.h - what a form carries and a cookie is signed with
 *
 * A form's token is base64url of 4 bytes of time (minutes), 12 random bytes and their keyed
 * BLAKE2b under the session: it proves that the form was drawn by us for this session (CSRF),
 * ends after TOKEN_MINUTES, and is the form's one-time key (see submission.h).
 *
 * Nobody's forms (sign-in, password reset) have the empty session.  Their token proves nothing
 * about who sends it - anybody can fetch one - so what stops a foreign site from signing a
 * visitor in as somebody else is the same-origin check, which a browser cannot be talked
 * out of.  A cookie for visitors would add nothing but a cookie.
 */
#ifndef WEB_TOKEN_H
#define WEB_TOKEN_H

#include "arena.h"
#include "db.h"

#define TOKEN_MINUTES 720      /* shorter than submissions are kept */

/* In the arena; NULL past its cap. */
const char *token_make(struct arena *a, const unsigned char key[32], struct bytes session, struct when now);
enum token_state { TOKEN_GOOD, TOKEN_OLD, TOKEN_BAD };
enum token_state token_check(const char *token, const unsigned char key[32], struct bytes session, struct when now);

/* text + "." + MAC under the session, as a cookie's value: base64url on both sides. */
const char *sealed_cookie(struct arena *a, const unsigned char key[32], struct bytes session, const char *text);
/* The text, or NULL when it is none of ours. */
const char *sealed_cookie_open(struct arena *a, const unsigned char key[32], struct bytes session, const char *value);

#endif
