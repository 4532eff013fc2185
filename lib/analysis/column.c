/* column.c - what a column holds: numbers, days or names of kinds */
#include "table.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "when.h"

static bool as_number(const char *s, double *out)
{
	char *end;

	if (strspn(s, "+-.0123456789eE") != strlen(s))
		return false;            /* strtod() also takes "inf" and hexadecimal */
	*out = strtod(s, &end);
	return end != s && !*end && isfinite(*out);
}

/* YYYY-MM-DD, with or without a time behind it. */
static bool as_day(const char *s, double *out)
{
	char ten[11];
	struct day d;

	if (strlen(s) < 10 || (s[10] && s[10] != 'T' && s[10] != ' '))
		return false;
	memcpy(ten, s, 10);
	ten[10] = '\0';
	if (!day_from_iso(ten, &d))
		return false;
	*out = d.n;
	return true;
}

static bool all_are(struct table_column *c, size_t n, bool (*as)(const char *, double *))
{
	size_t there = 0;

	for (size_t i = 0; i < n; i++) {
		if (!c->cells[i])
			c->values[i] = NAN;
		else if (as(c->cells[i], &c->values[i]))
			there++;
		else
			return false;
	}
	return there > 0;
}

/* ---- levels: an open hash table of indices ---- */
struct index {
	uint32_t *slots;         /* index + 1; 0: free */
	size_t mask;
};

static uint64_t hash_of(const char *s)
{
	uint64_t h = 14695981039346656037u;      /* FNV-1a */

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h ^ h >> 29;
}

static size_t level_of(struct table_column *c, struct index *x, const char *s)
{
	size_t at = hash_of(s) & x->mask;

	for (; x->slots[at]; at = (at + 1) & x->mask)
		if (!strcmp(c->levels[x->slots[at] - 1], s))
			return x->slots[at] - 1;
	c->levels[c->n_levels] = s;
	x->slots[at] = (uint32_t)++c->n_levels;
	return c->n_levels - 1;
}

static int categories(struct arena *a, struct err *e, struct table_column *c, size_t n)
{
	struct index x = { .mask = 15 };

	while (x.mask < n * 2)
		x.mask = x.mask * 2 + 1;
	x.slots = arena_array(a, x.mask + 1, sizeof(*x.slots));
	c->levels = arena_array(a, n + 1, sizeof(*c->levels));
	c->counts = arena_array(a, n + 1, sizeof(*c->counts));
	if (!x.slots || !c->levels || !c->counts)
		return fail(e, E_NOMEM, "no room for the column %s", c->name);
	for (size_t i = 0; i < n; i++) {
		size_t level;

		c->values[i] = NAN;
		if (!c->cells[i])
			continue;
		level = level_of(c, &x, c->cells[i]);
		c->counts[level]++;
		c->values[i] = (double)level;
	}
	return OK;
}

int column_type(struct arena *a, struct err *e, struct table_column *c, size_t n_rows)
{
	c->values = arena_array(a, n_rows + 1, sizeof(*c->values));
	if (!c->values)
		return fail(e, E_NOMEM, "no room for the column %s", c->name);
	c->n_missing = 0;
	for (size_t i = 0; i < n_rows; i++)
		c->n_missing += !c->cells[i];
	c->kind = KIND_NUMBER;
	if (all_are(c, n_rows, as_number))
		return OK;
	c->kind = KIND_DAY;
	if (all_are(c, n_rows, as_day))
		return OK;
	c->kind = KIND_CATEGORY;
	return categories(a, e, c, n_rows);
}
