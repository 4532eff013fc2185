/* deal.c - registrations read: one, by the user's right to see it
 *
 * What is written is in deal_write.c (partner) and deal_desk.c (vendor), lists in deal_list.c.
 */
#include "deal_part.h"

#include "intl.h"
#include "str.h"

#define SQL_DEAL \
	"SELECT d.id, CONCAT('DR-', d.id) AS number, d.version, d.status, d.status_since, d.partner_id, p.name AS partner," \
	" d.person_id, r.name AS registrant, IFNULL(p.manager_id, 0) AS manager_id, d.customer, d.domain, d.domain_key," \
	" d.name_key, d.country, IFNULL(d.account_id, 0) AS account_id, IFNULL(d.family_id, 0) AS family_id," \
	" IFNULL(f.code, '') AS product_family, IFNULL(f.name, '') AS family, IFNULL(d.region_id, 0) AS region_id," \
	" IFNULL(g.code, '') AS region_code, IFNULL(g.name, '') AS region, d.amount, d.currency, d.closes_on," \
	" d.contact_name, d.contact_email, d.notes, d.on_dispute, d.unlocked, d.asked, d.decision_due_at," \
	" d.protected_from, d.protected_until, d.revoke_at, d.extensions, d.extension_pending," \
	" x.evidence AS extension_evidence, IFNULL(x.days, 0) AS extension_days, d.resubmissions," \
	" IFNULL(d.reminded_days, 0) AS reminded_days, d.outcome, d.clause, IFNULL(d.rules_number, 0) AS rules_number," \
	" d.reason, d.decided_at, IFNULL(d.decided_by, 0) AS decided_by, k.name AS decided_by_name," \
	" d.external_key, d.via, d.created_at, d.submitted_at" \
	" FROM deal d JOIN partner p ON p.id = d.partner_id JOIN person r ON r.id = d.person_id" \
	" LEFT JOIN product_family f ON f.id = d.family_id LEFT JOIN region g ON g.id = d.region_id" \
	" LEFT JOIN person k ON k.id = d.decided_by LEFT JOIN extension x ON x.pending_key = d.id"

static const char SQL_GET[] = SQL_DEAL " WHERE d.id = ? AND " DEAL_SCOPE;
static const char SQL_READ[] = SQL_DEAL " WHERE d.id = ?";
static const char SQL_LOCK[] = "SELECT version FROM deal WHERE id = ? FOR UPDATE";

const struct column deal_columns[] = {
	COL(deal, id, .describe = N_("Number of the registration")),
	COL(deal, number, .describe = N_("As people call it")),
	COL(deal, version, .describe = N_("Rises with each change; send it as If-Match")),
	COL(deal, status, .choices = deal_status_choices, .describe = N_("State")),
	COL(deal, status_since, .describe = N_("In this state since")),
	COL(deal, partner_id, .describe = N_("The firm that registers")),
	COL(deal, partner, .describe = N_("Its name")),
	COL(deal, person_id, .hidden = true),
	COL(deal, registrant, .describe = N_("Who registered"), .max = 120),
	COL(deal, manager_id, .hidden = true),
	COL(deal, customer, .describe = N_("End customer")),
	COL(deal, domain, .describe = N_("Customer's web domain, as given"), .max = 253),
	COL(deal, domain_key, .hidden = true),
	COL(deal, name_key, .hidden = true),
	COL(deal, country, .describe = N_("Customer's country, ISO 3166-1 alpha-2"), .max = 2),
	COL(deal, account_id, .hidden = true),
	COL(deal, family_id, .hidden = true),
	COL(deal, product_family, .describe = N_("Code of the product family"), .max = 40),
	COL(deal, family, .describe = N_("Name of the product family"), .max = 120),
	COL(deal, region_id, .hidden = true),
	COL(deal, region_code, .hidden = true),
	COL(deal, region, .describe = N_("Name of the sales region"), .max = 120),
	COL(deal, amount, .nullable = true, .describe = N_("Expected value")),
	COL(deal, closes_on, .nullable = true, .describe = N_("Expected close")),
	COL(deal, contact_name, .describe = N_("Contact at the customer"), .max = 120),
	COL(deal, contact_email, .describe = N_("The contact's e-mail"), .max = 254),
	COL(deal, notes, .describe = N_("What the partner has done so far"), .max = 4000),
	COL(deal, on_dispute, .describe = N_("Somebody disputes it")),
	COL(deal, unlocked, .describe = N_("Fields the partner may change now, comma-joined"), .max = 300),
	COL(deal, asked, .describe = N_("What the deal desk asked for"), .max = 1000),
	COL(deal, decision_due_at, .nullable = true, .describe = N_("The deal desk decides by")),
	COL(deal, protected_from, .nullable = true, .describe = N_("Protection began")),
	COL(deal, protected_until, .nullable = true, .describe = N_("Last protected moment")),
	COL(deal, revoke_at, .nullable = true, .describe = N_("Notice was given: protection is revoked then")),
	COL(deal, extensions, .describe = N_("Extensions granted so far")),
	COL(deal, extension_pending, .describe = N_("An extension waits for the deal desk")),
	COL(deal, extension_evidence, .hidden = true),
	COL(deal, extension_days, .hidden = true),
	COL(deal, resubmissions, .describe = N_("How often it was sent back to the desk")),
	COL(deal, reminded_days, .hidden = true),
	COL(deal, outcome, .hidden = true),
	COL(deal, clause, .hidden = true),
	COL(deal, rules_number, .hidden = true),
	COL(deal, reason, .hidden = true),
	COL(deal, decided_at, .hidden = true),
	COL(deal, decided_by, .hidden = true),
	COL(deal, decided_by_name, .hidden = true),
	COL(deal, external_key, .nullable = true, .describe = N_("The partner's own key"), .max = 80),
	COL(deal, via, .describe = N_("How it came in: page, api or import"), .max = 10),
	COL(deal, created_at, .describe = N_("Written down")),
	COL(deal, submitted_at, .nullable = true, .describe = N_("Submitted: priority counts from here")),
	COL_END
};

