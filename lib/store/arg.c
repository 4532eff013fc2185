/* arg.c - what goes into a statement */
#include "link.h"

#include <stdio.h>
#include <string.h>

#define SECOND INT64_C(1000000)
#define DAY    (INT64_C(86400) * SECOND)

struct arg arg_null(void)
{
	return (struct arg){ .type = ARG_NULL };
}

struct arg arg_int(int64_t v)
{
	return (struct arg){ .type = ARG_INT, .number = v };
}

struct arg arg_id(int64_t id)
{
	return id ? arg_int(id) : arg_null();
}

struct arg arg_text(const char *s)
{
	return s ? (struct arg){ .type = ARG_TEXT, .text = s, .size = strlen(s) } : arg_null();
}

struct arg arg_bytes(const void *p, size_t n)
{
	return p ? (struct arg){ .type = ARG_BYTES, .text = p, .size = n } : arg_null();
}

struct arg arg_when(struct when w)
{
	return when_none(w) ? arg_null() : (struct arg){ .type = ARG_WHEN, .number = w.us };
}

struct arg arg_day(struct day d)
{
	return d.n == DAY_NONE ? arg_null() : (struct arg){ .type = ARG_DAY, .number = d.n };
}

struct arg arg_amount(struct money m)
{
	if (!m.currency[0])
		return arg_null();
	return (struct arg){ .type = ARG_AMOUNT, .number = m.minor, .size = (size_t)currency_digits(m.currency) };
}

static void put_date(MYSQL_TIME *t, int64_t days)
{
	struct civil c = day_civil((struct day){ (int32_t)days });

	t->year = (unsigned)c.year;
	t->month = (unsigned)c.month;
	t->day = (unsigned)c.day;
}

static void put_moment(MYSQL_TIME *t, int64_t us)
{
	int64_t days = (us >= 0 ? us : us - DAY + 1) / DAY;

	put_date(t, days);
	us -= days * DAY;
	t->second_part = (unsigned long)(us % SECOND);
	us /= SECOND;
	t->second = (unsigned)(us % 60);
	t->minute = (unsigned)(us / 60 % 60);
	t->hour = (unsigned)(us / 3600);
}

static void put_amount(char *out, size_t size, int64_t minor, size_t digits)
{
	uint64_t v = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor, scale = 1;

	for (size_t i = 0; i < digits; i++)
		scale *= 10;
	if (digits)
		snprintf(out, size, "%s%llu.%0*llu", minor < 0 ? "-" : "", (unsigned long long)(v / scale),
			(int)digits, (unsigned long long)(v % scale));
	else
		snprintf(out, size, "%s%llu", minor < 0 ? "-" : "", (unsigned long long)v);
}

static void bind_text(MYSQL_BIND *b, struct bound *room, enum enum_field_types type, const char *s, size_t n)
{
	b->buffer_type = type;
	b->buffer = (void *)(uintptr_t)s;   /* the library does not write to it */
	b->buffer_length = room->length = n;
	b->length = &room->length;
}

void args_bind(const struct arg *args, size_t n, MYSQL_BIND *binds, struct bound *rooms)
{
	memset(binds, 0, n * sizeof(*binds));
	memset(rooms, 0, n * sizeof(*rooms));
	for (size_t i = 0; i < n; i++) {
		MYSQL_BIND *b = &binds[i];
		struct bound *room = &rooms[i];

		switch (args[i].type) {
		case ARG_NULL:
			b->buffer_type = MYSQL_TYPE_NULL;
			break;
		case ARG_INT:
			room->number = args[i].number;
			b->buffer_type = MYSQL_TYPE_LONGLONG;
			b->buffer = &room->number;
			break;
		case ARG_TEXT:
			bind_text(b, room, MYSQL_TYPE_STRING, args[i].text, args[i].size);
			break;
		case ARG_BYTES:
			bind_text(b, room, MYSQL_TYPE_BLOB, args[i].text, args[i].size);
			break;
		case ARG_WHEN:
			put_moment(&room->time, args[i].number);
			room->time.time_type = MYSQL_TIMESTAMP_DATETIME;
			b->buffer_type = MYSQL_TYPE_DATETIME;
			b->buffer = &room->time;
			break;
		case ARG_DAY:
			put_date(&room->time, args[i].number);
			room->time.time_type = MYSQL_TIMESTAMP_DATE;
			b->buffer_type = MYSQL_TYPE_DATE;
			b->buffer = &room->time;
			break;
		case ARG_AMOUNT:
			put_amount(room->text, sizeof(room->text), args[i].number, args[i].size);
			bind_text(b, room, MYSQL_TYPE_NEWDECIMAL, room->text, strlen(room->text));
			break;
		}
	}
}
