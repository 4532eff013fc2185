/* name.c - the normalised name of a company
 *
 * Any-Latin; Latin-ASCII; Lower (analysis of conflicts, section 1), then words, then
 * legal forms off the end.  German speakers write "ue" where the umlaut is missing, so
 * there the umlauts become two letters; elsewhere they lose their dots.
 */
#include "match.h"

#include <stdint.h>
#include <string.h>

#include "forms.h"
#include "latin.h"
#include "str.h"

#define MAX_WORDS 60
#define MAX_KEY   200       /* bytes; the column holds as many characters */

/* Forms written in their own script, where they may stand at either end. */
static const char *const own_script[] = {
	"\xE6\xA0\xAA\xE5\xBC\x8F\xE4\xBC\x9A\xE7\xA4\xBE",                                 /* kabushiki kaisha */
	"\xE6\x9C\x89\xE9\x99\x90\xE4\xBC\x9A\xE7\xA4\xBE",                                 /* yugen kaisha */
	"\xE5\x90\x88\xE5\x90\x8C\xE4\xBC\x9A\xE7\xA4\xBE",                                 /* godo kaisha */
	"\xE8\x82\xA1\xE4\xBB\xBD\xE6\x9C\x89\xE9\x99\x90\xE5\x85\xAC\xE5\x8F\xB8",         /* joint stock company */
	"\xE6\x9C\x89\xE9\x99\x90\xE8\xB4\xA3\xE4\xBB\xBB\xE5\x85\xAC\xE5\x8F\xB8",         /* limited liability */
	"\xE6\x9C\x89\xE9\x99\x90\xE5\x85\xAC\xE5\x8F\xB8",                                 /* limited company */
	"\xEC\xA3\xBC\xEC\x8B\x9D\xED\x9A\x8C\xEC\x82\xAC",                                 /* jusik hoesa */
	"(\xEC\xA3\xBC)", "\xE3\x88\xB1", "\xE3\x88\xAA",                                     /* their signs */
};

static char *without_own_script(struct arena *a, const char *name)
{
	char *s = arena_strdup(a, name), *at;

	for (size_t i = 0; s && i < sizeof(own_script) / sizeof(own_script[0]); i++) {
		size_t n = strlen(own_script[i]);

		while ((at = strstr(s, own_script[i]))) {
			*at = ' ';
			memmove(at + 1, at + n, strlen(at + n) + 1);
		}
	}
	return s;
}

static bool is_word_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* A sign inside a word that does not part it: "O'Reilly", and the points and slashes of
 * initials, "S.p.A.", "A/S", where the word so far is a single letter or made of such. */
static bool glues(const char *start, const char *at, bool initials)
{
	if (at == start || !is_word_byte((unsigned char)at[1]))
		return false;
	if (*at == '\'')
		return true;
	return initials && (*at == '.' || *at == '/');
}

/* True when the text at s reads as initials: letters each followed by a sign ("s.p.a"),
 * the last piece at most two letters long ("z.o.o", "g.m.b.h"). */
static bool reads_as_initials(const char *s)
{
	size_t letters = 0;

	if (!is_word_byte((unsigned char)s[0]) || (s[1] != '.' && s[1] != '/'))
		return false;
	for (; is_word_byte((unsigned char)*s); letters = 0) {
		while (is_word_byte((unsigned char)*s)) {
			s++;
			letters++;
		}
		if (letters > 2)
			return false;
		if (*s == '.' || *s == '/')
			s++;
	}
	return true;
}

static size_t words_of(struct arena *a, const char *s, char *words[MAX_WORDS])
{
	size_t n = 0;

	while (*s && n < MAX_WORDS) {
		const char *start;
		size_t len = 0;
		bool initials;
		char *w;

		while (*s && !is_word_byte((unsigned char)*s))
			s++;
		if (!*s)
			break;
		start = s;
		initials = reads_as_initials(s);
		w = arena_alloc(a, strlen(s) + 1);
		if (!w)
			return n;
		for (; is_word_byte((unsigned char)*s) || (*s && glues(start, s, initials)); s++) {
			if (is_word_byte((unsigned char)*s))
				w[len++] = (char)(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s);
		}
		words[n++] = w;
	}
	return n;
}

/* How many words the legal form at the end takes, longest first; 0 for none. */
static size_t form_words(char *const *words, size_t n, const char *country)
{
	for (size_t k = n - 1 < FORM_TOKENS ? n - 1 : FORM_TOKENS; k > 0; k--) {
		char joined[64] = "";
		size_t len = 0;

		for (size_t i = n - k; i < n && len < sizeof(joined); i++) {
			str_copy(joined + len, sizeof(joined) - len, words[i]);
			len = strlen(joined);
		}
		if (form_at_end(joined, country))
			return k;
	}
	return 0;
}

char *match_name_key(struct arena *a, const char *name, const char *country)
{
	char *words[MAX_WORDS];
	const char *text = latin_is_ascii(name) ? name : latin_of(a, without_own_script(a, name), country);
	size_t n = words_of(a, text, words), first = 0, kept = 0, form;
	struct strbuf key;

	if (!n && !latin_is_ascii(name))      /* nothing but a legal form */
		n = words_of(a, latin_of(a, name, country), words);
	for (size_t i = 0; i < n; i++)
		if (n == 1 || !form_is_and(words[i], country))
			words[kept++] = words[i];
	if (!kept)
		kept = n;
	while (kept > 1 && (form = form_words(words, kept, country)))
		kept -= form;
	if (kept > 1 && form_at_start(words[0], country))
		first = 1;
	strbuf_init(&key, a, MAX_KEY);
	for (size_t i = first; i < kept; i++) {
		size_t room = MAX_KEY - key.len - (i > first), len = strlen(words[i]);

		if (i > first && key.len + 1 < MAX_KEY)
			strbuf_addc(&key, ' ');
		if (len > room) {               /* cut at a character's start */
			for (len = room; len && ((unsigned char)words[i][len] & 0xC0) == 0x80; len--)
				;
			strbuf_addn(&key, words[i], len);
			break;
		}
		strbuf_addn(&key, words[i], len);
	}
	return key.text;
}
