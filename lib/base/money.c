/* money.c - exact amounts */
#include "money.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "str.h"

#define MAX_MINOR  INT64_C(1000000000000000)    /* 10^15 */
#define MAX_WHOLE  INT64_C(99999999999999)      /* DECIMAL(18,4) holds 14 digits before the point */
#define MAX_INPUT  64
#define TEXTS_KEPT 128

/* ISO 4217 digits of the minor unit where they are not 2.  ICU follows what people write, not ISO. */
static const char zero_digits[][4] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
	"PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF" };
static const char three_digits[][4] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };
/* Units of account and metals that nobody pays with (some with four digits). */
static const char not_money[][4] = { "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW" };

static bool listed(const char (*list)[4], size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(list[i], code, 4) == 0)
			return true;
	return false;
}
#define LISTED(list, code) listed((list), sizeof(list) / sizeof((list)[0]), (code))

static bool three_capitals(const char *code)
{
	return code && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z' &&
		code[2] >= 'A' && code[2] <= 'Z' && !code[3];
}

/* ICU's list of currencies in use, read once.  (Its ucurr_isAvailable() goes by the last
 * country it looked at: it denies the Indian rupee, which Pakistan left in 1947.) */
#define MAX_CURRENCIES 400
static char in_use[MAX_CURRENCIES][4];
static size_t n_in_use;

static void read_list(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *e = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status);
	const char *code;

	while (n_in_use < MAX_CURRENCIES && (code = uenum_next(e, NULL, &status)))
		str_copy(in_use[n_in_use++], 4, code);
	uenum_close(e);
}

bool currency_known(const char *code)
{
	if (!three_capitals(code) || LISTED(not_money, code))
		return false;
	if (code[0] == 'X' && !str_eq(code, "XAF") && !str_eq(code, "XCD") && !str_eq(code, "XOF") &&
	    !str_eq(code, "XPF"))
		return false;
	if (!n_in_use)
		read_list();
	return listed((const char (*)[4])in_use, n_in_use, code);
}

int currency_digits(const char *code)
{
	if (!three_capitals(code))
		return 2;
	return LISTED(zero_digits, code) ? 0 : LISTED(three_digits, code) ? 3 : 2;
}

static int64_t power_of_ten(int digits)
{
	int64_t v = 1;

	while (digits-- > 0)
		v *= 10;
	return v;
}

/* whole and fraction are digits only; a fraction longer than the currency's must end in zeros. */
static bool from_parts(bool negative, const char *whole, const char *fraction, const char *currency,
	struct money *out)
{
	int digits = currency_digits(currency);
	int64_t scale = power_of_ten(digits), v, part = 0;
	char f[4] = "000";
	size_t n = strlen(fraction);

	if (!currency_known(currency) || !str_to_int(whole, 0, MAX_WHOLE, &v))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (i < (size_t)digits)
			f[i] = fraction[i];
		else if (fraction[i] != '0')
			return false;
	}
	f[digits] = '\0';
	if (digits && !str_to_int(f, 0, 999, &part))
		return false;
	if (__builtin_mul_overflow(v, scale, &v) || __builtin_add_overflow(v, part, &v) || v > MAX_MINOR)
		return false;
	out->minor = negative ? -v : v;
	memcpy(out->currency, currency, 4);
	return true;
}

