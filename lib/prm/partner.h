/* partner.h - partner firms and the programme they are in */
#ifndef PRM_PARTNER_H
#define PRM_PARTNER_H

#include "list.h"
#include "user.h"

struct programme {
	const char *name, *zone, *currency, *accent, *contact_email;
	int workdays, open_minute, close_minute;
	int64_t version;
};
extern const struct column programme_columns[];
int programme_get(struct db *db, struct programme *out);          /* kept in the process for 60 s */
int programme_calendar(struct db *db, struct calendar *out);      /* with holidays, kept for 60 s */

struct partner {
	int64_t id, manager_id, version;
	const char *name, *domain, *country, *city, *status, *types, *tier, *manager, *manager_email, *external_key;
	struct day since;
	int64_t open_deals, protected_deals;
};
extern const struct column partner_columns[];
extern const struct choice partner_status_choices[], partner_type_choices[], partner_tier_choices[];
struct partner_filter { const char *q, *status, *country, *tier, *type, *mine; };
int partner_get(struct db *db, const struct user *u, int64_t id, struct partner *out);
int partner_list(struct db *db, const struct user *u, const struct partner_filter *f, const struct page *p,
	struct partner **out, size_t *count, const char **next, int64_t *total);

#endif
