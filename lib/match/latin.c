/* latin.c - names of any script in lower-case Latin letters, by ICU */
#include "latin.h"

#include <stdint.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define MAX_UNITS 1024      /* UTF-16 units of a name while it is worked on */

bool latin_is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static UTransliterator *open_rules(const char *id)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[80];
	UTransliterator *t;

	u_uastrcpy(wide, id);
	t = utrans_openU(wide, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	return U_SUCCESS(status) ? t : NULL;
}

/* Opening takes milliseconds, so the two are kept as long as the process lives. */
static UTransliterator *rules_of(const char *country)
{
	static UTransliterator *german, *other;
	bool umlauts_are_two = country && strlen(country) == 2 && strstr("DE AT CH LI LU", country);

	if (umlauts_are_two) {
		if (!german)
			german = open_rules("NFC; de-ASCII; Any-Latin; Latin-ASCII; Lower");
		return german;
	}
	if (!other)
		other = open_rules("NFC; Any-Latin; Latin-ASCII; Lower");
	return other;
}

const char *latin_of(struct arena *a, const char *name, const char *country)
{
	UErrorCode status = U_ZERO_ERROR;
	UTransliterator *rules = rules_of(country);
	UChar wide[MAX_UNITS];
	int32_t n, limit;
	char out[MAX_UNITS * 3 + 1], *copy;

	if (!rules)
		return name;
	u_strFromUTF8WithSub(wide, MAX_UNITS / 4, &n, name, -1, 0xFFFD, NULL, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR || n > MAX_UNITS / 4) {
		n = MAX_UNITS / 4;
		status = U_ZERO_ERROR;
	}
	limit = n;
	utrans_transUChars(rules, wide, &n, MAX_UNITS, 0, &limit, &status);
	if (U_FAILURE(status))
		return name;
	u_strToUTF8WithSub(out, (int32_t)sizeof(out), NULL, wide, n, 0xFFFD, NULL, &status);
	copy = U_SUCCESS(status) ? arena_strdup(a, out) : NULL;
	return copy ? copy : name;
}
