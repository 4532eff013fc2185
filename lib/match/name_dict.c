/* name_dict.c - what is known of words in names: titles, particles, variants, forms, places
 *
 * Tables of modest size, each row words of one meaning.  Sources: GLEIF's list of entity legal
 * forms (ISO 20275) for the forms; ISO 3166 for the countries; common English, Russian and
 * Arabic given names for the variants.
 */
#include "name_dict.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "name_part.h"
#include "name_rows.h"

#define SLOTS 8192

struct slot {
	char word[40];
	unsigned char which;
	short value;
};

static struct slot slots[SLOTS];   /* filled once, then read only */
static const struct slot *long_forms[100];
static size_t n_long;
static bool filled;

static uint32_t slot_of(unsigned which, const char *word)
{
	uint32_t h = 2166136261u + which * 131u;

	for (; *word; word++)
		h = (h ^ (unsigned char)*word) * 16777619u;
	return (h ^ h >> 13) % SLOTS;
}

static struct slot *look(unsigned which, const char *word)
{
	uint32_t i = slot_of(which, word);

	while (slots[i].which && (slots[i].which != which || strcmp(slots[i].word, word)))
		i = (i + 1) % SLOTS;
	return &slots[i];
}

static void add_row(unsigned which, const char *row, int value)
{
	while (*row) {
		size_t n = strcspn(row, " ");
		char word[40] = "";
		struct slot *s;

		memcpy(word, row, n < sizeof(word) ? n : sizeof(word) - 1);
		s = look(which, word);
		if (!s->which) {
			memcpy(s->word, word, sizeof(word));
			s->which = (unsigned char)which;
			s->value = (short)value;
		}
		row += n + (row[n] == ' ');
	}
}

#define DICT_FORM 20

static void fill(void)
{
	for (size_t i = 0; i < N_WORD_ROWS; i++)
		add_row(word_rows[i].which, word_rows[i].words, word_rows[i].value ? word_rows[i].value : (int)i + 1);
	for (size_t i = 0; i < N_FORM_ROWS; i++)
		add_row(DICT_FORM, form_rows[i].words, (int)form_rows[i].class);
	for (size_t i = 0; i < SLOTS && n_long < sizeof(long_forms) / sizeof(long_forms[0]); i++)
		if (slots[i].which == DICT_FORM && strlen(slots[i].word) >= 10)
			long_forms[n_long++] = &slots[i];
	filled = true;
}

int dict_find(enum dict which, const char *word)
{
	struct slot *s;

	if (!filled)
		fill();
	s = look(which, word);
	return s->which ? s->value : 0;
}

/* A long form with one letter wrong. */
static unsigned near_form(const char *joined, size_t n)
{
	for (size_t i = 0; i < n_long; i++) {
		const struct slot *s = long_forms[i];
		size_t m = strlen(s->word);

		if (s->word[0] == joined[0] && m + 1 >= n && n + 1 >= m && edit_cost(joined, n, s->word, m, 1.0) <= 1.0)
			return (unsigned)s->value;
	}
	return 0;
}

unsigned dict_form(const char *joined, int typo)
{
	size_t n = strlen(joined);
	int exact = dict_find(DICT_FORM, joined);

	if (exact || !typo || n < 10)
		return (unsigned)exact;
	return near_form(joined, n);
}
