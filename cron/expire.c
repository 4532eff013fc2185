/* expire.c - protections end, reminders go out, extensions without an answer time out
 *
 * Runs every minute.  What is due and what follows is in lib/prm/deal_timer.c.
 */
#include "cron.h"
#include "deal.h"

#define BATCH 100

/* Calls step() until it finds nothing more to do. */
static int repeat(struct cron *c, int (*step)(struct db *db, size_t max, size_t *done))
{
	size_t done = BATCH;
	int rc = OK;

	while (!rc && done == BATCH) {
		rc = step(c->db, BATCH, &done);
		if (!rc)
			rc = cron_next(c);
	}
	return rc;
}

static int expire(struct cron *c)
{
	int rc = repeat(c, deal_expire_due);

	return rc ? rc : repeat(c, deal_remind_due);
}

CRON_PROGRAM(expire, "expire", expire)
