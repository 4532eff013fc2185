/* deal_rivals.c - who else registered this customer: for the vendor's people only */
#include "deal_part.h"

#include "intl.h"

#define MAX_RIVALS 20

static const char SQL_RIVALS[] =
	"SELECT d.id, d.partner_id, CONCAT('DR-', d.id) AS number, p.name AS partner, d.customer, d.domain,"
	" IFNULL(f.name, '') AS family, d.status, IF(d.domain_key = ?, 'domain', 'name') AS why,"
	" EXISTS (SELECT 1 FROM scope_hold h WHERE h.deal_id = d.id) AS holds,"
	" (d.family_id = ? AND d.region_id = ?) AS same_scope, d.submitted_at, d.protected_until"
	" FROM deal d JOIN partner p ON p.id = d.partner_id LEFT JOIN product_family f ON f.id = d.family_id"
	" WHERE (d.domain_key = ? OR d.name_key = ?) AND d.id <> ? AND d.status <> 'draft' AND (? = 0 OR p.manager_id = ?)"
	" ORDER BY same_scope DESC, holds DESC, d.submitted_at, d.id LIMIT ?";

static const struct choice why_choices[] = {
	{ "domain", N_("Same web domain"), "bad" },
	{ "name", N_("Same name"), "wait" },
	CHOICE_END
};

const struct column deal_rival_columns[] = {
	COL(deal_rival, id, .describe = N_("Number of the registration")),
	COL(deal_rival, partner_id, .describe = N_("Its firm")),
	COL(deal_rival, number, .describe = N_("As people call it")),
	COL(deal_rival, partner, .describe = N_("Name of its firm")),
	COL(deal_rival, customer, .describe = N_("End customer as given there")),
	COL(deal_rival, domain, .describe = N_("Web domain as given there"), .max = 253),
	COL(deal_rival, family, .describe = N_("Product family"), .max = 120),
	COL(deal_rival, status, .choices = deal_status_choices, .describe = N_("State")),
	COL(deal_rival, why, .choices = why_choices, .describe = N_("What is the same")),
	COL(deal_rival, holds, .describe = N_("It holds a key now")),
	COL(deal_rival, same_scope, .describe = N_("Same product family and region")),
	COL(deal_rival, submitted_at, .nullable = true, .describe = N_("Submitted")),
	COL(deal_rival, protected_until, .nullable = true, .describe = N_("Last protected moment")),
	COL_END
};

int deal_rivals(struct db *db, const struct user *u, const struct deal *d, struct deal_rival **out, size_t *count)
{
	int64_t manager = deal_scope_manager(u);

	if (!u->vendor || !user_may(u, DEAL_NOTE))
		return fail(db->err, E_FORBIDDEN, "%s", _("Only the vendor's people see who else registered"));
	return DB_ROWS(db, SQL_RIVALS, ARGS(A(d->domain_key), A(d->family_id), A(d->region_id), A(d->domain_key), A(d->name_key),
		A(d->id), A(manager), A(manager), A(MAX_RIVALS)), deal_rival_columns, struct deal_rival, MAX_RIVALS, out, count);
}
