/* partner_edit.h - a partner's record and what changes it */
#ifndef PRM_PARTNER_EDIT_H
#define PRM_PARTNER_EDIT_H

#include "partner.h"

extern const struct list_order partner_orders[];

/* Deals of a firm in one state and currency ("": drafts without one); currencies are never added up. */
struct partner_fact { const char *status; int64_t n; struct money amount; };
extern const struct column partner_fact_columns[];
/* The firm, its deals by state, how many people it has: one statement. E_NOTFOUND as partner_get(). */
struct partner_record { struct partner partner; int64_t people; struct partner_fact *facts; size_t n_facts; };
int partner_record(struct db *db, const struct user *u, int64_t id, struct partner_record *out);

/* An active firm stops registering; its protections run on. version 0: not checked.
 * E_CONFLICT in any other state, E_STALE when it was changed meanwhile. */
int partner_suspend(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason);
int partner_activate(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason);

#endif
