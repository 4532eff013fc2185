/* deal_save.c - the row of a registration and its decisions, written */
#include "deal_part.h"

#include "event.h"
#include "intl.h"
#include "rollup.h"
#include "str.h"

static const char SQL_INSERT[] =
	"INSERT INTO deal (partner_id, person_id, account_id, customer, domain, domain_key, name_key, country, region_id,"
	" family_id, amount, currency, closes_on, contact_name, contact_email, notes, status, status_since,"
	" decision_due_at, protected_from, protected_until, outcome, clause, rules_number, reason, decided_at,"
	" external_key, via, created_at, submitted_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char SQL_FACTS[] =
	"UPDATE deal SET account_id = ?, customer = ?, domain = ?, domain_key = ?, name_key = ?, country = ?, region_id = ?,"
	" family_id = ?, amount = ?, currency = ?, closes_on = ?, contact_name = ?, contact_email = ?, notes = ?,"
	" external_key = ? WHERE id = ?";
static const char SQL_STATE[] =
	"UPDATE deal SET status = ?, status_since = ?, unlocked = ?, asked = ?, decision_due_at = ?, protected_from = ?,"
	" protected_until = ?, revoke_at = ?, extensions = ?, extension_pending = ?, resubmissions = ?, reminded_days = ?, outcome = ?, clause = ?,"
	" rules_number = ?, reason = ?, decided_at = ?, decided_by = ?, submitted_at = ?, version = version + 1"
	" WHERE id = ? AND version = ?";
static const char SQL_DECISION[] =
	"INSERT INTO decision (deal_id, at, seconds, outcome, clause, rules_number, reason, evidence, person_id)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

static struct arg amount_arg(const struct deal *d)
{
	return d->amount.currency[0] ? arg_amount(d->amount) : arg_null();
}

static struct arg currency_arg(const struct deal *d)
{
	return d->amount.currency[0] ? arg_text(d->amount.currency) : arg_null();
}

static struct rollup_deal counted(const struct deal *d)
{
	return (struct rollup_deal){ .partner_id = d->partner_id, .created_at = d->created_at, .status = d->status,
		.amount = d->amount };
}

static bool counted_same(const struct deal *a, const struct deal *b)
{
	return str_eq(a->status, b->status) && a->amount.minor == b->amount.minor &&
		str_eq(a->amount.currency, b->amount.currency);
}

int deal_insert(struct db *db, struct deal *d)
{
	struct rollup_deal after;
	struct db_done done;
	int rc;

	d->created_at = db->now;
	d->status_since = db->now;
	rc = db_exec(db, SQL_INSERT, ARGS(A(d->partner_id), A(d->person_id), arg_id(d->account_id), A(d->customer),
		A(d->domain), A(d->domain_key), A(d->name_key), A(d->country), arg_id(d->region_id), arg_id(d->family_id),
		amount_arg(d), currency_arg(d), A(d->closes_on), A(d->contact_name), A(d->contact_email), A(d->notes),
		A(d->status), A(d->status_since), A(d->decision_due_at), A(d->protected_from), A(d->protected_until),
		A(d->outcome), A(d->clause), arg_id(d->rules_number), A(d->reason), A(d->decided_at),
		A(str_empty(d->external_key) ? NULL : d->external_key), A(d->via), A(d->created_at), A(d->submitted_at)), &done);
	if (rc == E_DUPLICATE)
		fail(db->err, E_CONFLICT, _("Your key %s stands on an earlier registration already"), d->external_key);
	if (rc)
		return rc;
	d->id = done.id;
	d->version = 1;
	d->number = arena_printf(db->arena, "DR-%lld", (long long)d->id);
	after = counted(d);
	return rollup_deal_change(db, NULL, &after);
}

int deal_save(struct db *db, const struct deal *was, struct deal *d)
{
	struct rollup_deal before = counted(was), after = counted(d);
	int rc;

	/* what ends early was protected until now, and says so */
	if (str_eq(was->status, "approved") && !str_eq(d->status, "approved") && d->protected_until.us > db->now.us)
		d->protected_until = db->now;
	rc = db_change_one(db, SQL_STATE, ARGS(A(d->status), A(d->status_since), A(d->unlocked), A(d->asked),
		A(d->decision_due_at), A(d->protected_from), A(d->protected_until), A(d->revoke_at), A(d->extensions), A(d->extension_pending),
		A(d->resubmissions), arg_id(d->reminded_days), A(d->outcome), A(d->clause), arg_id(d->rules_number), A(d->reason),
		A(d->decided_at), arg_id(d->decided_by), A(d->submitted_at), A(d->id), A(was->version)));

	if (rc)
		return rc;
	d->version = was->version + 1;
	return counted_same(was, d) ? OK : rollup_deal_change(db, &before, &after);
}

int deal_save_facts(struct db *db, const struct deal *d)
{
	int rc = db_exec(db, SQL_FACTS, ARGS(arg_id(d->account_id), A(d->customer), A(d->domain), A(d->domain_key),
		A(d->name_key), A(d->country), arg_id(d->region_id), arg_id(d->family_id), amount_arg(d), currency_arg(d),
		A(d->closes_on), A(d->contact_name), A(d->contact_email), A(d->notes),
		A(str_empty(d->external_key) ? NULL : d->external_key), A(d->id)), NULL);

	if (rc == E_DUPLICATE)
		return fail(db->err, E_CONFLICT, _("Your key %s stands on an earlier registration already"), d->external_key);
	return rc;
}

int deal_event(struct db *db, const struct user *u, const struct deal *d, const char *what,
	const char *from, const char *to, const char *text)
{
	struct event e = { .partner_id = d->partner_id, .noun = "deal", .noun_id = d->id, .what = what,
		.from_state = from, .to_state = to, .text = text };

	if (!u) {                               /* by rule: it rests on a clause */
		e.rules_number = d->rules_number;
		e.clause = d->clause;
	}
	return event_add(db, u, TO_PARTNER, &e);
}

int deal_ruling_add(struct db *db, const struct deal *d, const struct ruling *r)
{
	int rc = db_exec(db, SQL_DECISION, ARGS(A(d->id), A(db->now), A(rollup_decision_seconds(db, d->submitted_at)),
		A(r->outcome), A(r->clause), A(r->rules_number), A(str_or(r->reason, "")), A(r->evidence), arg_id(r->person_id)), NULL);

	return rc ? rc : rollup_decision(db, d->partner_id, r->outcome, !r->person_id, d->submitted_at);
}

void deal_ruling_set(struct db *db, struct deal *d, const struct ruling *r)
{
	d->outcome = r->outcome;
	d->clause = r->clause;
	d->rules_number = r->rules_number;
	d->reason = r->reason;
	d->decided_at = db->now;
	d->decided_by = r->person_id;
}
