/* clean.c - characters that have no place in a text from outside are left out */
#include "str.h"

#include <string.h>

/* Bytes of a character that has no place in a name: it would turn the line's direction
 * round or is invisible (bidirectional controls, byte order mark). 0 when it is not one. */
static size_t unwanted(const unsigned char *s)
{
	if (s[0] == 0xC2 && s[1] >= 0x80 && s[1] <= 0x9F)
		return 2;                                       /* C1 controls */
	if (s[0] == 0xE2 && s[1] == 0x80 && ((s[2] >= 0xAA && s[2] <= 0xAE) || s[2] == 0xA8 || s[2] == 0xA9))
		return 3;                                       /* embeddings, line separators */
	if (s[0] == 0xE2 && s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9)
		return 3;                                       /* isolates */
	if (s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF)
		return 3;
	return 0;
}

char *str_clean(struct arena *a, const char *s, bool lines)
{
	char *out = arena_alloc(a, strlen(s) + 1), *p = out;

	if (!out)
		return NULL;
	while (*s) {
		size_t skip = unwanted((const unsigned char *)s);

		if (skip) {
			s += skip;
			continue;
		}
		if (*s == '\r' && s[1] == '\n')
			s++;
		if (*s == '\n' || *s == '\r')
			*p++ = lines ? '\n' : ' ';
		else if (*s == '\t')
			*p++ = lines ? '\t' : ' ';
		else if ((unsigned char)*s >= 0x20 && *s != 0x7f)
			*p++ = *s;
		s++;
	}
	*p = '\0';
	return out;
}
