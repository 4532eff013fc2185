/* field_text.c - one typed text to one value, or the words that say how to mend it */
#include "field_part.h"

#include <string.h>
#include <unicode/uchar.h>

#include "intl.h"
#include "str.h"

#define MAX_EXACT INT64_C(9007199254740991)   /* what JSON numbers carry everywhere: 2^53 - 1 */

int64_t field_max(const struct field *f)
{
	if (f->max)
		return f->max;
	switch (f->type) {
	case F_DOMAIN: return 253;
	case F_EMAIL: return 254;
	case F_COUNTRY: return 2;
	case F_ZONE: return 64;
	case F_PHONE: return 40;
	case F_INT: return MAX_EXACT;
	case F_FILE: return MAX_FILE;
	case F_MONEY: return 0;
	default: return 200;
	}
}

bool field_is_text(const struct field *f)
{
	return f->type != F_MONEY && f->type != F_DATE && f->type != F_INT && f->type != F_BOOL &&
		f->type != F_FILE;
}

const char *field_with(const struct field *f)
{
	return f->with ? f->with : "currency";
}

int field_choices(struct req *q, const struct field *f, const struct choice **out)
{
	*out = f->choices;
	return f->choices_of ? f->choices_of(q, out) : OK;
}

/* English wants an article and a small letter; other languages get the label as it is,
 * in quotation marks. "API token" and "Your name" keep their first letter or go without. */
const char *field_label(struct req *q, const struct field *f)
{
	const char *label = _(f->label ? f->label : f->name);
	char *copy;

	if (!str_eq(intl_language(), "en"))
		return arena_printf(q->arena, "\xE2\x80\x9C%s\xE2\x80\x9D", label);
	copy = arena_strdup(q->arena, label);
	if (!copy)
		return label;
	if (copy[0] >= 'A' && copy[0] <= 'Z' && !(copy[1] >= 'A' && copy[1] <= 'Z'))
		copy[0] = (char)(copy[0] + 'a' - 'A');
	if (str_starts(copy, "your ") || str_starts(copy, "the ") || str_starts(copy, "a "))
		return copy;
	return arena_printf(q->arena, "the %s", copy);
}

static const char *example_of(const struct field *f)
{
	if (f->placeholder)
		return _(f->placeholder);
	switch (f->type) {
	case F_EMAIL: return "name@acme.com";
	case F_DOMAIN: return "acme.com";
	case F_URL: return "https://acme.com/page";
	case F_PHONE: return "+49 30 123456";
	case F_MONEY: return "12500.00";
	case F_DATE: return "2027-03-14";
	default: return NULL;
	}
}

/* "What is missing", "How long it works": an article before these makes no sentence. */
static bool is_question(const struct field *f)
{
	static const char *const words[] = { "What ", "How ", "Why", "Whom ", "Whose", "Which " };

	for (size_t i = 0; f->label && i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(f->label, words[i]))
			return true;
	return false;
}

int field_missing(struct req *q, const struct field *f)
{
	const char *label = field_label(q, f), *example = example_of(f);

	if (is_question(f))
		return fail_field(q->err, f->name, "%s", f->type == F_CHOICE || f->type == F_CHOICES ?
			_("Choose an answer") : _("Write an answer"));
	switch (f->type) {
	case F_CHOICE: case F_CHOICES: case F_COUNTRY: case F_ZONE:
		return fail_field(q->err, f->name, _("Choose %s"), label);
	case F_FILE:
		return fail_field(q->err, f->name, _("Choose a file"));
	case F_BOOL:
		return fail_field(q->err, f->name, _("Tick %s to go on"), label);
	default:
		break;
	}
	if (example)
		return fail_field(q->err, f->name, _("Enter %s, for example %s"), label, example);
	return fail_field(q->err, f->name, _("Enter %s"), label);
}

static int put_text(struct req *q, const struct field *f, const char *text, void *member)
{
	if (!text)
		return fail_detail(q->err, E_NOMEM, "field %s: arena is full", f->name);
	*(const char **)member = text;
	return OK;
}

static int check_length(struct req *q, const struct field *f, const char *text)
{
	size_t n = f->type == F_PASSWORD ? strlen(text) : str_utf8_length(text);
	int64_t max = field_max(f);

	if (n > (size_t)max)
		return fail_field(q->err, f->name, _("Shorten %s to %lld characters; it has %zu"),
			field_label(q, f), (long long)max, n);
	if (f->min > 0 && n < (size_t)f->min)
		return fail_field(q->err, f->name, _("Use at least %lld characters for %s"),
			(long long)f->min, field_label(q, f));
	return OK;
}

