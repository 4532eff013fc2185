/* screen.c - the listed names that a name may be, the best first */
#include "screen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "screen_part.h"
#include "str.h"

#define CANDIDATES 200           /* names compared in full */
#define MAX_QUERY_WORDS 80       /* distinct words of a query, over its readings */
#define MAX_FUZZY 60             /* listed words taken for one of the query */
#define WHOLE 100                /* names taken for the likeness of the whole */
#define TYPOS 3                  /* of the whole, that order the hits */
#define QUERY_MEMORY ((size_t)1 << 20)

struct candidate { uint32_t name; float guess; };

struct finder {
	const struct screen *s;
	struct arena *a;                 /* of one query */
	const struct name *query[3];     /* as a person, a firm, a ship */
	const char *compact;
	float *sum, *best;               /* by name: of all words, of this word */
	uint32_t *touched, *touched_now;
	size_t n_touched, n_now;
	unsigned char *shared;           /* by term or name: trigrams shared with the text at hand */
	uint32_t *seen;
	size_t n_seen;
	uint32_t whole[WHOLE];           /* names that are nearly the text, spaces apart */
	size_t n_whole;
	float weight;                    /* rarity of the query's words */
	struct candidate top[CANDIDATES];
	size_t n_top;
};

int screen_load(struct arena *a, struct err *e, const char *dir, const struct screen **out)
{
	static int (*const lists[])(struct lists *l, const char *dir) = { list_ofac, list_ofac_consolidated, list_denied, list_un };
	const char *folders[] = { dir, arena_printf(a, "%s/ofac", dir), arena_printf(a, "%s/un", dir) };
	struct lists l = { .a = a, .e = e };
	struct screen *s = ARENA_NEW(a, struct screen);
	bool any = false;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (size_t k = 0; k < sizeof(folders) / sizeof(folders[0]); k++) {
			int rc = folders[k] ? lists[i](&l, folders[k]) : E_NOMEM;

			if (rc && rc != E_NOTFOUND)
				return rc;
			if (!rc) {
				any = true;
				break;
			}
		}
	if (!any)
		return fail(e, E_NOTFOUND, "%s holds no list: sdn.csv, cons_prim.csv, dpl.txt or UN_consolidated.xml", dir);
	if (!s)
		return fail(e, E_NOMEM, "no room for the lists");
	err_clear(e);
	s->names = l.names;
	s->n_names = l.n_names;
	s->n_entries = l.n_entries;
	*out = s;
	return screen_index(a, e, s);
}

size_t screen_entries(const struct screen *s) { return s->n_entries; }
size_t screen_names(const struct screen *s) { return s->n_names; }
const struct listed_name *screen_name(const struct screen *s, size_t i) { return &s->names[i]; }

const char *listed_kind_name(enum listed_kind kind)
{
	static const char *const names[] = { "entity", "individual", "vessel", "aircraft" };

	return names[kind];
}

static void end_arena(void *arg) { arena_free(arg); }

struct finder *finder_new(struct arena *a, const struct screen *s)
{
	struct finder *f = ARENA_NEW(a, struct finder);

	if (!f)
		return NULL;
	f->s = s;
	f->a = arena_new(QUERY_MEMORY);
	if (!f->a || arena_on_end(a, end_arena, f->a))
		return NULL;
	f->sum = arena_array(a, s->n_names + 1, sizeof(*f->sum));
	f->best = arena_array(a, s->n_names + 1, sizeof(*f->best));
	f->touched = arena_array(a, s->n_names + 1, sizeof(*f->touched));
	f->touched_now = arena_array(a, s->n_names + 1, sizeof(*f->touched_now));
	f->shared = arena_array(a, s->n_terms + s->n_names + 1, sizeof(*f->shared));
	f->seen = arena_array(a, s->n_terms + s->n_names + 1, sizeof(*f->seen));
	return f->sum && f->best && f->touched && f->touched_now && f->shared && f->seen ? f : NULL;
}

