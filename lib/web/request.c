/* request.c - what the client sent, before any rule of a route is applied */
#include "request.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

#include "intl.h"
#include "respond.h"
#include "route_match.h"
#include "str.h"

#define API_PREFIX "/api/v1"

/* ---- who and from where ---- */

/* 26 characters of Crockford's base 32 as in a ULID: 48 bits of time, 80 random ones. */
static void make_request_id(char out[27])
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char raw[16];
	struct timespec ts;
	uint64_t ms, bits = 0;
	unsigned have = 2;         /* 128 bits in 26 * 5 = 130: two leading zeros */
	size_t at = 0;

	clock_gettime(CLOCK_REALTIME, &ts);
	ms = (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
	for (size_t i = 0; i < 6; i++)
		raw[i] = (unsigned char)(ms >> (40 - 8 * i));
	randombytes_buf(raw + 6, sizeof(raw) - 6);
	for (size_t i = 0; i < sizeof(raw); i++) {
		bits = bits << 8 | raw[i];
		have += 8;
		while (have >= 5) {
			have -= 5;
			out[at++] = digits[bits >> have & 31];
		}
	}
	out[at] = '\0';
}

static bool is_address(const char *s)
{
	unsigned char raw[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, s, raw) == 1 || inet_pton(AF_INET6, s, raw) == 1;
}

/* Only a proxy named in the configuration is believed, and only its own (last) entry. */
static const char *client_address(struct req *q, const struct env *env)
{
	const char *peer = env_get(env, "REMOTE_ADDR"), *last;
	char *forwarded;

	if (str_empty(q->conf->trusted_proxy) || !str_eq(peer, q->conf->trusted_proxy))
		return is_address(peer) ? peer : "";
	last = strrchr(env_get(env, "HTTP_X_FORWARDED_FOR"), ',');
	forwarded = str_trim(q->arena, last ? last + 1 : env_get(env, "HTTP_X_FORWARDED_FOR"));
	return forwarded && is_address(forwarded) ? forwarded : peer;
}

/* At most max bytes of printable text; what is no UTF-8 becomes '?'. */
static const char *clean_header(struct arena *a, const char *s, size_t max)
{
	size_t n = strnlen(s, max);
	char *out;

	while (n && n == max && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	out = arena_strndup(a, s, n);
	if (!out)
		return "";
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)out[i] < 0x20 || out[i] == 0x7f)
			out[i] = '?';
	if (!str_utf8_valid(out, n))
		for (size_t i = 0; i < n; i++)
			if ((unsigned char)out[i] >= 0x80)
				out[i] = '?';
	return out;
}

/* ---- language ---- */

static const char *offered(const struct worker *w, const char *tag, size_t n)
{
	for (size_t i = 0; i < w->n_languages; i++)
		if (strlen(w->languages[i]) == n && !strncasecmp(w->languages[i], tag, n))
			return w->languages[i];
	return NULL;
}

/* "0.8" in thousandths; 1000 without one */
static int quality(const char *s)
{
	int v = 0, unit = 100;

	s += strspn(s, " \t");
	if (!str_starts(s, ";"))
		return 1000;
	s++;
	s += strspn(s, " \t");
	if (!str_starts(s, "q="))
		return 1000;
	s += 2;
	if (*s == '1')
		return 1000;
	if (!str_starts(s, "0."))
		return 0;
	for (s += 2; *s >= '0' && *s <= '9' && unit; s++, unit /= 10)
		v += (*s - '0') * unit;
	return v;
}

/* The best of the languages there are for Accept-Language: "de-AT,de;q=0.9,en;q=0.8" */
static const char *choose_language(const struct worker *w, const char *accept)
{
	const char *best = "en";
	int best_quality = 0;

	for (int i = 0; i < 10 && *accept; i++) {
		size_t n, primary;
		const char *language;

		accept += strspn(accept, ", \t");
		n = strcspn(accept, ",; \t");
		primary = strcspn(accept, "-_,; \t");
		language = offered(w, accept, n);
		if (!language)
			language = offered(w, accept, primary);
		if (language && quality(accept + n) > best_quality) {
			best = language;
			best_quality = quality(accept + n);
		}
		accept += strcspn(accept, ",");
	}
	return best;
}

