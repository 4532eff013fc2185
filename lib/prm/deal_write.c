/* deal_write.c - what a partner does with a registration
 *
 * Drafts, registering, mending what the desk asked for, withdrawing, winning.  Each
 * function works in its caller's transaction; the decision itself is deal_decide().
 */
#include "deal_part.h"

#include "intl.h"
#include "str.h"

static const char SQL_ELIGIBLE[] =
	"SELECT COUNT(*) FROM partner p WHERE p.id = ? AND p.status = 'active'"
	" AND EXISTS (SELECT 1 FROM enrollment e WHERE e.partner_id = p.id AND e.status = 'active')";

static int eligible(struct db *db, const struct ground *g, int64_t partner_id)
{
	int64_t n = 0;
	int rc = g->eligible == partner_id ? OK : db_int(db, SQL_ELIGIBLE, ARGS(A(partner_id)), &n);

	if (rc || n || g->eligible == partner_id)
		return rc;
	fail(db->err, E_FORBIDDEN, _("Your firm cannot register deals at present (clause %s of the rules)"),
		rules_clause(&g->rules, CLAUSE_ELIGIBLE)->number);
	return fail_hint(db->err, "%s", _("Ask your channel manager"));
}

void deal_fill(struct deal *d, const struct deal_input *in)
{
	d->customer = str_or(in->customer, "");
	d->domain = str_or(in->domain, "");
	d->country = str_or(in->country, "");
	d->product_family = str_or(in->product_family, "");
	d->amount = in->amount;
	d->closes_on = in->closes_on;
	d->contact_name = str_or(in->contact_name, "");
	d->contact_email = str_or(in->contact_email, "");
	d->notes = str_or(in->notes, "");
	d->external_key = str_empty(in->external_key) ? NULL : in->external_key;
}

static void new_deal(struct deal *d, const struct user *u, const struct deal_input *in, const char *via)
{
	memset(d, 0, sizeof(*d));
	deal_fill(d, in);
	d->partner_id = u->partner_id;
	d->partner = u->firm;
	d->person_id = u->person_id;
	d->registrant = u->name;
	d->via = via;
	d->status = d->unlocked = d->asked = "";
	d->name_key = "";
	d->number = _("A new registration");
}

static void missing(struct db *db, const char *field, bool there)
{
	const struct choice *c = choice_find(deal_field_choices, field);

	if (!there)
		fail_field(db->err, field, _("%s is needed to register"), c ? _(c->label) : field);
}

int deal_complete(struct db *db, const struct ground *g, const struct deal *d)
{
	bool dated = d->closes_on.n != DAY_NONE && d->closes_on.n;

	err_clear(db->err);
	missing(db, "customer", !str_empty(d->customer));
	if (!str_eq(d->via, "import"))
		missing(db, "domain", !str_empty(d->domain));
	missing(db, "country", !str_empty(d->country));
	missing(db, "product_family", !str_empty(d->product_family));
	missing(db, "amount", d->amount.currency[0] && d->amount.minor > 0);
	missing(db, "closes_on", dated);
	if (dated && d->closes_on.n < when_day(db->now, g->programme.zone).n)
		fail_field(db->err, "closes_on", "%s", _("The expected close lies in the past"));
	return db->err->n_fields ? E_INVALID : OK;
}

/* The partner's channel manager is who the desk's mail goes to; a new row has not been read. */
static const char SQL_MANAGER[] = "SELECT IFNULL(manager_id, 0) FROM partner WHERE id = ?";

static int submit(struct db *db, const struct user *u, const struct ground *g, const struct deal *was, struct deal *d)
{
	int rc = deal_complete(db, g, d);

	if (!rc)
		rc = eligible(db, g, d->partner_id);
	if (!rc)
		rc = deal_step(db, u, d, "submit");
	if (!rc)
		rc = deal_scope_find(db, d);
	if (!rc && !was && !g->quiet)
		rc = db_int(db, SQL_MANAGER, ARGS(A(d->partner_id)), &d->manager_id);
	if (rc)
		return rc;
	if (when_none(d->submitted_at))
		d->submitted_at = db->now;
	if (was)
		rc = deal_save_facts(db, d);
	return rc ? rc : deal_decide(db, u, g, was, d);
}

int deal_register_on(struct db *db, const struct user *u, const struct ground *g, const struct deal_input *in,
	const char *via, struct deal *d)
{
	new_deal(d, u, in, via);
	return submit(db, u, g, NULL, d);
}

int deal_register(struct db *db, const struct user *u, const struct deal_input *in, const char *via, int64_t *id)
{
	struct ground g;
	struct deal d = { .id = 0 };
	int rc = deal_ground(db, &g);

	if (!rc)
		rc = deal_register_on(db, u, &g, in, via, &d);
	if (!rc)
		*id = d.id;
	return rc;
}