const struct column deal_scope_columns[] = {
	COL(deal_scope_part, account, .describe = N_("The customer: registrable domain, else normalised name"), .max = 253),
	COL(deal_scope_part, product_family, .describe = N_("Code of the product family"), .max = 40),
	COL(deal_scope_part, region, .describe = N_("Code of the sales region"), .max = 40),
	COL_END
};

const struct column deal_decision_columns[] = {
	COL(deal_decision_part, outcome, .choices = deal_outcome_choices, .describe = N_("What was decided")),
	COL(deal_decision_part, clause, .describe = N_("Clause of the rules it rests on"), .max = 16),
	COL(deal_decision_part, rules_version, .describe = N_("Version of the rules it rests on")),
	COL(deal_decision_part, reason, .describe = N_("In words"), .max = 1000),
	COL(deal_decision_part, at, .describe = N_("When")),
	COL(deal_decision_part, by, .nullable = true, .describe = N_("Who; null: by rule"), .max = 120),
	COL_END
};

const struct column deal_next_columns[] = {
	COL(deal_next_part, step, .describe = N_("What happens next, in words")),
	COL(deal_next_part, owner, .choices = deal_owner_choices, .describe = N_("Who owes the next step")),
	COL_END
};

int64_t deal_scope_partner(const struct user *u)
{
	if (u->vendor)
		return 0;
	return u->partner_id ? u->partner_id : -1;
}

int64_t deal_scope_manager(const struct user *u)
{
	return u->vendor && u->own_partners_only ? u->person_id : 0;
}

static int not_found(struct db *db, int rc)
{
	return rc == E_NOTFOUND ? fail(db->err, rc, "%s", _("This registration could not be found")) : rc;
}

int deal_get(struct db *db, const struct user *u, int64_t id, struct deal *out)
{
	int rc = db_row(db, SQL_GET, ARGS(A(id), DEAL_SCOPE_ARGS(u)), deal_columns, out);

	if (!rc)
		deal_next_of(out);
	return not_found(db, rc);
}

int deal_read(struct db *db, int64_t id, struct deal *out)
{
	return not_found(db, db_row(db, SQL_READ, ARGS(A(id)), deal_columns, out));
}

int deal_lock(struct db *db, const struct user *u, int64_t id, int64_t version, struct deal *out)
{
	int64_t now_at;
	int rc = db_int(db, SQL_LOCK, ARGS(A(id)), &now_at);

	if (rc)
		return not_found(db, rc);
	rc = u ? deal_get(db, u, id, out) : deal_read(db, id, out);
	if (rc)
		return rc;
	if (version && version != out->version) {
		fail(db->err, E_STALE, _("%s was changed meanwhile"), out->number);
		return fail_hint(db->err, "%s", _("Look at what stands there now, then do it again"));
	}
	return OK;
}

const char *deal_url(struct db *db, const struct deal *d)
{
	return arena_printf(db->arena, "/deals/%lld", (long long)d->id);
}
