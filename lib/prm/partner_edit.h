/* partner_edit.h - a partner's record and what changes it */
#ifndef PRM_PARTNER_EDIT_H
#define PRM_PARTNER_EDIT_H

#include "partner.h"

extern const struct list_order partner_orders[];

/* One counted thing: label is a state of deals ("approved", ...) or "people"; with a currency it
 * is the value of those deals in that currency (currencies are never added up). */
struct partner_fact { const char *label, *currency; int64_t n; const char *amount; };
extern const struct column partner_fact_columns[];
int partner_facts(struct db *db, int64_t id, struct partner_fact **out, size_t *count);

/* An active firm stops registering; its protections run on. version 0: not checked.
 * E_CONFLICT in any other state, E_STALE when it was changed meanwhile. */
int partner_suspend(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason);
int partner_activate(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason);

#endif
