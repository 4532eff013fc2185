/* plural.c - the plural rule of a message catalogue */
#include "plural.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define MAX_DEPTH 64

struct reader {
	const char *at;
	unsigned long n;
	int depth;
	bool bad;
};

static unsigned long choice(struct reader *r);

static bool take(struct reader *r, const char *token)
{
	size_t len = strlen(token);

	while (*r->at == ' ' || *r->at == '\t')
		r->at++;
	if (strncmp(r->at, token, len))
		return false;
	r->at += len;
	return true;
}

static unsigned long primary(struct reader *r)
{
	unsigned long v = 0;

	if (++r->depth > MAX_DEPTH)
		r->bad = true;
	if (r->bad)
		return 0;
	if (take(r, "!")) {
		v = !primary(r);
	} else if (take(r, "(")) {
		v = choice(r);
		r->bad |= !take(r, ")");
	} else if (take(r, "n")) {
		v = r->n;
	} else if (*r->at >= '0' && *r->at <= '9') {
		while (*r->at >= '0' && *r->at <= '9' && v < 1000000)
			v = v * 10 + (unsigned long)(*r->at++ - '0');
	} else {
		r->bad = true;
	}
	r->depth--;
	return v;
}

/* Binary operators, loosest first; longer spellings before their beginnings. */
static const struct { const char *token; int level; } operators[] = {
	{ "||", 0 }, { "&&", 1 }, { "==", 2 }, { "!=", 2 }, { "<=", 3 }, { ">=", 3 },
	{ "<", 3 }, { ">", 3 }, { "+", 4 }, { "-", 4 }, { "*", 5 }, { "/", 5 }, { "%", 5 },
};
#define N_OPERATORS (int)(sizeof(operators) / sizeof(operators[0]))
#define LEVELS 6

static unsigned long apply(struct reader *r, int op, unsigned long a, unsigned long b)
{
	if (op >= 11 && !b) {
		r->bad = true;
		return 0;
	}
	switch (op) {
	case 0: return a || b;
	case 1: return a && b;
	case 2: return a == b;
	case 3: return a != b;
	case 4: return a <= b;
	case 5: return a >= b;
	case 6: return a < b;
	case 7: return a > b;
	case 8: return a + b;
	case 9: return a - b;
	case 10: return a * b;
	case 11: return a / b;
	default: return a % b;
	}
}

static unsigned long binary(struct reader *r, int level)
{
	unsigned long v;
	int op;

	if (level == LEVELS)
		return primary(r);
	v = binary(r, level + 1);
	do {
		for (op = 0; op < N_OPERATORS; op++)
			if (operators[op].level == level && take(r, operators[op].token))
				break;
		if (op < N_OPERATORS)
			v = apply(r, op, v, binary(r, level + 1));
	} while (op < N_OPERATORS && !r->bad);
	return v;
}

static unsigned long choice(struct reader *r)
{
	unsigned long v, yes, no;

	if (++r->depth > MAX_DEPTH)
		r->bad = true;
	if (r->bad)
		return 0;
	v = binary(r, 0);
	if (take(r, "?")) {
		yes = choice(r);
		r->bad |= !take(r, ":");
		no = choice(r);
		v = v ? yes : no;
	}
	r->depth--;
	return v;
}

unsigned plural_form(const char *rule, unsigned long n)
{
	struct reader r = { NULL, n, 0, false };
	unsigned long v;

	r.at = rule ? strstr(rule, "plural=") : NULL;
	/* "nplurals=" ends in the same word */
	if (r.at && r.at > rule && r.at[-1] == 'n')
		r.at = strstr(r.at + 1, "plural=");
	while (r.at && r.at > rule && r.at[-1] == 'n')
		r.at = strstr(r.at + 1, "plural=");
	if (!r.at)
		return n != 1;
	r.at += strlen("plural=");
	v = choice(&r);
	return r.bad || v > 9 ? n != 1 : (unsigned)v;
}
