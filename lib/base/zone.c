/* zone.c - moments in a time zone, in words of a language, and business days
 *
 * Zone rules and date words come from ICU.  Opening a calendar or a formatter
 * costs far more than using one: a few are kept for the life of the process.
 */
#include "when.h"

#include <stdio.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

#include "intl.h"
#include "str.h"

#define SECOND    INT64_C(1000000)
#define DAY       (INT64_C(86400) * SECOND)
#define MAX_ZONE  48
#define MAX_KEPT  16
#define MAX_DATE_TEXT 160
#define MAX_WORDS 64
#define WORDS_KEPT 256
#define YEAR_1980 (INT64_C(315532800) * SECOND)
#define MAX_SEARCH 3660        /* days looked at for a workday: ten years */

static struct { char zone[MAX_ZONE]; UCalendar *calendar; } calendars[MAX_KEPT];
static unsigned next_calendar;
static struct { char zone[MAX_ZONE], language[16]; int style; UDateFormat *format; } formats[MAX_KEPT * 2];
static unsigned next_format;

bool zone_known(const char *zone)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[MAX_ZONE], out[MAX_ZONE * 2];
	UBool of_system = 0;

	if (str_empty(zone) || strlen(zone) >= MAX_ZONE)
		return false;
	/* ICU also takes offsets, "EST" and "unk": an IANA name of a place, or UTC. */
	if (!strchr(zone, '/') && !str_eq(zone, "UTC"))
		return false;
	u_uastrcpy(wide, zone);
	ucal_getCanonicalTimeZoneID(wide, -1, out, MAX_ZONE * 2, &of_system, &status);
	return U_SUCCESS(status) && of_system;
}

static UCalendar *calendar_for(const char *zone)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[MAX_ZONE];
	UCalendar *c;
	unsigned slot;

	zone = str_or(zone, "UTC");
	for (unsigned i = 0; i < MAX_KEPT; i++)
		if (calendars[i].calendar && str_eq(calendars[i].zone, zone))
			return calendars[i].calendar;
	if (!zone_known(zone))
		return str_eq(zone, "UTC") ? NULL : calendar_for("UTC");
	u_uastrcpy(wide, zone);
	c = ucal_open(wide, -1, "en", UCAL_GREGORIAN, &status);
	if (U_FAILURE(status))
		return NULL;
	ucal_setGregorianChange(c, -1e18, &status);
	/* Midnight may not exist, or twice, on the day the clocks change. */
	ucal_setAttribute(c, UCAL_SKIPPED_WALL_TIME, UCAL_WALLTIME_NEXT_VALID);
	ucal_setAttribute(c, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);
	slot = next_calendar++ % MAX_KEPT;
	if (calendars[slot].calendar)
		ucal_close(calendars[slot].calendar);
	calendars[slot].calendar = c;
	str_copy(calendars[slot].zone, MAX_ZONE, zone);
	return c;
}

/* What the clocks in the zone show at w, as if it were UTC. */
static int64_t local_us(struct when w, const char *zone)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *c = calendar_for(zone);
	int64_t ms = w.us >= 0 ? w.us / 1000 : (w.us - 999) / 1000;
	int64_t offset = 0;

	if (c) {
		ucal_setMillis(c, (UDate)ms, &status);
		offset = ucal_get(c, UCAL_ZONE_OFFSET, &status);
		offset += ucal_get(c, UCAL_DST_OFFSET, &status);
	}
	return U_SUCCESS(status) ? w.us + offset * 1000 : w.us;
}

static int32_t whole_days(int64_t us)
{
	return (int32_t)((us >= 0 ? us : us - DAY + 1) / DAY);
}

struct day when_day(struct when w, const char *zone)
{
	return (struct day){ when_none(w) ? DAY_NONE : whole_days(local_us(w, zone)) };
}

/* The moment the clocks of the zone show minute of day d; the next that exists. */
static struct when moment_at(struct day d, int minute, const char *zone)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *c = calendar_for(zone);
	struct when w = { d.n * DAY + minute * 60 * SECOND };
	UDate ms;

	if (!c)
		return w;
	ucal_clear(c);
	/* The Julian day lets ICU do without months; 2440588 is 1970-01-01. */
	ucal_set(c, UCAL_JULIAN_DAY, 2440588 + d.n);
	ucal_set(c, UCAL_HOUR_OF_DAY, minute / 60);
	ucal_set(c, UCAL_MINUTE, minute % 60);
	ms = ucal_getMillis(c, &status);
	if (U_SUCCESS(status))
		w.us = (int64_t)ms * 1000;
	return w;
}

