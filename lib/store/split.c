/* split.c - SQL files cut into statements */
#include "split.h"

#include <stdbool.h>
#include <string.h>

static bool comment_line(const char *s)
{
	return *s == '#' || (s[0] == '-' && s[1] == '-' && (!s[2] || strchr(" \t\r\n", s[2])));
}

/* Behind the comment that starts at s, s itself when none does, NULL when it never ends. */
static const char *skip_comment(const char *s)
{
	const char *end;

	if (comment_line(s))
		return s + strcspn(s, "\n");
	if (s[0] != '/' || s[1] != '*')
		return s;
	end = strstr(s + 2, "*/");
	return end ? end + 2 : NULL;
}

/* Behind the quoted text that starts at s, NULL when it never ends. */
static const char *skip_quote(const char *s)
{
	char quote = *s++;

	for (; *s; s++) {
		if (*s == '\\' && quote != '`' && s[1])
			s++;
		else if (*s == quote && s[1] == quote)
			s++;
		else if (*s == quote)
			return s + 1;
	}
	return NULL;
}

/* To the first thing that is neither space nor comment (C comments with ! are code). */
static const char *skip_space(const char *s)
{
	const char *next;

	for (;;) {
		s += strspn(s, " \t\r\n;");
		if (s[0] == '/' && s[1] == '*' && (s[2] == '!' || s[2] == 'M'))
			return s;
		next = skip_comment(s);
		if (!next || next == s)
			return next;
		s = next;
	}
}

const char *split_next(const char **at, size_t *len, int *open)
{
	const char *start = skip_space(*at), *s = start;

	*len = 0;
	*open = !s;
	if (!s || !*s)
		return NULL;
	while (s && *s && *s != ';') {
		const char *next = strchr("'\"`", *s) ? skip_quote(s) : skip_comment(s);

		s = next == s ? s + 1 : next;
	}
	*open = !s;
	if (!s)
		return NULL;
	*len = (size_t)(s - start);
	while (*len && strchr(" \t\r\n", start[*len - 1]))
		(*len)--;
	*at = *s ? s + 1 : s;
	return start;
}
