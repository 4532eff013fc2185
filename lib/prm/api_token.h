/* api_token.h - API tokens: shown once, kept as a hash, never more than their owner may */
#ifndef PRM_API_TOKEN_H
#define PRM_API_TOKEN_H

#include "user.h"

#define TOKEN_DAYS_MAX 365
#define TOKENS_MAX 50          /* open tokens of one person */

struct api_token {
	int64_t id;
	const char *name, *hint, *scopes, *status;   /* status: active, expired, revoked */
	struct when created_at, expires_at, used_at;
};
extern const struct column api_token_columns[];
extern const struct choice api_token_status_choices[];

/* Scopes u can give: those that let something through u may. CHOICE_END ended, in the arena. */
int token_scopes(struct db *db, const struct user *u, const struct choice **out);
/* *secret is the token itself, never to be had again. scopes: bits of scope_bit(). */
int token_add(struct db *db, const struct user *u, const char *name, unsigned scopes, int days,
	const char **secret, int64_t *id);
/* One's own, newest first. */
int token_list(struct db *db, const struct user *u, struct api_token **out, size_t *count);
int token_revoke(struct db *db, const struct user *u, int64_t id);
/* Of a person who leaves a firm, or of a disabled person (membership_id 0: all). */
int token_revoke_all(struct db *db, int64_t person_id, int64_t membership_id);

#endif
