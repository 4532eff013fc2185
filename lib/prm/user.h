/* user.h - who is asking
 *
 * Filled once per request from the session or API token; handlers and lib/prm only read it.
 */
#ifndef PRM_USER_H
#define PRM_USER_H

#include "db.h"
#include "right.h"

struct user {
	int64_t person_id;       /* 0: nobody is signed in */
	int64_t partner_id;      /* the firm acted for; 0 on the vendor's side */
	bool vendor;             /* acts for the vendor */
	bool own_partners_only;  /* a channel manager who is nothing more: only partners with manager_id = person_id */
	const char *name, *email;
	const char *firm;        /* partner's or vendor's name */
	const char *firms;       /* all firms of this person: "MEMBERSHIP\tNAME\n..." (sessions only) */
	const char *language;    /* "en" */
	const char *zone;        /* IANA */
	const char *theme;       /* "auto", "light", "dark" */
	unsigned roles;
	uint64_t rights;         /* of the roles, cut by the token's scopes */
	struct when stepped_up_at;  /* password (and code) given again; with a token: now when its scopes hold "admin" */
	struct bytes session_hash;  /* of the session; empty with a token */
	struct when seen_at;     /* session or token last used, to the minute */
	int64_t membership_id;   /* person x firm acted for */
	int64_t token_id;        /* 0 with a session */
	const char *address;     /* client's address */
	const char *agent;       /* User-Agent, cut to 200 */
	bool must_enroll_totp;   /* administrators before their second factor is set up */
};

static inline bool user_may(const struct user *u, enum right r)
{
	return r == PUBLIC || (u->person_id && (r == SIGNED_IN || (u->rights & RIGHT_BIT(r))));
}

#endif
