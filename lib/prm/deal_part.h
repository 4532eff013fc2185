/* deal_part.h - what the files of the deal share; nobody else includes it */
#ifndef PRM_DEAL_PART_H
#define PRM_DEAL_PART_H

#include "deal.h"
#include "partner.h"

/* A partner sees its own firm's rows; the vendor all but drafts, or those of the firms it looks after.
 * Four arguments. */
#define DEAL_SCOPE "(? = 0 AND d.status <> 'draft' OR d.partner_id = ?) AND (? = 0 OR p.manager_id = ?)"
#define DEAL_SCOPE_ARGS(u) A(deal_scope_partner(u)), A(deal_scope_partner(u)), \
	A(deal_scope_manager(u)), A(deal_scope_manager(u))
int64_t deal_scope_partner(const struct user *u);   /* -1: nobody's */
int64_t deal_scope_manager(const struct user *u);

/* ---- the ground a decision stands on: rules, calendar, zone; read once ---- */
struct ground {
	struct rules rules;
	struct programme programme;
	struct calendar calendar;
	bool quiet;              /* an import: one mail at its end instead of one a line */
	int64_t eligible;        /* the partner found eligible a moment ago; 0: not yet looked */
};
int deal_ground(struct db *db, struct ground *g);

/* ---- reading and changing one row ---- */
/* Locks and reads; version 0: whatever stands. E_NOTFOUND, E_STALE. */
int deal_lock(struct db *db, const struct user *u, int64_t id, int64_t version, struct deal *out);
/* As deal_get() without a reader: for the clock and the rules. */
int deal_read(struct db *db, int64_t id, struct deal *out);
/* Makes d's move by the table: status and status_since. u NULL: the rules or the clock.
 * E_CONFLICT in words when the state does not allow it, E_FORBIDDEN without the right. */
int deal_step(struct db *db, const struct user *u, struct deal *d, const char *event);
/* Writes state and decision of d by compare-and-set on was->version, and the rollup. d->version rises. */
int deal_save(struct db *db, const struct deal *was, struct deal *d);
/* The same for a new row; fills d->id and d->number. E_DUPLICATE: its external key is there already. */
int deal_insert(struct db *db, struct deal *d);
/* Writes what the partner gave. */
int deal_save_facts(struct db *db, const struct deal *d);
/* As deal_register() on ground read before; fills *d. */
int deal_register_on(struct db *db, const struct user *u, const struct ground *g, const struct deal_input *in,
	const char *via, struct deal *d);
void deal_fill(struct deal *d, const struct deal_input *in);
/* All that a registration needs is there; else E_INVALID beside the fields. */
int deal_complete(struct db *db, const struct ground *g, const struct deal *d);
int deal_event(struct db *db, const struct user *u, const struct deal *d, const char *what,
	const char *from, const char *to, const char *text);
struct ruling {              /* one row of decision */
	const char *outcome, *clause, *reason;
	int rules_number;
	int64_t person_id;       /* 0: by rule */
	const char *evidence;    /* JSON for the vendor, or NULL */
};
/* Adds it and counts it. */
int deal_ruling_add(struct db *db, const struct deal *d, const struct ruling *r);
/* The ruling becomes d's last decision; deal_save() writes that. */
void deal_ruling_set(struct db *db, struct deal *d, const struct ruling *r);

/* ---- scope and keys ---- */
/* Looks up family, region and account, makes the keys. Errors beside their fields.
 * The account's row stays locked: registrations of one customer go one after the other. */
int deal_scope_find(struct db *db, struct deal *d);
/* Keys and ids only, nothing locked or made (pre-check). */
int deal_scope_look(struct db *db, struct deal *d);

struct found {               /* one registration in the way */
	const char *what;        /* "domain", "name": its hold; "open": waits for a decision on the same domain */
	int64_t deal_id, partner_id;
	const char *customer, *domain, *partner;
	struct when until, submitted_at;
};
struct facts {
	int64_t partner_id, deal_id;
	const char *domain_key;          /* NULL: none that says whose customer it is */
	bool domain_given;
	const struct found *domain_hold, *name_hold, *open;   /* NULL: none */
	struct money amount;
	struct day closes_on, today;
	const char *zone;                /* dates in words are told there */
};
/* Finds what stands in d's way; a hold whose time is over is ended first (write), or overlooked. */
int deal_facts(struct db *db, const struct ground *g, const struct deal *d, bool write, struct facts *out);

/* ---- the engine: no SQL, no clock ---- */
struct verdict {
	const char *outcome;         /* "approved", "review", "duplicate" */
	const char *clause_key, *reason;
	bool hold_name;              /* approved: the name's key is taken too */
	const struct found *because; /* NULL: nobody in the way */
};
int deal_judge(struct arena *a, const struct rules *r, const struct facts *f, struct verdict *out);

/* Decides d (new or resubmitted) by rule; writes it, holds, decision, rollups, events, mails. */
int deal_decide(struct db *db, const struct user *u, const struct ground *g, const struct deal *was, struct deal *d);

/* ---- holds ---- */
/* Takes the domain's, then the name's key. E_DUPLICATE: somebody was faster; what was taken is given back. */
int hold_take(struct db *db, const struct deal *d, bool with_name);
int hold_drop(struct db *db, int64_t deal_id);
/* Protection ends, whatever the way: holds go, a pending extension with them. */
int hold_end(struct db *db, const struct deal *was);
int hold_extend(struct db *db, const struct deal *d);
/* u NULL: the clock, after the notice. */
int deal_revoke_now(struct db *db, const struct user *u, const struct ground *g, const struct deal *was,
	const char *reason);
/* Ends one protection whose time is over (deal locked here). */
int deal_expire_one(struct db *db, int64_t id);

void deal_next_of(struct deal *d);       /* fills next_step and next_owner */
struct when deal_protection_end(const struct ground *g, struct when from, int64_t days);
const char *deal_url(struct db *db, const struct deal *d);

/* ---- mails ---- */
enum mail_to { MAIL_REGISTRANT, MAIL_DESK };    /* desk: the firm's channel manager, else the programme's address */
/* Puts the mail of that template about d; extra is a further text for it ("comment"), may be NULL. */
int deal_mail(struct db *db, enum mail_to to, const struct deal *d, const char *template, const char *extra);

#endif
