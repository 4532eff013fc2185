/* check_when.c - moments, days and deadlines are right where clocks change */
#include <check.h>
#include <stdlib.h>

#include "intl.h"
#include "when.h"

static struct arena *a;

static void setup(void) { a = arena_new(1 << 20); }
static void teardown(void) { arena_free(a); }

static struct when at(const char *iso)
{
	struct when w;

	ck_assert_msg(when_from_iso(iso, &w), "%s", iso);
	return w;
}

static struct day on(const char *iso)
{
	struct day d;

	ck_assert_msg(day_from_iso(iso, &d), "%s", iso);
	return d;
}

START_TEST(iso_moments_are_read_with_fraction_and_offset)
{
	ck_assert_int_eq(at("1970-01-01T00:00:01Z").us, 1000000);
	ck_assert_int_eq(at("1970-01-01T00:00:00.123456Z").us, 123456);
	ck_assert_int_eq(at("1970-01-01T00:00:00.5Z").us, 500000);
	ck_assert_int_eq(at("1970-01-01T01:00:00+01:00").us, 0);
	ck_assert_int_eq(at("1969-12-31T19:00:00-05:00").us, 0);
	ck_assert_int_eq(at("1969-12-31T23:59:59Z").us, -1000000);
	ck_assert_str_eq(when_iso(a, at("2027-03-14T09:30:00Z")), "2027-03-14T09:30:00Z");
	ck_assert_str_eq(when_iso(a, at("1960-02-29T09:30:00Z")), "1960-02-29T09:30:00Z");
	ck_assert_str_eq(when_iso(a, (struct when){ 0 }), "");
}
END_TEST

static const char *const not_moments[] = { "", "2027-03-14", "2027-03-14T09:30Z", "2027-03-14T09:30:00",
	"2027-02-29T00:00:00Z", "2027-13-01T00:00:00Z", "2027-03-14T24:00:00Z", "2027-03-14T09:60:00Z",
	"2027-03-14T09:30:00.Z", "2027-03-14T09:30:00Zx", "2027-3-14T09:30:00Z", "2027-03-14 09:30:00Z",
	"2027-03-14T09:30:00+1:00", "0000-01-01T00:00:00Z" };

START_TEST(what_is_no_moment_is_refused)
{
	struct when w;

	ck_assert_msg(!when_from_iso(not_moments[_i], &w), "%s", not_moments[_i]);
}
END_TEST

START_TEST(sql_moments_keep_their_microseconds)
{
	struct when w;

	ck_assert(when_from_sql("2027-03-14 09:30:00.000001", &w));
	ck_assert_str_eq(when_sql(a, w), "2027-03-14 09:30:00.000001");
	ck_assert(!when_from_sql("2027-03-14T09:30:00", &w));
	ck_assert_ptr_null(when_sql(a, (struct when){ 0 }));
}
END_TEST

START_TEST(days_count_leap_years_and_weekdays)
{
	ck_assert_int_eq(on("1970-01-01").n, 0);
	ck_assert_str_eq(day_iso(a, day_plus(on("2028-02-28"), 1)), "2028-02-29");
	ck_assert_str_eq(day_iso(a, day_plus(on("2027-02-28"), 1)), "2027-03-01");
	ck_assert_str_eq(day_iso(a, day_plus(on("2100-02-28"), 1)), "2100-03-01");
	ck_assert_str_eq(day_iso(a, day_plus(on("1970-01-01"), -1)), "1969-12-31");
	ck_assert_int_eq(day_weekday(on("2027-03-15")), 0);
	ck_assert_int_eq(day_weekday(on("1969-12-28")), 6);
	ck_assert_str_eq(day_iso(a, (struct day){ DAY_NONE }), "");
	ck_assert_int_eq(day_plus((struct day){ DAY_NONE }, 5).n, DAY_NONE);
}
END_TEST

START_TEST(a_day_outside_1900_to_2200_or_the_calendar_is_refused)
{
	struct day d;

	ck_assert(!day_from_iso("1899-12-31", &d));
	ck_assert(!day_from_iso("2201-01-01", &d));
	ck_assert(!day_from_iso("2027-02-29", &d));
	ck_assert(!day_from_iso("2027-04-31", &d));
	ck_assert(!day_from_iso("14.03.2027", &d));
	ck_assert(!day_from_iso("2027-03-14 ", &d));
	ck_assert(day_from_sql("9999-12-31", &d));
}
END_TEST