struct when day_start(struct day d, const char *zone)
{
	return d.n == DAY_NONE ? (struct when){ 0 } : moment_at(d, 0, zone);
}

struct when day_end(struct day d, const char *zone)
{
	struct when w = day_start(day_plus(d, 1), zone);

	if (d.n != DAY_NONE)
		w.us -= 1;
	return w;
}

/* ---- words ---- */

enum style { STYLE_DATE, STYLE_MOMENT };

/* "en" writes the day first and knows Europe's zones by their letters. */
static const char *locale_of(const char *language)
{
	return str_empty(language) || str_eq(language, "en") ? "en_GB" : language;
}

static int32_t pattern_for(const char *locale, enum style style, UChar *out, int32_t room, UErrorCode *status)
{
	static const char *const english[] = { "d MMM y", "d MMM y, HH:mm z" };
	static const char *const skeletons[] = { "yMMMd", "yMMMdHHmmz" };
	UDateTimePatternGenerator *g;
	UChar skeleton[24];
	int32_t n;

	if (str_starts(locale, "en")) {
		u_uastrcpy(out, english[style]);
		return u_strlen(out);
	}
	g = udatpg_open(locale, status);
	u_uastrcpy(skeleton, skeletons[style]);
	n = udatpg_getBestPattern(g, skeleton, -1, out, room, status);
	udatpg_close(g);
	return n;
}

static UDateFormat *format_for(const char *zone, const char *locale, enum style style)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[MAX_ZONE], pattern[100];
	UDateFormat *f;
	unsigned slot;
	int32_t n;

	for (unsigned i = 0; i < MAX_KEPT * 2; i++)
		if (formats[i].format && formats[i].style == (int)style &&
		    str_eq(formats[i].zone, zone) && str_eq(formats[i].language, locale))
			return formats[i].format;
	n = pattern_for(locale, style, pattern, 100, &status);
	u_uastrcpy(wide, zone);
	f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, wide, -1, pattern, n, &status);
	if (U_FAILURE(status))
		return NULL;
	slot = next_format++ % (MAX_KEPT * 2);
	if (formats[slot].format)
		udat_close(formats[slot].format);
	formats[slot].format = f;
	formats[slot].style = (int)style;
	str_copy(formats[slot].zone, MAX_ZONE, zone);
	str_copy(formats[slot].language, sizeof(formats[slot].language), locale);
	return f;
}

/* The same moments are told again and again: lists and pages polled. Texts change with the minute only. */
static struct word {
	int64_t minute;
	char text[MAX_WORDS], zone[MAX_ZONE], locale[15], style;
} words[WORDS_KEPT];

static struct word *word_at(int64_t minute, const char *zone, const char *locale, enum style style)
{
	uint64_t at = (uint64_t)minute * 2 + style;

	for (; *zone; zone++)
		at = at * 31 + (unsigned char)*zone;
	for (; *locale; locale++)
		at = at * 31 + (unsigned char)*locale;
	return &words[(at * UINT64_C(0x9E3779B97F4A7C15)) >> 56];
}

static bool in_words_anew(struct when w, const char *zone, const char *locale, enum style style, char out[MAX_DATE_TEXT])
{
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *f;
	UChar wide[MAX_DATE_TEXT / 3];
	int64_t ms = w.us >= 0 ? w.us / 1000 : (w.us - 999) / 1000;
	int32_t n;

	f = format_for(zone_known(zone) ? zone : "UTC", locale, style);
	if (!f)
		return false;
	n = udat_format(f, (UDate)ms, wide, MAX_DATE_TEXT / 3, NULL, &status);
	u_strToUTF8(out, MAX_DATE_TEXT, NULL, wide, n, &status);
	return U_SUCCESS(status);
}

