/* range.c - a part of a file, for a download that broke off (RFC 9110, 14) */
#include "range.h"

#include <stdint.h>
#include <string.h>

#include "str.h"

/* digits of at most 15 places, so that nothing overflows; moves *s behind them */
static bool number(const char **s, size_t *out)
{
	size_t n = strspn(*s, "0123456789");

	*out = 0;
	if (!n || n > 15)
		return false;
	for (; n; n--, (*s)++)
		*out = *out * 10 + (size_t)(**s - '0');
	return true;
}

static enum range part(size_t a, size_t b, size_t size, size_t *first, size_t *length)
{
	if (a >= size)
		return RANGE_NONE;
	*first = a;
	*length = (b < size ? b + 1 : size) - a;
	return RANGE_PART;
}

enum range range_read(const char *header, size_t size, size_t *first, size_t *length)
{
	size_t a, b = SIZE_MAX;

	if (!header || !str_starts(header, "bytes="))
		return RANGE_ALL;
	header += strlen("bytes=");
	if (*header == '-') {            /* the last so many */
		header++;
		if (!number(&header, &b) || *header)
			return RANGE_ALL;
		return part(!b ? size : b < size ? size - b : 0, SIZE_MAX, size, first, length);
	}
	if (!number(&header, &a) || *header++ != '-')
		return RANGE_ALL;
	if (*header && (!number(&header, &b) || *header || b < a))
		return RANGE_ALL;
	return part(a, b, size, first, length);
}
