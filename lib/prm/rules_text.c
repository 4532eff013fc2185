/* rules_text.c - the words of the rules of engagement, with their numbers filled in */
#include "rules_params.h"

#include "intl.h"
#include "str.h"

#define MAX_EXPANDED (16u << 10)

static const struct rules_param *find_param(const char *name)
{
	for (const struct rules_param *p = rules_params; p->name; p++)
		if (str_eq(p->name, name))
			return p;
	return NULL;
}

static int64_t param_int(const struct rules *r, const struct rules_param *p)
{
	int64_t v;

	memcpy(&v, (const char *)r + p->offset, sizeof(v));
	return v;
}

static bool param_bool(const struct rules *r, const struct rules_param *p)
{
	bool v;

	memcpy(&v, (const char *)r + p->offset, sizeof(v));
	return v;
}

static const char *param_string(const struct rules *r, const struct rules_param *p)
{
	const char *v;

	memcpy(&v, (const char *)r + p->offset, sizeof(v));
	return str_or(v, "");
}

/* "30,14,7,1" -> "30, 14, 7 and 1" */
static const char *enumerate(struct arena *a, const char *list)
{
	char *s = arena_strdup(a, list), *rest = s, *one;
	struct strbuf b;

	strbuf_init(&b, a, 200);
	while (rest && (one = strsep(&rest, ",")) != NULL) {
		if (b.len)
			strbuf_add(&b, rest ? ", " : _(" and "));
		strbuf_add(&b, str_trim(a, one));
	}
	return b.text;
}

char *rules_limits_text(struct arena *a, const struct rules *r, const char *language)
{
	struct strbuf b;

	strbuf_init(&b, a, 1000);
	for (size_t i = 0; i < r->n_auto_limits; i++) {
		if (i)
			strbuf_add(&b, i + 1 == r->n_auto_limits ? _(" or ") : ", ");
		strbuf_add(&b, str_or(money_text(a, r->auto_limits[i], language), ""));
	}
	return b.text;
}

char *rules_limits_lines(struct arena *a, const struct rules *r)
{
	struct strbuf b;

	strbuf_init(&b, a, 1000);
	for (size_t i = 0; i < r->n_auto_limits; i++)
		strbuf_addf(&b, "%s%s %s", i ? "\n" : "", r->auto_limits[i].currency, money_decimal(a, r->auto_limits[i]));
	return b.text;
}

const char *rules_param_text(struct db *db, const struct rules *r, const char *name, const char *language)
{
	const struct rules_param *p = find_param(name);

	if (str_eq(name, RULES_LIMITS))
		return rules_limits_text(db->arena, r, str_or(language, "en"));
	if (!p)
		return NULL;
	switch (p->kind) {
	case PARAM_INT:
		return arena_printf(db->arena, "%lld", (long long)param_int(r, p));
	case PARAM_BOOL:
		return param_bool(r, p) ? _("yes") : _("no");
	case PARAM_TEXT:
		return enumerate(db->arena, param_string(r, p));
	}
	return NULL;
}

static bool param_set(const struct rules *r, const char *name)
{
	const struct rules_param *p = find_param(name);

	if (str_eq(name, RULES_LIMITS))
		return r->n_auto_limits > 0;
	return p && (p->kind == PARAM_INT ? param_int(r, p) != 0 : p->kind == PARAM_BOOL ? param_bool(r, p) :
		param_string(r, p)[0] != '\0');
}

static int limits_line(struct db *db, char *line, struct money *list, size_t *n)
{
	char *text = str_trim(db->arena, line);
	char currency[4];

	if (str_empty(text))
		return OK;
	str_copy(currency, sizeof(currency), text);
	if (*n == MAX_RULES_LIMITS)
		return fail_field(db->err, RULES_LIMITS, _("There can be at most %d limits"), MAX_RULES_LIMITS);
	if (strlen(text) < 5 || !currency_known(currency) ||
	    !money_from_input(str_trim(db->arena, text + 3), currency, &list[*n]) || list[*n].minor < 0)
		return fail_field(db->err, RULES_LIMITS, _("Write a currency and an amount, as in \"EUR 50,000\", not \"%.40s\""),
			text);
	for (size_t i = 0; i < *n; i++)
		if (str_eq(list[i].currency, currency))
			return fail_field(db->err, RULES_LIMITS, _("%s has two limits"), currency);
	(*n)++;
	return OK;
}

