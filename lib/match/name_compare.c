/* name_compare.c - the score of two prepared names
 *
 * score = how alike the paired words are
 *       - what both sides have beside the other (a conflict: "Rami" and "Ihab" Makhlouf)
 *       - what one side has more (little for persons, much for firms)
 *       - legal forms of different classes, different places
 */
#include "names.h"

#include <string.h>

#include "name_dict.h"
#include "name_part.h"

#define MOST(a, b)  ((a) > (b) ? (a) : (b))
#define LEAST(a, b) ((a) < (b) ? (a) : (b))

/* What a word left over costs, and what a leg up is worth. */
#define PERSON_EXTRA   0.25
#define OTHER_EXTRA    1.0
#define MANY_EXTRA     0.04    /* each weight above three more */
#define ONE_WORD       0.10    /* a single full word of several is all that agrees */
#define FORM_CONFLICT  0.35
#define PLACE_CONFLICT 0.30
#define SPARSE         0.5     /* of a conflict, where a word comes from a script without vowels */

struct tally {
	double alike, paired;          /* sum of likeness x weight, and of weight */
	double left_x, left_y;         /* weight of the words without a partner that tell names apart */
	bool sparse;                   /* a side is of a script without vowels: what agrees says less */
	double little;                 /* of those that do not: titles, particles */
	double all_x, all_y;
	size_t full;                   /* pairs of words that are more than an initial */
	bool places_differ;
};

static void take_side(struct side *s, const struct name *n)
{
	s->n = n->n;
	memcpy(s->words, n->words, n->n * sizeof(n->words[0]));
	memset(s->taken, 0, sizeof(s->taken));
}

static bool is_full(const struct word *w)
{
	return w->kind != WORD_INITIAL && w->kind != WORD_PARTICLE && w->kind != WORD_TITLE && w->kind != WORD_LITTLE;
}

static void count_pair(struct tally *t, const struct word *x, const struct word *y, double alike)
{
	double weight = x->kind == WORD_INITIAL || y->kind == WORD_INITIAL ? LEAST(x->weight, y->weight) * 2 : x->weight + y->weight;

	t->alike += alike * weight;
	t->paired += weight;
	if (is_full(x) && is_full(y))
		t->full++;
}

/* An initial does not stand for a family name while its own side has a full word to spare: "Vladimir P. Kononov"
 * is no "Vladimir Putin". */
static bool not_its_initial(const struct side *x, size_t i, const struct side *y, size_t j)
{
	if (x->words[i].kind != WORD_INITIAL || y->words[j].kind == WORD_INITIAL || !y->words[j].family)
		return false;
	for (size_t k = 0; k < x->n; k++)
		if (!x->taken[k] && is_full(&x->words[k]))
			return true;
	return false;
}

static void pair_words(struct side *x, struct side *y, enum name_kind kind, struct tally *t)
{
	double gain[NAME_WORDS * NAME_WORDS], alike[NAME_WORDS * NAME_WORDS];
	int pair[NAME_WORDS];

	for (size_t i = 0; i < x->n; i++)
		for (size_t j = 0; j < y->n; j++) {
			size_t at = i * NAME_WORDS + j;

			alike[at] = word_alike(&x->words[i], &y->words[j], kind);
			gain[at] = alike[at] * (double)(x->words[i].weight + y->words[j].weight);
		}
	name_assign(gain, x->n, y->n, pair);
	for (size_t i = 0; i < x->n; i++)
		if (pair[i] >= 0)
			x->taken[i] = y->taken[pair[i]] = true;
	for (size_t i = 0; i < x->n; i++) {
		if (pair[i] < 0)
			continue;
		if (not_its_initial(x, i, y, (size_t)pair[i]) || not_its_initial(y, (size_t)pair[i], x, i)) {
			x->taken[i] = y->taken[pair[i]] = false;
			continue;
		}
		count_pair(t, &x->words[i], &y->words[pair[i]], alike[i * NAME_WORDS + (size_t)pair[i]]);
	}
}

/* How many free words of y from at on begin with the letters of w; little words may be passed over. 0: not all. */
static size_t spelled_by(const struct word *w, const struct side *y, size_t at, bool little, bool used[NAME_WORDS])
{
	size_t letters = 0, n = 0;

	memset(used, 0, NAME_WORDS * sizeof(bool));
	for (size_t j = at; j < y->n && letters < w->len; j++) {
		if (y->words[j].kind == WORD_LITTLE && !little)
			continue;
		if (y->taken[j] || y->words[j].text[0] != w->text[letters])
			return 0;
		used[j] = true;
		letters++;
		n++;
	}
	return letters == w->len ? n : 0;
}

