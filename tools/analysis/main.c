/* main.c - prm-analysis: the analytic parts on any CSV file, printed as JSON */
#include "topics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define MAX_MEMORY ((size_t)8 << 30)

static const struct topic topics[] = {
	{ "score", "FILE.csv --target COLUMN [--positive VALUE] [--exclude A,B] [--folds N | --time-split SHARE] [--sep C] [--seed N]\n"
		"      how well the outcome is told from the other columns: auc, brier, ece, logloss, top features", topic_score },
	{ "names", "FILE.csv [--truth COLUMN] [--threshold SHARE] [--sep C]\n"
		"      whether name1 and name2 (and schema) of each row are of one person, firm or ship: score 0 to 1;\n"
		"      with the truth also precision, recall and F1", topic_names },
	{ "screen", "--lists DIR FILE.csv [--column NAME] [--threshold SHARE] [--self-test SEED]\n"
		"      each name against the sanctions lists in DIR: hits and times", topic_screen },
	{ NULL, NULL, NULL }
};

static int usage(FILE *out)
{
	fputs("prm-analysis: the analytic parts on a CSV file; prints JSON\n\n", out);
	for (const struct topic *t = topics; t->name; t++)
		fprintf(out, "  prm-analysis %s %s\n", t->name, t->usage);
	return out == stdout ? 0 : 2;
}

static int complain(const char *what, const char *about)
{
	fprintf(stderr, "prm-analysis: %s %s; see prm-analysis --help\n", what, about);
	return 2;
}

static bool exclude(struct arena *a, struct asked *q, const char *list)
{
	size_t n = 0;
	char *copy = arena_strdup(a, list), *one;

	while (q->exclude[n])
		n++;
	while (copy && (one = strsep(&copy, ","))) {
		if (n + 1 >= sizeof(q->exclude) / sizeof(q->exclude[0]))
			return false;
		if (*one)
			q->exclude[n++] = one;
	}
	return true;
}

static bool share(const char *s, double *out)
{
	char *end;

	*out = strtod(s, &end);
	return end != s && !*end && *out > 0 && *out < 1;
}

static bool whole(const char *s, int min, int max, int *out)
{
	int64_t n;

	if (!str_to_int(s, min, max, &n))
		return false;
	*out = (int)n;
	return true;
}

static bool option(struct arena *a, struct asked *q, const char *name, const char *value)
{
	if (str_eq(name, "--target"))
		q->target = value;
	else if (str_eq(name, "--positive"))
		q->positive = value;
	else if (str_eq(name, "--column"))
		q->column = value;
	else if (str_eq(name, "--lists"))
		q->lists = value;
	else if (str_eq(name, "--truth"))
		q->truth = value;
	else if (str_eq(name, "--sep") && (!value[1] || str_eq(value, "\\t")))
		q->separator = value[1] ? '\t' : value[0];
	else if (str_eq(name, "--exclude"))
		return exclude(a, q, value);
	else if (str_eq(name, "--folds"))
		return whole(value, 2, 20, &q->folds);
	else if (str_eq(name, "--seed"))
		return whole(value, 1, 1000000, &q->seed);
	else if (str_eq(name, "--self-test"))
		return whole(value, 1, 1000000, &q->self_test);
	else if (str_eq(name, "--time-split"))
		return share(value, &q->time_split);
	else if (str_eq(name, "--threshold"))
		return share(value, &q->threshold);
	else
		return false;
	return true;
}

/* The arguments behind the topic's name; 0, or what main() returns. */
static int read_arguments(struct arena *a, int argc, char **argv, struct asked *q)
{
	for (int i = 2; i < argc; i++) {
		if (strncmp(argv[i], "--", 2)) {
			if (q->file)
				return complain("one file at a time, not also", argv[i]);
			q->file = argv[i];
		} else if (i + 1 == argc) {
			return complain("no value for", argv[i]);
		} else if (!option(a, q, argv[i], argv[i + 1])) {
			return complain("cannot take", arena_printf(a, "%s %s", argv[i], argv[i + 1]));
		} else {
			i++;
		}
	}
	if (!q->file)
		return complain("which file?", "");
	if (!q->folds && !(q->time_split > 0))
		q->folds = 5;
	return 0;
}

const char *shown(struct arena *a, const char *s)
{
	char *copy;

	if (!s || str_utf8_valid(s, strlen(s)))
		return s;
	copy = arena_strdup(a, s);
	for (char *at = copy; at && *at; at++)
		if ((unsigned char)*at >= 0x80)
			*at = '?';
	return copy ? copy : "?";
}

static int run(struct arena *a, const struct topic *t, const struct asked *q)
{
	struct err e = { 0 };
	json_t *o = t->run(a, &e, q);
	int bad;

	if (!o) {
		fprintf(stderr, "prm-analysis: %s%s%s\n", e.message, *e.detail ? ": " : "", e.detail);
		return 1;
	}
	bad = json_dumpf(o, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(10)) || putchar('\n') == EOF || fflush(stdout);
	json_decref(o);
	return bad ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct asked q = { 0 };
	struct arena *a;
	int rc;

	if (argc < 2 || str_eq(argv[1], "--help") || str_eq(argv[1], "-h"))
		return usage(argc < 2 ? stderr : stdout);
	for (const struct topic *t = topics; t->name; t++) {
		if (!str_eq(t->name, argv[1]))
			continue;
		a = arena_new(MAX_MEMORY);
		rc = a ? read_arguments(a, argc, argv, &q) : 1;
		if (!rc)
			rc = run(a, t, &q);
		arena_free(a);
		return rc;
	}
	return complain("no topic", argv[1]);
}
