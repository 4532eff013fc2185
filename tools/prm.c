/* prm.c - every program and every command of the portal in one binary
 *
 * Under a web server it answers for all route tables (hosts that limit processes need one
 * binary); on a command line it is the operator's tool.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "command.h"
#include "cron.h"
#include "deal_import.h"
#include "demo/demo.h"
#include "event.h"
#include "intl.h"
#include "log.h"
#include "migrate.h"
#include "person_admin.h"
#include "programs.h"

int command_failed(struct command_env *c, const char *what)
{
	fprintf(stderr, "prm: %s: %s%s%s\n", what, c->db->err->message, c->db->err->detail[0] ? ": " : "",
		c->db->err->detail);
	return 1;
}

static void say(const char *line)
{
	printf("%s\n", line);
}

static int migrate(struct command_env *c)
{
	return migrate_up(c->db, c->conf->schema_dir, say) ? command_failed(c, "migrate") : 0;
}

static int verify(struct command_env *c)
{
	struct audit_report report;

	if (audit_verify(c->db, c->conf, &report))
		return command_failed(c, "audit-verify");
	if (report.first_bad) {
		printf("event %lld: %s\n", (long long)report.first_bad, report.problem);
		return 1;
	}
	printf("%lld events, all as they were written\n", (long long)report.events);
	return 0;
}

static int checkpoint(struct command_env *c)
{
	return audit_checkpoint(c->db, c->conf) ? command_failed(c, "audit-checkpoint") : 0;
}

static int demo(struct command_env *c)
{
	const char *tsv = c->argc > 0 ? c->argv[0] : "demo-accounts.tsv";

	return demo_data(c->db, c->conf, tsv) ? command_failed(c, "demo-data") : 0;
}

static int import_deals(struct command_env *c)
{
	return deal_import_command(c->db, c->argc, c->argv) ? command_failed(c, "import-deals") : 0;
}

/* The first administrator of a new installation: there are no default accounts. */
static int create_admin(struct command_env *c)
{
	const char *link;

	if (c->argc != 2) {
		fprintf(stderr, "usage: prm create-admin EMAIL NAME\n");
		return 2;
	}
	if (person_first_admin(c->db, c->conf, c->argv[0], c->argv[1], &link))
		return command_failed(c, "create-admin");
	printf("%s\n", link);
	return 0;
}

static int cron(struct command_env *c)
{
	for (int i = 0; c->argc > 0 && cron_table[i]; i++)
		if (strcmp(cron_table[i]->name, c->argv[0]) == 0)
			return cron_main(c->argc, c->argv, cron_table[i]);
	fprintf(stderr, "usage: prm cron DUTY, one of");
	for (int i = 0; cron_table[i]; i++)
		fprintf(stderr, " %s", cron_table[i]->name);
	fprintf(stderr, "\n");
	return 2;
}

static int version(struct command_env *c)
{
	printf("%s, schema %d\n", PRM_VERSION, migrate_newest(c->conf->schema_dir));
	return 0;
}

static const struct command commands[] = {
	{ "migrate", "", "applies the schema's missing steps", migrate, true },
	{ "create-admin", "EMAIL NAME", "makes the first administrator and prints the invitation link", create_admin, true },
	{ "cron", "DUTY", "runs one timed duty", cron, false },
	{ "import-deals", "FILE --as EMAIL [--dry-run]", "registers the deals of a CSV file", import_deals, true },
	{ "demo-data", "[ACCOUNTS.tsv]", "fills an empty portal with a fictional programme", demo, true },
	{ "audit-verify", "", "recomputes the audit log's chain", verify, true },
	{ "audit-checkpoint", "", "signs the end of the chain", checkpoint, true },
	{ "states", "", "prints the state machines (doc/)", command_states, false },
	{ "authorisation", "", "prints who may do what (doc/authorisation.md)", command_authorisation, false },
	{ "data-model", "", "prints the data dictionary (doc/data-model.md)", command_data_model, true },
	{ "openapi", "", "prints the API description (doc/openapi.json)", command_openapi, false },
	{ "routes", "", "prints every route as a JSON line", command_routes, false },
	{ "version", "", "prints version and schema number", version, false },
	{ NULL, NULL, NULL, NULL, false }
};

static int usage(void)
{
	printf("usage: prm COMMAND, one of\n");
	for (const struct command *k = commands; k->name; k++)
		printf("  %-17s %-28s %s\n", k->name, k->arguments, k->does);
	return 2;
}

static int run(const struct command *k, struct command_env *c)
{
	int status;

	c->conf = conf_read(NULL);
	if (!c->conf || log_open("-", "prm"))
		return 1;
	intl_start(c->conf->locale_dir);
	if (!k->needs_db)
		return k->run(c);
	c->db = db_command(c->conf);
	if (!c->db)
		return 1;
	status = k->run(c);
	db_command_end(c->db);
	return status;
}

/* A FastCGI server gives us a socket as standard input, a CGI server its environment. */
static bool under_web_server(void)
{
	int type;
	socklen_t size = sizeof(type);

	return getenv("GATEWAY_INTERFACE") || getenv("REQUEST_METHOD")
		|| getsockopt(0, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

int main(int argc, char **argv)
{
	struct command_env c = { .argc = argc - 2, .argv = argv + 2 };

	if (argc < 2)
		return under_web_server() ? serve_all(argc, argv, program_table) : usage();
	if (strncmp(argv[1], "--", 2) == 0)
		return serve_all(argc, argv, program_table);    /* --check, --routes, --openapi */
	for (const struct command *k = commands; k->name; k++)
		if (strcmp(k->name, argv[1]) == 0)
			return run(k, &c);
	return usage();
}
