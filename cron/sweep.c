/* sweep.c - nightly: rows past their retention go, the audit log gets a signed checkpoint
 *
 * "--dry-run" only logs how many rows are due.
 */
#include <string.h>

#include "cron.h"
#include "event.h"
#include "log.h"
#include "retention.h"

static int sweep_table(struct cron *c, const struct retention *r)
{
	int64_t removed, all = 0;
	int rc;

	do {
		rc = retention_sweep(c->db, r, &removed);
		all += removed;
		if (!rc)
			rc = cron_next(c);
	} while (!rc && removed == 1000);
	if (all)
		LOG(LOG_NOTE, "retention_swept", LOG_TEXT("table", r->what), LOG_NUM("rows", all));
	return rc;
}

static int tell_due(struct cron *c, const struct retention *r)
{
	int64_t rows = 0;
	int rc = retention_due(c->db, r, &rows);

	if (!rc)
		LOG(LOG_NOTE, "retention_due", LOG_TEXT("table", r->what), LOG_NUM("rows", rows));
	return rc;
}

static int sweep(struct cron *c)
{
	bool dry = c->argc > 0 && strcmp(c->argv[0], "--dry-run") == 0;
	int rc = OK;

	for (const struct retention *r = retention_rules; r->what && !rc; r++)
		rc = dry ? tell_due(c, r) : sweep_table(c, r);
	return rc || dry ? rc : audit_checkpoint(c->db, c->conf);
}

CRON_PROGRAM(sweep, "sweep", sweep)
