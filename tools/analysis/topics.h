/* topics.h - the topics of prm-analysis; each reads its arguments and returns what is printed */
#ifndef TOOLS_ANALYSIS_TOPICS_H
#define TOOLS_ANALYSIS_TOPICS_H

#include <jansson.h>
#include "arena.h"
#include "err.h"

struct asked {                   /* NAME FILE.csv --option value ...; NULL or 0: not given */
	const char *file;
	const char *target, *positive, *lists, *truth;
	const char *exclude[64];
	char separator;
	int folds;
	double time_split, threshold;
	const char *column;
	int seed, self_test;
};

struct topic {
	const char *name, *usage;
	/* A new document, or NULL with e set. */
	json_t *(*run)(struct arena *a, struct err *e, const struct asked *q);
};

/* s for JSON: itself, or a copy in a with ? for bytes that are no UTF-8. NULL stays. */
const char *shown(struct arena *a, const char *s);

json_t *topic_score(struct arena *a, struct err *e, const struct asked *q);
json_t *topic_names(struct arena *a, struct err *e, const struct asked *q);
json_t *topic_screen(struct arena *a, struct err *e, const struct asked *q);

#endif