bool money_from_decimal(const char *text, const char *currency, struct money *out)
{
	bool negative = text && *text == '-';
	char whole[24], fraction[24] = "";
	size_t n, m = 0;

	if (!text)
		return false;
	text += negative;
	n = strspn(text, "0123456789");
	if (!n || n >= sizeof(whole))
		return false;
	memcpy(whole, text, n);
	whole[n] = '\0';
	text += n;
	if (*text == '.') {
		m = strspn(++text, "0123456789");
		if (!m || m >= sizeof(fraction))
			return false;
		memcpy(fraction, text, m);
		fraction[m] = '\0';
		text += m;
	}
	return !*text && from_parts(negative, whole, fraction, currency, out);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static UChar32 next_character(const char *s, int32_t *i, int32_t n)
{
	UChar32 c;

	U8_NEXT(s, *i, n, c);
	return c;
}
#pragma GCC diagnostic pop

/* One typed character as '0'..'9', '.', ',', '_' (a grouping space or apostrophe), '-', or 0. */
static char plain(UChar32 c)
{
	int32_t digit = c > 0 ? u_charDigitValue(c) : -1;

	if (digit >= 0 && digit <= 9)
		return (char)('0' + digit);
	switch (c) {
	case '.': case 0x066B: return '.';              /* Arabic decimal point: never grouping */
	case ',': case 0x060C: case 0x066C: return ','; /* Arabic comma and thousands mark */
	case '\'': case 0x2019: return '_';
	case '-': case 0x2212: return '-';
	default: return c > 0 && u_isUWhiteSpace(c) ? '_' : '\0';
	}
}

/* text in plain characters, spaces at the ends and the currency's own code left off. */
static bool normalise(const char *text, const char *currency, char out[MAX_INPUT])
{
	size_t len = strlen(text), n = 0, start = 0;
	int32_t i = 0;

	if (len >= MAX_INPUT)
		return false;
	while (i < (int32_t)len) {
		char c;

		if (!strncmp(text + i, currency, 3)) {
			i += 3;
			c = '_';
		} else {
			c = plain(next_character(text, &i, (int32_t)len));
		}
		if (!c || (c == '-' && n > start))
			return false;
		if (c == '_' && n == start)
			continue;
		out[n++] = c;
	}
	while (n && out[n - 1] == '_')
		n--;
	out[n] = '\0';
	return n > 0;
}

/* Groups of three from the right (Indian groups of two before them) joined into whole. */
static bool join_groups(const char *s, size_t n, char separator, char *whole)
{
	size_t len = 0, group = 0, groups = 0, last = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i < n && s[i] >= '0' && s[i] <= '9') {
			whole[len++] = s[i];
			group++;
			continue;
		}
		if (i < n && s[i] != separator)
			return false;
		if (!group || (groups && group != 2 && group != 3) || (!groups && i < n && group > 3))
			return false;
		groups++;
		last = group;
		group = 0;
	}
	whole[len] = '\0';
	return groups == 1 || (last == 3 && !(whole[0] == '0'));
}

static size_t count(const char *s, char c)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s == c;
	return n;
}

/* Where the decimal mark stands in s, or NULL: then every mark groups. */
static const char *decimal_mark(const char *s, int digits)
{
	const char *point = strrchr(s, '.'), *comma = strrchr(s, ','), *mark;
	size_t after;

	if (point && comma)
		return point > comma ? point : comma;
	mark = point ? point : comma;
	if (!mark || count(s, *mark) > 1)
		return NULL;
	after = strlen(mark + 1);
	/* "1,234" in a currency of two digits can only mean thousands; with three it is
	 * read as a point is read and a comma is not. */
	if (after == 3 && (digits < 3 || *mark == ',') && !strchr(s, '_'))
		return NULL;
	return mark;
}

bool money_from_input(const char *text, const char *currency, struct money *out)
{
	char s[MAX_INPUT], whole[MAX_INPUT];
	const char *start = s, *mark;
	size_t n;
	char group = 0;
	bool negative;

	if (!text || !currency_known(currency) || !normalise(text, currency, s))
		return false;
	negative = *start == '-';
	start += negative;
	mark = decimal_mark(start, currency_digits(currency));
	n = mark ? (size_t)(mark - start) : strlen(start);
	for (size_t i = 0; i < n && !group; i++)
		if (start[i] < '0' || start[i] > '9')
			group = start[i];
	if (mark && (group == *mark || strspn(mark + 1, "0123456789") != strlen(mark + 1) || !mark[1]))
		return false;
	if (!join_groups(start, n, group, whole))
		return false;
	/* Zeros past the minor unit are no more typed than meant. */
	if (mark && strlen(mark + 1) > (size_t)currency_digits(currency))
		return false;
	return from_parts(negative, whole, mark ? mark + 1 : "", currency, out);
}