static int parse_host(struct req *q, const struct field *f, const char *text, void *member)
{
	const char *host = text_host(q->arena, text);

	if (!host)
		return field_missing(q, f);
	return put_text(q, f, host, member);
}

static int parse_email(struct req *q, const struct field *f, const char *text, void *member)
{
	const char *mail = text_email(q->arena, text);

	if (!mail)
		return field_missing(q, f);
	return put_text(q, f, mail, member);
}

static int parse_url(struct req *q, const struct field *f, const char *text, void *member)
{
	const char *url = text_url(q->arena, text);

	if (!url)
		return field_missing(q, f);
	return check_length(q, f, url) ? E_INVALID : put_text(q, f, url, member);
}

static int parse_phone(struct req *q, const struct field *f, const char *text, void *member)
{
	size_t digits = 0;

	for (const char *s = text; *s; s++) {
		digits += *s >= '0' && *s <= '9';
		if (!(*s >= '0' && *s <= '9') && !strchr("+-()./ ", *s))
			digits = 100;
	}
	if (digits < 5 || digits > 20)
		return field_missing(q, f);
	return put_text(q, f, text, member);
}

static int parse_code(struct req *q, const struct field *f, const char *text, void *member)
{
	for (const char *s = text; *s; s++)
		if (!(*s >= '0' && *s <= '9') && !(*s >= 'a' && *s <= 'z') && !(*s >= 'A' && *s <= 'Z') &&
		    !strchr("._-", *s))
			return fail_field(q->err, f->name,
				_("Use only letters without accents, digits, dots, hyphens and underscores for %s"),
				field_label(q, f));
	return put_text(q, f, text, member);
}

