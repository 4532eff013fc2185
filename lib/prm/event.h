/* event.h - who did what: timeline and audit log in one
 *
 * Every change writes its event in its own transaction, last (the chain's head row is
 * locked from here to COMMIT).  Events are chained by hash, so a changed, removed or
 * moved row is found by audit_verify().
 */
#ifndef PRM_EVENT_H
#define PRM_EVENT_H

#include "user.h"

enum audience { TO_PARTNER, TO_VENDOR, TO_AUDIT };

struct event {
	int64_t seq;
	struct when at;
	int64_t actor_id;          /* 0: the portal itself */
	const char *actor_name;
	int64_t partner_id;        /* 0: none */
	const char *noun;          /* "deal" */
	int64_t noun_id;
	const char *what;          /* "approved" */
	const char *from_state, *to_state;
	int rules_number;          /* 0: none */
	const char *clause;
	const char *text;          /* in words; may be NULL */
	const char *audience;      /* "partner", "vendor", "audit" */
	const char *address;
};
extern const struct column event_columns[];      /* without hash */

/* Appends, only inside a transaction; u may be NULL (the portal). Fills seq, at, actor and
 * address from u and db->now. How a row is hashed: audit.h. */
int event_add(struct db *db, const struct user *u, enum audience to, const struct event *e);
/* Timeline of one thing, oldest first, without what u may not see. */
int event_timeline(struct db *db, const struct user *u, const char *noun, int64_t noun_id,
	size_t max, struct event **out, size_t *count);

struct audit_report { int64_t events, first_bad; const char *problem; };
/* Recomputes the chain from the first event and compares it with the head and the checkpoints;
 * with c also their signatures. first_bad 0: all well. problem is an N_() sentence. */
int audit_verify(struct db *db, const struct conf *c, struct audit_report *out);
/* Signs the head and mails it to the auditors; the public key is derived from the installation's
 * key. Nothing new since the last one: OK. */
int audit_checkpoint(struct db *db, const struct conf *c);

#endif
