/* secret.h - tokens and sealed values
 *
 * A token is 256 random bits as base64url; what is kept of it is its BLAKE2b hash.
 * A sealed value is XChaCha20-Poly1305 under a key derived from the installation's
 * master key for one purpose; it starts with a version byte, so that the way can change.
 */
#ifndef PRM_SECRET_H
#define PRM_SECRET_H

#include "db.h"

#define HASH_SIZE 32
#define API_TOKEN_PREFIX "prm_"
#define SEAL_MAX 400        /* bytes of a value that can be sealed */

/* A new token "PREFIX" + 43 characters, in a; NULL past its cap. */
const char *token_new(struct arena *a, const char *prefix);
void token_hash(const char *token, unsigned char hash[HASH_SIZE]);
/* Copies at most max bytes of s and never half a character; out has max + 1 bytes. */
void str_cut(char *out, size_t max, const char *s);

/* Seals size bytes for purpose; what binds them to their place ("person 12") goes into bound. */
int seal(struct db *db, const struct conf *c, const char *purpose, const char *bound,
	const void *data, size_t size, struct bytes *out);
/* E_INVALID when it was sealed elsewhere, for another place, or changed. */
int unseal(struct db *db, const struct conf *c, const char *purpose, const char *bound,
	const void *data, size_t size, struct bytes *out);
/* The same as text for a form's hidden value, with an end: after seconds it no longer opens. */
int seal_text(struct db *db, const struct conf *c, const char *purpose, const char *text, int seconds,
	const char **out);
int unseal_text(struct db *db, const struct conf *c, const char *purpose, const char *sealed, const char **out);

#endif
