/* retention.c - rows past their time */
#include "retention.h"

#include "intl.h"

#define SWEEP(table, condition) \
	"SELECT COUNT(*) FROM " table " WHERE " condition, \
	"DELETE FROM " table " WHERE " condition " LIMIT 1000"

/* The ? is now. */
const struct retention retention_rules[] = {
	{ "submission", N_("two days after the request"),
	  SWEEP("submission", "created_at < ? - INTERVAL 2 DAY") },
	{ "throttle", N_("two days after the window"),
	  SWEEP("throttle", "window_start < ? - INTERVAL 2 DAY") },
	{ "device", N_("a year after its last use"),
	  SWEEP("device", "seen_at < ? - INTERVAL 1 YEAR") },
	{ "session", N_("a day after its absolute limit"),
	  SWEEP("session", "created_at < ? - INTERVAL 2 DAY") },
	{ "link_token", N_("30 days after expiry"),
	  SWEEP("link_token", "expires_at < ? - INTERVAL 30 DAY") },
	{ "api_token", N_("a year after expiry"),
	  SWEEP("api_token", "expires_at < ? - INTERVAL 1 YEAR") },
	{ "outbox", N_("90 days after it was sent"),
	  SWEEP("outbox", "sent_at < ? - INTERVAL 90 DAY AND status = 'sent'") },
	{ "job", N_("90 days after it ended"),
	  SWEEP("job", "finished_at < ? - INTERVAL 90 DAY AND status IN ('done', 'failed')") },
	{ NULL, NULL, NULL, NULL }
};

int retention_due(struct db *db, const struct retention *r, int64_t *rows)
{
	return db_int(db, r->count, ARGS(A(db->now)), rows);
}

int retention_sweep(struct db *db, const struct retention *r, int64_t *removed)
{
	struct db_done done = { 0 };
	int rc = db_exec(db, r->remove, ARGS(A(db->now)), &done);

	*removed = done.affected;
	return rc;
}