int deal_draft(struct db *db, const struct user *u, const struct deal_input *in, int64_t *id)
{
	struct deal d = { .id = 0 };
	int rc;

	new_deal(&d, u, in, "page");
	rc = deal_step(db, u, &d, "save");
	if (!rc)
		rc = deal_scope_look(db, &d);
	if (!rc)
		rc = deal_insert(db, &d);
	if (rc)
		return rc == E_DUPLICATE ? E_CONFLICT : rc;
	*id = d.id;
	return deal_event(db, u, &d, "saved", NULL, "draft", NULL);
}

static bool is_unlocked(const struct deal *d, const char *field)
{
	const char *at = d->unlocked;
	size_t n = strlen(field);

	for (; at && *at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
		if (!strncmp(at, field, n) && (at[n] == ',' || !at[n]))
			return true;
	return false;
}

/* What was given for a field that is not unlocked must be what stands there; nothing is given by leaving it out. */
static void keep_locked(struct db *db, const struct deal *was, struct deal *d)
{
	const struct { const char *field; const char **now; const char *before; } texts[] = {
		{ "customer", &d->customer, was->customer }, { "domain", &d->domain, was->domain },
		{ "country", &d->country, was->country }, { "product_family", &d->product_family, was->product_family },
		{ "contact_name", &d->contact_name, was->contact_name }, { "contact_email", &d->contact_email, was->contact_email },
		{ "notes", &d->notes, was->notes },
	};
	const char *locked = _("The deal desk did not ask for a change here");

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (is_unlocked(was, texts[i].field))
			continue;
		if (!str_empty(*texts[i].now) && !str_eq(*texts[i].now, texts[i].before))
			fail_field(db->err, texts[i].field, "%s", locked);
		*texts[i].now = texts[i].before;
	}
	if (!is_unlocked(was, "amount")) {
		if (d->amount.currency[0] && d->amount.minor && (d->amount.minor != was->amount.minor ||
				!str_eq(d->amount.currency, was->amount.currency)))
			fail_field(db->err, "amount", "%s", locked);
		d->amount = was->amount;
	}
	if (!is_unlocked(was, "closes_on")) {
		if (d->closes_on.n && d->closes_on.n != DAY_NONE && d->closes_on.n != was->closes_on.n)
			fail_field(db->err, "closes_on", "%s", locked);
		d->closes_on = was->closes_on;
	}
	d->external_key = was->external_key;
}

int deal_edit(struct db *db, const struct user *u, int64_t id, int64_t version, const struct deal_input *in)
{
	struct deal was, d;
	int rc = deal_lock(db, u, id, version, &was);

	if (rc)
		return rc;
	if (!str_eq(was.status, "draft") && !str_eq(was.status, "action_required"))
		return fail(db->err, E_CONFLICT, _("%s can no longer be edited: it was registered"), was.number);
	err_clear(db->err);
	d = was;
	deal_fill(&d, in);
	if (str_eq(was.status, "action_required"))
		keep_locked(db, &was, &d);
	if (db->err->n_fields)
		return E_INVALID;
	rc = deal_scope_look(db, &d);
	if (!rc)
		rc = deal_save_facts(db, &d);
	if (!rc)
		rc = deal_save(db, &was, &d);
	return rc ? rc : deal_event(db, u, &d, "edited", was.status, was.status, NULL);
}

int deal_submit(struct db *db, const struct user *u, int64_t id, int64_t version)
{
	struct ground g;
	struct deal was, d;
	int rc = deal_lock(db, u, id, version, &was);

	if (!rc)
		rc = deal_ground(db, &g);
	if (rc)
		return rc;
	d = was;
	if (str_eq(was.status, "action_required")) {
		if (was.resubmissions >= g.rules.resubmissions_max)
			return fail(db->err, E_CONFLICT, _("%s was sent back as often as the rules allow (%lld times, clause %s)"),
				was.number, (long long)g.rules.resubmissions_max, rules_clause(&g.rules, CLAUSE_ACTION)->number);
		d.resubmissions++;
	}
	return submit(db, u, &g, &was, &d);
}

int deal_withdraw(struct db *db, const struct user *u, int64_t id, int64_t version, const char *reason)
{
	struct deal was, d;
	int rc = deal_lock(db, u, id, version, &was);

	if (rc)
		return rc;
	d = was;
	rc = deal_step(db, u, &d, "withdraw");
	d.decision_due_at = d.revoke_at = (struct when){ 0 };
	d.extension_pending = false;
	d.unlocked = d.asked = "";
	if (!rc)
		rc = deal_save(db, &was, &d);
	if (!rc)
		rc = hold_end(db, &was);
	return rc ? rc : deal_event(db, u, &d, "withdrawn", was.status, d.status, str_empty(reason) ? NULL : reason);
}

int deal_convert(struct db *db, const struct user *u, int64_t id, int64_t version)
{
	struct deal was, d;
	int rc = deal_lock(db, u, id, version, &was);

	if (rc)
		return rc;
	d = was;
	rc = deal_step(db, u, &d, "convert");
	d.decision_due_at = d.revoke_at = (struct when){ 0 };
	d.extension_pending = false;
	if (!rc)
		rc = deal_save(db, &was, &d);
	if (!rc)
		rc = hold_end(db, &was);
	return rc ? rc : deal_event(db, u, &d, "won", was.status, d.status, NULL);
}
