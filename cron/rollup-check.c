/* rollup-check.c - every kept number is computed again and compared
 *
 * Runs nightly.  "--repair" writes the true numbers; without it a difference is only told.
 */
#include <string.h>

#include "cron.h"
#include "log.h"
#include "rollup.h"

static int rollup_check_duty(struct cron *c)
{
	bool repair = c->argc > 0 && strcmp(c->argv[0], "--repair") == 0;
	struct rollup_report report = { 0 };
	int rc = rollup_check(c->db, repair, &report);

	if (rc)
		return rc;
	LOG(report.wrong ? LOG_ALARM : LOG_NOTE, "rollup_checked", LOG_NUM("compared", report.compared),
		LOG_NUM("wrong", report.wrong), LOG_TEXT("first", report.first));
	return report.wrong && !repair ? fail_detail(c->db->err, E_INTERNAL, "%lld rollups differ",
		(long long)report.wrong) : OK;
}

CRON_PROGRAM(rollup_check, "rollup-check", rollup_check_duty)
