/* route_check.c - a table that cannot be right does not start; and what a table says */
#include "route_check.h"

#include "render_html.h"
#include "route_match.h"
#include "str.h"

struct checker {
	const struct program *programs, *program;
	FILE *out;
	int faults;
};

__attribute__((format(printf, 3, 4)))
static void fault(struct checker *c, const struct route *r, const char *fmt, ...)
{
	va_list ap;

	c->faults++;
	fprintf(c->out, "%s: %s %s: ", c->program->name, r->method ? method_name(r->method) : "?", r->pattern);
	va_start(ap, fmt);
	vfprintf(c->out, fmt, ap);
	va_end(ap);
	fputc('\n', c->out);
}

static bool segment_fits(const char *s, size_t n)
{
	static const char *const holders[] = { "{id}", "{id2}", "{key}" };

	if (!n)
		return false;
	for (size_t i = 0; i < 3; i++)
		if (strlen(holders[i]) == n && !strncmp(holders[i], s, n))
			return true;
	for (size_t i = 0; i < n; i++)
		if (!((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9') || strchr("-._", s[i])))
			return false;
	return true;
}

static bool pattern_fits(const char *s)
{
	if (str_eq(s, "/"))
		return true;
	while (*s) {
		size_t n;

		if (*s++ != '/')
			return false;
		n = strcspn(s, "/");
		if (!segment_fits(s, n))
			return false;
		s += n;
	}
	return true;
}

static void check_fields(struct checker *c, const struct route *r)
{
	size_t n = 0;

	if (!r->fields)
		return;
	if (!r->input_size)
		fault(c, r, "fields without the size of their struct (.input_size)");
	for (const struct field *f = r->fields; f->name; f++) {
		if (f->offset + f->size > r->input_size)
			fault(c, r, "field %s lies outside of its struct", f->name);
		if (f->type == F_FILE && !(r->flags & UPLOAD))
			fault(c, r, "a file field, but no UPLOAD");
		n++;
	}
	if (n > MAX_FIELDS)
		fault(c, r, "more than %d fields", MAX_FIELDS);
}

static void check_row(struct checker *c, const struct route *r)
{
	bool page = !(r->flags & API_ONLY);

	if (!r->method || (r->method & (r->method - 1)) || r->method == HEAD)
		fault(c, r, "not one method (HEAD comes with GET)");
	if (!pattern_fits(r->pattern))
		fault(c, r, "pattern of other things than words, {id}, {id2} and {key}");
	if (!r->handler)
		fault(c, r, "no handler");
	if (r->right <= RIGHT_NONE || r->right >= RIGHT_COUNT)
		fault(c, r, "no right; a public page says PUBLIC");
	if ((r->flags & API_ONLY) && (r->flags & PAGE_ONLY))
		fault(c, r, "neither page nor API");
	if (page && (r->method & (PUT | DELETE_)))
		fault(c, r, "a method no form can send; say API_ONLY");
	if (r->method != GET && page && r->fields && !r->redraw && !r->template_)
		fault(c, r, "fields, but no page to show them again (.redraw or a template)");
	if (r->redraw && !route_page(c->programs, r->redraw))
		fault(c, r, ".redraw %s is no GET row", r->redraw);
	if ((r->flags & CACHE) && (r->method != GET || r->right != PUBLIC))
		fault(c, r, "CACHE is for public pages");
	if ((r->flags & STEP_UP) && r->right <= SIGNED_IN && r->method == GET)
		fault(c, r, "STEP_UP without a right of its own");
	check_fields(c, r);
}

static bool share_face(const struct route *a, const struct route *b)
{
	return !((a->flags | b->flags) & PAGE_ONLY) || !((a->flags | b->flags) & API_ONLY);
}

static void check_twice(struct checker *c, const struct route *r)
{
	for (const struct program *p = c->program; p->name; p++)
		for (const struct route *s = p == c->program ? r + 1 : p->routes; s->pattern; s++)
			if (r->method == s->method && str_eq(r->pattern, s->pattern) && share_face(r, s))
				fault(c, r, "stands twice (also in %s)", p->name);
}

int routes_check(const struct program *programs, FILE *out)
{
	struct checker c = { programs, NULL, out, 0 };
	int n = 0;

	for (c.program = programs; c.program->name; c.program++)
		for (const struct route *r = c.program->routes; r->pattern; r++, n++) {
			check_row(&c, r);
			check_twice(&c, r);
		}
	if (n > MAX_ROUTES) {
		fprintf(out, "%d routes, more than %d\n", n, MAX_ROUTES);
		c.faults++;
	}
	return c.faults;
}

static const struct { unsigned flag; const char *name; } flags[] = {
	{ PAGE_ONLY, "PAGE_ONLY" }, { API_ONLY, "API_ONLY" }, { STEP_UP, "STEP_UP" }, { NO_TX, "NO_TX" },
	{ UPLOAD, "UPLOAD" }, { REPLAYABLE, "REPLAYABLE" }, { LIVE, "LIVE" }, { CACHE, "CACHE" },
};

static json_t *row_json(const struct program *p, const struct route *r)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (r->flags & flags[i].flag)
			json_array_append_new(list, json_string(flags[i].name));
	json_object_set_new(o, "program", json_string(p->name));
	json_object_set_new(o, "method", json_string(method_name(r->method)));
	json_object_set_new(o, "pattern", json_string(r->pattern));
	json_object_set_new(o, "page", json_boolean(!(r->flags & API_ONLY)));
	json_object_set_new(o, "api", json_boolean(!(r->flags & PAGE_ONLY)));
	json_object_set_new(o, "right", json_string(right_name(r->right)));
	json_object_set_new(o, "flags", list);
	if (r->title)
		json_object_set_new(o, "title", json_string(r->title));
	if (r->template_)
		json_object_set_new(o, "template", json_string(r->template_));
	if (r->redraw)
		json_object_set_new(o, "redraw", json_string(r->redraw));
	return o;
}

int routes_print(const struct program *programs, FILE *out)
{
	for (; programs->name; programs++)
		for (const struct route *r = programs->routes; r->pattern; r++) {
			json_t *o = row_json(programs, r);
			int bad = json_dumpf(o, out, JSON_COMPACT | JSON_PRESERVE_ORDER);

			json_decref(o);
			if (bad || fputc('\n', out) == EOF)
				return -1;
		}
	return 0;
}

int routes_check_templates(const struct program *programs, const struct conf *c, FILE *out)
{
	json_t *nothing = json_object();
	int faults = 0;

	for (; programs->name; programs++)
		for (const struct route *r = programs->routes; r->pattern; r++) {
			struct arena *a = r->template_ ? arena_new(MAX_ARENA) : NULL;
			struct err e = { .rc = OK };
			const char *text;
			size_t size;

			if (a && render_template(a, &e, c, r->template_, &nothing, 1, true, &text, &size)) {
				fprintf(out, "%s: %s %s: %s\n", programs->name, method_name(r->method), r->pattern, e.detail);
				faults++;
			}
			arena_free(a);
		}
	json_decref(nothing);
	return faults;
}
