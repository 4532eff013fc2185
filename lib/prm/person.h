/* person.h - people, sessions, tokens, one-time links
 *
 * Passwords are argon2id; session, API and link tokens are kept as hashes only.
 */
#ifndef PRM_PERSON_H
#define PRM_PERSON_H

#include "user.h"

/* ---- what the request pipeline asks (one statement each) ---- */
/* The user of a session token; E_NOTFOUND when it is unknown, idle too long, too old or the person is disabled. */
int user_by_session(struct db *db, const struct conf *c, const char *token, struct user *out);
/* The user of an API token "prm_..."; E_NOTFOUND when unknown, expired, revoked. */
int user_by_token(struct db *db, const char *token, struct user *out);
/* Notes the use, at most once a minute (its own statement). */
int session_touch(struct db *db, const struct user *u);

/* ---- signing in ---- */
/* Checks e-mail, password and second factor; same time for unknown people. On OK *token is the new
 * session's secret (for the cookie). E_AUTH with one message for every failure; E_STEPUP when the
 * password is right and a code is still needed. */
int sign_in(struct db *db, const struct conf *c, const char *email, const char *password, const char *code,
	const char *address, const char *agent, const char **token, struct user *out);
int session_end(struct db *db, const struct user *u, const unsigned char hash[32]);  /* one's own */
int session_end_others(struct db *db, const struct user *u);
int session_step_up(struct db *db, const struct conf *c, const struct user *u, const char *password, const char *code,
	const char **token);    /* also rotates the token */

#endif