void request_begin(struct req *q, struct worker *w, const struct env *env)
{
	q->conf = w->conf;
	q->arena = w->arena;
	q->err = &q->err_;
	q->db = &q->db_;
	q->user = &q->user_;
	make_request_id(q->request_id);
	q->address = client_address(q, env);
	q->agent = clean_header(q->arena, env_get(env, "HTTP_USER_AGENT"), 200);
	q->host = clean_header(q->arena, env_get(env, "HTTP_HOST"), 255);
	q->language = choose_language(w, env_get(env, "HTTP_ACCEPT_LANGUAGE"));
	q->partial = str_eq(env_get(env, "HTTP_HX_REQUEST"), "true");
	q->user->address = q->address;
	q->user->agent = q->agent;
	q->path = "/";
	q->raw_query = "";
	intl_use(q->language);
}

/* ---- head ---- */

static enum method read_method(const char *s)
{
	static const struct { const char *name; enum method m; } methods[] = {
		{ "GET", GET }, { "HEAD", HEAD }, { "POST", POST }, { "PUT", PUT }, { "DELETE", DELETE_ },
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (str_eq(s, methods[i].name))
			return methods[i].m;
	return (enum method)0;
}

/* nginx: PATH_INFO=$uri. Apache and plain CGI: what follows the script. */
static const char *raw_path(const struct env *env)
{
	const char *path = env_get(env, "PATH_INFO");

	if (!*path)
		path = env_get(env, "DOCUMENT_URI");
	if (!*path)
		path = env_get(env, "SCRIPT_NAME");
	return *path ? path : "/";
}

/* If-Match: "12" is the version a change rests on. */
static int read_if_match(struct req *q, const char *s)
{
	size_t n;
	char *number;

	if (!*s || str_eq(s, "*"))
		return OK;
	q->if_match = true;
	if (str_starts(s, "W/"))         /* ours is strong; a compressing web server made it weak */
		s += 2;
	n = strlen(s);
	number = n > 2 && n < 24 && s[0] == '"' && s[n - 1] == '"' ? arena_strndup(q->arena, s + 1, etag_length(s + 1, n - 2)) : NULL;
	/* an ETag that is no version of ours can match nothing (RFC 9110, 13.1.1) */
	if (!number || !str_to_int(number, 1, INT64_MAX, &q->version))
		return fail_detail(q->err, E_STALE, "If-Match that is no version");
	return OK;
}

static int read_idempotency_key(struct req *q, const char *s)
{
	size_t n = strnlen(s, 256);
	bool visible = true;

	if (!n || q->face != FACE_JSON)
		return OK;
	for (size_t i = 0; i < n; i++)
		visible = visible && s[i] > 0x20 && s[i] < 0x7f;
	if (n > 255 || !visible)
		return fail(q->err, E_BAD, _("The Idempotency-Key must be 1 to 255 visible ASCII characters."));
	q->idempotency_key = s;
	return OK;
}

int request_head(struct req *q, const struct env *env)
{
	const char *path = raw_path(env);
	int rc;

	/* first, so that even an error is answered with the right face */
	if (str_starts(path, API_PREFIX) && (!path[strlen(API_PREFIX)] || path[strlen(API_PREFIX)] == '/'))
		q->face = FACE_JSON;
	q->method = read_method(env_get(env, "REQUEST_METHOD"));
	rc = parse_path(q->arena, q->err, path, &q->path);
	if (rc)
		return rc;
	if (q->face == FACE_JSON)
		q->path = *(q->path + strlen(API_PREFIX)) ? q->path + strlen(API_PREFIX) : "/";
	q->raw_query = env_get(env, "QUERY_STRING");
	if (strnlen(q->raw_query, MAX_QUERY + 1) > MAX_QUERY) {
		q->raw_query = "";
		return fail(q->err, E_TOOLARGE, _("This address is too long."));
	}
	rc = parse_urlencoded(q->arena, q->err, q->raw_query, strlen(q->raw_query), &q->query);
	if (rc)
		return rc;
	q->if_none_match = env_get(env, "HTTP_IF_NONE_MATCH");
	rc = read_if_match(q, env_get(env, "HTTP_IF_MATCH"));
	return rc ? rc : read_idempotency_key(q, env_get(env, "HTTP_IDEMPOTENCY_KEY"));
}

/* ---- body ---- */

static size_t body_cap(const struct req *q)
{
	if (q->route->flags & UPLOAD)
		return MAX_BODY;
	return q->face == FACE_JSON ? MAX_JSON_BODY : MAX_FORM_BODY;
}

/* All of the body, outside of the arena (its cap is for what is made of it). */
static int read_body(struct req *q, const struct env *env, char **body, size_t *size)
{
	const char *length = env_get(env, "CONTENT_LENGTH");
	size_t cap = body_cap(q), room;
	int64_t said = -1;
	long n = 1;

	*size = 0;
	if (*length && !str_to_int(length, 0, INT64_MAX, &said))
		return fail(q->err, E_BAD, _("This request could not be read."));
	if (said > (int64_t)cap)
		return fail(q->err, E_TOOLARGE, _("What you sent is too large: at most %zu KB go here."), cap >> 10);
	/* without a length (chunked): until the end, and one byte more tells that it is too much */
	room = said >= 0 ? (size_t)said : *env_get(env, "HTTP_TRANSFER_ENCODING") ? cap + 1 : 0;
	*body = malloc(room + 1);
	if (!*body || arena_on_end(q->arena, free, *body))
		return fail_detail(q->err, E_NOMEM, "body of %zu bytes", room);
	while (*size < room && (n = env->read(env->from, *body + *size, room - *size)) > 0)
		*size += (size_t)n;
	(*body)[*size] = '\0';
	if (n < 0 || (said >= 0 && *size < room))
		return fail(q->err, E_BAD, _("The request broke off."));
	if (*size > cap)
		return fail(q->err, E_TOOLARGE, _("What you sent is too large: at most %zu KB go here."), cap >> 10);
	return OK;
}

/* type, or type followed by parameters */
static bool is_type(const char *header, const char *type)
{
	size_t n = strlen(type);

	return !strncasecmp(header, type, n) && (!header[n] || header[n] == ';' || header[n] == ' ');
}

/* RFC 8259 knows one charset only. */
static bool is_json(const char *header)
{
	const char *s;

	if (!is_type(header, "application/json"))
		return false;
	s = header + strlen("application/json");
	s += strspn(s, "; \t");
	return !*s || !strcasecmp(s, "charset=utf-8") || !strcasecmp(s, "charset=\"utf-8\"");
}

static void end_json(void *json)
{
	json_decref(json);
}

static int parse_body(struct req *q, const char *body, size_t size)
{
	const char *type = q->content_type;

	if ((q->route->flags & UPLOAD) && is_type(type, "multipart/form-data"))
		return parse_multipart(q->arena, q->err, type, body, size, q);
	if (q->face == FACE_JSON && !size && !*type) {
		q->json = json_object();
		return q->json && !arena_on_end(q->arena, end_json, q->json) ? OK :
			fail_detail(q->err, E_NOMEM, "json");
	}
	if (q->face == FACE_JSON)
		return is_json(type) ? parse_json(q->arena, q->err, body, size, &q->json) :
			fail(q->err, E_TYPE, _("The body must be application/json."));
	if (is_type(type, "application/x-www-form-urlencoded") || (!size && !*type))
		return parse_urlencoded(q->arena, q->err, body, size, &q->form);
	/* small forms may come as multipart, too: a script's FormData does */
	if (is_type(type, "multipart/form-data"))
		return parse_multipart(q->arena, q->err, type, body, size, q);
	return fail(q->err, E_TYPE, _("This type of content is not taken here."));
}

static void hash_text(crypto_generichash_state *state, const char *s)
{
	crypto_generichash_update(state, (const unsigned char *)s, strlen(s) + 1);
}

/* Of what was said, not how: a browser makes up a new boundary each time a form is sent. */
static void hash_request(const struct req *q, const char *body, size_t size, unsigned char hash[32])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, 32);
	hash_text(&state, method_name(q->method));
	hash_text(&state, q->path);
	if (q->json)
		crypto_generichash_update(&state, (const unsigned char *)body, size);
	for (size_t i = 0; i < q->form.n; i++) {
		hash_text(&state, q->form.p[i].name);
		hash_text(&state, q->form.p[i].value);
	}
	for (size_t i = 0; i < q->n_files; i++) {
		hash_text(&state, q->file_fields[i]);
		hash_text(&state, q->files[i].name);
		crypto_generichash_update(&state, q->files[i].data, q->files[i].size);
	}
	crypto_generichash_final(&state, hash, 32);
}

int request_body(struct req *q, const struct env *env, unsigned char hash[32])
{
	const char *form_version;
	char *body = NULL;
	size_t size;
	int rc;

	q->content_type = env_get(env, "CONTENT_TYPE");
	rc = read_body(q, env, &body, &size);
	if (rc)
		return rc;
	rc = parse_body(q, body, size);
	if (rc)
		return rc;
	hash_request(q, body, size, hash);
	form_version = params_get(&q->form, "_version");
	if (form_version && !q->version && !str_to_int(form_version, 1, INT64_MAX, &q->version))
		return fail(q->err, E_BAD, _("The form could not be read."));
	return OK;
}