/* "JC" for Jean-Claude, "PLA" for People's Liberation Army. */
static void pair_acronyms(struct side *x, struct side *y, enum name_kind kind, struct tally *t, double *all_y)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct word *w = &x->words[i];
		bool used[NAME_WORDS];
		size_t n = 0;

		if (x->taken[i] || w->kind != WORD_NAME || w->len < (kind == NAME_PERSON ? 2 : 3) || w->len > (kind == NAME_PERSON ? 3 : 7))
			continue;
		for (size_t at = 0; at < y->n && !n; at++)
			if (!(n = spelled_by(w, y, at, false, used)))
				n = spelled_by(w, y, at, true, used);
		if (!n)
			continue;
		x->taken[i] = true;
		t->alike += 0.95 * 2 * (double)w->weight;
		t->paired += 2 * (double)w->weight;
		t->full += kind != NAME_PERSON;
		for (size_t j = 0; j < y->n; j++) {
			y->taken[j] = y->taken[j] || used[j];
			if (used[j])
				*all_y -= (double)y->words[j].weight;
		}
		*all_y += (double)w->weight;
	}
}

/* A word written twice on one side says nothing more the second time. */
static bool repeated(const struct side *s, size_t at)
{
	for (size_t i = 0; i < s->n; i++)
		if (i != at && s->taken[i] && !strcmp(s->words[i].text, s->words[at].text))
			return true;
	return false;
}

static bool has_left(const struct side *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->taken[i] && (is_full(&s->words[i]) || s->words[i].kind == WORD_INITIAL) && !repeated(s, i))
			return true;
	return false;
}

/* An initial that speaks against a word of the other side counts as one. */
static double left_over(const struct side *s, const struct side *other, bool *place, double *little)
{
	double left = 0;
	bool against = has_left(other);

	for (size_t i = 0; i < s->n; i++) {
		const struct word *w = &s->words[i];

		if (s->taken[i] || repeated(s, i))
			continue;
		if (w->kind == WORD_INITIAL && against)
			left += 1;
		else if (is_full(w) || w->kind == WORD_INITIAL)
			left += (double)w->weight * (w->sparse ? SPARSE : 1);
		else
			*little += (double)w->weight;
		*place = *place || w->kind == WORD_PLACE;
	}
	return left;
}

static double weight_of(const struct side *s)
{
	double all = 0;

	for (size_t i = 0; i < s->n; i++)
		all += (double)s->words[i].weight;
	return all;
}

static bool forms_differ(unsigned x, unsigned y)
{
	const unsigned open = FORM_ANY | FORM_INC;

	x = x & FORM_INC ? x | FORM_SHARES : x;
	y = y & FORM_INC ? y | FORM_SHARES : y;
	x &= ~open;
	y &= ~open;
	return x && y && !(x & y);
}

static double score_of(const struct tally *t, enum name_kind kind, bool forms)
{
	double conflict = LEAST(t->left_x, t->left_y), extra = MOST(t->left_x, t->left_y) - conflict + t->little;
	double small = LEAST(t->all_x, t->all_y), large = MOST(t->all_x, t->all_y), score;
	double share = kind != NAME_PERSON ? OTHER_EXTRA : t->sparse ? 2 * PERSON_EXTRA : PERSON_EXTRA;

	if (!(t->paired > 0) || !t->full)
		return 0;
	score = t->alike / t->paired - conflict / small - share * extra / large;
	if (extra > 3)
		score -= MANY_EXTRA * (extra - 3);
	if (kind == NAME_PERSON && t->full == 1 && extra + conflict >= 0.5)
		score -= ONE_WORD;
	if (forms)
		score -= FORM_CONFLICT;
	if (t->places_differ)
		score -= PLACE_CONFLICT;
	return score < 0 ? 0 : score > 1 ? 1 : score;
}

static double compare_as(const struct name *a, const struct name *b, enum name_kind kind)
{
	struct tally t = { 0 };
	struct side x, y;
	bool place_x = false, place_y = false;

	if (!a->n || !b->n)
		return 0;
	take_side(&x, a);
	take_side(&y, b);
	join_words(&x, &y, kind);
	t.all_x = weight_of(&x);
	t.all_y = weight_of(&y);
	pair_words(&x, &y, kind, &t);
	pair_acronyms(&x, &y, kind, &t, &t.all_y);
	pair_acronyms(&y, &x, kind, &t, &t.all_x);
	t.left_x = left_over(&x, &y, &place_x, &t.little);
	t.left_y = left_over(&y, &x, &place_y, &t.little);
	t.places_differ = place_x && place_y;
	t.sparse = a->words[0].sparse || b->words[0].sparse;
	return score_of(&t, kind, forms_differ(a->forms, b->forms));
}

static double compare_readings(const struct name *x, const struct name *y)
{
	enum name_kind kind = x->kind == y->kind ? x->kind : x->kind == NAME_PERSON ? y->kind : x->kind;

	return compare_as(x, y, kind);
}

double name_compare(const struct name *x, const struct name *y)
{
	double best = 0;

	for (const struct name *a = x; a; a = a->next)
		for (const struct name *b = y; b; b = b->next) {
			double score = compare_readings(a, b);

			best = MOST(best, score);
		}
	return best;
}
