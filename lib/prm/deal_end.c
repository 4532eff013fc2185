/* deal_end.c - a protection ends: its time is over, or it is revoked */
#include "deal_part.h"

#include "str.h"

int deal_expire_one(struct db *db, int64_t id)
{
	struct deal was, d;
	int rc = deal_lock(db, NULL, id, 0, &was);

	if (rc)
		return rc;
	if (!str_eq(was.status, "approved"))
		return hold_drop(db, id);
	if (was.protected_until.us >= db->now.us)
		return OK;                      /* extended meanwhile */
	d = was;
	rc = deal_step(db, NULL, &d, "expire");
	d.decision_due_at = d.revoke_at = (struct when){ 0 };
	d.extension_pending = false;
	if (!rc)
		rc = deal_save(db, &was, &d);
	if (!rc)
		rc = hold_end(db, &was);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, &d, "deal-expired", NULL);
	return rc ? rc : deal_event(db, NULL, &d, "expired", was.status, d.status, NULL);
}

/* Ends the protection of d now; its notice, if any, was given before. */
int deal_revoke_now(struct db *db, const struct user *u, const struct ground *g, const struct deal *was,
	const char *reason)
{
	struct deal d = *was;
	struct ruling r = { .outcome = "revoked", .reason = reason, .rules_number = g->rules.number,
		.clause = rules_clause(&g->rules, CLAUSE_REVOCATION)->number, .person_id = u ? u->person_id : 0 };
	int rc = deal_step(db, u, &d, "revoke");

	d.decision_due_at = d.revoke_at = (struct when){ 0 };
	d.extension_pending = false;
	deal_ruling_set(db, &d, &r);
	if (!rc)
		rc = deal_save(db, was, &d);
	if (!rc)
		rc = hold_end(db, was);
	if (!rc)
		rc = deal_ruling_add(db, &d, &r);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, &d, "deal-revoked", NULL);
	return rc ? rc : deal_event(db, u, &d, "revoked", was->status, d.status, reason);
}