START_TEST(words_follow_zone_and_language)
{
	struct when w = at("2027-03-14T09:30:00Z");

	ck_assert_str_eq(when_text(a, w, "Europe/Berlin", "en"), "14 Mar 2027, 10:30 CET");
	ck_assert_str_eq(when_text(a, at("2027-07-14T09:30:00Z"), "Europe/Berlin", "en"), "14 Jul 2027, 11:30 CEST");
	ck_assert_str_eq(when_text(a, w, "America/New_York", "en"), "14 Mar 2027, 05:30 EDT");
	ck_assert_str_eq(when_text(a, w, "Asia/Kolkata", "en"), "14 Mar 2027, 15:00 IST");
	ck_assert_str_eq(when_text(a, w, "Nowhere/Land", "en"), "14 Mar 2027, 09:30 UTC");
	ck_assert_str_eq(when_date_text(a, at("2027-03-14T23:30:00Z"), "Europe/Berlin", "en"), "15 Mar 2027");
	ck_assert_str_eq(day_text(a, on("2027-03-14"), "en"), "14 Mar 2027");
	ck_assert_str_eq(day_text(a, on("1970-01-01"), "en"), "1 Jan 1970");
	ck_assert_str_eq(day_text(a, on("2027-03-14"), "de"), "14. M\u00e4rz 2027");
	ck_assert_str_eq(when_text(a, (struct when){ 0 }, "UTC", "en"), "");
}
END_TEST

START_TEST(more_zones_than_are_kept_stay_right)
{
	static const char *const zones[] = { "Europe/Paris", "Europe/Rome", "Europe/Madrid", "Europe/Vienna",
		"Europe/Zurich", "Europe/Prague", "Europe/Warsaw", "Europe/Oslo", "Europe/Stockholm", "Europe/Athens",
		"Europe/Helsinki", "Europe/Kyiv", "Asia/Tokyo", "Asia/Seoul", "Asia/Dubai", "America/Chicago",
		"America/Denver", "America/Toronto", "Africa/Cairo", "Australia/Perth" };

	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
			ck_assert_msg(zone_known(zones[i]), "%s", zones[i]);
			when_text(a, at("2027-03-14T09:30:00Z"), zones[i], "en");
			ck_assert_int_eq(when_day(at("2027-03-14T09:30:00Z"), zones[i]).n, on("2027-03-14").n);
		}
	ck_assert_str_eq(when_text(a, at("2027-03-14T09:30:00Z"), "Europe/Berlin", "en"), "14 Mar 2027, 10:30 CET");
}
END_TEST

START_TEST(distances_use_one_unit)
{
	struct when now = at("2027-03-14T09:30:00Z");

	intl_use("en");
	ck_assert_str_eq(when_distance(a, when_plus(now, 59), now), "now");
	ck_assert_str_eq(when_distance(a, when_plus(now, 60), now), "in 1 min");
	ck_assert_str_eq(when_distance(a, when_plus(now, 6 * 3600), now), "in 6 h");
	ck_assert_str_eq(when_distance(a, when_plus(now, -3 * 86400), now), "3 d ago");
	ck_assert_str_eq(when_distance(a, when_plus(now, 89 * 86400), now), "in 89 d");
	ck_assert_str_eq(when_distance(a, when_plus(now, -282 * 86400), now), "9 months ago");
	ck_assert_str_eq(when_distance(a, when_plus(now, -3604LL * 86400), now), "9 years ago");
}
END_TEST

START_TEST(zones_are_iana_names)
{
	ck_assert(zone_known("Europe/Berlin"));
	ck_assert(zone_known("UTC"));
	ck_assert(!zone_known("GMT+5"));
	ck_assert(!zone_known("Berlin"));
	ck_assert(!zone_known("Mars/Olympus"));
	ck_assert(!zone_known(""));
	ck_assert(!zone_known(NULL));
}
END_TEST

START_TEST(a_day_of_23_or_25_hours_starts_and_ends_where_it_should)
{
	/* the last Sundays of March and October in Berlin */
	ck_assert_str_eq(when_iso(a, day_start(on("2027-03-28"), "Europe/Berlin")), "2027-03-27T23:00:00Z");
	ck_assert_int_eq(day_end(on("2027-03-28"), "Europe/Berlin").us,
		at("2027-03-28T21:59:59.999999Z").us);
	ck_assert_int_eq(day_end(on("2027-10-31"), "Europe/Berlin").us -
		day_start(on("2027-10-31"), "Europe/Berlin").us, INT64_C(25) * 3600 * 1000000 - 1);
	/* Sao Paulo 2018: midnight did not exist */
	ck_assert_str_eq(when_iso(a, day_start(on("2018-11-04"), "America/Sao_Paulo")), "2018-11-04T03:00:00Z");
	/* Havana 2027-11-07: midnight comes twice, the first one starts the day */
	ck_assert_str_eq(when_iso(a, day_start(on("2027-11-07"), "America/Havana")), "2027-11-07T04:00:00Z");
	/* Samoa skipped 2011-12-30 as a whole */
	ck_assert_str_eq(when_iso(a, day_start(on("2011-12-31"), "Pacific/Apia")), "2011-12-30T10:00:00Z");
	ck_assert_int_eq(day_start((struct day){ DAY_NONE }, "UTC").us, 0);
}
END_TEST