static bool in_words(struct when w, const char *zone, const char *locale, enum style style, char out[MAX_DATE_TEXT])
{
	int64_t minute = w.us / (60 * SECOND);
	struct word *k;

	/* once zones were off by seconds */
	if (w.us < YEAR_1980 || str_empty(zone) || strlen(zone) >= sizeof(k->zone) || strlen(locale) >= sizeof(k->locale))
		return in_words_anew(w, zone, locale, style, out);
	k = word_at(minute, zone, locale, style);
	if (k->minute != minute || k->style != (char)style || !str_eq(k->zone, zone) || !str_eq(k->locale, locale)) {
		if (!in_words_anew(w, zone, locale, style, out))
			return false;
		if (!str_copy(k->text, sizeof(k->text), out)) {
			k->minute = 0;
			return true;
		}
		k->minute = minute;
		k->style = (char)style;
		str_copy(k->zone, sizeof(k->zone), zone);
		str_copy(k->locale, sizeof(k->locale), locale);
	}
	str_copy(out, MAX_DATE_TEXT, k->text);
	return true;
}

char *when_date_text(struct arena *a, struct when w, const char *zone, const char *language)
{
	char out[MAX_DATE_TEXT];

	if (when_none(w))
		return arena_strdup(a, "");
	if (!in_words(w, zone, locale_of(language), STYLE_DATE, out))
		return when_iso(a, w);
	return arena_strdup(a, out);
}

char *when_text(struct arena *a, struct when w, const char *zone, const char *language)
{
	/* Each English locale knows the letters of its own zones: EST, AEDT, IST ... */
	static const char *const others[] = { "en_US", "en_AU", "en_IN", "en_NZ", "en_ZA" };
	char out[MAX_DATE_TEXT], again[MAX_DATE_TEXT];
	const char *locale = locale_of(language);

	if (when_none(w))
		return arena_strdup(a, "");
	if (!in_words(w, zone, locale, STYLE_MOMENT, out))
		return when_iso(a, w);
	if (!str_eq(locale, "en_GB") || (!strstr(out, "GMT+") && !strstr(out, "GMT-")))
		return arena_strdup(a, out);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (in_words(w, zone, others[i], STYLE_MOMENT, again) &&
		    !strstr(again, "GMT+") && !strstr(again, "GMT-"))
			return arena_strdup(a, again);
	return arena_strdup(a, out);
}

char *day_text(struct arena *a, struct day d, const char *language)
{
	/* noon, so that the epoch's own day is not "none" */
	struct when noon = { d.n * DAY + DAY / 2 };

	return d.n == DAY_NONE ? arena_strdup(a, "") : when_date_text(a, noon, "UTC", language);
}

char *when_distance(struct arena *a, struct when w, struct when now)
{
	int64_t s = (w.us - now.us) / SECOND;
	bool future = s > 0;

	if (when_none(w))
		return arena_strdup(a, "");
	if (s < 0)
		s = -s;
	if (s < 60)
		return arena_strdup(a, _("now"));
	if (s < 3600)
		return arena_printf(a, future ? _("in %d min") : _("%d min ago"), (int)(s / 60));
	if (s < 2 * 86400)
		return arena_printf(a, future ? _("in %d h") : _("%d h ago"), (int)(s / 3600));
	if (s < 90 * 86400)
		return arena_printf(a, future ? _("in %d d") : _("%d d ago"), (int)(s / 86400));
	if (s < 730 * 86400)
		return arena_printf(a, future ? _("in %d months") : _("%d months ago"), (int)(s * 12 / (365 * 86400)));
	return arena_printf(a, future ? _("in %d years") : _("%d years ago"), (int)(s / (365 * 86400)));
}

/* ---- business days ---- */

bool calendar_is_workday(const struct calendar *c, struct day d)
{
	size_t from = 0, to = c->n_holidays;

	if (!(c->workdays & (1u << day_weekday(d))))
		return false;
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (c->holidays[middle].n == d.n)
			return false;
		if (c->holidays[middle].n < d.n)
			from = middle + 1;
		else
			to = middle;
	}
	return true;
}

/* The next workday after d; a calendar without any does not stop time. */
static struct day next_workday(const struct calendar *c, struct day d)
{
	struct day first = day_plus(d, 1);

	for (int i = 1; i <= MAX_SEARCH; i++) {
		d = day_plus(d, 1);
		if (calendar_is_workday(c, d))
			return d;
	}
	return first;
}

struct when calendar_due(const struct calendar *c, struct when w, int business_days)
{
	int64_t local = local_us(w, c->zone);
	struct day d = { whole_days(local) };
	int64_t minute = (local - d.n * DAY) / (60 * SECOND);

	if (when_none(w))
		return w;
	if (!calendar_is_workday(c, d) || minute >= c->close_minute)
		d = next_workday(c, d);
	for (; business_days > 0; business_days--)
		d = next_workday(c, d);
	return moment_at(d, c->close_minute, c->zone);
}
