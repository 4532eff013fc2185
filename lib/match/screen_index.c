/* screen_index.c - which listed names have a word, its sound, its trigrams
 *
 * Trigrams lead from a word with a typing error to the words that are listed; keys lead from
 * words to names.  All of it is built once, in a few flat arrays.
 */
#include "screen_part.h"

#include <math.h>
#include <string.h>

#include "str.h"

struct link { uint32_t term, name; };

struct building {
	struct arena *a;
	struct screen *s;
	struct link *links;
	size_t n_links, room_links;
};

static uint32_t hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h ^ h >> 15;
}

static uint32_t *slot_of(const struct screen *s, const char *key)
{
	size_t i = hash(key) & (s->n_slots - 1);

	while (s->slots[i] && strcmp(s->terms[s->slots[i] - 1].text, key))
		i = (i + 1) & (s->n_slots - 1);
	return &s->slots[i];
}

const struct term *screen_term(const struct screen *s, const char *key)
{
	uint32_t at = *slot_of(s, key);

	return at ? &s->terms[at - 1] : NULL;
}

static bool more_slots(struct building *b)
{
	struct screen *s = b->s;

	s->n_slots = s->n_slots ? s->n_slots * 2 : 1 << 18;
	s->slots = arena_array(b->a, s->n_slots, sizeof(*s->slots));
	for (size_t i = 0; s->slots && i < s->n_terms; i++)
		*slot_of(s, s->terms[i].text) = (uint32_t)i + 1;
	return s->slots != NULL;
}

static bool more(struct building *b, void **rows, size_t n, size_t *room, size_t size)
{
	size_t wanted = *room ? *room * 2 : 1 << 16;
	void *bigger;

	if (n < *room)
		return true;
	bigger = arena_array(b->a, wanted, size);
	if (!bigger)
		return false;
	if (n)
		memcpy(bigger, *rows, n * size);
	*rows = bigger;
	*room = wanted;
	return true;
}

static bool add_key(struct building *b, const char *key, const struct word *word, size_t name)
{
	struct screen *s = b->s;
	void *terms = s->terms, *links = b->links;
	uint32_t *slot;

	if (s->n_terms * 2 >= s->n_slots && !more_slots(b))
		return false;
	slot = slot_of(s, key);
	if (!*slot) {
		if (!more(b, &terms, s->n_terms, &s->room_terms, sizeof(*s->terms)))
			return false;
		s->terms = terms;
		s->terms[s->n_terms] = (struct term){ .text = arena_strdup(b->a, key), .word = word };
		if (!s->terms[s->n_terms].text)
			return false;
		*slot = (uint32_t)++s->n_terms;
	}
	if (!more(b, &links, b->n_links, &b->room_links, sizeof(*b->links)))
		return false;
	b->links = links;
	b->links[b->n_links++] = (struct link){ *slot - 1, (uint32_t)name };
	return true;
}

static bool tells_apart(const struct word *w)
{
	return w->kind != WORD_TITLE && w->kind != WORD_PARTICLE && w->kind != WORD_LITTLE;
}

static const char *signed_key(char key[WORD_BYTES + 1], char sign, const char *text)
{
	key[0] = sign;
	str_copy(key + 1, WORD_BYTES, text);
	return key;
}

static bool add_word(struct building *b, const struct word *w, size_t name)
{
	char key[WORD_BYTES + 1];
	bool ok = add_key(b, w->text, w, name);

	if (ok && w->variant) {
		snprintf(key, sizeof(key), "=%d", w->variant);
		ok = add_key(b, key, NULL, name);
	}
	if (ok && *w->sound && w->len > 2) {
		ok = add_key(b, signed_key(key, '^', w->sound), NULL, name)
			&& add_key(b, signed_key(key, '~', w->bones), NULL, name)
			&& (!w->sparse || add_key(b, signed_key(key, '!', w->bones), NULL, name));
	}
	return ok;
}

static bool add_name(struct building *b, const struct name *name, size_t i)
{
	bool any = false;

	for (; name; name = name->next) {
		for (size_t k = 0; k < name->n; k++)
			any = any || tells_apart(&name->words[k]);
		for (size_t k = 0; k < name->n; k++)
			if ((!any || tells_apart(&name->words[k])) && !add_word(b, &name->words[k], i))
				return false;
	}
	return true;
}

enum name_kind name_kind_listed(enum listed_kind kind)
{
	return kind == LISTED_INDIVIDUAL ? NAME_PERSON : kind == LISTED_ENTITY ? NAME_COMPANY : NAME_VESSEL;
}

