/* route_match.c - the row of a route table that serves a path */
#include "route_match.h"

#include "str.h"

#define MAX_KEY 80

struct found { int64_t id, sub_id; const char *key; size_t key_len; };

static bool key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '.' || c == '_' || c == '-';
}

static bool read_id(const char *s, size_t n, int64_t *id)
{
	int64_t v = 0;

	/* one spelling an id: no leading zero */
	if (!n || n > 18 || *s == '0')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		v = v * 10 + (s[i] - '0');
	}
	*id = v;
	return true;
}

static bool read_key(const char *s, size_t n, struct found *f)
{
	if (!n || n > MAX_KEY)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!key_char(s[i]))
			return false;
	f->key = s;
	f->key_len = n;
	return true;
}

/* One segment against its pattern: 0 no match, 1 key, 2 id, 3 the same word. */
static unsigned match_segment(const char *p, size_t p_len, const char *s, size_t s_len, struct found *f)
{
	if (p_len == 4 && !memcmp(p, "{id}", 4))
		return read_id(s, s_len, &f->id) ? 2 : 0;
	if (p_len == 5 && !memcmp(p, "{id2}", 5))
		return read_id(s, s_len, &f->sub_id) ? 2 : 0;
	if (p_len == 5 && !memcmp(p, "{key}", 5))
		return read_key(s, s_len, f) ? 1 : 0;
	return p_len == s_len && !memcmp(p, s, p_len) ? 3 : 0;
}

/* 0: no match; else the better the higher, as a number with one digit (base 4) a segment. */
static uint64_t match_path(const char *pattern, const char *path, struct found *f)
{
	uint64_t rank = 1;

	while (*pattern && *path) {
		size_t p_len, s_len;
		unsigned digit;

		if (*pattern++ != '/' || *path++ != '/')
			return 0;
		p_len = strcspn(pattern, "/");
		s_len = strcspn(path, "/");
		digit = match_segment(pattern, p_len, path, s_len, f);
		if (!digit || rank >> 60)
			return 0;
		rank = rank << 2 | digit;
		pattern += p_len;
		path += s_len;
	}
	return *pattern || *path ? 0 : rank;
}

static bool has_face(const struct route *r, enum face face)
{
	return !(r->flags & (face == FACE_JSON ? PAGE_ONLY : API_ONLY));
}

int route_match(struct arena *a, const struct program *programs, enum method method, enum face face,
	const char *path, struct route_hit *hit)
{
	enum method wanted = method == HEAD ? GET : method;
	struct found best = { 0, 0, NULL, 0 };
	uint64_t best_rank = 0;

	*hit = (struct route_hit){ NULL, NULL, 0, 0, 0, NULL };
	for (; programs->name; programs++)
		for (const struct route *r = programs->routes; r->pattern; r++) {
			struct found f = { 0, 0, NULL, 0 };
			uint64_t rank;

			if (!has_face(r, face))
				continue;
			rank = match_path(r->pattern, path, &f);
			if (!rank)
				continue;
			hit->allowed |= r->method == GET ? GET | HEAD : (unsigned)r->method;
			if (r->method != wanted || rank <= best_rank)
				continue;
			best_rank = rank;
			best = f;
			hit->route = r;
			hit->program = programs->name;
		}
	if (!hit->route)
		return hit->allowed ? E_METHOD : E_NOTFOUND;
	hit->id = best.id;
	hit->sub_id = best.sub_id;
	hit->key = best.key ? arena_strndup(a, best.key, best.key_len) : NULL;
	return best.key && !hit->key ? E_NOMEM : OK;
}

const struct route *route_page(const struct program *programs, const char *pattern)
{
	for (; programs->name; programs++)
		for (const struct route *r = programs->routes; r->pattern; r++)
			if (r->method == GET && has_face(r, FACE_HTML) && str_eq(r->pattern, pattern))
				return r;
	return NULL;
}

const char *route_path(struct arena *a, const char *pattern, int64_t id, int64_t sub_id, const char *key)
{
	struct strbuf b;

	strbuf_init(&b, a, MAX_PATH);
	while (*pattern) {
		size_t n = strcspn(pattern, "{");

		strbuf_addn(&b, pattern, n);
		pattern += n;
		if (str_starts(pattern, "{id}"))
			strbuf_addf(&b, "%lld", (long long)id);
		else if (str_starts(pattern, "{id2}"))
			strbuf_addf(&b, "%lld", (long long)sub_id);
		else if (str_starts(pattern, "{key}"))
			strbuf_add(&b, str_or(key, ""));
		if (*pattern)
			pattern += strcspn(pattern, "}") + 1;
	}
	return b.overflow ? NULL : b.text;
}

static const struct { enum method m; const char *name; } methods[] = {
	{ GET, "GET" }, { HEAD, "HEAD" }, { POST, "POST" }, { PUT, "PUT" }, { DELETE_, "DELETE" },
};

const char *method_name(enum method m)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (methods[i].m == m)
			return methods[i].name;
	return "?";
}

const char *methods_text(struct arena *a, unsigned allowed)
{
	struct strbuf b;

	strbuf_init(&b, a, 64);
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (allowed & methods[i].m)
			strbuf_addf(&b, "%s%s", b.len ? ", " : "", methods[i].name);
	return b.text;
}