START_TEST(the_calendar_date_depends_on_the_zone)
{
	struct when w = at("2027-03-14T23:30:00Z");

	ck_assert_int_eq(when_day(w, "Europe/Berlin").n, on("2027-03-15").n);
	ck_assert_int_eq(when_day(w, "America/New_York").n, on("2027-03-14").n);
	ck_assert_int_eq(when_day(w, "Asia/Kathmandu").n, on("2027-03-15").n);
	ck_assert_int_eq(when_day((struct when){ 0 }, "UTC").n, DAY_NONE);
}
END_TEST

/* Berlin, Monday to Friday, 9 to 18, Good Friday and Easter Monday 2027 closed. */
static struct day holidays[2];
static const struct calendar *berlin(void)
{
	static struct calendar c = { "Europe/Berlin", 31, 540, 1080, holidays, 2 };

	holidays[0] = on("2027-03-26");
	holidays[1] = on("2027-03-29");
	return &c;
}

static const struct { const char *from; int days; const char *due; const char *why; } dues[] = {
	{ "2027-03-15T10:00:00Z", 2, "2027-03-17T17:00:00Z", "Monday morning, two days: Wednesday's close" },
	{ "2027-03-15T10:00:00Z", 0, "2027-03-15T17:00:00Z", "no days: today's close" },
	{ "2027-03-15T04:00:00Z", 1, "2027-03-16T17:00:00Z", "before opening counts from opening" },
	{ "2027-03-15T17:00:00Z", 1, "2027-03-17T17:00:00Z", "at the close it is tomorrow's" },
	{ "2027-03-19T20:00:00Z", 1, "2027-03-23T17:00:00Z", "Friday night counts from Monday" },
	{ "2027-03-20T10:00:00Z", 2, "2027-03-24T17:00:00Z", "Saturday counts from Monday" },
	{ "2027-03-25T10:00:00Z", 1, "2027-03-30T16:00:00Z", "over Easter, and the clocks change" },
	{ "2027-03-26T10:00:00Z", 1, "2027-03-31T16:00:00Z", "on a holiday" },
	{ "2027-03-14T23:30:00Z", 0, "2027-03-15T17:00:00Z", "Sunday in UTC is Monday in Berlin" },
};

START_TEST(business_days_run_on_the_programmes_calendar)
{
	ck_assert_msg(calendar_due(berlin(), at(dues[_i].from), dues[_i].days).us == at(dues[_i].due).us,
		"%s: %s", dues[_i].why, when_iso(a, calendar_due(berlin(), at(dues[_i].from), dues[_i].days)));
}
END_TEST

START_TEST(a_calendar_without_workdays_still_ends)
{
	struct calendar c = { "Europe/Berlin", 0, 540, 1080, NULL, 0 };

	ck_assert_int_gt(calendar_due(&c, at("2027-03-15T10:00:00Z"), 2).us, at("2027-03-15T10:00:00Z").us);
}
END_TEST

START_TEST(prm_now_replaces_the_clock_only_when_set)
{
	setenv("PRM_NOW", "2027-03-14T09:30:00Z", 1);
	ck_assert_int_eq(when_now().us, at("2027-03-14T09:30:00Z").us);
	setenv("PRM_NOW", "rubbish", 1);
	ck_assert_int_ne(when_now().us, at("2027-03-14T09:30:00Z").us);
	unsetenv("PRM_NOW");
	ck_assert_int_gt(when_now().us, at("2024-01-01T00:00:00Z").us);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("when");
	TCase *t = tcase_create("when");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, iso_moments_are_read_with_fraction_and_offset);
	tcase_add_loop_test(t, what_is_no_moment_is_refused, 0, (int)(sizeof(not_moments) / sizeof(not_moments[0])));
	tcase_add_test(t, sql_moments_keep_their_microseconds);
	tcase_add_test(t, days_count_leap_years_and_weekdays);
	tcase_add_test(t, a_day_outside_1900_to_2200_or_the_calendar_is_refused);
	tcase_add_test(t, words_follow_zone_and_language);
	tcase_add_test(t, more_zones_than_are_kept_stay_right);
	tcase_add_test(t, distances_use_one_unit);
	tcase_add_test(t, zones_are_iana_names);
	tcase_add_test(t, a_day_of_23_or_25_hours_starts_and_ends_where_it_should);
	tcase_add_test(t, the_calendar_date_depends_on_the_zone);
	tcase_add_loop_test(t, business_days_run_on_the_programmes_calendar, 0, (int)(sizeof(dues) / sizeof(dues[0])));
	tcase_add_test(t, a_calendar_without_workdays_still_ends);
	tcase_add_test(t, prm_now_replaces_the_clock_only_when_set);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
