/* dashboard.h - the numbers of a firm, or of all firms, and what waits for whom
 *
 * Two statements: the figures come from the rollups and index counts, the list from the
 * queue's indexes.  Values of different currencies stand side by side, never added up.
 */
#ifndef PRM_DASHBOARD_H
#define PRM_DASHBOARD_H

#include "user.h"

#define DASHBOARD_MONTHS 12
#define DASHBOARD_DAYS 14
#define DASHBOARD_AGES 4
#define DASHBOARD_ENDING_DAYS 30
#define MAX_DASHBOARD_VALUES 40
#define MAX_WAITING_EACH 8          /* of each kind */
#define MAX_WAITING (5 * MAX_WAITING_EACH)

/* Registrations made in a month, by what has become of them. */
struct month_figures {
	struct day month;                   /* its first day */
	int64_t waiting, protected_deals, won, ended;
};
extern const struct column month_figures_columns[];

/* Decisions of a day; seconds: how long those by a person took, in sum. */
struct day_figures { struct day day; int64_t by_rule, by_person, seconds; };
extern const struct column day_figures_columns[];

/* Registrations in the queue by how long they have waited: under 4 h, 1 d, 2 d, longer. */
struct age_figures { const char *age; int64_t n; };
extern const struct column age_figures_columns[];

/* Expected value of what is in one state, in one currency. */
struct value_figures { const char *state; struct money amount; };   /* "waiting", "protected", "won" */
extern const struct column value_figures_columns[];

struct dashboard {
	int64_t waiting;                    /* all that is open: at the desk or with a partner */
	int64_t at_desk, with_partner;
	int64_t overdue;                    /* past the desk's clock */
	int64_t protected_deals, ending;    /* now; within 30 days */
	int64_t registered, registered_before;          /* this month, the one before */
	int64_t decided, decided_before;                /* this month, the one before up to the same day (partner) */
	int64_t decided_today, decided_yesterday;
	int64_t by_rule, by_person, seconds;            /* of the last 14 days; seconds: by a person */
	struct month_figures months[DASHBOARD_MONTHS];  /* oldest first, the last is now's */
	struct day_figures days[DASHBOARD_DAYS];        /* oldest first, the last is today */
	struct age_figures ages[DASHBOARD_AGES];
	struct value_figures values[MAX_DASHBOARD_VALUES];
	size_t n_values;
};

/* What waits: kind "decision" (the desk decides), "extension" (the desk decides), "answer" (the partner
 * answers), "ending" (protection ends soon), "draft" (never sent). */
struct waiting {
	const char *kind;
	int64_t deal_id;
	const char *partner, *customer, *family, *region, *status, *clause, *reason;
	int rules_number;                   /* clause and version the last decision rests on; 0: none */
	struct money amount;
	struct when due, since;
	int extensions;                     /* given so far */
};
extern const struct column waiting_columns[];
extern const struct choice waiting_choices[];

/* The user's own firm; on the vendor's side all firms, or those of the channel manager. */
int dashboard_figures(struct db *db, const struct user *u, struct dashboard *out);
int dashboard_waiting(struct db *db, const struct user *u, struct waiting **out, size_t *count);
/* Number of the last event that can have changed the list: one point query. */
int dashboard_mark(struct db *db, const struct user *u, int64_t *seq);

#endif
