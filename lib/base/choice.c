/* choice.c - a closed set of values with the words people read */
#include "choice.h"

#include <stddef.h>

#include "str.h"

const struct choice *choice_find(const struct choice *set, const char *value)
{
	for (; set && set->value; set++)
		if (str_eq(set->value, value))
			return set;
	return NULL;
}
