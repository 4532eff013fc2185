/* deal_decide.c - the engine: a registration is decided by the published rules
 *
 * deal_judge() is a function of rules and facts alone; what it says is written by
 * deal_decide(), where the unique key of scope_hold has the last word.
 */
#include "deal_part.h"

#include <jansson.h>

#include "intl.h"
#include "str.h"
#include "trees.h"

#define MAX_TURNS 3     /* somebody was faster that often: the whole transaction starts again */

static int rule(struct verdict *v, const char *outcome, const char *clause_key, const char *reason,
	const struct found *because)
{
	v->outcome = outcome;
	v->clause_key = clause_key;
	v->reason = reason;
	v->because = because;
	return reason ? OK : E_NOMEM;
}

static const char *until_text(struct arena *a, const struct facts *f, const struct found *h)
{
	return when_date_text(a, h->until, f->zone, intl_language());
}

/* One's own registration of the same customer stands already. */
static int judge_own(struct arena *a, const struct facts *f, const struct found *own, struct verdict *out)
{
	const char *reason = str_eq(own->what, "open") ?
		arena_printf(a, _("Your firm's registration DR-%lld of this customer waits for its decision already."),
			(long long)own->deal_id) :
		arena_printf(a, _("Your firm has this customer registered already: DR-%lld, protected until %s."),
			(long long)own->deal_id, until_text(a, f, own));

	return rule(out, "duplicate", CLAUSE_SCOPE, reason, own);
}

/* Somebody else stands in the way; E_NOTFOUND when nobody does. */
static int judge_others(struct arena *a, const struct rules *r, const struct facts *f, struct verdict *out)
{
	if (f->domain_hold)
		return rule(out, "duplicate", CLAUSE_FIRST, arena_printf(a,
			_("This customer is protected for another registration of the same products and region until %s."),
			until_text(a, f, f->domain_hold)), f->domain_hold);
	if (f->name_hold && r->review_same_name)
		return rule(out, "review", CLAUSE_SAME_NAME, f->name_hold->partner_id == f->partner_id ?
			arena_printf(a, _("Your firm holds a customer of the same name with another domain (DR-%lld): a person compares the two."),
				(long long)f->name_hold->deal_id) :
			_("A customer of the same name with another domain is protected: a person compares the two."), f->name_hold);
	if (f->open)
		return rule(out, "review", CLAUSE_FIRST,
			_("An earlier registration of this customer waits for its decision: a person decides in the order of submission."),
			f->open);
	return E_NOTFOUND;
}

/* The limit of the currency, or NULL: the rules name none. */
static const struct money *limit_of(const struct rules *r, const char *currency)
{
	for (size_t i = 0; i < r->n_auto_limits; i++)
		if (str_eq(r->auto_limits[i].currency, currency))
			return &r->auto_limits[i];
	return r->auto_limit.currency[0] && str_eq(r->auto_limit.currency, currency) ? &r->auto_limit : NULL;
}

/* What the registration itself says; E_NOTFOUND when nothing speaks against it. */
static int judge_terms(struct arena *a, const struct rules *r, const struct facts *f, struct verdict *out)
{
	const struct money *limit = limit_of(r, f->amount.currency);

	if (!limit)
		return rule(out, "review", CLAUSE_VALUE, arena_printf(a,
			_("The rules name no limit for amounts in %s: a person decides."), f->amount.currency), NULL);
	if (f->amount.minor > limit->minor)
		return rule(out, "review", CLAUSE_VALUE, arena_printf(a, _("The expected value is above %s: a person decides."),
			money_text(a, *limit, intl_language())), NULL);
	if (f->closes_on.n > day_plus(f->today, (int)r->closes_within_days).n)
		return rule(out, "review", CLAUSE_CLOSE_DATE, arena_printf(a,
			_("The expected close is more than %lld days ahead: a person decides."), (long long)r->closes_within_days), NULL);
	return E_NOTFOUND;
}

int deal_judge(struct arena *a, const struct rules *r, const struct facts *f, struct verdict *out)
{
	const struct found *hold = f->domain_key ? f->domain_hold : f->name_hold;
	int rc;

	memset(out, 0, sizeof(*out));
	if (hold && hold->partner_id == f->partner_id)
		return judge_own(a, f, hold, out);
	if (f->open && f->open->partner_id == f->partner_id)
		return judge_own(a, f, f->open, out);
	if (!f->domain_key && r->require_domain)
		return rule(out, "review", CLAUSE_DOMAIN, f->domain_given ?
			_("The domain given does not say whose customer it is (a mailbox service, or no registered domain): a person decides.") :
			_("Without the customer's web domain a person decides."), f->name_hold);
	if (!f->domain_key && f->name_hold)
		return rule(out, "review", CLAUSE_SAME_NAME,
			_("A customer of the same name is protected: a person compares the two."), f->name_hold);
	rc = judge_others(a, r, f, out);
	if (rc == E_NOTFOUND)
		rc = judge_terms(a, r, f, out);
	if (rc != E_NOTFOUND)
		return rc;
	out->hold_name = !f->name_hold;
	return rule(out, "approved", CLAUSE_AUTOMATIC,
		_("First complete registration of this customer for these products and this region."), NULL);
}

