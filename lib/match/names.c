/* names.c - a name made ready to be compared
 *
 * Letters of any script to Latin, then words; legal forms off both ends and kept as a class;
 * every other word gets a kind, a weight and its keys.
 */
#include "names.h"

#include <string.h>

#include "latin.h"
#include "name_dict.h"
#include "name_part.h"
#include "str.h"

#define MAX_TEXT  400       /* bytes of a name */
#define MAX_RAW   40        /* words before the forms are off */
#define FORM_WORDS 5        /* words one form may be written in */

struct raw { char text[WORD_BYTES]; bool linked, family; };

struct draft {
	enum name_kind kind;
	size_t n;
	struct raw words[MAX_RAW];
};

enum name_kind name_kind_of(const char *schema)
{
	static const struct { const char *name; enum name_kind kind; } kinds[] = {
		{ "Person", NAME_PERSON }, { "individual", NAME_PERSON }, { "Company", NAME_COMPANY },
		{ "Organization", NAME_COMPANY }, { "entity", NAME_COMPANY }, { "Vessel", NAME_VESSEL },
		{ "vessel", NAME_VESSEL }, { "Airplane", NAME_VESSEL }, { "aircraft", NAME_VESSEL },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_eq(schema, kinds[i].name))
			return kinds[i].kind;
	return NAME_ENTITY;
}

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_word(char c) { return is_letter(c) || is_digit(c); }

static enum sparse sparse_letter(unsigned c)
{
	if ((c >= 0x1100 && c < 0x1200) || (c >= 0x2E80 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xFB00) || c > 0xFFFF)
		return SPARSE_SYLLABLES;
	if ((c >= 0x590 && c < 0x10A0) || (c >= 0x1200 && c < 0x1D00) || (c >= 0xA4D0 && c < 0xAC00) || (c >= 0xFB1D && c < 0xFF00))
		return SPARSE_VOWELS;
	return SPARSE_NOT;
}

/* Hebrew, Arabic, Indic, Thai, Khmer, Chinese, Japanese, Korean: what comes out has no sure vowels. */
static enum sparse sparse_of(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p; p++) {
		unsigned c = *p < 0xE0 ? (*p & 0x1Fu) << 6 : (*p & 0xFu) << 12 | (p[1] & 0x3Fu) << 6;

		if (*p >= 0xC0 && sparse_letter(*p >= 0xF0 ? 0x20000 : c))
			return sparse_letter(*p >= 0xF0 ? 0x20000 : c);
	}
	return SPARSE_NOT;
}

/* "SiemensAG" and "PolPot" part where a small letter meets a capital; "nitPu" and "I9or" do not. */
static bool parts_here(const char *s, size_t i)
{
	return i >= 2 && is_letter(s[i - 1]) && (is_letter(s[i - 2]) || is_capital(s[i - 2])) && is_capital(s[i])
		&& ((is_letter(s[i + 1]) && is_letter(s[i + 2])) || (is_capital(s[i + 1]) && !is_letter(s[i + 2])));
}

static void part_capitals(const char *in, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; in[i] && n + 2 < size; i++) {
		if (parts_here(in, i))
			out[n++] = ' ';
		out[n++] = in[i];
	}
	out[n] = '\0';
}

/* Every sign that is none of ours becomes a space; what stands for an apostrophe, '. */
static char *plain(struct arena *a, const char *text)
{
	char parted[MAX_TEXT];
	const char *latin;
	char *s;
	size_t n = 0;

	part_capitals(text, parted, sizeof(parted));
	latin = latin_is_ascii(parted) ? parted : latin_of(a, parted, NULL);
	s = arena_alloc(a, strlen(latin) + 1);
	for (const unsigned char *p = (const unsigned char *)latin; s && *p; p++) {
		if (*p >= 'A' && *p <= 'Z')
			s[n++] = (char)(*p + 32);
		else if (*p < 0x80)
			s[n++] = *p == '`' || *p == '"' ? (*p == '`' ? '\'' : ' ') : (char)*p;
		else if ((*p & 0xC0) == 0xC0)
			s[n++] = *p == 0xCA || *p == 0xCB ? '\'' : ' ';      /* modifier letters */
	}
	return s;
}

