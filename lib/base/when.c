/* when.c - moments and days: civil dates, ISO and SQL texts
 *
 * Nothing here knows zones; see zone.c.
 */
#include "when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "str.h"

#define SECOND INT64_C(1000000)
#define DAY    (INT64_C(86400) * SECOND)

/* Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
struct day day_of(struct civil c)
{
	int y = c.year - (c.month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (c.month > 2 ? c.month - 3 : c.month + 9) + 2) / 5 + c.day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (struct day){ era * 146097 + doe - 719468 };
}

/* civil_from_days of the same. */
struct civil day_civil(struct day d)
{
	int z = d.n + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	struct civil c = { yoe + era * 400, mp < 10 ? mp + 3 : mp - 9, doy - (153 * mp + 2) / 5 + 1 };

	c.year += c.month <= 2;
	return c;
}

/* Exactly n digits at *s, which moves on; -1 when there are fewer. */
static int digits(const char **s, int n)
{
	int v = 0;

	for (; n > 0; n--, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		v = v * 10 + (**s - '0');
	}
	return v;
}

static bool one_of(const char **s, char a, char b)
{
	if (**s != a && **s != b)
		return false;
	(*s)++;
	return true;
}

static bool read_day(const char **s, struct day *out)
{
	struct civil c, again;

	c.year = digits(s, 4);
	if (c.year < 1 || !one_of(s, '-', '-'))
		return false;
	c.month = digits(s, 2);
	if (c.month < 1 || c.month > 12 || !one_of(s, '-', '-'))
		return false;
	c.day = digits(s, 2);
	if (c.day < 1 || c.day > 31)
		return false;
	*out = day_of(c);
	again = day_civil(*out);
	return again.day == c.day;      /* 31 April has become 1 May */
}

/* hh:mm:ss[.ffffff] as microseconds; -1 when it is none. */
static int64_t read_clock(const char **s)
{
	int h, m, sec;
	int64_t us = 0, unit = SECOND / 10;

	h = digits(s, 2);
	if (h < 0 || h > 23 || !one_of(s, ':', ':'))
		return -1;
	m = digits(s, 2);
	if (m < 0 || m > 59 || !one_of(s, ':', ':'))
		return -1;
	sec = digits(s, 2);
	if (sec < 0 || sec > 59)
		return -1;
	if (**s == '.') {
		(*s)++;
		if (**s < '0' || **s > '9')
			return -1;
		for (; **s >= '0' && **s <= '9'; (*s)++, unit /= 10)
			us += (**s - '0') * unit;
	}
	return ((h * 60 + m) * 60 + sec) * SECOND + us;
}

/* Z or +hh:mm as microseconds. */
static bool read_offset(const char **s, int64_t *offset)
{
	bool west;
	int h, m;

	*offset = 0;
	if (one_of(s, 'Z', 'z'))
		return true;
	west = **s == '-';
	if (!one_of(s, '+', '-'))
		return false;
	h = digits(s, 2);
	if (h < 0 || h > 14 || !one_of(s, ':', ':'))
		return false;
	m = digits(s, 2);
	if (m < 0 || m > 59)
		return false;
	*offset = (h * 60 + m) * 60 * SECOND;
	if (west)
		*offset = -*offset;
	return true;
}

static bool read_moment(const char **s, char separator, struct when *out)
{
	struct day d;
	int64_t clock;

	if (!*s || !read_day(s, &d) || (**s != separator && !(separator == 'T' && **s == 't')))
		return false;
	(*s)++;
	clock = read_clock(s);
	out->us = d.n * DAY + clock;
	return clock >= 0;
}

bool when_from_iso(const char *s, struct when *out)
{
	struct when w;
	int64_t offset;

	if (!read_moment(&s, 'T', &w) || !read_offset(&s, &offset) || *s)
		return false;
	out->us = w.us - offset;
	return true;
}

bool when_from_sql(const char *s, struct when *out)
{
	struct when w;

	if (!read_moment(&s, ' ', &w) || *s)
		return false;
	*out = w;
	return true;
}

struct when when_now(void)
{
	const char *fixed = getenv("PRM_NOW");
	struct timespec ts;
	struct when w;

	if (fixed && when_from_iso(fixed, &w))
		return w;
	clock_gettime(CLOCK_REALTIME, &ts);
	w.us = ts.tv_sec * SECOND + ts.tv_nsec / 1000;
	return w;
}

bool when_none(struct when w)
{
	return w.us == 0;
}

struct when when_plus(struct when w, int64_t seconds)
{
	int64_t us;

	if (!__builtin_mul_overflow(seconds, SECOND, &us))
		__builtin_add_overflow(w.us, us, &w.us);
	return w;
}

/* Years that four digits can write. */
static bool writable(struct when w)
{
	return w.us >= -62135596800 * SECOND && w.us < 253402300800 * SECOND;
}

/* n digits of v; what is behind them */
static char *put_digits(char *to, int v, int n)
{
	for (int i = n; i-- > 0; v /= 10)
		to[i] = (char)('0' + v % 10);
	return to + n;
}

static char *moment_text(struct arena *a, struct when w, char separator, bool fraction, const char *end)
{
	int32_t days = (int32_t)((w.us >= 0 ? w.us : w.us - DAY + 1) / DAY);
	int64_t us = w.us - days * DAY;
	int s = (int)(us / SECOND);
	struct civil c = day_civil((struct day){ days });
	char text[40], *to = put_digits(text, c.year, 4);

	*to++ = '-';
	to = put_digits(to, c.month, 2);
	*to++ = '-';
	to = put_digits(to, c.day, 2);
	*to++ = separator;
	to = put_digits(to, s / 3600, 2);
	*to++ = ':';
	to = put_digits(to, s / 60 % 60, 2);
	*to++ = ':';
	to = put_digits(to, s % 60, 2);
	if (fraction) {
		*to++ = '.';
		to = put_digits(to, (int)(us % SECOND), 6);
	}
	str_copy(to, sizeof(text) - (size_t)(to - text), end);
	return arena_strdup(a, text);
}

char *when_iso(struct arena *a, struct when w)
{
	if (when_none(w) || !writable(w))
		return arena_strdup(a, "");
	return moment_text(a, w, 'T', false, "Z");
}

char *when_sql(struct arena *a, struct when w)
{
	if (when_none(w) || !writable(w))
		return NULL;
	return moment_text(a, w, ' ', true, "");
}

bool day_from_sql(const char *s, struct day *out)
{
	struct day d;

	if (!s || !read_day(&s, &d) || *s)
		return false;
	*out = d;
	return true;
}

bool day_from_iso(const char *s, struct day *out)
{
	struct day d;
	int year;

	if (!day_from_sql(s, &d))
		return false;
	year = day_civil(d).year;
	if (year < 1900 || year > 2200)
		return false;
	*out = d;
	return true;
}

char *day_iso(struct arena *a, struct day d)
{
	struct civil c;

	if (d.n == DAY_NONE)
		return arena_strdup(a, "");
	c = day_civil(d);
	return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct day day_plus(struct day d, int days)
{
	if (d.n != DAY_NONE)
		d.n += days;
	return d;
}

int day_weekday(struct day d)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((d.n % 7) + 7 + 3) % 7);
}
