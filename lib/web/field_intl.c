/* field_intl.c - countries, zones and currencies, named and sorted by ICU
 *
 * Naming and sorting 250 countries takes some milliseconds, so each language's table is
 * made once per process.  The tables are never changed after that.
 */
#include "field_part.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ucol.h>
#include <unicode/ucurr.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "str.h"

#define MAX_NAMES     1000
#define MAX_LANGUAGES 16
#define KEY_SIZE      400

struct sortable {
	struct named named;
	uint8_t key[KEY_SIZE];
};

struct table {
	char language[16];
	size_t n;
	struct named rows[MAX_NAMES];
};

/* What is no country: withdrawn, private, or a group of them. */
static bool is_country(const char *code)
{
	static const char not[][3] = { "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ",
		"DG", "EA", "IC", "TA" };

	if (strlen(code) != 2)
		return false;
	for (size_t i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		if (str_eq(code, not[i]))
			return false;
	return true;
}

static char *name_of(const char *code, const char *language, UChar *wide, int32_t room)
{
	char locale[8] = "und_", utf8[300];
	UErrorCode status = U_ZERO_ERROR;

	memcpy(locale + 4, code, 3);
	uloc_getDisplayCountry(locale, language, wide, room, &status);
	u_strToUTF8(utf8, sizeof(utf8), NULL, wide, -1, &status);
	return strdup(U_SUCCESS(status) ? utf8 : code);
}

static int by_key(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;

	return memcmp(x->key, y->key, KEY_SIZE);
}

static void fill(struct table *t, const char *language)
{
	struct sortable *all = calloc(MAX_NAMES, sizeof(*all));
	const char *const *codes = uloc_getISOCountries();
	UErrorCode status = U_ZERO_ERROR;
	UCollator *order = ucol_open(language, &status);
	UChar wide[150];

	for (; all && order && *codes && t->n < MAX_NAMES; codes++) {
		if (!is_country(*codes))
			continue;
		all[t->n].named.value = *codes;
		all[t->n].named.label = name_of(*codes, language, wide, 150);
		if (!all[t->n].named.label)
			break;
		ucol_getSortKey(order, wide, -1, all[t->n].key, KEY_SIZE);
		t->n++;
	}
	if (all)
		qsort(all, t->n, sizeof(*all), by_key);
	for (size_t i = 0; i < t->n; i++)
		t->rows[i] = all[i].named;
	ucol_close(order);
	free(all);
}

const struct named *countries(const char *language, size_t *n)
{
	static struct table *made[MAX_LANGUAGES];
	struct table *t;
	size_t i;

	if (str_empty(language) || strlen(language) >= sizeof(t->language))
		language = "en";
	for (i = 0; i < MAX_LANGUAGES && made[i]; i++)
		if (str_eq(made[i]->language, language))
			break;
	if (i == MAX_LANGUAGES)
		i = 0;    /* more languages than there are catalogues: the first one's names */
	if (!made[i]) {
		t = calloc(1, sizeof(*t));
		*n = 0;
		if (!t)
			return NULL;
		str_copy(t->language, sizeof(t->language), language);
		fill(t, language);
		made[i] = t;
	}
	*n = made[i]->n;
	return made[i]->rows;
}

const char *country_name(const char *code, const char *language)
{
	size_t n;
	const struct named *all = countries(language, &n);

	for (size_t i = 0; code && i < n; i++)
		if (str_eq(all[i].value, code))
			return all[i].label;
	return NULL;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *zones(size_t *n)
{
	static const char *made[MAX_NAMES];
	static size_t count;
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *e;
	const char *zone;

	*n = count;
	if (count)
		return made;
	e = ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
	made[count++] = "UTC";
	while (e && count < MAX_NAMES && (zone = uenum_next(e, NULL, &status)) && U_SUCCESS(status)) {
		char *copy = strdup(zone);

		if (copy && zone_known(copy))
			made[count++] = copy;
		else
			free(copy);
	}
	uenum_close(e);
	qsort(made, count, sizeof(made[0]), by_text);
	*n = count;
	return made;
}

static bool listed(const char *const *list, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], code))
			return true;
	return false;
}

const char *const *currencies(size_t *n)
{
	static const char *made[MAX_NAMES] = { "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK",
		"NOK", "DKK", "PLN", "CZK", "INR", "SGD", "BRL", "ZAR" };
	static size_t count;
	size_t common = 16;
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *e;
	const char *code;

	*n = count;
	if (count)
		return made;
	count = common;
	e = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status);
	while (e && count < MAX_NAMES && (code = uenum_next(e, NULL, &status)) && U_SUCCESS(status)) {
		char *copy;

		if (listed(made, common, code) || !currency_known(code))
			continue;
		copy = strdup(code);
		if (copy)
			made[count++] = copy;
	}
	uenum_close(e);
	qsort(made + common, count - common, sizeof(made[0]), by_text);
	*n = count;
	return made;
}