/* The names of a term are worth so much for the word at hand. */
static void credit(struct finder *f, const struct term *t, double alike)
{
	float worth = t->rarity * (float)alike;

	for (uint32_t i = 0; i < t->n; i++) {
		uint32_t name = f->s->postings[t->first + i];

		if (!(f->best[name] > 0))
			f->touched_now[f->n_now++] = name;
		if (worth > f->best[name])
			f->best[name] = worth;
	}
}

static void credit_key(struct finder *f, char sign, const char *text, double alike)
{
	char key[WORD_BYTES * 2 + 1] = { sign };
	const struct term *t;

	str_copy(key + (sign != 0), sizeof(key) - 1, text);
	t = screen_term(f->s, key);
	if (t)
		credit(f, t, alike);
}

/* What the word gave is added to what the others gave. */
static void close_word(struct finder *f)
{
	for (size_t i = 0; i < f->n_now; i++) {
		uint32_t name = f->touched_now[i];

		if (!(f->sum[name] > 0))
			f->touched[f->n_touched++] = name;
		f->sum[name] += f->best[name];
		f->best[name] = 0;
	}
	f->n_now = 0;
}

/* Likeness for finding: kinder to short words than for judging. */
static double nearness(const struct word *w, const struct word *listed)
{
	double alike = word_alike(w, listed, NAME_PERSON);
	double one = alike > 0 || w->len < 3 ? 0 : edit_cost(w->text, w->len, listed->text, listed->len, 1.5) <= 1.5 ? 0.6 : 0;

	return alike > 0 ? alike : one;
}

/* Counts for each id how many trigrams it shares with the text; how many the text has. */
static size_t count_grams(struct finder *f, const struct grams *g, const char *text)
{
	uint16_t grams[MAX_GRAMS];
	size_t n = word_grams(text, strlen(text), grams);

	f->n_seen = 0;
	for (size_t i = 0; i < n; i++)
		for (uint32_t k = g->first[grams[i]]; k < g->first[grams[i] + 1]; k++)
			if (!f->shared[g->ids[k]]++)
				f->seen[f->n_seen++] = g->ids[k];
	return n;
}

/* Listed words that share enough trigrams with the word: one error spoils three, an exchange four. */
static void credit_fuzzy(struct finder *f, const struct word *w)
{
	size_t n = count_grams(f, &f->s->of_terms, w->text), fuzzy = 0;
	unsigned least = n > 11 ? (unsigned)n - 8 : n > 6 ? 3 : n > 5 ? 2 : 1;
	int gap = w->len <= 4 ? 1 : w->len <= 8 ? 2 : 3;

	for (size_t i = 0; i < f->n_seen; i++) {
		uint32_t id = f->seen[i];
		unsigned shared = f->shared[id];
		const struct term *t;
		double alike;

		f->shared[id] = 0;
		if (shared < least || fuzzy >= MAX_FUZZY || abs(f->s->lengths[id] - w->len) > gap)
			continue;
		t = &f->s->terms[id];
		alike = strcmp(t->text, w->text) ? nearness(w, t->word) : 0;
		if (alike > 0) {
			credit(f, t, alike);
			fuzzy++;
		}
	}
}

/* Names whose letters, spaces apart, are the text's but for an error: they are looked at whatever their words. */
static void find_whole(struct finder *f)
{
	size_t n = count_grams(f, &f->s->of_names, f->compact);
	unsigned least = n > 5 ? (unsigned)n - 4 : 1;

	f->n_whole = 0;
	for (size_t i = 0; i < f->n_seen; i++) {
		uint32_t name = f->seen[i];
		size_t m = strlen(f->s->ready[name].compact) + 2;

		if (f->shared[name] >= least && m <= n + 1 && n <= m + 1 && f->n_whole < WHOLE)
			f->whole[f->n_whole++] = name;
		f->shared[name] = 0;
	}
}