/* The word at s: letters and digits, with apostrophes and the points of initials left out. */
static size_t read_word(const char *s, struct raw *w)
{
	size_t i = 0, n = 0;

	memset(w, 0, sizeof(*w));
	while (s[i]) {
		bool initials = n && (i < 2 || !is_word(s[i - 2])) && s[i] == '.' && is_letter(s[i + 1]) && !is_word(s[i + 2]);

		if (is_word(s[i])) {
			if (n + 1 < WORD_BYTES)
				w->text[n++] = s[i];
		} else if (n && s[i] == '\'' && s[i + 1] == 's' && !is_word(s[i + 2])) {
			i++;                                             /* Bank's */
		} else if (!(s[i] == '\'' && is_word(s[i + 1])) && !initials) {
			break;
		}
		i++;
	}
	w->linked = s[i] == '-' && is_word(s[i + 1]);
	return i;
}

static void put(struct draft *d, const char *text, bool linked)
{
	if (d->n < MAX_RAW) {
		str_copy(d->words[d->n].text, WORD_BYTES, text);
		d->words[d->n++].linked = linked;
	}
}

/* 0 read as o, 1 as i, ... in a word of letters. */
static void digits_as_letters(char *s)
{
	static const char letters[] = "oizeasgtbg";
	size_t n = strlen(s), digits = 0;

	for (size_t i = 0; i < n; i++)
		digits += is_digit(s[i]);
	for (size_t i = 0; digits * 2 < n && i < n; i++)
		if (is_digit(s[i]))
			s[i] = letters[s[i] - '0'];
}

/* Digits and letters part ("3ers"), except "1st" and what a person's name has. */
static void put_parted(struct draft *d, struct raw *w)
{
	size_t n = strspn(w->text, "0123456789");
	struct raw digits = *w;

	if (d->kind == NAME_PERSON) {
		digits_as_letters(w->text);
		put(d, w->text, w->linked);
	} else if (n && w->text[n] && !dict_find(DICT_NUMBER, w->text)) {
		digits.text[n] = '\0';
		put(d, digits.text, true);
		put(d, w->text + n, w->linked);
	} else {
		put(d, w->text, w->linked);
	}
}

/* "MARKOVA, Elena"; but "Elena Markova, Jr." */
static void mark_family(struct draft *d, size_t comma)
{
	bool given = false;

	for (size_t i = comma; i < d->n; i++)
		given = given || !dict_find(DICT_TITLE, d->words[i].text);
	for (size_t i = 0; given && i < comma; i++)
		d->words[i].family = true;
	if (!given)
		d->words[comma - 1].family = true;
}

static void part_words(struct draft *d, const char *s)
{
	size_t comma = 0;

	while (*s) {
		struct raw w;

		if (*s == '%')
			put(d, "percent", true);
		if (*s == ',' && !comma)
			comma = d->n;
		if (!is_word(*s)) {
			s++;
			continue;
		}
		s += read_word(s, &w);
		put_parted(d, &w);
	}
	if (comma)
		mark_family(d, comma);
	else if (d->n)
		d->words[d->n - 1].family = true;
}

static void drop(struct draft *d, size_t at, size_t n)
{
	memmove(d->words + at, d->words + at + n, (d->n - at - n) * sizeof(d->words[0]));
	d->n -= n;
}

/* Initials of an organisation are one word: "A B C" -> "abc", also when points parted them. */
static void join_letters(struct draft *d)
{
	for (size_t i = 0; i + 1 < d->n; i++)
		while (i + 1 < d->n && strlen(d->words[i + 1].text) == 1 && strlen(d->words[i].text) < 6
			&& (strlen(d->words[i].text) == 1 || d->words[i].linked)
			&& is_letter(d->words[i + 1].text[0]) && is_letter(d->words[i].text[0])) {
			size_t n = strlen(d->words[i].text);

			d->words[i].text[n] = d->words[i + 1].text[0];
			d->words[i].text[n + 1] = '\0';
			d->words[i].linked = true;
			drop(d, i + 1, 1);
		}
}

static unsigned form_of(const struct draft *d, size_t at, size_t n, bool start)
{
	char joined[120] = "";
	size_t len = 0;
	unsigned class;

	for (size_t i = at; i < at + n; i++) {
		size_t m = strlen(d->words[i].text);

		if (len + m + 1 > sizeof(joined))
			return 0;
		memcpy(joined + len, d->words[i].text, m + 1);
		len += m;
	}
	if (len > 39)                            /* as the rows are cut */
		joined[39] = '\0';
	class = dict_form(joined, 1);
	if (start && (class == FORM_ANY || (len < 3 && strcmp(joined, "ao"))))
		return 0;
	if (d->kind == NAME_PERSON && (len < 2 || start || (len == 2 && strcmp(joined, "sa") && strcmp(joined, "ag"))))
		return 0;
	return class;
}

