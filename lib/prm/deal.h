/* deal.h - deal registrations: scope, protection, decisions
 *
 * State machine of field guide 2.1 (table deal_moves[] in deal_state.c).  A scope is account x
 * product family x region; scope_hold's unique key is what makes two winners impossible.
 * A deal that is not the user's own is E_NOTFOUND.
 */
#ifndef PRM_DEAL_H
#define PRM_DEAL_H

#include "list.h"
#include "rules.h"
#include "user.h"

struct deal {
	int64_t id, partner_id, person_id, account_id, family_id, region_id, version;
	const char *number;             /* "DR-1042" */
	const char *partner, *registrant;       /* names */
	const char *customer, *domain, *domain_key, *name_key, *country;
	const char *product_family, *family;    /* code, name */
	const char *region_code, *region;
	struct money amount;
	struct day closes_on;
	const char *contact_name, *contact_email, *notes;
	const char *status;
	struct when status_since;
	bool on_dispute;
	const char *unlocked, *asked;
	struct when decision_due_at, protected_from, protected_until;
	int extensions, resubmissions, reminded_days;
	const char *outcome, *clause, *reason;
	int rules_number;
	struct when decided_at;
	const char *decided_by_name;
	const char *external_key, *via;
	struct when created_at, submitted_at;
	const char *next_step, *next_owner;     /* words: what is next, who owes it ("partner","desk","nobody") */
};
extern const struct column deal_columns[];          /* for the record: API and page */
extern const struct column deal_list_columns[];     /* for lists */
extern const struct choice deal_status_choices[];   /* words a person would say, tones */
extern const struct list_order deal_orders[];

struct deal_input {             /* what a partner gives */
	const char *customer, *domain, *country, *product_family;
	struct money amount;
	struct day closes_on;
	const char *notes, *contact_name, *contact_email, *external_key;
};

struct deal_filter {
	const char *q;              /* customer, domain, number or partner: contains */
	const char *status;         /* comma-joined or NULL */
	const char *product_family, *country;
	int64_t partner_id;
	const char *mine;           /* vendor: "queue" waits for the desk; partner: "me" own registrations only */
	const char *ending;         /* protection ends within N days */
};

int deal_get(struct db *db, const struct user *u, int64_t id, struct deal *out);
int deal_list(struct db *db, const struct user *u, const struct deal_filter *f, const struct page *p,
	struct deal **out, size_t *count, const char **next, int64_t *total);
int deal_draft(struct db *db, const struct user *u, const struct deal_input *in, int64_t *id);
/* Registers: checks, decides by the published rules or queues; everything in the caller's transaction. */
int deal_register(struct db *db, const struct user *u, const struct deal_input *in, const char *via, int64_t *id);
int deal_edit(struct db *db, const struct user *u, int64_t id, int64_t version, const struct deal_input *in); /* draft, or unlocked fields */
int deal_submit(struct db *db, const struct user *u, int64_t id, int64_t version);
int deal_withdraw(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason);
int deal_extend(struct db *db, const struct user *u, int64_t id, int64_t version, const char *evidence);
int deal_convert(struct db *db, const struct user *u, int64_t id, int64_t version);
/* vendor */
int deal_approve(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, const char *clause_key);
int deal_reject(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, const char *clause_key);
int deal_return(struct db *db, const struct user *u, int64_t id, int64_t version, const char *asked, const char *fields); /* action required */
int deal_revoke(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason);
int deal_extension_decide(struct db *db, const struct user *u, int64_t id, int64_t version, bool grant, const char *reason);
int deal_comment(struct db *db, const struct user *u, int64_t id, const char *text, bool internal);
/* timers, called by cron/expire: at most max rows a call, each its own transaction */
int deal_expire_due(struct db *db, size_t max, size_t *done);
int deal_remind_due(struct db *db, size_t max, size_t *done);

struct precheck {
	const char *answer;          /* "clear", "likely_conflict", "protected", "yours", "incomplete" */
	struct when protected_until; /* with "protected" */
	const char *sentence;        /* for people; never who */
};
int deal_precheck(struct db *db, const struct user *u, const struct deal_input *in, struct precheck *out);

#endif
