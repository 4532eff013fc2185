/* next.c - where a page leads to afterwards, as its address said */
#include "next.h"

#include <string.h>

#include "limits.h"

const char *next_path(const char *next, const char *otherwise)
{
	if (!next || next[0] != '/' || next[1] == '/' || strnlen(next, MAX_PATH) == MAX_PATH)
		return otherwise;
	/* browsers take "\" for "/", and drop tabs and line ends before they look */
	for (const char *s = next; *s; s++)
		if ((unsigned char)*s <= 0x20 || *s == '\\' || *s == 0x7f)
			return otherwise;
	return next;
}
