/* when.h - moments, days, zones and business days
 *
 * A moment is microseconds since 1970-01-01T00:00:00Z, 0 is "none".  A day is a
 * calendar date without zone.  Zones are IANA names; rules come from ICU.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"

struct when { int64_t us; };
struct day { int32_t n; };          /* days since 1970-01-01; DAY_NONE is none */
#define DAY_NONE INT32_MIN

struct when when_now(void);                      /* $PRM_NOW (ISO) replaces it in tests */
bool when_none(struct when w);
struct when when_plus(struct when w, int64_t seconds);
bool when_from_iso(const char *s, struct when *out);    /* 2027-03-14T09:30:00[.123456]Z or +01:00 */
char *when_iso(struct arena *a, struct when w);         /* 2027-03-14T09:30:00Z; "" for none */
/* As SQL's DATETIME(6) writes it, UTC: "2027-03-14 09:30:00.000000"; NULL for none. */
char *when_sql(struct arena *a, struct when w);
bool when_from_sql(const char *s, struct when *out);
/* "14 Mar 2027" / "14 Mar 2027, 10:30 CET" in the zone and language. */
char *when_date_text(struct arena *a, struct when w, const char *zone, const char *language);
char *when_text(struct arena *a, struct when w, const char *zone, const char *language);
/* "in 6 h", "3 d ago", "now": the distance from now to w, one unit. */
char *when_distance(struct arena *a, struct when w, struct when now);
struct day when_day(struct when w, const char *zone);   /* the calendar date there */
bool zone_known(const char *zone);

bool day_from_iso(const char *s, struct day *out);      /* 2027-03-14, 1900..2200 */
bool day_from_sql(const char *s, struct day *out);      /* the same, any year */
char *day_iso(struct arena *a, struct day d);           /* "" for none */
char *day_text(struct arena *a, struct day d, const char *language);  /* "14 Mar 2027" */
/* Gregorian date of a day, and back; year 1..9999, month and day from 1. */
struct civil { int year, month, day; };
struct civil day_civil(struct day d);
struct day day_of(struct civil c);
struct day day_plus(struct day d, int days);
int day_weekday(struct day d);                           /* 0 = Monday */
/* First / last moment of the day in the zone (right across DST changes). */
struct when day_start(struct day d, const char *zone);
struct when day_end(struct day d, const char *zone);     /* last microsecond */

struct calendar {
	const char *zone;               /* programme's zone */
	unsigned workdays;              /* bit 0 = Monday */
	int open_minute, close_minute;  /* of the day; 540 and 1080 */
	const struct day *holidays;     /* sorted */
	size_t n_holidays;
};
bool calendar_is_workday(const struct calendar *c, struct day d);
/* The close of business n business days after w; a moment outside hours counts from
 * the next opening (field guide 2.3: business days run on the programme's calendar). */
struct when calendar_due(const struct calendar *c, struct when w, int business_days);

#endif
