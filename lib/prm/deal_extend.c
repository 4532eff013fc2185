/* deal_extend.c - protection asked for and given beyond its end
 *
 * Field guide 2.2: never two pending; new evidence each time; how often and how early
 * the rules say.  The last protected day still counts, to its last moment.
 */
#include "deal_part.h"

#include "intl.h"
#include "str.h"

static const char SQL_ASK[] =
	"INSERT INTO extension (deal_id, asked_at, asked_by, evidence, status, days, decided_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char SQL_ANSWER[] =
	"UPDATE extension SET status = ?, decided_at = ?, decided_by = ? WHERE pending_key = ?";

/* The first moment d's extension can be asked for: the day the rules name counts from its start. */
static struct when first_moment(const struct rules *r, const char *zone, const struct deal *d)
{
	return day_start(when_day(when_plus(d->protected_until, -r->extension_from_days * 86400), zone), zone);
}

int deal_extend_from(struct db *db, const struct deal *d, struct when *from)
{
	struct programme p;
	struct rules r;
	int rc = rules_current(db, &r);

	*from = (struct when){ 0 };
	if (!rc)
		rc = programme_get(db, &p);
	if (!rc && !d->extension_pending && d->extensions < r.extension_max && d->protected_until.us >= db->now.us)
		*from = first_moment(&r, p.zone, d);
	return rc;
}

static int allowed(struct db *db, const struct ground *g, const struct deal *d)
{
	const char *clause = rules_clause(&g->rules, CLAUSE_EXTENSION)->number;
	struct when from = first_moment(&g->rules, g->programme.zone, d);

	if (d->protected_until.us < db->now.us)
		return fail(db->err, E_CONFLICT, _("The protection of %s has ended"), d->number);
	if (d->extensions >= g->rules.extension_max)
		return fail(db->err, E_CONFLICT, _("%s was extended as often as the rules allow (clause %s)"), d->number, clause);
	if (d->extension_pending)
		return fail(db->err, E_CONFLICT, _("An extension of %s waits for its answer already"), d->number);
	if (from.us > db->now.us)
		return fail(db->err, E_CONFLICT, _("An extension can be asked for from %s on (clause %s)"),
			when_date_text(db->arena, from, g->programme.zone, intl_language()), clause);
	return OK;
}

static struct ruling ruling_of(const struct ground *g, bool grant, const char *reason, int64_t person_id)
{
	return (struct ruling){ .outcome = grant ? "extended" : "extension_refused", .reason = reason,
		.clause = rules_clause(&g->rules, CLAUSE_EXTENSION)->number, .rules_number = g->rules.number,
		.person_id = person_id };
}

/* d's protection grows by days; its decision of registration stays what it was. */
static int grant_days(struct db *db, const struct ground *g, const struct deal *was, struct deal *d, int64_t days)
{
	int rc;

	d->protected_until = deal_protection_end(g, was->protected_until, days);
	d->extensions++;
	d->reminded_days = 0;
	rc = deal_save(db, was, d);
	return rc ? rc : hold_extend(db, d);
}

int deal_extend(struct db *db, const struct user *u, int64_t id, int64_t version, const char *evidence)
{
	struct ground g;
	struct deal was, d;
	struct ruling r;
	bool by_rule;
	int rc = deal_lock(db, u, id, version, &was);

	if (!rc)
		rc = deal_ground(db, &g);
	if (rc)
		return rc;
	d = was;
	rc = deal_step(db, u, &d, "extend");
	if (!rc)
		rc = allowed(db, &g, &was);
	if (rc)
		return rc;
	if (str_empty(evidence))
		return fail_field(db->err, "evidence", "%s", _("Say what is new since the registration"));
	by_rule = g.rules.extension_by_rule;
	rc = db_exec(db, SQL_ASK, ARGS(A(id), A(db->now), A(u->person_id), A(evidence), A(by_rule ? "granted" : "pending"),
		A(g.rules.extension_days), A(by_rule ? db->now : (struct when){ 0 })), NULL);
	if (rc == E_DUPLICATE)
		return fail(db->err, E_CONFLICT, _("An extension of %s waits for its answer already"), d.number);
	if (rc)
		return rc;
	if (!by_rule) {
		d.extension_pending = true;
		d.decision_due_at = calendar_due(&g.calendar, db->now, (int)g.rules.decision_days);
		if (d.decision_due_at.us > d.protected_until.us)        /* nobody loses a customer while the desk reads */
			d.protected_until = d.decision_due_at;
		rc = deal_save(db, &was, &d);
		if (!rc)
			rc = hold_extend(db, &d);
		if (!rc)
			rc = deal_mail(db, MAIL_DESK, &d, "deal-extension-asked", evidence);
		return rc ? rc : deal_event(db, u, &d, "extension_asked", was.status, d.status, evidence);
	}
	r = ruling_of(&g, true, _("The rules grant it when there is news."), 0);
	rc = grant_days(db, &g, &was, &d, g.rules.extension_days);
	if (!rc)
		rc = deal_ruling_add(db, &d, &r);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, &d, "deal-extension", NULL);
	if (!rc)
		rc = deal_event(db, u, &d, "extension_asked", was.status, d.status, evidence);
	return rc ? rc : deal_event(db, NULL, &d, "extended", was.status, d.status, r.reason);
}

int deal_extension_decide(struct db *db, const struct user *u, int64_t id, int64_t version, bool grant, const char *reason)
{
	struct ground g;
	struct deal was, d;
	struct ruling r;
	int rc = deal_lock(db, u, id, version, &was);

	if (!rc)
		rc = deal_ground(db, &g);
	if (rc)
		return rc;
	if (!was.extension_pending || !str_eq(was.status, "approved"))
		return fail(db->err, E_CONFLICT, _("No extension of %s waits for an answer"), was.number);
	if (!grant && str_empty(reason))
		return fail_field(db->err, "reason", "%s", _("Say why, in words the partner can act on"));
	d = was;
	d.extension_pending = false;
	d.decision_due_at = (struct when){ 0 };
	r = ruling_of(&g, grant, str_or(reason, _("The deal desk granted the extension.")), u->person_id);
	rc = db_change_one(db, SQL_ANSWER, ARGS(A(grant ? "granted" : "refused"), A(db->now), A(u->person_id), A(id)));
	if (!rc)
		rc = grant ? grant_days(db, &g, &was, &d, was.extension_days) : deal_save(db, &was, &d);
	if (!rc)
		rc = deal_ruling_add(db, &d, &r);
	if (!rc)
		rc = deal_mail(db, MAIL_REGISTRANT, &d, grant ? "deal-extension" : "deal-extension-refused", r.reason);
	return rc ? rc : deal_event(db, u, &d, grant ? "extended" : "extension_refused", was.status, d.status, r.reason);
}
