/* password.h - argon2id, and which passwords are refused */
#ifndef PRM_PASSWORD_H
#define PRM_PASSWORD_H

#include "db.h"

#define PASSWORD_MIN 10       /* characters */
#define PASSWORD_MAX 128      /* characters; bytes: four times as many */

/* argon2id (libsodium, RFC 9106) of password with its parameters in it, in the arena. At most two
 * hashes run at a time on a machine; E_AWAY with retry_after when the queue is too long. */
int password_hash(struct db *db, const struct conf *c, const char *password, const char **out);
/* Whether password is the one of hash.  hash NULL takes the same time and says no.  *stale: the
 * parameters of hash are no longer the configured ones, hash it again. */
int password_verify(struct db *db, const struct conf *c, const char *hash, const char *password,
	bool *match, bool *stale);
/* What a password must not hold, besides being one of the commonest (conf->common_passwords). */
struct password_about {
	const char *name, *email;   /* the person's */
	const char *vendor, *firm;  /* the programme's and the firm's name; may be NULL */
};
/* OK, or E_INVALID with the error beside field.  Any characters, no rules of composition
 * (ASVS 5.0 V6.2): only length, the list and words about the person. */
int password_allowed(struct db *db, const struct conf *c, const char *field, const char *password,
	const struct password_about *about);

#endif
