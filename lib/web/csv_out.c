/* csv_out.c - rows as a CSV file */
#include "csv_out.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM (64u << 10)

static void end_text(void *arg)
{
	struct csv_out *c = arg;

	free(c->text);
	c->text = NULL;
}

static void add(struct csv_out *c, const char *s, size_t n)
{
	size_t room = c->room ? c->room : FIRST_ROOM;
	char *text;

	if (c->overflow || n > c->max || c->len > c->max - n) {
		c->overflow = true;
		return;
	}
	while (room <= c->len + n)
		room *= 2;
	if (room != c->room) {
		text = realloc(c->text, room);
		if (!text) {
			c->overflow = true;
			return;
		}
		c->text = text;
		c->room = room;
	}
	memcpy(c->text + c->len, s, n);
	c->len += n;
	c->text[c->len] = '\0';
}

int csv_out_init(struct csv_out *c, struct arena *a, size_t max, bool bom)
{
	memset(c, 0, sizeof(*c));
	c->max = max;
	if (arena_on_end(a, end_text, c))
		return -1;
	add(c, bom ? "\xEF\xBB\xBF" : "", bom ? 3 : 0);
	return c->overflow ? -1 : 0;
}

static bool plain_number(const char *s)
{
	size_t n;

	s += *s == '-' || *s == '+';
	n = strspn(s, "0123456789");
	if (!n)
		return false;
	s += n;
	if (*s == '.') {
		n = strspn(++s, "0123456789");
		s += n;
		if (!n)
			return false;
	}
	return !*s;
}

static bool looks_like_formula(const char *s)
{
	return *s && strchr("=+-@\t\r", *s) && !plain_number(s);
}

void csv_out_cell(struct csv_out *c, const char *text)
{
	const char *quote;

	if (c->cell++)
		add(c, ",", 1);
	if (!text || !*text)
		return;
	if (!text[strcspn(text, ",\"\r\n")] && !looks_like_formula(text)) {
		add(c, text, strlen(text));
		return;
	}
	add(c, "\"", 1);
	if (looks_like_formula(text))
		add(c, "'", 1);
	for (; (quote = strchr(text, '"')); text = quote + 1) {
		add(c, text, (size_t)(quote + 1 - text));
		add(c, "\"", 1);
	}
	add(c, text, strlen(text));
	add(c, "\"", 1);
}

void csv_out_line(struct csv_out *c)
{
	add(c, "\r\n", 2);
	c->cell = 0;
}
