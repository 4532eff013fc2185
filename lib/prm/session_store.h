/* session_store.h - the part of sessions only sign-in and account pages need */
#ifndef PRM_SESSION_STORE_H
#define PRM_SESSION_STORE_H

#include "user.h"

struct session {
	struct bytes hash;
	struct when created_at, seen_at;
	const char *address, *agent;
};
extern const struct column session_columns[];

/* A new session, stepped up; *token is the cookie's secret, in the arena. */
int session_add(struct db *db, int64_t person_id, int64_t membership_id, const char *address, const char *agent,
	const char **token);
/* A new token for u's session: after a step-up, and when another firm is acted for. */
int session_rotate(struct db *db, const struct user *u, int64_t membership_id, bool stepped_up, const char **token);
/* Open sessions of u, last used first, at most MAX_PAGE_ROWS. */
int session_list(struct db *db, const struct conf *c, const struct user *u, struct session **out, size_t *count);
/* Every session of a person / of one membership; the caller writes the event. */
int session_end_all(struct db *db, int64_t person_id);
int session_end_membership(struct db *db, int64_t membership_id);
/* Whether the person has signed in with this browser before; remembers it from now on. */
int session_device_known(struct db *db, int64_t person_id, const char *agent, bool *known);

#endif
