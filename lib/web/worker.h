/* worker.h - what a process keeps between two requests
 *
 * Made once by serve() (and by tests), handed down; nothing of a request is in it.
 */
#ifndef WEB_WORKER_H
#define WEB_WORKER_H

#include "conf.h"
#include "db.h"
#include "env.h"
#include "route.h"

#define MAX_LANGUAGES 32

struct asset { char url[96]; };

struct worker {
	const struct conf *conf;
	const struct program *programs;    /* name NULL ends */
	struct db_link *link;
	struct arena *arena, *trees;       /* of the request in hand: its memory, its JSON values */
	unsigned char token_key[32];       /* one-time tokens of forms, flash cookies */
	struct asset css, js, charts_js, sprite;
	char languages[MAX_LANGUAGES][8];  /* that there is a catalogue for; "en" always */
	size_t n_languages;
	bool with_db;                      /* false only in tests of what needs none */
};

/* 0, or -1 after a line on stderr. */
int worker_start(struct worker *w, const struct conf *c, const struct program *programs);
void worker_end(struct worker *w);

/* Serves one request from env, whatever happens in it. The status sent. */
int request_run(struct worker *w, const struct env *env);

#endif
