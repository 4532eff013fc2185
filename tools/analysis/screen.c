/* screen.c - prm-analysis screen: names against the sanctions lists */
#include "topics.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "names.h"
#include "screen.h"
#include "str.h"
#include "table.h"

#define SELF_NAMES 2000
#define SHOWN_HITS 10

static double seconds_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(void) { return seconds_of(CLOCK_MONOTONIC); }

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Nearest rank. Sorts. */
static json_t *times_of(double *ms, size_t n)
{
	double total = 0;

	if (!n)
		return json_null();
	qsort(ms, n, sizeof(*ms), by_size);
	for (size_t i = 0; i < n; i++)
		total += ms[i];
	return json_pack("{s:f, s:f, s:f, s:f}", "p50_ms", ms[(n - 1) / 2], "p95_ms", ms[(size_t)ceil(0.95 * (double)n) - 1],
		"max_ms", ms[n - 1], "mean_ms", total / (double)n);
}

static json_t *hit_document(struct arena *a, const struct hit *h)
{
	const struct listed *l = h->name->entry;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:f, s:s, s:s, s:s}", "list", l->list, "id", shown(a, l->id), "name", shown(a, l->name),
		"matched", shown(a, h->name->text), "matched_as", h->name->weak ? "weak alias" : h->name->alias ? "alias" : "name",
		"score", h->score, "kind", listed_kind_name(l->kind), "programme", shown(a, l->programme),
		"country", shown(a, l->country));
}

static json_t *screen_column(struct arena *a, struct finder *f, const struct table *t, const struct table_column *c, double least, double *ms)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < t->n_rows; i++) {
		struct hit hits[SHOWN_HITS];
		double start = seconds();
		size_t n = c->cells[i] ? screen_find(f, c->cells[i], least, hits, SHOWN_HITS) : 0;
		json_t *list = json_array();

		ms[i] = (seconds() - start) * 1000;
		for (size_t k = 0; k < n; k++)
			json_array_append_new(list, hit_document(a, &hits[k]));
		json_array_append_new(rows, json_pack("{s:I, s:s?, s:f, s:o}", "row", (json_int_t)i + 1, "name", shown(a, c->cells[i]),
			"ms", ms[i], "hits", list));
	}
	return rows;
}

/* Marsaglia 2003, xorshift64. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* One letter replaced, left out, put in or exchanged with the next. */
static char *with_typo(struct arena *a, const char *text, uint64_t *state)
{
	size_t n = strlen(text), at = next_random(state) % n;
	char letter = (char)('A' + next_random(state) % 26), *s = arena_alloc(a, n + 2);

	if (!s)
		return NULL;
	memcpy(s, text, n);
	switch (next_random(state) % 4) {
	case 0:
		s[at] = letter;
		break;
	case 1:
		memmove(s + at, s + at + 1, n - at);
		break;
	case 2:
		memmove(s + at + 1, s + at, n - at);
		s[at] = letter;
		break;
	default:
		at = at + 1 < n ? at : n - 2;
		s[at] = text[at + 1];
		s[at + 1] = text[at];
	}
	return s;
}

static bool plain_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

/* Two entries may have one name, written in capitals here and with a comma there. */
static bool same_letters(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (*a && !isalnum((unsigned char)*a))
			a++;
		while (*b && !isalnum((unsigned char)*b))
			b++;
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (!*a)
			return true;
	}
}

struct self { size_t asked, first, found; };

static int self_ask(struct arena *a, struct finder *f, const struct listed_name *n, uint64_t *state, struct self *out, json_t *missed)
{
	struct hit hits[SHOWN_HITS];
	char *typed = with_typo(a, n->text, state);
	size_t found = typed ? screen_find(f, typed, NAME_MATCH, hits, SHOWN_HITS) : 0, at = 0;

	if (!typed)
		return E_NOMEM;
	while (at < found && hits[at].name->entry != n->entry && !same_letters(hits[at].name->text, n->text))
		at++;
	out->asked++;
	out->first += found && !at;
	out->found += at < found;
	if ((!found || at) && json_array_size(missed) < 20)
		json_array_append_new(missed, json_pack("{s:s, s:s, s:s?}", "listed", n->text, "typed", typed, "first",
			found ? shown(a, hits[0].name->text) : NULL));
	return OK;
}

/* Names of four letters and more, weak aliases left out, each with one typing error. */
static json_t *self_test(struct arena *a, struct finder *f, const struct screen *s, int seed)
{
	uint64_t state = (uint64_t)seed * 0x9E3779B97F4A7C15u + 1;
	double *ms = arena_array(a, SELF_NAMES, sizeof(*ms));
	json_t *missed = json_array(), *o;
	struct self self = { 0 };

	while (ms && self.asked < SELF_NAMES) {
		const struct listed_name *n = screen_name(s, next_random(&state) % screen_names(s));
		double start = seconds();

		if (n->weak || strlen(n->text) < 4 || !plain_ascii(n->text))
			continue;
		if (self_ask(a, f, n, &state, &self, missed))
			break;
		ms[self.asked - 1] = (seconds() - start) * 1000;
	}
	o = json_pack("{s:I, s:f, s:f, s:o}", "names", (json_int_t)self.asked, "rank_1", (double)self.first / (double)self.asked,
		"among_ten", (double)self.found / (double)self.asked, "missed", missed);
	json_object_set_new(o, "time", times_of(ms, self.asked));
	return o;
}

json_t *topic_screen(struct arena *a, struct err *e, const struct asked *q)
{
	double start = seconds(), worked = seconds_of(CLOCK_PROCESS_CPUTIME_ID), loaded, least = q->threshold > 0 ? q->threshold : NAME_MATCH, *ms;
	const struct table_column *c;
	const struct screen *s = NULL;
	struct finder *f;
	struct table t;
	json_t *o;

	if (!q->lists)
		fail(e, E_BAD, "which lists? name their folder with --lists");
	if (!q->lists || screen_load(a, e, q->lists, &s))
		return NULL;
	loaded = seconds() - start;
	worked = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - worked;
	if (table_read(a, e, q->file, q->separator, 0, &t))
		return NULL;
	c = table_column(&t, str_or(q->column, "name"));
	f = finder_new(a, s);
	ms = arena_array(a, t.n_rows + 1, sizeof(*ms));
	if (!c || !f || !ms) {
		fail(e, c ? E_NOMEM : E_BAD, c ? "no room to search" : "%s has no column %s: name it with --column", q->file, str_or(q->column, "name"));
		return NULL;
	}
	o = json_pack("{s:I, s:I, s:f, s:f, s:I, s:f}", "entries", (json_int_t)screen_entries(s), "listed_names", (json_int_t)screen_names(s),
		"load_seconds", loaded, "load_processor_seconds", worked, "rows", (json_int_t)t.n_rows, "threshold", least);
	json_object_set_new(o, "names", screen_column(a, f, &t, c, least, ms));
	json_object_set_new(o, "screen", times_of(ms, t.n_rows));
	if (q->self_test)
		json_object_set_new(o, "self_test", self_test(a, f, s, q->self_test));
	return o;
}