static int decimal_text(struct money m, char *out, size_t size)
{
	int digits = currency_digits(m.currency);
	int64_t scale = power_of_ten(digits);
	/* minus zero point something has no sign of its own */
	uint64_t v = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
	const char *sign = m.minor < 0 ? "-" : "";

	if (!digits)
		return snprintf(out, size, "%s%llu", sign, (unsigned long long)v);
	return snprintf(out, size, "%s%llu.%0*llu", sign, (unsigned long long)(v / (uint64_t)scale),
		digits, (unsigned long long)(v % (uint64_t)scale));
}

char *money_decimal(struct arena *a, struct money m)
{
	char text[40];

	if (!m.currency[0])
		return arena_strdup(a, "");
	decimal_text(m, text, sizeof(text));
	return arena_strdup(a, text);
}

/* Opening a formatter costs a thousand times its use; a few are kept. */
#define MAX_FORMATS 16
static struct { char language[16], currency[4]; UNumberFormat *format; } formats[MAX_FORMATS];
static unsigned next_format;

static UNumberFormat *format_for(const char *language, const char *currency)
{
	UErrorCode status = U_ZERO_ERROR;
	UNumberFormat *f;
	UChar wide[4];
	unsigned slot;

	for (unsigned i = 0; i < MAX_FORMATS; i++)
		if (formats[i].format && str_eq(formats[i].language, language) &&
		    str_eq(formats[i].currency, currency))
			return formats[i].format;
	f = unum_open(UNUM_CURRENCY, NULL, 0, language, NULL, &status);
	if (U_FAILURE(status))
		return NULL;
	u_charsToUChars(currency, wide, 4);
	unum_setTextAttribute(f, UNUM_CURRENCY_CODE, wide, 3, &status);
	unum_setAttribute(f, UNUM_MIN_FRACTION_DIGITS, currency_digits(currency));
	unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, currency_digits(currency));
	slot = next_format++ % MAX_FORMATS;
	if (formats[slot].format)
		unum_close(formats[slot].format);
	formats[slot].format = f;
	str_copy(formats[slot].language, sizeof(formats[slot].language), language);
	str_copy(formats[slot].currency, sizeof(formats[slot].currency), currency);
	return f;
}

static char *text_anew(struct arena *a, struct money m, const char *language)
{
	UErrorCode status = U_ZERO_ERROR;
	UNumberFormat *f;
	char text[40], out[160];
	UChar wide[80];
	int32_t n;

	n = decimal_text(m, text, sizeof(text));
	f = format_for(language, m.currency);
	if (!f)
		return arena_printf(a, "%s %s", m.currency, text);
	n = unum_formatDecimal(f, text, n, wide, 80, NULL, &status);
	if (U_SUCCESS(status))
		u_strToUTF8(out, sizeof(out), NULL, wide, n, &status);
	if (U_FAILURE(status))
		return arena_printf(a, "%s %s", m.currency, text);
	return arena_strdup(a, out);
}

/* What a page says it says again: ICU takes some thousand steps an amount. */
static struct { struct money m; char language[12], text[44]; } told[TEXTS_KEPT];

char *money_text(struct arena *a, struct money m, const char *language)
{
	size_t at = (size_t)(((uint64_t)m.minor * 31 + (unsigned char)m.currency[0] + (unsigned char)m.currency[1]) *
		UINT64_C(0x9E3779B97F4A7C15) >> 57);
	char *text;

	if (!m.currency[0])
		return arena_strdup(a, "");
	language = str_or(language, "en");
	if (told[at].m.minor == m.minor && str_eq(told[at].m.currency, m.currency) && str_eq(told[at].language, language))
		return arena_strdup(a, told[at].text);
	text = text_anew(a, m, language);
	if (text && str_copy(told[at].text, sizeof(told[at].text), text) &&
	    str_copy(told[at].language, sizeof(told[at].language), language))
		told[at].m = m;
	else
		told[at].m.currency[0] = '\0';
	return text;
}

bool money_add(struct money a, struct money b, struct money *out)
{
	int64_t sum;

	if (memcmp(a.currency, b.currency, 4) || __builtin_add_overflow(a.minor, b.minor, &sum) ||
	    sum > MAX_MINOR || sum < -MAX_MINOR)
		return false;
	*out = a;
	out->minor = sum;
	return true;
}
