/* worker.c - what a process keeps between two requests */
#include "worker.h"

#include <dirent.h>
#include <sodium.h>

#include "intl.h"
#include "limits.h"
#include "page.h"
#include "render_html.h"
#include "str.h"
#include "throttle_now.h"

static void add_language(struct worker *w, const char *name)
{
	if (w->n_languages < MAX_LANGUAGES && str_copy(w->languages[w->n_languages], sizeof(w->languages[0]), name))
		w->n_languages++;
}

/* Once, so that a visitor's Accept-Language never makes us look for files. */
static void find_languages(struct worker *w)
{
	DIR *dir = opendir(w->conf->locale_dir);
	const struct dirent *d;

	add_language(w, "en");
	while (dir && (d = readdir(dir))) {
		if (d->d_name[0] == '.' || str_eq(d->d_name, "en") || strlen(d->d_name) >= sizeof(w->languages[0]))
			continue;
		intl_use(d->d_name);
		if (str_eq(intl_language(), d->d_name))
			add_language(w, d->d_name);
	}
	if (dir)
		closedir(dir);
	intl_use("en");
}

int worker_start(struct worker *w, const struct conf *c, const struct program *programs)
{
	*w = (struct worker){ .conf = c, .programs = programs, .with_db = true };
	if (sodium_init() < 0 || conf_key(c, "csrf", w->token_key) || throttle_start(c)) {
		fprintf(stderr, "cannot read the key file %s\n", c->key_file);
		return -1;
	}
	if (render_self_test()) {
		fprintf(stderr, "templates would print \"<\" unescaped: not starting\n");
		return -1;
	}
	w->link = db_link_new(c);
	w->arena = arena_new(MAX_ARENA);
	w->trees = arena_new(MAX_TREES);
	if (!w->link || !w->arena || !w->trees) {
		fprintf(stderr, "out of memory\n");
		worker_end(w);
		return -1;
	}
	intl_start(c->locale_dir);
	find_languages(w);
	page_assets(w);
	return 0;
}

void worker_end(struct worker *w)
{
	db_link_free(w->link);
	arena_free(w->arena);
	arena_free(w->trees);
	throttle_end();
	sodium_memzero(w->token_key, sizeof(w->token_key));
	w->link = NULL;
	w->arena = w->trees = NULL;
}
