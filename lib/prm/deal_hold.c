/* deal_hold.c - who holds a scope
 *
 * scope_hold has a unique key of (kind, key, family, region): of two simultaneous
 * registrations one gets the row, the other E_DUPLICATE.  Keys are always taken in
 * the order domain, name, so that two registrations do not wait for each other.
 */
#include "deal_part.h"

static const char SQL_TAKE[] =
	"INSERT INTO scope_hold (kind, key_text, family_id, region_id, deal_id, partner_id, until) VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char SQL_DROP[] = "DELETE FROM scope_hold WHERE deal_id = ?";
static const char SQL_UNANSWERED[] = "UPDATE extension SET status = 'refused', decided_at = ? WHERE pending_key = ?";
static const char SQL_EXTEND[] = "UPDATE scope_hold SET until = ? WHERE deal_id = ?";

static int take(struct db *db, const struct deal *d, const char *kind, const char *key)
{
	return db_exec(db, SQL_TAKE, ARGS(A(kind), A(key), A(d->family_id), A(d->region_id), A(d->id), A(d->partner_id),
		A(d->protected_until)), NULL);
}

int hold_take(struct db *db, const struct deal *d, bool with_name)
{
	int rc = d->domain_key ? take(db, d, "domain", d->domain_key) : OK, back;

	if (!rc && with_name) {
		rc = take(db, d, "name", d->name_key);
		if (rc == E_DUPLICATE) {        /* the statement failed, not the transaction */
			back = hold_drop(db, d->id);
			rc = back ? back : rc;
		}
	}
	return rc;
}

int hold_drop(struct db *db, int64_t deal_id)
{
	return db_exec(db, SQL_DROP, ARGS(A(deal_id)), NULL);
}

int hold_end(struct db *db, const struct deal *was)
{
	int rc = hold_drop(db, was->id);

	return rc || !was->extension_pending ? rc : db_exec(db, SQL_UNANSWERED, ARGS(A(db->now), A(was->id)), NULL);
}

int hold_extend(struct db *db, const struct deal *d)
{
	return db_exec(db, SQL_EXTEND, ARGS(A(d->protected_until), A(d->id)), NULL);
}
