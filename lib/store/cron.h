/* cron.h - a timed duty: runs once and ends
 *
 * The frame reads the configuration, opens the log and the database and takes the duty's
 * lease row; when the same duty runs elsewhere it steps aside.  A duty may be killed at any
 * line and run again.
 */
#ifndef STORE_CRON_H
#define STORE_CRON_H

#include "conf.h"
#include "db.h"

#define CRON_LEASE_SECONDS 300

struct cron {
	struct db *db;
	const struct conf *conf;
	const char *name;        /* "deliver" */
	char owner[64];          /* host and process: lease and claims */
	int argc;                /* what stands after the name on the command line */
	char **argv;
};

typedef int cron_duty(struct cron *c);      /* an enum rc */

struct cron_program { const char *name; cron_duty *duty; };

/* Exit status of the program: 0 done or stepped aside, 1 failed (a line in the log says why). */
int cron_main(int argc, char **argv, const struct cron_program *program);
/* Memory and errors of the unit of work before are given back; extends the lease. E_CONFLICT: lost it. */
int cron_next(struct cron *c);

#ifdef PRM_ONE_BINARY
#define CRON_PROGRAM(symbol, name_, duty_) const struct cron_program cron_program_##symbol = { name_, duty_ };
#else
#define CRON_PROGRAM(symbol, name_, duty_) \
	int main(int argc, char **argv) \
	{ \
		static const struct cron_program program = { name_, duty_ }; \
		return cron_main(argc, argv, &program); \
	}
#endif

#endif