static bool prepare_all(struct building *b)
{
	struct screen *s = b->s;

	s->ready = arena_array(b->a, s->n_names + 1, sizeof(*s->ready));
	for (size_t i = 0; s->ready && i < s->n_names; i++) {
		struct ready *r = &s->ready[i];

		r->name = name_prepare(b->a, s->names[i].text, name_kind_listed(s->names[i].entry->kind));
		r->compact = r->name ? name_compact(b->a, s->names[i].text, COMPACT_BYTES - 1) : NULL;
		if (!r->compact || !add_name(b, r->name, i))
			return false;
	}
	return s->ready != NULL;
}

/* The links, by term; a name once for each. */
static bool make_postings(struct building *b)
{
	struct screen *s = b->s;
	uint32_t at = 0;

	s->postings = arena_array(b->a, b->n_links + 1, sizeof(*s->postings));
	if (!s->postings)
		return false;
	for (size_t i = 0; i < b->n_links; i++)
		s->terms[b->links[i].term].n++;
	for (size_t i = 0; i < s->n_terms; i++) {
		s->terms[i].first = at;
		at += s->terms[i].n;
		s->terms[i].n = 0;
	}
	for (size_t i = 0; i < b->n_links; i++) {
		struct term *t = &s->terms[b->links[i].term];

		if (!t->n || s->postings[t->first + t->n - 1] != b->links[i].name)
			s->postings[t->first + t->n++] = b->links[i].name;
	}
	return true;
}

/* Inverse document frequency (Spärck Jones 1972). */
static bool weigh(struct arena *a, struct screen *s)
{
	s->lengths = arena_alloc(a, s->n_terms + 1);
	for (size_t i = 0; s->lengths && i < s->n_terms; i++)
		s->lengths[i] = s->terms[i].word ? s->terms[i].word->len : 0;
	for (size_t i = 0; i < s->n_terms; i++)
		s->terms[i].rarity = logf(1 + (float)s->n_names / (float)s->terms[i].n);
	for (size_t i = 0; i < s->n_terms; i++)
		for (size_t k = 0; s->terms[i].word && k < s->terms[i].n; k++)
			s->ready[s->postings[s->terms[i].first + k]].weight += s->terms[i].rarity;
	return s->lengths != NULL;
}

static unsigned letter(char c)
{
	return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') + 1 : c >= '0' && c <= '9' ? (unsigned)(c - '0') + 27 : 37;
}

size_t word_grams(const char *word, size_t n, uint16_t out[MAX_GRAMS])
{
	unsigned a = 0, b = 0;
	size_t m = 0;

	for (size_t i = 0; i < n + 2; i++) {
		unsigned c = i < n ? letter(word[i]) : 0;

		out[m++] = (uint16_t)((a * GRAM_LETTERS + b) * GRAM_LETTERS + c);
		a = b;
		b = c;
	}
	return m;
}

static const char *term_text(const struct screen *s, size_t i) { return s->terms[i].word ? s->terms[i].text : ""; }
static const char *name_text(const struct screen *s, size_t i) { return s->ready[i].compact; }

/* Counted first, then filled: first[g + 1] runs ahead while ids are put in. */
static bool make_grams(struct building *b, struct grams *g, size_t n, const char *(*text_of)(const struct screen *s, size_t i))
{
	uint16_t grams[MAX_GRAMS];

	g->first = arena_array(b->a, N_GRAMS + 2, sizeof(*g->first));
	if (!g->first)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *text = text_of(b->s, i);

		for (size_t k = *text ? word_grams(text, strlen(text), grams) : 0; k > 0; k--)
			g->first[grams[k - 1] + 2]++;
	}
	for (size_t i = 2; i < N_GRAMS + 2; i++)
		g->first[i] += g->first[i - 1];
	g->ids = arena_array(b->a, g->first[N_GRAMS + 1] + 1, sizeof(*g->ids));
	for (size_t i = 0; g->ids && i < n; i++) {
		const char *text = text_of(b->s, i);

		for (size_t k = *text ? word_grams(text, strlen(text), grams) : 0; k > 0; k--)
			g->ids[g->first[grams[k - 1] + 1]++] = (uint32_t)i;
	}
	return g->ids != NULL;
}

int screen_index(struct arena *a, struct err *e, struct screen *s)
{
	struct building b = { .a = a, .s = s };

	if (!more_slots(&b) || !prepare_all(&b) || !make_postings(&b)
		|| !make_grams(&b, &s->of_terms, s->n_terms, term_text) || !make_grams(&b, &s->of_names, s->n_names, name_text) || !weigh(a, s))
		return fail(e, E_NOMEM, "no room for the index of the lists");
	return OK;
}
