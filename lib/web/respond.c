/* respond.c - the answer's head and body */
#include "respond.h"

#include <stdarg.h>

#include "route.h"

#define MAX_HEAD 8192          /* nginx: fastcgi_buffer_size 16k */

/* Our pages: nothing inline, nothing from elsewhere. */
#define CSP_OURS \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " \
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; " \
	"manifest-src 'self'"
/* What users uploaded: nothing at all. */
#define CSP_FOREIGN "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

static const char same_for_all[] =
	"X-Content-Type-Options: nosniff\r\n"
	"Referrer-Policy: same-origin\r\n"
	"Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
		"publickey-credentials-get=(self)\r\n"
	"Cross-Origin-Opener-Policy: same-origin\r\n"
	"Cross-Origin-Resource-Policy: same-origin\r\n";

static const struct { int status; const char *text; } statuses[] = {
	{ 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" },
	{ 206, "Partial Content" }, { 303, "See Other" }, { 304, "Not Modified" }, { 308, "Permanent Redirect" },
	{ 400, "Bad Request" }, { 401, "Unauthorized" },
	{ 403, "Forbidden" }, { 404, "Not Found" }, { 405, "Method Not Allowed" }, { 409, "Conflict" },
	{ 412, "Precondition Failed" }, { 413, "Content Too Large" }, { 415, "Unsupported Media Type" },
	{ 416, "Range Not Satisfiable" },
	{ 422, "Unprocessable Content" }, { 429, "Too Many Requests" }, { 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
};

const char *status_text(int status)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].status == status)
			return statuses[i].text;
	return "Status";
}

void answer_begin(struct answer *a, struct req *q)
{
	*a = (struct answer){ .status = 200 };
	strbuf_init(&a->head, q->arena, MAX_HEAD);
}

void answer_header(struct answer *a, const char *name, const char *fmt, ...)
{
	char line[2048];
	va_list ap;
	size_t n = 0;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	for (size_t i = 0; line[i]; i++)
		if ((unsigned char)line[i] >= 0x20 && line[i] != 0x7f)
			line[n++] = line[i];
	line[n] = '\0';
	strbuf_addf(&a->head, "%s: %s\r\n", name, line);
}

void answer_cookie(struct answer *a, const struct conf *c, const char *name, const char *value, int max_age)
{
	char age[32] = "";

	if (max_age > 0 || !*value)
		snprintf(age, sizeof(age), "; Max-Age=%d", *value ? max_age : 0);
	answer_header(a, "Set-Cookie", "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s", name, value, age,
		c->cookie_secure ? "; Secure" : "");
}

void answer_attachment(struct answer *a, struct arena *arena, const char *name)
{
	char *plain = arena_strdup(arena, str_or(name, "file")), *c;
	const char *encoded = str_url(arena, str_or(name, "file"));

	if (!plain || !encoded) {
		answer_header(a, "Content-Disposition", "attachment");
		return;
	}
	for (c = plain; *c; c++)
		if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e || *c == '"' || *c == '\\' || *c == '%')
			*c = '_';
	answer_header(a, "Content-Disposition", "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, encoded);
}

void answer_text(struct answer *a, const char *type, const void *body, size_t size)
{
	a->type = type;
	a->body = body;
	a->size = size;
}

/* Web servers that compress change the tag: nginx to W/"x", Apache to "x-gzip". */
size_t etag_length(const char *tag, size_t n)
{
	return n > 5 && !strncmp(tag + n - 5, "-gzip", 5) ? n - 5 : n;
}

/* "x", W/"x" or a list of them; weak comparison (RFC 9110, 13.1.2) */
static bool etag_known(const char *header, const char *etag)
{
	size_t n = strlen(etag);

	while (header && *header) {
		const char *quote = strchr(header, '"'), *end;

		if (!quote)
			return str_eq(header, "*");
		end = strchr(quote + 1, '"');
		if (!end)
			return false;
		if (etag_length(quote + 1, (size_t)(end - quote) - 1) == n && !strncmp(quote + 1, etag, n))
			return true;
		header = end + 1;
	}
	return false;
}

bool answer_etag(struct answer *a, struct req *q, const char *etag)
{
	answer_header(a, "ETag", "\"%s\"", etag);
	if (!(q->method & (GET | HEAD)) || !etag_known(q->if_none_match, etag))
		return false;
	a->status = 304;
	a->type = NULL;
	a->body = NULL;
	a->size = 0;
	return true;
}

static void cache_lines(struct answer *a)
{
	switch (a->keep) {
	case KEEP_NOT:
		strbuf_add(&a->head, "Cache-Control: no-store\r\n");
		break;
	case KEEP_LIVE:
		strbuf_add(&a->head, "Cache-Control: private, no-cache\r\nVary: Cookie\r\n");
		break;
	case KEEP_PUBLIC:
		strbuf_add(&a->head, "Cache-Control: public, max-age=300\r\nVary: Cookie, Accept-Language\r\n");
		break;
	}
}

/* What is left of the limit that counted this request, in the names of doc/openapi.json. */
static void limit_lines(struct answer *a, const struct limit *l)
{
	if (l->most)
		strbuf_addf(&a->head, "RateLimit-Limit: %d\r\nRateLimit-Remaining: %d\r\nRateLimit-Reset: %d\r\n",
			l->most, l->left, l->reset);
}

void answer_send(struct answer *a, struct req *q, const struct env *env)
{
	bool with_body = a->type && q->method != HEAD && a->status != 204 && a->status != 304;
	struct strbuf all;
	bool ok;

	if (a->sent)
		return;
	a->sent = true;
	cache_lines(a);
	limit_lines(a, &q->err->limit);
	strbuf_init(&all, q->arena, 2 * MAX_HEAD);
	strbuf_addf(&all, "Status: %d %s\r\n", a->status, status_text(a->status));
	if (a->type && a->streamed)
		strbuf_addf(&all, "Content-Type: %s\r\n", a->type);
	else if (a->type)
		strbuf_addf(&all, "Content-Type: %s\r\nContent-Length: %zu\r\n", a->type, a->size);
	else if (a->status != 304 && a->status != 204)
		strbuf_add(&all, "Content-Length: 0\r\n");
	strbuf_addf(&all, "X-Request-Id: %s\r\n", q->request_id);
	strbuf_add(&all, same_for_all);
	strbuf_addf(&all, "Content-Security-Policy: %s\r\n", a->foreign ? CSP_FOREIGN : CSP_OURS);
	if (q->conf->cookie_secure)
		strbuf_add(&all, "Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n");
	strbuf_addn(&all, a->head.text, a->head.len);
	strbuf_add(&all, "\r\n");
	/* small bodies go out in one piece with their head */
	if (with_body && a->size < MAX_HEAD / 2) {
		strbuf_addn(&all, a->body, a->size);
		with_body = false;
		a->bytes = a->size;
	}
	ok = env->write(env->from, all.text, all.len);
	if (ok && with_body && env->write(env->from, a->body, a->size))
		a->bytes = a->size;
}

bool answer_more(struct answer *a, struct req *q, const struct env *env, const void *data, size_t size)
{
	if (q->method == HEAD)
		return true;
	a->bytes += size;
	return env->write(env->from, data, size);
}
