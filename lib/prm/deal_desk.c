/* deal_desk.c - what the deal desk does with a registration
 *
 * Each answer cites a clause.  A scope that somebody else holds cannot be given away
 * here: that takes the end of the other protection first.
 */
#include "deal_part.h"

#include "event.h"
#include "intl.h"
#include "str.h"

static int begin(struct db *db, const struct user *u, int64_t id, int64_t version, const char *event,
	struct ground *g, struct deal *was, struct deal *d)
{
	int rc = deal_lock(db, u, id, version, was);

	if (!rc)
		rc = deal_ground(db, g);
	if (rc)
		return rc;
	*d = *was;
	rc = deal_step(db, u, d, event);
	if (!d->extension_pending)
		d->decision_due_at = (struct when){ 0 };
	return rc;
}

/* The clause of that key, or the usual one when none was chosen. */
static int cite(struct db *db, const struct rules *r, const char *key, const char *usual, const char **number)
{
	for (size_t i = 0; i < r->n_clauses; i++)
		if (str_eq(r->clauses[i].key, str_empty(key) ? usual : key)) {
			*number = r->clauses[i].number;
			return OK;
		}
	return fail_field(db->err, "clause", "%s", _("Choose a clause of the rules"));
}

/* Row, decision, mail, event: the same for every answer. */
static int finish(struct db *db, const struct user *u, const struct deal *was, struct deal *d, struct ruling *r,
	const char *mail, const char *event)
{
	int rc;

	r->person_id = u->person_id;
	deal_ruling_set(db, d, r);
	rc = deal_save(db, was, d);
	if (!rc)
		rc = deal_ruling_add(db, d, r);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, d, mail, NULL);
	if (!rc) {
		struct event e = { .partner_id = d->partner_id, .noun = "deal", .noun_id = d->id, .what = event,
			.from_state = was->status, .to_state = d->status, .rules_number = r->rules_number,
			.clause = r->clause, .text = str_empty(r->reason) ? NULL : r->reason };

		rc = event_add(db, u, TO_PARTNER, &e);
	}
	return rc;
}

/* Only the vendor's people read this: it may say who. */
static int held(struct db *db, const struct ground *g, const struct found *f)
{
	fail(db->err, E_CONFLICT, _("%s holds this customer with DR-%lld until %s"), f->partner, (long long)f->deal_id,
		when_date_text(db->arena, f->until, g->programme.zone, intl_language()));
	return fail_hint(db->err, "%s", _("Reject this registration, or wait until that protection has ended"));
}

/* Takes the keys that are free; the name's may stay with another. */
static int take_scope(struct db *db, const struct ground *g, const struct deal *d)
{
	struct facts f;
	int rc = deal_facts(db, g, d, true, &f);

	if (rc)
		return rc;
	if (f.domain_hold)
		return held(db, g, f.domain_hold);
	if (!d->domain_key && f.name_hold)
		return held(db, g, f.name_hold);
	rc = hold_take(db, d, !f.name_hold);
	if (rc == E_DUPLICATE)
		return fail(db->err, E_CONFLICT, "%s", _("Somebody was given this customer a moment ago: look again"));
	return rc;
}

int deal_approve(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, const char *clause_key)
{
	struct ground g;
	struct deal was, d;
	struct ruling r = { .outcome = "approved" };
	int rc = begin(db, u, id, version, "approve", &g, &was, &d);

	if (!rc)
		rc = cite(db, &g.rules, clause_key, CLAUSE_REVIEW, &r.clause);
	if (rc)
		return rc;
	r.rules_number = g.rules.number;
	r.reason = str_or(reason, _("The deal desk approved this registration."));
	d.protected_from = db->now;
	d.protected_until = deal_protection_end(&g, db->now, g.rules.protection_days);
	rc = take_scope(db, &g, &d);
	return rc ? rc : finish(db, u, &was, &d, &r, "deal-approved", "approved");
}

/* A rejection for want of priority is the state "duplicate": the partner reads it as such. */
int deal_reject(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, const char *clause_key)
{
	struct ground g;
	struct deal was, d;
	struct ruling r = { .outcome = "rejected", .reason = reason };
	bool first = str_eq(clause_key, CLAUSE_FIRST);
	int rc = begin(db, u, id, version, "reject", &g, &was, &d);

	if (!rc)
		rc = cite(db, &g.rules, clause_key, CLAUSE_REJECTION, &r.clause);
	if (rc)
		return rc;
	if (str_empty(reason))
		return fail_field(db->err, "reason", "%s", _("Say why, in words the partner can act on"));
	if (first && str_eq(was.status, "in_review")) {
		r.outcome = "duplicate";
		d.status = "duplicate";
	}
	r.rules_number = g.rules.number;
	d.unlocked = d.asked = "";
	return finish(db, u, &was, &d, &r, first ? "deal-duplicate" : "deal-rejected", r.outcome);
}

int deal_return(struct db *db, const struct user *u, int64_t id, int64_t version, const char *asked, const char *fields)
{
	struct ground g;
	struct deal was, d;
	struct ruling r = { .outcome = "action_required", .reason = asked };
	int rc = begin(db, u, id, version, "return", &g, &was, &d);

	if (!rc)
		rc = cite(db, &g.rules, NULL, CLAUSE_ACTION, &r.clause);
	if (rc)
		return rc;
	if (str_empty(asked))
		return fail_field(db->err, "asked", "%s", _("Say what is missing"));
	if (str_empty(fields))
		return fail_field(db->err, "fields", "%s", _("Choose at least one field the partner may change"));
	if (was.resubmissions >= g.rules.resubmissions_max)
		return fail(db->err, E_CONFLICT, _("%s was sent back as often as the rules allow (%lld times, clause %s)"),
			was.number, (long long)g.rules.resubmissions_max, r.clause);
	r.rules_number = g.rules.number;
	d.asked = asked;
	d.unlocked = fields;
	return finish(db, u, &was, &d, &r, "deal-action-required", "returned");
}

int deal_revoke(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason, bool wrong_facts)
{
	struct ground g;
	struct deal was, d;
	int rc = begin(db, u, id, version, "notice", &g, &was, &d);

	if (rc)
		return rc;
	if (str_empty(reason))
		return fail_field(db->err, "reason", "%s", _("Say why, in words the partner can act on"));
	if (!g.rules.revoke_notice_days || wrong_facts)
		return deal_revoke_now(db, u, &g, &was, reason);
	if (!when_none(was.revoke_at))
		return fail(db->err, E_CONFLICT, _("Notice was given already: the protection of %s ends %s"), was.number,
			when_date_text(db->arena, was.revoke_at, g.programme.zone, intl_language()));
	d.revoke_at = calendar_due(&g.calendar, db->now, (int)g.rules.revoke_notice_days);
	d.reason = reason;
	rc = deal_save(db, &was, &d);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, &d, "deal-notice", reason);
	return rc ? rc : deal_event(db, u, &d, "notice", was.status, d.status, reason);
}

int deal_keep(struct db *db, const struct user *u, int64_t id, int64_t version)
{
	struct ground g;
	struct deal was, d;
	int rc = begin(db, u, id, version, "keep", &g, &was, &d);

	if (rc)
		return rc;
	if (when_none(was.revoke_at))
		return fail(db->err, E_CONFLICT, _("No notice stands against %s"), was.number);
	d.revoke_at = (struct when){ 0 };
	rc = deal_save(db, &was, &d);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, &d, "deal-kept", NULL);
	return rc ? rc : deal_event(db, u, &d, "kept", was.status, d.status, NULL);
}
