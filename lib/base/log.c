/* log.c - one JSON line for everything worth knowing */
#include "log.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "str.h"

#define MAX_LINE 8192   /* one write(): lines of several programs never mix */
#define MAX_TEXT 1500   /* longest value of one pair */

/* The log is the process's own, like stderr. */
static struct { int fd; char program[32]; } log_to = { STDERR_FILENO, "prm" };

static const char *const level_names[] = { "detail", "note", "trouble", "alarm" };

struct line { char text[MAX_LINE]; size_t len; };

static void put(struct line *l, const char *s, size_t n)
{
	/* room for the line's end is always kept */
	if (n > sizeof(l->text) - 8 - l->len)
		return;
	memcpy(l->text + l->len, s, n);
	l->len += n;
}

/* Bytes of the valid UTF-8 character at s, 0 when it is none. */
static size_t character(const char *s, size_t left)
{
	unsigned char c = (unsigned char)*s;
	size_t n = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;

	return n && n <= left && str_utf8_valid(s, n) ? n : 0;
}

static void put_string(struct line *l, const char *s)
{
	size_t left = strnlen(s, MAX_TEXT), n;
	char esc[8];

	put(l, "\"", 1);
	/* a value is cut rather than the line broken: 12 is the longest escape and the quote */
	while (left && l->len + 20 < sizeof(l->text)) {
		n = character(s, left);
		if (!n) {
			put(l, "\\ufffd", 6);
			n = 1;
		} else if (*s == '"' || *s == '\\') {
			esc[0] = '\\';
			esc[1] = *s;
			put(l, esc, 2);
		} else if ((unsigned char)*s < 0x20 || *s == 0x7F) {
			snprintf(esc, sizeof(esc), "\\u%04x", (unsigned)(unsigned char)*s);
			put(l, esc, 6);
		} else {
			put(l, s, n);
		}
		s += n;
		left -= n;
	}
	put(l, "\"", 1);
}

static void put_number(struct line *l, int64_t v)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%lld", (long long)v);

	put(l, text, (size_t)n);
}

static void put_name(struct line *l, const char *name)
{
	put(l, ",", 1);
	put_string(l, name);
	put(l, ":", 1);
}

static void put_time(struct line *l)
{
	struct timespec ts;
	struct tm tm;
	char text[40];
	int n;

	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	n = snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
		tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
		tm.tm_sec, (int)(ts.tv_nsec / 1000000));
	put(l, "{\"time\":\"", 9);
	put(l, text, (size_t)n);
	put(l, "\"", 1);
}

int log_open(const char *file, const char *program)
{
	int fd = STDERR_FILENO;

	str_copy(log_to.program, sizeof(log_to.program), str_or(program, "prm"));
	if (!str_empty(file) && !str_eq(file, "-")) {
		fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
		if (fd < 0)
			return -1;
	}
	if (log_to.fd != STDERR_FILENO)
		close(log_to.fd);
	log_to.fd = fd;
	return 0;
}

void log_line(enum log_level level, const char *event, const struct log_pair *pairs, int n)
{
	struct line l;
	ssize_t done;

	l.len = 0;
	put_time(&l);
	put_name(&l, "program");
	put_string(&l, log_to.program);
	put_name(&l, "pid");
	put_number(&l, getpid());
	put_name(&l, "level");
	put_string(&l, level_names[level]);
	put_name(&l, "event");
	put_string(&l, event);
	for (int i = 0; i < n; i++) {
		/* name, quotes, number: a pair that cannot fit is left out whole */
		if (l.len + strlen(pairs[i].name) + 64 > sizeof(l.text))
			break;
		put_name(&l, pairs[i].name);
		if (pairs[i].text)
			put_string(&l, pairs[i].text);
		else
			put_number(&l, pairs[i].number);
	}
	memcpy(l.text + l.len, "}\n", 2);
	l.len += 2;
	done = write(log_to.fd, l.text, l.len);
	(void)done;     /* there is nobody left to tell */
}
