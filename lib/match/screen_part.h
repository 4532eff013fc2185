/* screen_part.h - the lists while they are read, and their index; used inside lib/match only */
#ifndef MATCH_SCREEN_PART_H
#define MATCH_SCREEN_PART_H

#include <stdint.h>
#include "name_part.h"
#include "screen.h"

#define COMPACT_BYTES 200     /* of a name without spaces, with its NUL; the rest is left out; trigrams are counted in bytes */
#define MAX_CSV_FIELDS 16
#define MAX_GRAMS (COMPACT_BYTES + 2)
#define GRAM_LETTERS 38u
#define N_GRAMS (GRAM_LETTERS * GRAM_LETTERS * GRAM_LETTERS)

/* What has been read so far. */
struct lists {
	struct arena *a;
	struct err *e;
	struct listed **entries;
	size_t n_entries, room_entries;
	struct listed_name *names;
	size_t n_names, room_names;
};

/* A new entry with its primary name; NULL when memory is out (e is set). */
struct listed *lists_entry(struct lists *l, const struct listed *entry);
int lists_name(struct lists *l, const struct listed *entry, const char *text, bool alias, bool weak);

/* The whole file, NUL behind it; NULL with e set, E_NOTFOUND when it is not there. */
char *listed_text(struct arena *a, struct err *e, const char *path, size_t *size);
/* row(arg, fields, n) per row; "-0-" is "", spaces around are off; a rest behind Ctrl-Z is not read.
 * Every row must have n_fields fields. must_end: the file must end in Ctrl-Z, as OFAC's do. E_BAD: it is cut. */
int listed_rows(struct lists *l, const char *path, char separator, size_t n_fields, bool must_end,
	int (*row)(void *arg, char **fields), void *arg);

/* Each adds a list of that folder; E_NOTFOUND when it is not there. */
int list_ofac(struct lists *l, const char *dir);
int list_ofac_consolidated(struct lists *l, const char *dir);
int list_denied(struct lists *l, const char *dir);
int list_un(struct lists *l, const char *dir);

struct ready {                    /* a listed name ready to be compared */
	const struct name *name;
	const char *compact;      /* its letters and digits without spaces */
	float weight;             /* sum of its words' rarity */
};

/* A key that some listed names have. A word as it is, or after a sign: '=' a group of given names,
 * '^' how a word sounds, '~' its consonants, '!' those of a script without vowels. */
struct term {
	const char *text;
	const struct word *word;     /* of a word as it is */
	uint32_t first, n;           /* its names: postings[first ... first + n - 1] */
	float rarity;
};

struct grams {                    /* trigram g is in: ids[first[g] ... first[g + 1] - 1] */
	uint32_t *first, *ids;
};

struct screen {
	struct listed_name *names;
	struct ready *ready;
	size_t n_names, n_entries;
	struct term *terms;
	size_t n_terms, room_terms;
	unsigned char *lengths;      /* by term; apart, since it is asked most */
	uint32_t *slots;             /* hash -> number of the term + 1 */
	size_t n_slots;
	uint32_t *postings;
	struct grams of_terms, of_names;
};

/* Prepares all names and builds the index. E_NOMEM. */
int screen_index(struct arena *a, struct err *e, struct screen *s);
/* The term of that key, or NULL. */
const struct term *screen_term(const struct screen *s, const char *key);
/* The trigrams of a word with its ends marked; how many. */
size_t word_grams(const char *word, size_t n, uint16_t out[MAX_GRAMS]);
enum name_kind name_kind_listed(enum listed_kind kind);

#endif
