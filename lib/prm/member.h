/* member.h - who works where, in which roles
 *
 * A partner's owner sees and changes the people of their own firm; somebody of the vendor (the
 * caller's route asks for PEOPLE_ADMIN) those of every firm.  A foreign row is E_NOTFOUND.  All
 * changes run in the caller's transaction and write their event.
 */
#ifndef PRM_MEMBER_H
#define PRM_MEMBER_H

#include "list.h"
#include "user.h"

struct member {                  /* one person in one firm */
	int64_t id, partner_id, version;   /* partner_id 0: the vendor */
	int64_t person_id;           /* 0 until the person accepts: then name and email are as typed */
	int64_t account_id;          /* the person all the same; never shown */
	const char *name, *email;
	const char *roles;           /* comma-joined */
	const char *firm;
	const char *status;          /* invited, active, disabled, ended */
	bool has_totp;
	struct when since, last_sign_in_at;
};
extern const struct column member_columns[];
extern const struct choice member_status_choices[];
extern const struct choice partner_role_choices[], vendor_role_choices[];
extern const struct list_order member_orders[];

struct member_filter {
	const char *q;               /* name, address or firm: contains */
	const char *role, *status;
	const char *side;            /* vendor's people only: "vendor"; partners': "partner" */
	int64_t partner_id;
};
int member_list(struct db *db, const struct user *u, const struct member_filter *f, const struct page *p,
	struct member **out, size_t *count, const char **next, int64_t *total);
int member_get(struct db *db, const struct user *u, int64_t id, struct member *out);

struct invitation {
	int64_t partner_id;          /* 0: the vendor; somebody of a partner invites to their own firm only */
	const char *email, *name, *language;
	unsigned roles;
};
/* Everybody gets a link of 7 days and is nobody of the firm before using it.  What the inviter sees is the
 * same whether there is an account or not. */
int member_invite(struct db *db, const struct conf *c, const struct user *u, const struct invitation *in, int64_t *id);
/* The link again, and the older one ends; E_CONFLICT once it was accepted. */
int member_resend(struct db *db, const struct conf *c, const struct user *u, int64_t id);
/* Somebody with an account accepts by the link of the letter; E_NOTFOUND when it is over or withdrawn. */
int member_accept(struct db *db, const char *token, const char *address);
/* Neither the last owner of a firm nor the vendor's last administrator can go. */
int member_roles(struct db *db, const struct user *u, int64_t id, int64_t version, unsigned roles);
int member_end(struct db *db, const struct user *u, int64_t id, int64_t version);

/* The firms a person can act for. */
struct firm { int64_t id, partner_id; const char *name, *roles; };   /* id of the membership */
extern const struct column firm_columns[];
int firm_list(struct db *db, const struct user *u, struct firm **out, size_t *count);
/* Every firm, by name, the vendor ("0") first: for an administrator's select. At most 5000. */
int firm_choices(struct db *db, const struct user *u, const struct choice **out);
/* Acts for another firm from now on; a new session token. */
int firm_switch(struct db *db, const struct user *u, int64_t membership_id, const char **token);

/* ---- by the vendor's administrators ---- */
/* Nobody can disable themselves. Ends sessions, tokens and links at once. */
int person_disable(struct db *db, const struct user *u, int64_t person_id);
int person_enable(struct db *db, const struct user *u, int64_t person_id);
int person_end_sessions(struct db *db, const struct user *u, int64_t person_id);
/* Lost second factor: removed after the person's identity was proven by other means; they are told. */
int person_reset_factor(struct db *db, const struct conf *c, const struct user *u, int64_t person_id);

#endif