static void credit_word(struct finder *f, const struct word *w, const struct word *next)
{
	char text[WORD_BYTES * 2];
	const struct term *t = screen_term(f->s, w->text);

	f->weight += t ? t->rarity : 8;
	credit_key(f, '\0', w->text, 1);
	if (w->variant) {
		snprintf(text, sizeof(text), "%d", w->variant);
		credit_key(f, '=', text, 0.9);
	}
	if (*w->sound && w->len > 2) {
		credit_key(f, '^', w->sound, 0.7);
		credit_key(f, w->sparse ? '~' : '!', w->bones, 0.8);
	}
	if (w->kind != WORD_INITIAL)
		credit_fuzzy(f, w);
	close_word(f);
	if (next) {
		snprintf(text, sizeof(text), "%s%s", w->text, next->text);
		credit_key(f, '\0', text, 0.9);
		close_word(f);
	}
}

/* A space left out: both halves are listed words. */
static void credit_halves(struct finder *f, const struct word *w)
{
	for (size_t i = 2; w->len >= 6 && i + 2 <= w->len; i++) {
		char half[WORD_BYTES] = "";
		const struct term *a, *b = screen_term(f->s, w->text + i);

		memcpy(half, w->text, i);
		a = b ? screen_term(f->s, half) : NULL;
		if (!a || !b)
			continue;
		credit(f, a, 0.9);
		close_word(f);
		credit(f, b, 0.9);
		close_word(f);
	}
}

static bool told_before(const char *const *texts, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(texts[i], text))
			return true;
	return false;
}

static void credit_all(struct finder *f)
{
	const char *told[MAX_QUERY_WORDS];
	size_t n = 0;

	for (size_t q = 0; q < 3; q++)
		for (const struct name *name = f->query[q]; name; name = name->next)
			for (size_t i = 0; i < name->n && n < MAX_QUERY_WORDS; i++) {
				const struct word *w = &name->words[i];

				if (told_before(told, n, w->text) || (w->weight < 0.15f && name->n > 2))
					continue;
				told[n++] = w->text;
				credit_word(f, w, i + 1 < name->n ? &name->words[i + 1] : NULL);
				credit_halves(f, w);
			}
}

/* The heap's root is the worst of the best. */
static void sink(struct candidate *heap, size_t n, size_t i)
{
	for (size_t child; (child = 2 * i + 1) < n; i = child) {
		struct candidate c = heap[i];

		if (child + 1 < n && heap[child + 1].guess < heap[child].guess)
			child++;
		if (heap[child].guess >= c.guess)
			return;
		heap[i] = heap[child];
		heap[child] = c;
	}
}

static void keep(struct finder *f, uint32_t name, float guess)
{
	if (f->n_top < CANDIDATES) {
		f->top[f->n_top++] = (struct candidate){ name, guess };
		for (size_t i = f->n_top == CANDIDATES ? CANDIDATES / 2 : 0; i > 0; i--)
			sink(f->top, f->n_top, i - 1);
	} else if (guess > f->top[0].guess) {
		f->top[0] = (struct candidate){ name, guess };
		sink(f->top, f->n_top, 0);
	}
}

static void choose(struct finder *f)
{
	f->n_top = 0;
	for (size_t i = 0; i < f->n_touched; i++) {
		uint32_t name = f->touched[i];
		float mine = f->s->ready[name].weight + 0.01f, sum = f->sum[name];

		keep(f, name, sum / mine + sum / (f->weight + 0.01f));
		f->sum[name] = 0;
	}
	f->n_touched = 0;
}

/* Differences of two texts without spaces, each letter, insertion or exchange one (Damerau 1964); above
 * TYPOS it stops to count. Only the band around the diagonal can stay below. */
