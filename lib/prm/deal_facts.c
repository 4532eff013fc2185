/* deal_facts.c - what stands in a registration's way */
#include "deal_part.h"

#include "str.h"

#define SQL_HOLD(kind) \
	"SELECT '" kind "' AS what, h.deal_id, h.partner_id, d.customer, d.domain, p.name AS partner, h.until, d.submitted_at" \
	" FROM scope_hold h JOIN deal d ON d.id = h.deal_id JOIN partner p ON p.id = h.partner_id" \
	" WHERE h.kind = '" kind "' AND h.key_text = ? AND h.family_id = ? AND h.region_id = ? AND h.deal_id <> ?"
/* One's own open registration comes before others', then the earliest. */
#define SQL_OPEN \
	"SELECT 'open' AS what, d.id, d.partner_id, d.customer, d.domain, p.name, d.protected_until, d.submitted_at" \
	" FROM deal d JOIN partner p ON p.id = d.partner_id" \
	" WHERE d.domain_key = ? AND d.family_id = ? AND d.region_id = ? AND d.open_rank IN (1, 2) AND d.id <> ?" \
	" AND (d.submitted_at < ? OR (d.submitted_at = ? AND (? = 0 OR d.id < ?))) ORDER BY d.partner_id = ? DESC, d.submitted_at, d.id LIMIT 1"
static const char SQL_FACTS[] =
	SQL_HOLD("domain") " UNION ALL " SQL_HOLD("name") " UNION ALL (" SQL_OPEN ")";

static const struct column found_columns[] = {
	COL(found, what),
	COL(found, deal_id),
	COL(found, partner_id),
	COL(found, customer),
	COL(found, domain),
	COL(found, partner),
	COL(found, until),
	COL(found, submitted_at),
	COL_END
};

static int facts_read(struct db *db, const struct deal *d, struct found **rows, size_t *n)
{
	struct when before = when_none(d->submitted_at) ? db->now : d->submitted_at;

	return DB_ROWS(db, SQL_FACTS, ARGS(A(d->domain_key), A(d->family_id), A(d->region_id), A(d->id),
		A(d->name_key), A(d->family_id), A(d->region_id), A(d->id),
		A(d->domain_key), A(d->family_id), A(d->region_id), A(d->id), A(before), A(before), A(d->id), A(d->id),
		A(d->partner_id)),
		found_columns, struct found, 3, rows, n);
}

int deal_facts(struct db *db, const struct ground *g, const struct deal *d, bool write, struct facts *out)
{
	struct found *rows;
	size_t n;
	int rc = facts_read(db, d, &rows, &n);

	*out = (struct facts){ .partner_id = d->partner_id, .deal_id = d->id, .domain_key = d->domain_key,
		.domain_given = !str_empty(d->domain), .amount = d->amount, .closes_on = d->closes_on,
		.today = when_day(db->now, g->programme.zone), .zone = g->programme.zone };
	for (size_t i = 0; !rc && i < n; i++) {
		const struct found *f = &rows[i];

		if (str_eq(f->what, "open"))
			out->open = f;
		else if (f->until.us < db->now.us && write)
			rc = deal_expire_one(db, f->deal_id);
		else if (f->until.us < db->now.us)
			continue;
		else if (str_eq(f->what, "domain"))
			out->domain_hold = f;
		else
			out->name_hold = f;
	}
	return rc;
}