/* Forms off both ends, again and again, but never the last word. */
static unsigned take_forms(struct draft *d)
{
	unsigned forms = 0, class = 1;

	while (class) {
		class = 0;
		for (size_t k = FORM_WORDS; k && !class; k--) {
			if (d->n <= k)
				continue;
			if ((class = form_of(d, d->n - k, k, false)))
				d->n -= k;
			else if ((class = form_of(d, 0, k, true)))
				drop(d, 0, k);
		}
		forms |= class;
	}
	return forms;
}

/* "abd al-aziz", "abdul aziz" -> "abdulaziz" */
static void join_servants(struct draft *d)
{
	for (size_t i = 0; i + 1 < d->n; i++) {
		size_t k = i + 1;
		char joined[WORD_BYTES * 2] = "abdul";

		if (!dict_find(DICT_SERVANT, d->words[i].text))
			continue;
		if (k + 1 < d->n && dict_find(DICT_PARTICLE, d->words[k].text) >= 2 && strlen(d->words[k].text) == 2)
			k++;
		str_copy(joined + 5, WORD_BYTES, d->words[k].text);
		str_copy(d->words[i].text, WORD_BYTES, joined);
		d->words[i].linked = d->words[k].linked;
		drop(d, i + 1, k - i);
	}
}

/* Arabic letters give "bn" for bin, "bd" for abd, and write the article with its word ("aldyn"). */
static void read_unvowelled(struct draft *d)
{
	for (size_t i = 0; i < d->n; i++) {
		char *s = d->words[i].text;
		size_t n = strlen(s);

		if (!strcmp(s, "bn") || !strcmp(s, "bd"))
			str_copy(s, WORD_BYTES, s[1] == 'n' ? "bin" : "abd");
		else if (n >= 4 && s[0] == 'a' && s[1] == 'l')
			memmove(s, s + 2, n - 1);
	}
}

/* "forty four", "forty-four" -> "44"; "first" -> "1"; "iii" -> "3" */
static void read_numbers(struct draft *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const char *s = d->words[i].text;
		int ten = dict_find(DICT_TEN, s), one = dict_find(DICT_NUMBER, s) - 1, value = ten ? ten : one;

		if (value < 0 && i && dict_find(DICT_ROMAN, s))
			value = dict_find(DICT_ROMAN, s);
		if (value < 0)
			continue;
		if (ten && i + 1 < d->n) {
			const char *next = d->words[i + 1].text;

			one = dict_find(DICT_NUMBER, next) - 1;
			if (one < 0 && is_digit(next[0]) && !next[1])
				one = next[0] - '0';
			if (one > 0 && one < 10) {
				value += one;
				drop(d, i + 1, 1);
			}
		}
		snprintf(d->words[i].text, WORD_BYTES, "%d", value);
	}
}

static void set_person(struct word *w)
{
	int particle = dict_find(DICT_PARTICLE, w->text);

	if (dict_find(DICT_TITLE, w->text)) {
		w->kind = WORD_TITLE;
		w->weight = 0.1f;
	} else if (particle) {
		w->kind = WORD_PARTICLE;
		w->weight = 0.15f;
		if (particle < 3)
			str_copy(w->text, sizeof(w->text), particle == 1 ? "bin" : "al");
	} else if (w->len == 1) {
		w->kind = WORD_INITIAL;
		w->weight = 0.4f;
	} else {
		w->variant = (short)dict_find(DICT_VARIANT, w->text);
	}
}

static void set_other(struct word *w, enum name_kind kind)
{
	int meaning = dict_find(DICT_COMMON, w->text);

	if (is_digit(w->text[0])) {
		w->kind = WORD_NUMBER;
		w->weight = kind == NAME_VESSEL ? 0.3f : 0.8f;
		w->meaning = (short)(strlen(w->text) < 5 ? strtol(w->text, NULL, 10) + 1 : 0);
	} else if (dict_find(DICT_LITTLE, w->text) || (kind == NAME_VESSEL && dict_find(DICT_VESSEL, w->text))
		|| dict_find(DICT_PARTICLE, w->text) == 2) {
		w->kind = WORD_LITTLE;
		w->weight = 0.1f;
		if (dict_find(DICT_PARTICLE, w->text) == 2)
			str_copy(w->text, sizeof(w->text), "al");
	} else if (meaning) {
		w->kind = WORD_COMMON;
		w->weight = kind == NAME_VESSEL ? 1 : 0.5f;
		w->meaning = (short)meaning;
	} else if ((meaning = dict_find(DICT_PLACE, w->text))) {
		w->kind = WORD_PLACE;
		w->weight = 0.2f;
		w->meaning = (short)meaning;
	} else if (w->len == 1) {
		w->weight = 0.3f;
	}
}

