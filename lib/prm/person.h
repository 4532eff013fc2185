/* person.h - people, sessions, tokens, one-time links
 *
 * Passwords are argon2id; session, API and link tokens are kept as hashes only.
 * password.h, totp.h, api_token.h, link_token.h and session_store.h hold the parts.
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

/* ---- signing in: outside a transaction, each runs its own ---- */
/* Checks e-mail, password and second factor; same time for unknown people. On OK *token is the new
 * session's secret (for the cookie). E_AUTH with one message for every failure; E_LIMIT after too many.
 * E_STEPUP when the password is right and a code is still needed: *token is then a sealed state of
 * five minutes for sign_in_code(). */
int sign_in(struct db *db, const struct conf *c, const char *email, const char *password, const char *code,
	const char *address, const char *agent, const char **token, struct user *out);
/* The second page: state as sign_in() sealed it. E_AUTH: the code is wrong; E_INVALID: start again. */
int sign_in_code(struct db *db, const struct conf *c, const char *state, const char *code,
	const char *address, const char *agent, const char **token, struct user *out);
int session_end(struct db *db, const struct user *u, const unsigned char hash[32]);  /* one's own */
int session_end_others(struct db *db, const struct user *u);
/* The password (and code) given again; also rotates the token. E_INVALID beside the field. */
int session_step_up(struct db *db, const struct conf *c, const struct user *u, const char *password, const char *code,
	const char **token);
/* The password given again for one change. field_password NULL: the code alone. E_INVALID beside the field. */
int person_prove(struct db *db, const struct conf *c, const struct user *u, const char *field, const char *password);

/* ---- one's own account ---- */
struct person {
	int64_t id, version;
	const char *name, *email, *language, *zone, *theme, *status;
	bool has_totp;
	struct when created_at, last_sign_in_at, password_changed_at;
	const char *password_hash;
};
extern const struct column person_columns[];
extern const struct choice person_status_choices[], theme_choices[], language_choices[];

int person_get(struct db *db, int64_t id, struct person *out);
/* Trimmed, in lower case: how e-mail addresses are kept. In the arena. */
const char *email_key(struct db *db, const char *email);
int person_change(struct db *db, const struct user *u, int64_t version, const char *name, const char *language,
	const char *zone, const char *theme);
/* After person_prove(): refused passwords are E_INVALID beside field; other sessions end. In a transaction. */
int person_set_password(struct db *db, const struct conf *c, const struct user *u, const char *field, const char *password);
/* Mails a link to the new address and a notice to the old one. In a transaction. */
int person_email_ask(struct db *db, const struct conf *c, const struct user *u, const char *email);
int person_email_confirm(struct db *db, const struct conf *c, const char *token);
/* Tells the person by mail what changed: "password", "factor", "factor_removed", "email". In a transaction. */
int person_tell(struct db *db, const struct conf *c, int64_t person_id, const char *what);

/* ---- forgotten password; invitation ---- */
/* Mails a link if there is such a person; the caller says the same either way. In a transaction. */
int reset_ask(struct db *db, const struct conf *c, const char *email);
/* Sets the password behind a link of kind "reset" or "invitation" (then also the name, if given), ends all
 * sessions. Nobody is signed in by it: a second factor still stands. In a transaction. */
int link_set_password(struct db *db, const struct conf *c, const char *kind, const char *token,
	const char *field, const char *password, const char *name, const char *address);

#endif
