/* field_read.c - a form, JSON body or query into the members of a struct
 *
 * All errors are told in one round.  What a table does not name is refused in bodies and
 * in the API; a page's query may carry more (links from mails and other sites do).
 */
#include "field_part.h"

#include <string.h>

#include "intl.h"
#include "route.h"
#include "str.h"

/* What list routes take besides their filters; view.c reads these. */
static const char *const view_names[] = { "sort", "after", "limit", "cols", "format", "q" };

const struct params *field_params(const struct req *q)
{
	return q->method == GET || q->method == HEAD ? &q->query : &q->form;
}

static bool from_json(const struct req *q)
{
	return q->json && q->method != GET && q->method != HEAD;
}

const char *const *params_all(struct arena *a, const struct params *p, const char *name, size_t *n)
{
	const char **all = arena_array(a, p->n + 1, sizeof(*all));

	*n = 0;
	for (size_t i = 0; all && i < p->n; i++)
		if (str_eq(p->p[i].name, name))
			all[(*n)++] = p->p[i].value;
	return all;
}

static bool skipped(const struct req *q, const struct field *f)
{
	return f->page_only && q->face == FACE_JSON;
}

bool field_given(const struct req *q, const char *name)
{
	if (from_json(q))
		return json_object_get(q->json, name) != NULL;
	return params_get(field_params(q), name) != NULL || req_file(q, name) != NULL;
}

/* Trimmed and NFC; passwords stay as they are. NULL when memory is out. */
static const char *regular(struct req *q, const struct field *f, const char *text)
{
	char *clean;

	if (f->type == F_PASSWORD)
		return text;
	clean = str_clean(q->arena, text, f->type == F_LONGTEXT);
	clean = clean ? text_nfc(q->arena, clean) : NULL;
	return clean ? str_trim(q->arena, clean) : NULL;
}

static int empty(struct req *q, const struct field *f)
{
	return f->required ? field_missing(q, f) : OK;
}

static int checked(struct req *q, const struct field *f, const void *member, int rc)
{
	return !rc && f->check ? f->check(q, f, member) : rc;
}

static int read_text(struct req *q, const struct field *f, const char *text, void *member)
{
	if (text)
		text = regular(q, f, text);
	if (str_empty(text))
		return empty(q, f);
	return checked(q, f, member, field_parse(q, f, text, member));
}

static int read_money(struct req *q, const struct field *f, const char *text, const char *currency,
	bool exact, void *member)
{
	text = text ? regular(q, f, text) : NULL;
	if (str_empty(text))
		return empty(q, f);
	return checked(q, f, member, field_parse_money(q, f, text, currency, exact, member));
}

static int read_many(struct req *q, const struct field *f, const char *const *all, size_t n, void *member)
{
	if (!all)
		return fail_detail(q->err, E_NOMEM, "field %s: arena is full", f->name);
	return n ? checked(q, f, member, field_parse_many(q, f, all, n, member)) : empty(q, f);
}

static int read_file(struct req *q, const struct field *f, void *member)
{
	const struct upload *u = req_file(q, f->name);
	size_t n;

	if (!u || (!u->size && str_empty(u->name)))
		return empty(q, f);
	if (!u->size)
		return fail_field(q->err, f->name, _("Choose another file: this one is empty"));
	if (u->size > (size_t)field_max(f))
		return fail_field(q->err, f->name, _("Choose a file of at most %lld MB"),
			(long long)(field_max(f) + (1 << 20) - 1) >> 20);
	n = strlen(str_or(u->type, ""));
	for (const char *s = f->accept; s; s = strchr(s, ',') ? strchr(s, ',') + 1 : NULL)
		if (n && !strncmp(s, u->type, n) && (s[n] == ',' || !s[n])) {
			if (!sniff_fits(u->type, u->name))
				return fail_field(q->err, f->name, _("Choose a file whose ending says what is in it"));
			*(struct upload *)member = *u;
			return checked(q, f, member, OK);
		}
	if (f->accept)
		return fail_field(q->err, f->name, _("Choose a file of another type; taken here: %s"),
			f->accept);
	*(struct upload *)member = *u;
	return checked(q, f, member, OK);
}

static int read_form(struct req *q, const struct field *f, void *member)
{
	const struct params *p = field_params(q);
	size_t n;
	const char *const *all;

	switch (f->type) {
	case F_MONEY:
		return read_money(q, f, params_get(p, f->name), params_get(p, field_with(f)), false, member);
	case F_CHOICES:
		all = params_all(q->arena, p, f->name, &n);
		return read_many(q, f, all, n, member);
	case F_FILE:
		return read_file(q, f, member);
	default:
		return read_text(q, f, params_get(p, f->name), member);
	}
}

static int wrong_type(struct req *q, const struct field *f, const char *wanted)
{
	return fail_field(q->err, f->name, _("Give %s as %s"), f->name, wanted);
}

