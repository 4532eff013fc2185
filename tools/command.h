/* command.h - the operator's commands of the one binary */
#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

#include "conf.h"
#include "db.h"

struct command_env { const struct conf *conf; struct db *db; int argc; char **argv; };

struct command {
	const char *name, *arguments, *does;
	int (*run)(struct command_env *c);   /* exit status */
	bool needs_db;
};

/* tools/prm_docs.c: what the programs know about themselves, as Markdown for doc/ */
int command_data_model(struct command_env *c);
int command_authorisation(struct command_env *c);
int command_states(struct command_env *c);
int command_openapi(struct command_env *c);
int command_routes(struct command_env *c);

/* Says what went wrong on stderr; 1. */
int command_failed(struct command_env *c, const char *what);

#endif