static size_t typos(const char *a, const char *b)
{
	size_t rows[3][COMPACT_BYTES + 1], *before = rows[0], *last = rows[1], *now = rows[2], n = strlen(a), m = strlen(b);

	if (n > m + TYPOS || m > n + TYPOS)
		return TYPOS + 1;
	for (size_t j = 0; j <= m; j++)
		last[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t low = i > TYPOS ? i - TYPOS : 1, high = i + TYPOS < m ? i + TYPOS : m, *spare = before, best = TYPOS + 1;

		now[low - 1] = low > 1 ? TYPOS + 1 : i;
		if (high < m)
			now[high + 1] = TYPOS + 1;
		for (size_t j = low; j <= high; j++) {
			size_t c = last[j - 1] + (a[i - 1] != b[j - 1]);

			c = last[j] + 1 < c ? last[j] + 1 : c;
			c = now[j - 1] + 1 < c ? now[j - 1] + 1 : c;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < c)
				c = before[j - 2] + 1;
			now[j] = c;
			best = c < best ? c : best;
		}
		if (best > TYPOS)
			return TYPOS + 1;
		before = last;
		last = now;
		now = spare;
	}
	return last[m] <= TYPOS ? last[m] : TYPOS + 1;
}

struct judged { struct hit hit; double order; };

/* The score of words; one typing error in the whole is forgiven wherever it falls.  A person's or weak alias
 * of one word, or one word without vowels, says little of a longer name. */
static struct judged judge(const struct finder *f, uint32_t name)
{
	const struct listed_name *listed = &f->s->names[name];
	const struct ready *r = &f->s->ready[name];
	enum name_kind kind = name_kind_listed(listed->entry->kind);
	const struct name *query = f->query[kind == NAME_PERSON ? 0 : kind == NAME_COMPANY ? 1 : 2];
	size_t n = strlen(r->compact), m = strlen(f->compact), longer = n > m ? n : m, wrong = longer ? typos(r->compact, f->compact) : 99;
	struct judged j = { .hit = { .name = listed, .score = name_compare(query, r->name) } };
	double whole = wrong <= 1 && longer >= 4 ? 1 - (longer > 6 ? 0.5 : 1.2) * (double)wrong / (double)longer : 0;

	if (r->name->n == 1 && query->n > 1 && (listed->weak || kind == NAME_PERSON))
		j.hit.score *= 0.8;
	if (r->name->n == 1 && r->name->words[0].sparse && !query->words[0].sparse)
		j.hit.score *= 0.8;
	if (whole > j.hit.score)
		j.hit.score = whole;
	j.order = j.hit.score + (wrong <= TYPOS ? 0.3 - 0.1 * (double)wrong : 0) - (listed->weak ? 0.001 : 0);
	return j;
}

static int by_order(const void *a, const void *b)
{
	const struct judged *x = a, *y = b;
	long p = lround(x->hit.score * 50), q = lround(y->hit.score * 50);

	if (p != q)
		return p < q ? 1 : -1;
	return x->order < y->order ? 1 : x->order > y->order ? -1 : 0;
}

static bool prepare_query(struct finder *f, const char *text)
{
	static const enum name_kind kinds[] = { NAME_PERSON, NAME_COMPANY, NAME_VESSEL };

	arena_reset(f->a);
	f->weight = 0;
	for (size_t q = 0; q < 3; q++) {
		f->query[q] = name_prepare(f->a, text, kinds[q]);
		if (!f->query[q])
			return false;
	}
	f->compact = name_compact(f->a, text, COMPACT_BYTES - 1);
	return f->compact != NULL;
}

size_t screen_find(struct finder *f, const char *text, double least, struct hit *hits, size_t max)
{
	struct judged judged[CANDIDATES + WHOLE];
	size_t n = 0, found = 0;

	if (!prepare_query(f, text))
		return 0;
	credit_all(f);
	choose(f);
	find_whole(f);
	for (size_t i = 0; i < f->n_top + f->n_whole; i++) {
		judged[n] = judge(f, i < f->n_top ? f->top[i].name : f->whole[i - f->n_top]);
		n += judged[n].hit.score >= least;
	}
	qsort(judged, n, sizeof(judged[0]), by_order);
	for (size_t i = 0; i < n && found < max && found < MAX_SCREEN_HITS; i++) {
		bool told = false;

		for (size_t k = 0; k < found && !told; k++)
			told = hits[k].name->entry == judged[i].hit.name->entry;
		if (!told)
			hits[found++] = judged[i].hit;
	}
	return found;
}