static int read_array(struct req *q, const struct field *f, json_t *v, void *member)
{
	const char **all = arena_array(q->arena, json_array_size(v) + 1, sizeof(*all));
	size_t i;
	json_t *item;

	if (!json_is_array(v))
		return wrong_type(q, f, _("an array of strings"));
	json_array_foreach(v, i, item) {
		if (!json_is_string(item))
			return wrong_type(q, f, _("an array of strings"));
		if (all)
			all[i] = json_string_value(item);
	}
	return read_many(q, f, all, json_array_size(v), member);
}

/* The right JSON types are asked for: a client that sends "5" for 5 has a bug we would hide. */
static int read_json(struct req *q, const struct field *f, void *member)
{
	json_t *v = json_object_get(q->json, f->name);

	if (f->type == F_FILE)
		return read_file(q, f, member);
	if (!v || json_is_null(v))
		return empty(q, f);
	if (f->type == F_BOOL) {
		if (!json_is_boolean(v))
			return wrong_type(q, f, _("true or false"));
		*(bool *)member = json_is_true(v);
		return f->required && json_is_false(v) ? field_missing(q, f) :
			checked(q, f, member, OK);
	}
	if (f->type == F_INT) {
		if (!json_is_integer(v))
			return wrong_type(q, f, _("a whole number"));
		return checked(q, f, member, field_parse_number(q, f, json_integer_value(v), member));
	}
	if (f->type == F_CHOICES)
		return read_array(q, f, v, member);
	if (!json_is_string(v))
		return wrong_type(q, f, f->type == F_MONEY ?
			_("a string with a decimal number, such as \"1234.50\"") : _("a string"));
	if (f->type == F_MONEY)
		return read_money(q, f, json_string_value(v),
			json_string_value(json_object_get(q->json, field_with(f))), true, member);
	return read_text(q, f, json_string_value(v), member);
}

static bool known(const struct req *q, const struct field *fields, const char *name)
{
	for (const struct field *f = fields; f && f->name; f++) {
		if (skipped(q, f))
			continue;
		if (str_eq(f->name, name) || (f->type == F_MONEY && str_eq(field_with(f), name)))
			return true;
	}
	return false;
}

static bool of_view(const struct req *q, const char *name)
{
	if (!q->route || !q->route->view)
		return false;
	for (size_t i = 0; i < sizeof(view_names) / sizeof(view_names[0]); i++)
		if (str_eq(view_names[i], name))
			return true;
	return false;
}

static void refuse(struct req *q, const char *name)
{
	fail_field(q->err, name, _("Leave out %s: it is not a field of this request"), name);
}

static void check_unknown(struct req *q, const struct field *fields)
{
	const struct params *p = field_params(q);
	bool query = p == &q->query;
	const char *name;
	json_t *v;

	if (from_json(q)) {
		json_object_foreach(q->json, name, v)
			if (!known(q, fields, name))
				refuse(q, name);
		return;
	}
	if (query && q->face == FACE_HTML)
		return;
	for (size_t i = 0; i < p->n; i++) {
		name = p->p[i].name;
		if (name[0] != '_' && !known(q, fields, name) && !(query && of_view(q, name)))
			refuse(q, name);
	}
	for (size_t i = 0; !query && i < q->n_files; i++)
		if (!known(q, fields, q->file_fields[i]))
			refuse(q, q->file_fields[i]);
}

/* A date that was not given is none, not 1 January 1970. */
static void start_values(const struct field *fields, void *out)
{
	for (const struct field *f = fields; f && f->name; f++)
		if (f->type == F_DATE)
			*(struct day *)((char *)out + f->offset) = (struct day){ DAY_NONE };
}

int fields_read(struct req *q, const struct field *fields, void *out)
{
	start_values(fields, out);
	for (const struct field *f = fields; f && f->name; f++) {
		void *member = (char *)out + f->offset;
		int rc;

		if (skipped(q, f))
			continue;
		rc = from_json(q) ? read_json(q, f, member) : read_form(q, f, member);
		if (rc && rc != E_INVALID)
			return rc;
	}
	check_unknown(q, fields);
	return q->err->n_fields ? E_INVALID : OK;
}

int fields_prefill(struct req *q, const struct field *fields, void *out)
{
	struct err before = *q->err;

	start_values(fields, out);
	for (const struct field *f = fields; f && f->name; f++) {
		void *member = (char *)out + f->offset;
		int rc;

		if (!params_get(&q->query, f->name) || f->type == F_PASSWORD || f->type == F_FILE)
			continue;
		rc = read_form(q, f, member);
		if (rc && rc != E_INVALID)
			return rc;
		*q->err = before;
		if (rc)
			memset(member, 0, f->size);
		if (rc && f->type == F_DATE)
			*(struct day *)member = (struct day){ DAY_NONE };
	}
	return OK;
}