int rules_limits_parse(struct db *db, const char *text, struct money **out, size_t *count)
{
	char *s = arena_strdup(db->arena, text), *rest = s, *line;
	struct money *list = arena_array(db->arena, MAX_RULES_LIMITS, sizeof(*list));
	size_t n = 0;
	int rc = OK;

	if (!s || !list)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the limits"));
	while (!rc && rest && (line = strsep(&rest, ";\n")) != NULL)
		rc = limits_line(db, line, list, &n);
	*out = list;
	*count = n;
	return rc;
}

/* ---- placeholders ---- */

struct expansion {
	struct db *db;
	const struct rules *r;      /* NULL: only checked */
	const char *field, *language;
	bool in_if, hidden;         /* inside an {if}; its text does not hold */
	struct strbuf *out;         /* NULL: only checked */
};

static bool param_known(const char *name)
{
	return str_eq(name, RULES_LIMITS) || find_param(name);
}

static int unknown(struct expansion *x, const char *what)
{
	return fail_field(x->db->err, x->field, _("There is no value called {%.40s}"), what);
}

/* {name} and {name day|days} */
static int expand_value(struct expansion *x, char *name)
{
	char *words = strchr(name, ' '), *many = words ? strchr(words, '|') : NULL;
	const struct rules_param *p;

	if (words)
		*words++ = '\0';
	if (many)
		*many++ = '\0';
	p = find_param(name);
	if (!param_known(name) || (words && (!many || !p || p->kind != PARAM_INT)))
		return unknown(x, name);
	if (!x->out || x->hidden)
		return OK;
	strbuf_add(x->out, str_or(rules_param_text(x->db, x->r, name, x->language), ""));
	if (words)
		strbuf_addf(x->out, " %s", param_int(x->r, p) == 1 ? words : many);
	return OK;
}

/* One {...}; inside is its text without braces. */
static int expand_one(struct expansion *x, char *inside)
{
	if (!inside)
		return fail(x->db->err, E_NOMEM, "%s", _("There was no room for this text"));
	if (str_starts(inside, "if ")) {
		if (x->in_if)
			return fail_field(x->db->err, x->field, "%s", _("An {if} cannot stand inside another"));
		if (!param_known(inside + 3))
			return unknown(x, inside + 3);
		x->in_if = true;
		x->hidden = x->r && !param_set(x->r, inside + 3);
		return OK;
	}
	if (str_eq(inside, "else") || str_eq(inside, "end")) {
		if (!x->in_if)
			return fail_field(x->db->err, x->field, _("{%s} without an {if}"), inside);
		x->in_if = str_eq(inside, "else");
		x->hidden = x->in_if && !x->hidden;
		return OK;
	}
	return expand_value(x, inside);
}

static int expand(struct expansion *x, const char *text)
{
	const char *open, *close;
	int rc = OK;

	while (!rc && (open = strchr(text, '{')) != NULL) {
		if (x->out && !x->hidden)
			strbuf_addn(x->out, text, (size_t)(open - text));
		close = strchr(open, '}');
		if (!close)
			return fail_field(x->db->err, x->field, "%s", _("A { has no } after it"));
		rc = expand_one(x, arena_strndup(x->db->arena, open + 1, (size_t)(close - open - 1)));
		text = close + 1;
	}
	if (x->out && !x->hidden)
		strbuf_add(x->out, text);
	if (!rc && x->in_if)
		rc = fail_field(x->db->err, x->field, "%s", _("An {if} has no {end}"));
	return rc;
}

int rules_text_check(struct db *db, const char *field, const char *text)
{
	struct expansion x = { .db = db, .field = field };

	return expand(&x, text);
}

const char *rules_clause_text(struct db *db, const struct rules *r, const struct clause *c, const char *language)
{
	struct err unseen;
	struct db quiet = *db;
	struct strbuf b;
	struct expansion x = { .db = &quiet, .r = r, .field = "text", .language = language, .out = &b };

	strbuf_init(&b, db->arena, MAX_EXPANDED);
	err_clear(&unseen);
	quiet.err = &unseen;    /* the text was checked when it was written */
	return expand(&x, c->text) ? c->text : b.text;
}

const char *rules_text_names(struct arena *a)
{
	struct strbuf b;

	strbuf_init(&b, a, 2000);
	for (const struct rules_param *p = rules_params; p->name; p++)
		strbuf_addf(&b, p->kind == PARAM_BOOL ? "{if %s} " : "{%s} ", p->name);
	strbuf_add(&b, "{" RULES_LIMITS "}");
	return b.text;
}