/* What was found, for the vendor: JSON of the decision's evidence. */
static const char *evidence_of(struct db *db, const struct found *f)
{
	json_t *o;
	char *text;

	if (!f)
		return NULL;
	o = json_pack("{s:s, s:I, s:I, s:s, s:s, s:s, s:s}", "found", f->what, "deal_id", (json_int_t)f->deal_id,
		"partner_id", (json_int_t)f->partner_id, "partner", f->partner, "customer", f->customer, "domain", f->domain,
		"until", str_or(when_iso(db->arena, f->until), ""));
	text = tree_text(db->arena, o, JSON_COMPACT);
	json_decref(o);
	return text;
}

struct way { const char *outcome, *event, *mail; };

static const struct way ways[] = {
	{ "approved", "approve", "deal-approved" },
	{ "review", "queue", "deal-queued" },
	{ "duplicate", "duplicate", "deal-duplicate" },
};

static const struct way *way_of(const char *outcome)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (str_eq(ways[i].outcome, outcome))
			return &ways[i];
	return NULL;
}

/* The verdict becomes d's state; nothing is written yet. */
static int settle(struct db *db, const struct ground *g, const struct verdict *v, struct deal *d, struct ruling *r)
{
	*r = (struct ruling){ .outcome = v->outcome, .clause = rules_clause(&g->rules, v->clause_key)->number,
		.reason = v->reason, .rules_number = g->rules.number, .evidence = evidence_of(db, v->because) };
	d->met = v->because ? v->because->what : NULL;
	d->status = "submitted";
	d->unlocked = d->asked = "";
	d->decision_due_at = d->protected_from = d->protected_until = (struct when){ 0 };
	if (str_eq(v->outcome, "approved")) {
		d->protected_from = db->now;
		d->protected_until = deal_protection_end(g, db->now, g->rules.protection_days);
	} else if (str_eq(v->outcome, "review")) {
		d->decision_due_at = calendar_due(&g->calendar, db->now, (int)g->rules.decision_days);
	}
	deal_ruling_set(db, d, r);
	return deal_step(db, NULL, d, way_of(v->outcome)->event);
}

/* Facts, verdict, row, holds; again when another took the hold in between. */
static int take_turns(struct db *db, const struct ground *g, const struct deal *was, struct deal *d, struct ruling *r)
{
	struct deal stands;
	struct verdict v;
	struct facts f;
	int rc = E_DUPLICATE;

	if (was)
		stands = *was;
	for (int turn = 0; rc == E_DUPLICATE && turn < MAX_TURNS; turn++) {
		err_clear(db->err);
		rc = deal_facts(db, g, d, true, &f);
		if (!rc)
			rc = deal_judge(db->arena, &g->rules, &f, &v);
		if (!rc)
			rc = settle(db, g, &v, d, r);
		if (rc)
			return rc;
		rc = was || turn ? deal_save(db, &stands, d) : deal_insert(db, d);
		if (rc)
			return rc == E_DUPLICATE ? E_CONFLICT : rc;
		stands = *d;
		if (str_eq(v.outcome, "approved"))
			rc = hold_take(db, d, v.hold_name);
	}
	return rc == E_DUPLICATE ? E_RETRY : rc;
}

int deal_decide(struct db *db, const struct user *u, const struct ground *g, const struct deal *was, struct deal *d)
{
	const char *before = was ? was->status : NULL;
	const struct way *way;
	struct ruling r;
	int rc = take_turns(db, g, was, d, &r);

	if (!rc)
		rc = deal_ruling_add(db, d, &r);
	if (rc)
		return rc;
	way = way_of(r.outcome);
	if (!g->quiet)
		rc = deal_mail(db, MAIL_REGISTRANT, d, way->mail, NULL);
	if (!rc && !g->quiet && str_eq(r.outcome, "review"))
		rc = deal_mail(db, MAIL_DESK, d, "deal-waiting", NULL);
	if (!rc)
		rc = deal_event(db, u, d, str_eq(before, "action_required") ? "resubmitted" : "submitted",
			before, "submitted", NULL);
	if (!rc)
		rc = deal_event(db, NULL, d, str_eq(r.outcome, "review") ? "queued" : r.outcome, "submitted", d->status, d->reason);
	return rc;
}
