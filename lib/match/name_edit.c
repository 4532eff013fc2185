/* name_edit.c - how far two words are apart, and how a word sounds */
#include "name_part.h"

#include <string.h>

/* Pairs of letters that are written for one another across languages. */
static const char alike_pairs[] = "iyijjyoueickcqkqszvwvfbvdtuvuwxsgjpbeagk";

static float costs[128][128];      /* of replacing; filled once, then read only */

static void fill_costs(void)
{
	for (size_t a = 0; a < 128; a++)
		for (size_t b = 0; b < 128; b++)
			costs[a][b] = a == b ? 0 : 1;
	for (const char *p = alike_pairs; *p; p += 2)
		costs[(unsigned char)p[0]][(unsigned char)p[1]] = costs[(unsigned char)p[1]][(unsigned char)p[0]] = 0.5f;
}

static double replace_cost(char a, char b)
{
	return (double)costs[a & 127][b & 127];
}

/* A letter doubled, or a silent h, is half a mistake. */
static double extra_cost(const char *s, size_t i)
{
	return i && (s[i] == s[i - 1] || s[i] == 'h') ? 0.5 : 1.0;
}

static double fill_rows(const char *a, size_t n, const char *b, size_t m, double limit, double lead)
{
	double rows[3][WORD_BYTES + 1], *before = rows[0], *last = rows[1], *now = rows[2];

	for (size_t j = 0; j <= m; j++)
		last[j] = (double)j + (j ? lead : 0);
	for (size_t i = 1; i <= n; i++) {
		double best = now[0] = (double)i + lead, *spare;

		for (size_t j = 1; j <= m; j++) {
			double c = last[j - 1] + replace_cost(a[i - 1], b[j - 1]) * (i == 1 && j == 1 ? 1 + lead : 1), d;

			if ((d = last[j] + extra_cost(a, i - 1)) < c)
				c = d;
			if ((d = now[j - 1] + extra_cost(b, j - 1)) < c)
				c = d;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && (d = before[j - 2] + 1) < c)
				c = d;
			now[j] = c;
			best = c < best ? c : best;
		}
		if (best > limit + 1)
			return best;
		spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[m];
}

double edit_cost(const char *a, size_t n, const char *b, size_t m, double limit)
{
	bool first = true;

	if (!(costs['a']['b'] > 0))
		fill_costs();
	while (n > 1 && m > 1 && a[0] == b[0] && a[1] == b[1]) {   /* the same beginning, but for its last letter */
		a++;
		b++;
		n--;
		m--;
		first = false;
	}
	while (n > 1 && m > 1 && a[n - 1] == b[m - 1] && a[n - 2] == b[m - 2]) {
		n--;
		m--;
	}
	return fill_rows(a, n, b, m, limit, first ? 0.5 : 0);
}

double edit_allowed(size_t length, enum name_kind kind)
{
	if (length <= 3)
		return kind == NAME_PERSON && length == 3 ? 0.5 : 0;
	if (length <= 5)
		return kind == NAME_PERSON || length == 5 ? 1 : 0;
	if (kind != NAME_PERSON)
		return length <= 8 ? 1 : 2;
	return length <= 8 ? 2 : length <= 10 ? 2.5 : 3;
}

struct fold { const char *from, *to; };

/* Groups of letters with one sound; longest first. */
static const struct fold folds[] = {
	{ "tsch", "c" }, { "shch", "s" }, { "sch", "s" }, { "tch", "c" }, { "ch", "c" }, { "sh", "s" }, { "zh", "s" },
	{ "kh", "k" }, { "gh", "g" }, { "ph", "f" }, { "th", "t" }, { "dh", "t" }, { "ck", "k" }, { "ts", "s" }, { "tz", "s" },
	{ "ce", "s" }, { "ci", "s" }, { "cy", "s" }, { "dj", "j" }, { "x", "ks" }, { "q", "k" }, { "c", "k" }, { "z", "s" },
	{ "v", "f" }, { "d", "t" }, { "p", "b" },
};

static size_t fold_at(const char *s, bool start, const char **to)
{
	*to = NULL;
	if (!strchr("tsczkgpdqxv", *s))
		return 1;
	if (*s == 'x' && start) {          /* Xi, Xavier */
		*to = "s";
		return 1;
	}
	for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
		size_t n = strlen(folds[i].from);

		if (!strncmp(s, folds[i].from, n)) {
			*to = folds[i].to;
			return folds[i].from[0] == 'c' && n == 2 && folds[i].to[0] == 's' ? 1 : n;
		}
	}
	return 1;
}

static void add(char *key, size_t *n, char c)
{
	if (*n + 1 < KEY_BYTES)
		key[(*n)++] = c;
}

static void add_consonant(struct word *w, size_t *n, size_t *m, char c, bool vowel_like)
{
	add(w->sound, n, c);
	if (!vowel_like)
		add(w->bones, m, c == 'j' ? 'g' : c);
}

