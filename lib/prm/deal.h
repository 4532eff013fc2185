/* deal.h - deal registrations: scope, protection, decisions
 *
 * State machine of field guide 2.1 (table deal_moves[] in deal_state.c).  A scope is account x
 * product family x region; scope_hold's unique key is what makes two winners impossible.
 * A deal that is not the user's own is E_NOTFOUND.
 */
#ifndef PRM_DEAL_H
#define PRM_DEAL_H

#include <stdio.h>

#include "file.h"
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
	struct when decision_due_at, protected_from, protected_until, revoke_at;
	int extensions, resubmissions, reminded_days;
	const char *outcome, *clause, *reason;
	int rules_number;
	struct when decided_at;
	const char *decided_by_name;
	const char *external_key, *via;
	struct when created_at, submitted_at;
	const char *met;                        /* of a decision just made: what it met ("domain", "name", "open") */
	int64_t decided_by, manager_id;         /* 0: by rule; 0: nobody looks after the firm */
	bool extension_pending;
	const char *extension_evidence;         /* of the pending one; NULL else */
	int extension_days;
	const char *sort_amount, *sort_due, *sort_end;  /* of lists: never NULL, so that they can be cursors */
	const char *next_step, *next_owner;     /* words: what is next, who owes it ("partner","desk","nobody") */
};

/* Parts of a registration's document that are objects of their own. */
struct deal_scope_part { const char *account, *product_family, *region; };
struct deal_decision_part { const char *outcome, *clause; int rules_version; const char *reason; struct when at; const char *by; };
struct deal_next_part { const char *step, *owner; };
extern const struct column deal_scope_columns[], deal_decision_columns[], deal_next_columns[];
extern const struct column deal_columns[];          /* for the record: API and page */
extern const struct column deal_list_columns[];     /* for lists */
extern const struct choice deal_status_choices[];   /* words a person would say, tones */
extern const struct choice deal_outcome_choices[];
extern const struct choice deal_owner_choices[];    /* of next_owner */
extern const struct list_order deal_orders[];

/* One allowed move. right RIGHT_NONE: only the rules or the clock make it. */
struct deal_move { const char *from, *event, *to; enum right right; };
extern const struct deal_move deal_moves[];         /* from NULL ends; "" is a registration not yet there */
/* The table as Markdown, for doc/deals.md. */
int deal_states_print(FILE *out);
/* The move of this event out of this state, or NULL. */
const struct deal_move *deal_move_find(const char *from, const char *event);
/* May u make this move now? Conditions beyond state and right (clock, counts) are told by the function itself. */
bool deal_may(const struct user *u, const struct deal *d, const char *event);

struct deal_input {             /* what a partner gives */
	const char *customer, *domain, *country, *product_family;
	struct money amount;
	struct day closes_on;
	const char *notes, *contact_name, *contact_email, *external_key;
	bool submit;            /* of a saved draft or what was asked for: register it now */
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
/* From when on d, a protected one, can be asked more time for; none when the rules allow no more. */
int deal_extend_from(struct db *db, const struct deal *d, struct when *from);
int deal_convert(struct db *db, const struct user *u, int64_t id, int64_t version);
/* vendor */
int deal_approve(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, const char *clause_key);
int deal_reject(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, const char *clause_key);
int deal_return(struct db *db, const struct user *u, int64_t id, int64_t version, const char *asked, const char *fields); /* action required */
/* Gives the notice the rules name (revoke_notice_days); the clock revokes after it. Without notice days,
 * or when the registration rests on wrong facts: at once. */
int deal_revoke(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, bool wrong_facts);
int deal_keep(struct db *db, const struct user *u, int64_t id, int64_t version);    /* takes the notice back */
int deal_extension_decide(struct db *db, const struct user *u, int64_t id, int64_t version, bool grant, const char *reason);
int deal_comment(struct db *db, const struct user *u, int64_t id, const char *text, bool internal);
/* f: name, type, size. E_INVALID for field "file" when there are too many. */
int deal_file_add(struct db *db, const struct conf *c, const struct user *u, int64_t id, const struct file *f,
	const void *data, int64_t *file_id);
int deal_file_get(struct db *db, const struct user *u, int64_t id, int64_t file_id, struct file *out);

/* ---- what happened, as one story: events, comments and files, oldest first ---- */
struct story {
	const char *kind;            /* "event", "comment", "file" */
	int64_t id;
	struct when at;
	const char *who;             /* name; "Portal" for a rule or the clock */
	const char *what, *from_state, *to_state;   /* of an event */
	const char *text;            /* words, comment, or the file's name */
	int rules_number;            /* 0: none */
	const char *clause;
	bool internal;               /* the vendor's people only; never in a partner's answer */
};
extern const struct column story_columns[];
int deal_story(struct db *db, const struct user *u, int64_t id, struct story **out, size_t *count);

/* ---- evidence for the desk; the vendor's people only ---- */
struct deal_rival {
	int64_t id, partner_id;
	const char *number, *partner, *customer, *domain, *family, *status, *why;   /* why: "domain", "name" */
	bool holds, same_scope;      /* holds a key of this scope now */
	struct when submitted_at, protected_until;
};
extern const struct column deal_rival_columns[];
/* Registrations of other firms with the same domain or name, the nearest first. Needs DEAL_NOTE. */
int deal_rivals(struct db *db, const struct user *u, const struct deal *d, struct deal_rival **out, size_t *count);
/* Names of the fields a partner gives, for "unlocked" and the form. */
extern const struct choice deal_field_choices[];
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