/* In front, "Ben" is a given name and no "son of". */
static void set_given(struct word *w)
{
	str_copy(w->text, sizeof(w->text), "ben");
	w->kind = WORD_NAME;
	w->weight = 1;
	w->variant = (short)dict_find(DICT_VARIANT, "ben");
}

void word_set(struct word *w, const char *text, size_t n, enum name_kind kind)
{
	memset(w, 0, sizeof(*w));
	n = n < WORD_BYTES ? n : WORD_BYTES - 1;
	memcpy(w->text, text, n);
	w->len = (unsigned char)n;
	w->kind = WORD_NAME;
	w->weight = 1;
	if (kind == NAME_PERSON)
		set_person(w);
	else
		set_other(w, kind);
	w->len = (unsigned char)strlen(w->text);
	word_keys(w);
}

/* A person or a firm: forms and words of firms tell. */
static enum name_kind guessed(const struct draft *d)
{
	struct draft copy = *d;

	if (take_forms(&copy))
		return NAME_COMPANY;
	for (size_t i = 0; i < d->n; i++)
		if (dict_find(DICT_COMMON, d->words[i].text) || is_digit(d->words[i].text[0]))
			return NAME_COMPANY;
	return NAME_PERSON;
}

static struct name *prepare(struct arena *a, const char *text, enum name_kind kind, enum sparse sparse)
{
	struct draft d = { .kind = kind };
	struct name *name;
	unsigned forms;
	size_t n;

	part_words(&d, text);
	if (kind == NAME_ENTITY)
		d.kind = guessed(&d);
	if (d.kind != NAME_PERSON)
		join_letters(&d);
	forms = take_forms(&d);
	if (sparse == SPARSE_VOWELS)
		read_unvowelled(&d);
	if (d.kind == NAME_PERSON)
		join_servants(&d);
	else
		read_numbers(&d);
	n = d.n < NAME_WORDS ? d.n : NAME_WORDS;
	name = arena_alloc(a, sizeof(*name) + n * sizeof(name->words[0]));
	if (!name)
		return NULL;
	name->kind = d.kind;
	name->forms = forms;
	for (size_t i = 0; i < n; i++) {
		struct word *w = &name->words[name->n++];

		word_set(w, d.words[i].text, strlen(d.words[i].text), d.kind);
		w->linked = d.words[i].linked;
		w->family = d.words[i].family;
		w->sparse = (unsigned char)sparse;
		if (!i && d.kind == NAME_PERSON && str_eq(d.words[i].text, "ben"))
			set_given(w);
	}
	return name;
}

char *name_compact(struct arena *a, const char *text, size_t most)
{
	char *s = plain(a, text);
	size_t n = 0;

	for (size_t i = 0; s && s[i] && n < most; i++)
		if (is_word(s[i]))
			s[n++] = s[i];
	if (s)
		s[n] = '\0';
	return s;
}

/* The slash that parts two names, "Al Qaida/Islamic Army", not "A/S" or "24/7". */
static char *second_reading(char *s)
{
	for (char *at = strchr(s, '/'); at; at = strchr(at + 1, '/')) {
		size_t before = 0, behind = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz -");

		while (at > s + before && (is_letter(at[-1 - (ptrdiff_t)before]) || strchr(" -'", at[-1 - (ptrdiff_t)before])))
			before++;
		if (before >= 4 && behind >= 4)
			return at;
	}
	return NULL;
}

const struct name *name_prepare(struct arena *a, const char *text, enum name_kind kind)
{
	enum sparse sparse = sparse_of(text);
	char *s = plain(a, text), *slash = s ? second_reading(s) : NULL;
	struct name *name, *other;

	if (!s)
		return NULL;
	if (slash)
		*slash = '\0';
	name = prepare(a, s, kind, sparse);
	if (!name || !slash)
		return name;
	other = prepare(a, slash + 1, kind, sparse);
	name->next = other;
	return other ? name : NULL;
}
