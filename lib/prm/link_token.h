/* link_token.h - one-time links in mails
 *
 * The link's token is random; what is kept is its hash.  A new link of a kind ends the older
 * ones of the same person.
 */
#ifndef PRM_LINK_TOKEN_H
#define PRM_LINK_TOKEN_H

#include "db.h"

#define INVITATION_SECONDS (7 * 86400)
#define RESET_SECONDS      3600
#define EMAIL_SECONDS      3600

struct link_token {
	int64_t person_id, membership_id;   /* 0: accepts none */
	const char *email;                  /* the new address (kind email) */
	const char *name, *person_email, *language, *status;  /* of the person */
	bool has_totp;
};

/* kind: "reset", "email"; "invitation" of the first administrator. *token in the arena. */
int link_token_add(struct db *db, const char *kind, int64_t person_id, const char *email, int seconds,
	const char **token);
/* kind: "invitation", "membership" (somebody with an account). Ends older ones of this membership only. */
int link_token_add_member(struct db *db, const char *kind, int64_t person_id, int64_t membership_id, int seconds,
	const char **token);
/* E_NOTFOUND when it is unknown, used, over or withdrawn. */
int link_token_find(struct db *db, const char *kind, const char *token, struct link_token *out);
/* Uses it up, in the transaction of what it opens: E_NOTFOUND when somebody else just did. */
int link_token_use(struct db *db, const char *kind, const char *token);
/* The membership t is of, or without one the person's first invitation, counts from now on.
 * E_NOTFOUND when it was withdrawn meanwhile. */
int link_token_join(struct db *db, const struct link_token *t);
/* Ends every open link of a person. */
int link_token_end_all(struct db *db, int64_t person_id);

#endif
