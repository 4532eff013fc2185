/* cron.c - the frame of every timed duty */
#include "cron.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "intl.h"
#include "lease.h"
#include "log.h"

static void name_owner(struct cron *c)
{
	char host[40] = "";

	gethostname(host, sizeof(host) - 1);
	snprintf(c->owner, sizeof(c->owner), "%s:%ld", host, (long)getpid());
}

int cron_next(struct cron *c)
{
	char lease[48];

	arena_reset(c->db->arena);
	err_clear(c->db->err);
	c->db->now = when_now();
	snprintf(lease, sizeof(lease), "cron-%s", c->name);
	return lease_take(c->db, lease, c->owner, CRON_LEASE_SECONDS);
}

static int run(struct cron *c, const struct cron_program *program)
{
	struct when began = when_now();
	char lease[48];
	int rc = cron_next(c);

	if (rc == E_CONFLICT)
		return OK;         /* somebody else is at it */
	if (!rc)
		rc = program->duty(c);
	if (rc)
		LOG(LOG_TROUBLE, "duty_failed", LOG_TEXT("duty", program->name), LOG_TEXT("error", rc_name((enum rc)rc)),
			LOG_TEXT("message", c->db->err->message), LOG_TEXT("detail", c->db->err->detail));
	else
		LOG(LOG_NOTE, "duty_done", LOG_TEXT("duty", program->name),
			LOG_NUM("ms", (when_now().us - began.us) / 1000));
	err_clear(c->db->err);
	snprintf(lease, sizeof(lease), "cron-%s", c->name);
	lease_give(c->db, lease, c->owner);
	return rc;
}

int cron_main(int argc, char **argv, const struct cron_program *program)
{
	struct cron c = { .name = program->name, .argc = argc - 1, .argv = argv + 1 };
	int rc;

	c.conf = conf_read(NULL);
	if (!c.conf || log_open(c.conf->log_file, program->name))
		return 1;
	intl_start(c.conf->locale_dir);
	c.db = db_command(c.conf);
	if (!c.db)
		return 1;
	name_owner(&c);
	rc = run(&c, program);
	db_command_end(c.db);
	return rc ? 1 : 0;
}
