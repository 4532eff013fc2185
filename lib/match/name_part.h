/* name_part.h - a name taken apart into words; used inside lib/match only */
#ifndef MATCH_NAME_PART_H
#define MATCH_NAME_PART_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "names.h"

#define NAME_WORDS 24       /* of one name; what follows is left out */
#define WORD_BYTES 40       /* of one word with its NUL; what follows is left out */
#define KEY_BYTES  12

enum word_kind { WORD_NAME, WORD_INITIAL, WORD_PARTICLE, WORD_TITLE, WORD_COMMON, WORD_PLACE, WORD_NUMBER, WORD_LITTLE };

enum sparse { SPARSE_NOT, SPARSE_VOWELS, SPARSE_SYLLABLES /* Chinese, Japanese, Korean: l and r are one */ };

struct word {
	char text[WORD_BYTES];   /* lower-case ASCII */
	char sound[KEY_BYTES];   /* key of how it sounds */
	char bones[KEY_BYTES];   /* its consonants */
	unsigned char len, kind;
	unsigned char sparse;    /* enum sparse: of a script that writes few vowels, or none of ours */
	bool linked;             /* a hyphen stands between it and the next */
	bool family;             /* of a person: before the comma, or the last */
	short variant, meaning;  /* group of given names; of common words, places, numbers */
	float weight;
};

struct name {
	enum name_kind kind;
	unsigned forms;          /* bits of enum form_class */
	const struct name *next; /* another reading: "Al Qaida / Islamic Army" */
	size_t n;
	struct word words[];
};

/* Cheapest way from a to b by inserting, deleting, replacing and exchanging neighbours; letters that
 * sound alike cost half, the first letter one and a half.  Above limit: any number above limit.
 * Optimal string alignment (Damerau 1964) with weights. n, m < WORD_BYTES. */
double edit_cost(const char *a, size_t n, const char *b, size_t m, double limit);
/* What so long a word may differ by, of a person's name or of another. */
double edit_allowed(size_t length, enum name_kind kind);
/* Fills sound and bones of the word's text. Sound: after Philips' Metaphone (1990), simplified. */
void word_keys(struct word *w);
/* text[0..n) into w->text with what follows from it, as a word of a name of this kind. */
void word_set(struct word *w, const char *text, size_t n, enum name_kind kind);

/* Letters and digits of the text without spaces, lower-case Latin, at most so many, in a. NULL: no memory. */
char *name_compact(struct arena *a, const char *text, size_t most);

/* How alike two words are, 0...1; 0 means: not the same name. */
double word_alike(const struct word *x, const struct word *y, enum name_kind kind);
/* Best pairing of rows with columns by gain[i * NAME_WORDS + j] >= 0; pair[i] = j or -1.
 * Kuhn 1955, Munkres 1957, with potentials. */
void name_assign(const double *gain, size_t n, size_t m, int *pair);

/* The words of one name made ready to be paired: joined words put together. */
struct side {
	size_t n;
	bool taken[NAME_WORDS];
	struct word words[NAME_WORDS];
};
/* "good will" against "goodwill", "jong-un" against "jong-uun". */
void join_words(struct side *x, struct side *y, enum name_kind kind);

#endif
