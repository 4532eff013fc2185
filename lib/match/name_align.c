/* name_align.c - the words of two names paired so that most is gained */
#include "name_part.h"

#include <string.h>

struct cover {                    /* potentials of the rows, columns and the pairing so far */
	double u[NAME_WORDS + 1], v[NAME_WORDS + 1];
	size_t row_of[NAME_WORDS + 1], from[NAME_WORDS + 1];
};

/* Row i finds its column, others move over; rows and columns count from 1. */
static void place_row(const double *cost, size_t size, size_t i, struct cover *c)
{
	double least[NAME_WORDS + 1];
	bool seen[NAME_WORDS + 1] = { false };
	size_t j = 0;

	for (size_t k = 0; k <= size; k++)
		least[k] = 1e9;
	c->row_of[0] = i;
	do {
		size_t row = c->row_of[j], next = 0;
		double step = 1e9;

		seen[j] = true;
		for (size_t k = 1; k <= size; k++) {
			double d = cost[(row - 1) * NAME_WORDS + k - 1] - c->u[row] - c->v[k];

			if (seen[k])
				continue;
			if (d < least[k]) {
				least[k] = d;
				c->from[k] = j;
			}
			if (least[k] < step) {
				step = least[k];
				next = k;
			}
		}
		for (size_t k = 0; k <= size; k++) {
			if (seen[k]) {
				c->u[c->row_of[k]] += step;
				c->v[k] -= step;
			} else {
				least[k] -= step;
			}
		}
		j = next;
	} while (c->row_of[j]);
	for (; j; j = c->from[j])
		c->row_of[j] = c->row_of[c->from[j]];
}

void name_assign(const double *gain, size_t n, size_t m, int *pair)
{
	size_t size = n > m ? n : m;
	double cost[NAME_WORDS * NAME_WORDS];
	struct cover c = { .u = { 0 } };

	for (size_t i = 0; i < size; i++)
		for (size_t j = 0; j < size; j++)
			cost[i * NAME_WORDS + j] = i < n && j < m ? -gain[i * NAME_WORDS + j] : 0;
	for (size_t i = 1; i <= size; i++)
		place_row(cost, size, i, &c);
	for (size_t i = 0; i < n; i++)
		pair[i] = -1;
	for (size_t j = 1; j <= m; j++)
		if (c.row_of[j] <= n && gain[(c.row_of[j] - 1) * NAME_WORDS + j - 1] > 0)
			pair[c.row_of[j] - 1] = (int)j - 1;
}

/* Words at ... at+k-1 of s written as one into w. False when that is too long, or far from like. */
static bool joined(const struct side *s, size_t at, size_t k, enum name_kind kind, const struct word *like, struct word *w)
{
	char text[WORD_BYTES];
	size_t n = 0;

	for (size_t i = at; i < at + k; i++) {
		if (n + s->words[i].len >= WORD_BYTES)
			return false;
		memcpy(text + n, s->words[i].text, s->words[i].len);
		n += s->words[i].len;
	}
	text[n] = '\0';
	if (!s->words[at].sparse && !like->sparse && edit_cost(text, n, like->text, like->len, 3) > 3)
		return false;
	word_set(w, text, n, kind);
	w->sparse = s->words[at].sparse;
	w->linked = s->words[at + k - 1].linked;
	w->family = s->words[at].family || s->words[at + k - 1].family;
	return true;
}

static void put_one(struct side *s, size_t at, size_t k, const struct word *w)
{
	s->words[at] = *w;
	memmove(s->words + at + 1, s->words + at + k, (s->n - at - k) * sizeof(s->words[0]));
	s->n -= k - 1;
}

static double best_alone(const struct side *s, size_t at, size_t k, const struct side *other, enum name_kind kind)
{
	double best = 0;

	for (size_t i = at; i < at + k; i++)
		for (size_t j = 0; j < other->n; j++) {
			double d = s->words[i].kind == WORD_INITIAL || s->words[i].len < 2 ? 0 : word_alike(&s->words[i], &other->words[j], kind);

			best = d > best ? d : best;
		}
	return best;
}

static size_t length_of(const struct side *s, size_t at, size_t k)
{
	size_t n = 0;

	for (size_t i = at; i < at + k; i++)
		n += s->words[i].len;
	return n;
}

static double enough(const struct word *x, const struct word *y)
{
	return x->sparse || y->sparse ? 0.8 : 0.85;
}

/* k words of x that are one word of y; true when some were put together. */
static bool join_some(struct side *x, const struct side *y, size_t k, enum name_kind kind)
{
	for (size_t at = 0; at + k <= x->n; at++) {
		size_t n = length_of(x, at, k);

		for (size_t j = 0; j < y->n; j++) {
			struct word w;
			size_t m = y->words[j].len;

			if (m < 4 || n + 2 < m || m + 2 < n) {
				if (!(m >= 4 && (y->words[j].sparse || x->words[at].sparse)))
					continue;
			}
			if (!joined(x, at, k, kind, &y->words[j], &w) || word_alike(&w, &y->words[j], kind) < enough(&w, &y->words[j]))
				continue;
			if (best_alone(x, at, k, y, kind) >= word_alike(&w, &y->words[j], kind))
				continue;
			put_one(x, at, k, &w);
			return true;
		}
	}
	return false;
}

static bool are_syllables(const struct side *s, size_t at)
{
	return s->words[at].linked && length_of(s, at, 2) <= 10 && s->words[at].kind == WORD_NAME && s->words[at + 1].kind == WORD_NAME;
}

/* Hyphened short syllables on both sides ("Myong-sik", "Myong-guk") are compared as one word. */
static void join_syllables(struct side *x, struct side *y)
{
	for (size_t i = 0; i + 1 < x->n; i++) {
		if (!are_syllables(x, i))
			continue;
		for (size_t j = 0; j + 1 < y->n; j++) {
			struct word a, b, whole = { .sparse = SPARSE_VOWELS };

			if (!are_syllables(y, j) || !joined(y, j, 2, NAME_PERSON, &whole, &b) || !joined(x, i, 2, NAME_PERSON, &b, &a))
				continue;
			if (!(word_alike(&a, &b, NAME_PERSON) > 0))
				continue;
			put_one(x, i, 2, &a);
			put_one(y, j, 2, &b);
			break;
		}
	}
}

void join_words(struct side *x, struct side *y, enum name_kind kind)
{
	for (size_t k = 4; k >= 2; k--) {
		while (join_some(x, y, k, kind))
			;
		while (join_some(y, x, k, kind))
			;
	}
	if (kind == NAME_PERSON)
		join_syllables(x, y);
}