/* Vowels count at the start only, w and h too; a doubled letter is one. */
void word_keys(struct word *w)
{
	size_t n = 0, m = 0;
	const char *s = w->text, *to;

	memset(w->sound, 0, sizeof(w->sound));
	memset(w->bones, 0, sizeof(w->bones));
	while (*s) {
		bool start = s == w->text;
		size_t step = fold_at(s, start, &to);

		if (!to && strchr("aeiouy", *s)) {
			if (start)
				add(w->sound, &n, 'a');
		} else if (!to && strchr("wh", *s)) {
			if (start)
				add_consonant(w, &n, &m, *s, *s == 'w');
		} else if (start || s[0] != s[-1]) {
			for (const char *c = to ? to : (char[]){ *s, 0 }; *c; c++)
				add_consonant(w, &n, &m, *c, *s == 'v');     /* a v may be written w, u */
		}
		s += step;
	}
}

/* Bones of scripts that know no p, v, or tell no l from r. */
static bool same_bones(const struct word *x, const struct word *y)
{
	const char *a = x->bones, *b = y->bones;
	bool one_liquid = x->sparse == SPARSE_SYLLABLES || y->sparse == SPARSE_SYLLABLES;

	if (!*a || strlen(a) != strlen(b) || (!a[1] && (x->len > 4 || y->len > 4)))
		return false;
	for (; *a; a++, b++)
		if (*a != *b && !(one_liquid && strchr("lr", *a) && strchr("lr", *b)) && !(strchr("gk", *a) && strchr("gk", *b)))
			return false;
	return true;
}

/* Bones with one consonant different or missing, of three or more. */
static bool near_bones(const struct word *x, const struct word *y)
{
	size_t n = strlen(x->bones), m = strlen(y->bones);

	return n >= 3 && m >= 3 && x->bones[0] == y->bones[0] && edit_cost(x->bones, n, y->bones, m, 1) <= 1;
}

static double backwards(const struct word *x, const struct word *y)
{
	char text[WORD_BYTES];

	if (x->len < 5)
		return 99;
	for (size_t i = 0; i < x->len; i++)
		text[i] = x->text[x->len - 1 - i];
	return edit_cost(text, x->len, y->text, y->len, 1.5);
}

static double by_letters(const struct word *x, const struct word *y, enum name_kind kind)
{
	size_t longer = x->len > y->len ? x->len : y->len, gap = longer - (x->len < y->len ? x->len : y->len);
	double allowed = edit_allowed(longer, kind), cost = 99;
	bool sounds = *x->sound && !strcmp(x->sound, y->sound);

	if ((double)gap / 2 <= allowed + 1)
		cost = edit_cost(x->text, x->len, y->text, y->len, allowed + 1);
	if (cost <= allowed)
		return 1 - cost / (double)longer;
	if (sounds && kind == NAME_PERSON && longer >= 5 && cost <= allowed + 0.5)
		return 0.75;
	if (sounds && kind == NAME_PERSON && longer <= 3 && longer >= 2 && cost <= 2 && x->text[x->len - 1] == y->text[y->len - 1])
		return 0.8;              /* Xi, Shi, Si */
	if (kind == NAME_PERSON && gap <= 1 && x->len >= 5 && backwards(x, y) <= 1.5)
		return 0.8;
	return 0;
}

double word_alike(const struct word *x, const struct word *y, enum name_kind kind)
{
	double alike;

	if (x->kind == WORD_INITIAL || y->kind == WORD_INITIAL)
		return x->text[0] != y->text[0] ? 0 : x->kind == y->kind ? 1 : x->kind == WORD_PARTICLE || y->kind == WORD_PARTICLE ? 0 : 0.9;
	if (!strcmp(x->text, y->text))
		return 1;
	if (x->kind == WORD_NUMBER || y->kind == WORD_NUMBER)
		return x->kind == y->kind && x->meaning == y->meaning && x->meaning ? 1 : 0;
	if (x->meaning && y->meaning && x->kind == y->kind && x->kind != WORD_NAME)
		return x->meaning == y->meaning ? 1 : 0;
	if (x->kind == WORD_PARTICLE || y->kind == WORD_PARTICLE)
		return x->len == y->len && x->kind != y->kind && edit_cost(x->text, x->len, y->text, y->len, 1) <= 0.5 ? 0.9 : 0;
	if (kind == NAME_PERSON && x->variant && x->variant == y->variant)
		return 0.93;
	alike = by_letters(x, y, kind);
	if (alike < 0.9 && (x->sparse || y->sparse)) {
		if (same_bones(x, y))
			return !x->bones[1] ? 0.65 : x->bones[2] ? 0.9 : 0.87;
		if (alike < 0.68 && near_bones(x, y))
			return 0.68;
	}
	return alike;
}