/* 14.3.2027 as well as ISO: what browsers without a date picker let people type. */
static bool day_from_input(struct arena *a, const char *text, struct day *out)
{
	const char *dot = strchr(text, '.'), *second = dot ? strchr(dot + 1, '.') : NULL;
	char *d, *m;
	int64_t day, month, year;

	if (day_from_iso(text, out))
		return true;
	if (!second)
		return false;
	d = arena_strndup(a, text, (size_t)(dot - text));
	m = arena_strndup(a, dot + 1, (size_t)(second - dot - 1));
	if (!d || !m || !str_to_int(d, 1, 31, &day) || !str_to_int(m, 1, 12, &month) ||
	    !str_to_int(second + 1, 1900, 2200, &year))
		return false;
	d = arena_printf(a, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
	return d && day_from_iso(d, out);
}

static int parse_date(struct req *q, const struct field *f, const char *text, void *member)
{
	bool ok = q->face == FACE_JSON ? day_from_iso(text, member) : day_from_input(q->arena, text, member);

	if (ok)
		return OK;
	*(struct day *)member = (struct day){ DAY_NONE };
	return fail_field(q->err, f->name, _("Enter %s as year, month, day, such as 2027-03-14"),
		field_label(q, f));
}

int field_parse_number(struct req *q, const struct field *f, int64_t v, void *member)
{
	int64_t max = field_max(f);

	if (v < f->min || v > max) {
		if (!f->max)
			return fail_field(q->err, f->name, _("Enter %lld or more for %s"),
				(long long)f->min, field_label(q, f));
		return fail_field(q->err, f->name, _("Enter a number from %lld to %lld for %s"),
			(long long)f->min, (long long)max, field_label(q, f));
	}
	*(int64_t *)member = v;
	return OK;
}

static int parse_int(struct req *q, const struct field *f, const char *text, void *member)
{
	int64_t v;

	if (!str_to_int(text, -MAX_EXACT, MAX_EXACT, &v))
		return fail_field(q->err, f->name, _("Enter a whole number in digits for %s"),
			field_label(q, f));
	return field_parse_number(q, f, v, member);
}

static int parse_bool(struct req *q, const struct field *f, const char *text, void *member)
{
	bool yes = str_eq(text, "1") || str_eq(text, "on") || str_eq(text, "true");

	if (!yes && !str_eq(text, "0") && !str_eq(text, "off") && !str_eq(text, "false"))
		return fail_field(q->err, f->name, _("Say yes (1) or no (0) for %s"), field_label(q, f));
	*(bool *)member = yes;
	return yes || !f->required ? OK : field_missing(q, f);
}

static int not_listed(struct req *q, const struct field *f)
{
	return fail_field(q->err, f->name, _("Choose %s from the list"), field_label(q, f));
}

static int parse_choice(struct req *q, const struct field *f, const char *text, void *member)
{
	const struct choice *set;
	int rc = field_choices(q, f, &set);

	if (rc)
		return rc;
	if (!set || !choice_find(set, text))
		return not_listed(q, f);
	return put_text(q, f, text, member);
}

static int parse_country(struct req *q, const struct field *f, const char *text, void *member)
{
	char code[3] = "";

	for (int i = 0; i < 2 && text[i]; i++)
		code[i] = (char)u_toupper(text[i] > 0 ? text[i] : 0);
	if (strlen(text) != 2 || !country_name(code, q->language))
		return not_listed(q, f);
	return put_text(q, f, arena_strdup(q->arena, code), member);
}

static int parse_zone(struct req *q, const struct field *f, const char *text, void *member)
{
	return zone_known(text) ? put_text(q, f, text, member) : not_listed(q, f);
}

int field_parse(struct req *q, const struct field *f, const char *text, void *member)
{
	switch (f->type) {
	case F_BOOL: return parse_bool(q, f, text, member);
	case F_INT: return parse_int(q, f, text, member);
	case F_DATE: return parse_date(q, f, text, member);
	case F_CHOICE: return parse_choice(q, f, text, member);
	case F_CHOICES: return field_parse_many(q, f, &text, 1, member);
	case F_COUNTRY: return parse_country(q, f, text, member);
	case F_ZONE: return parse_zone(q, f, text, member);
	case F_DOMAIN: return parse_host(q, f, text, member);
	default: break;
	}
	if (check_length(q, f, text))
		return E_INVALID;
	switch (f->type) {
	case F_EMAIL: return parse_email(q, f, text, member);
	case F_URL: return parse_url(q, f, text, member);
	case F_PHONE: return parse_phone(q, f, text, member);
	case F_CODE: return parse_code(q, f, text, member);
	default: return put_text(q, f, text, member);
	}
}

static int money_bounds(struct req *q, const struct field *f, const struct money *m)
{
	int64_t scale = 1;

	for (int i = currency_digits(m->currency); i > 0; i--)
		scale *= 10;
	if (m->minor < 0 && f->min >= 0)
		return fail_field(q->err, f->name, _("Enter %s without a minus sign"), field_label(q, f));
	if (m->minor < f->min * scale)
		return fail_field(q->err, f->name, _("Enter at least %lld %s for %s"),
			(long long)f->min, m->currency, field_label(q, f));
	if (f->max && m->minor > f->max * scale)
		return fail_field(q->err, f->name, _("Enter at most %lld %s for %s"),
			(long long)f->max, m->currency, field_label(q, f));
	return OK;
}

int field_parse_money(struct req *q, const struct field *f, const char *text, const char *currency,
	bool exact, void *member)
{
	struct money m = { 0, "" };
	bool ok;

	if (str_empty(currency))
		return fail_field(q->err, field_with(f), _("Choose the currency of %s"), field_label(q, f));
	if (!currency_known(currency))
		return fail_field(q->err, field_with(f),
			_("Choose a currency by its three letters, such as EUR"));
	ok = exact ? money_from_decimal(text, currency, &m) : money_from_input(text, currency, &m);
	if (!ok)
		return fail_field(q->err, f->name, currency_digits(currency) ?
			_("Enter %s in digits, such as 12500.00") :
			_("Enter %s in whole numbers, such as 12500"), field_label(q, f));
	if (money_bounds(q, f, &m))
		return E_INVALID;
	*(struct money *)member = m;
	return OK;
}

static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = list; *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") == n && !strncmp(s, word, n))
			return true;
	return false;
}

/* "a,b" and "a" "b" say the same. */
int field_parse_many(struct req *q, const struct field *f, const char *const *values, size_t n,
	void *member)
{
	const struct choice *set;
	struct strbuf out;
	int rc = field_choices(q, f, &set);

	if (rc)
		return rc;
	strbuf_init(&out, q->arena, MAX_VALUE);
	for (size_t i = 0; i < n; i++) {
		for (const char *s = values[i]; *s; s += strcspn(s, ","), s += *s == ',') {
			char *word = str_trim(q->arena, arena_strndup(q->arena, s, strcspn(s, ",")));

			if (str_empty(word) || has_word(out.text, word))
				continue;
			if (!set || !choice_find(set, word))
				return not_listed(q, f);
			strbuf_addf(&out, "%s%s", out.len ? "," : "", word);
		}
	}
	if (out.overflow)
		return put_text(q, f, NULL, member);
	if (!out.len && f->required)
		return field_missing(q, f);
	if (out.len)
		*(const char **)member = out.text;
	return OK;
}
