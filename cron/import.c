/* import.c - large files of registrations, line by line
 *
 * Runs every minute.  A worker that died is followed by another after its lease; lines done
 * already are known by their keys.
 */
#include "cron.h"
#include "deal_import.h"

static int import(struct cron *c)
{
	int rc = OK;

	while (!rc) {
		rc = deal_import_work(c->db, c->conf, c->owner);
		if (!rc)
			rc = cron_next(c);
	}
	return rc == E_NOTFOUND ? OK : rc;
}

CRON_PROGRAM(import, "import", import)
