/* parse_form.c - urlencoded text and the Cookie header */
#include "req.h"

#include "intl.h"
#include "str.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes s into out (n bytes are enough). Length, or -1 when an escape is broken. */
static long decode(const char *s, size_t n, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		int high, low;

		if (s[i] == '+') {
			out[len++] = ' ';
			continue;
		}
		if (s[i] != '%') {
			out[len++] = s[i];
			continue;
		}
		if (n - i < 3)
			return -1;
		high = hex(s[i + 1]);
		low = hex(s[i + 2]);
		if (high < 0 || low < 0)
			return -1;
		out[len++] = (char)(high << 4 | low);
		i += 2;
	}
	return (long)len;
}

static int decode_text(struct arena *a, struct err *e, const char *s, size_t n, size_t max, const char **out)
{
	char *text;
	long len;

	/* three bytes at the most make one */
	if (n > max * 3)
		return fail(e, E_TOOLARGE, _("One of the values is too long."));
	text = arena_alloc(a, n + 1);
	if (!text)
		return fail_detail(e, E_NOMEM, "form value of %zu bytes", n);
	len = decode(s, n, text);
	if (len < 0 || !str_utf8_valid(text, (size_t)len))
		return fail(e, E_BAD, _("The form could not be read."));
	if ((size_t)len > max)
		return fail(e, E_TOOLARGE, _("One of the values is too long."));
	text[len] = '\0';
	*out = text;
	return OK;
}

static int read_pair(struct arena *a, struct err *e, const char *s, size_t n, struct params *out)
{
	const char *equals = memchr(s, '=', n);
	size_t name_len = equals ? (size_t)(equals - s) : n;
	struct param p = { NULL, "" };
	int rc;

	if (!n)
		return OK;
	if (out->n == MAX_PARAMS)
		return fail(e, E_TOOLARGE, _("The form has too many fields."));
	rc = decode_text(a, e, s, name_len, MAX_NAME, &p.name);
	if (!rc && equals)
		rc = decode_text(a, e, equals + 1, n - name_len - 1, MAX_VALUE, &p.value);
	if (rc)
		return rc;
	if (!*p.name)
		return fail(e, E_BAD, _("The form could not be read."));
	out->p[out->n++] = p;
	return OK;
}

int parse_urlencoded(struct arena *a, struct err *e, const char *text, size_t size, struct params *out)
{
	out->n = 0;
	while (size) {
		const char *and = memchr(text, '&', size);
		size_t n = and ? (size_t)(and - text) : size;
		int rc = read_pair(a, e, text, n, out);

		if (rc)
			return rc;
		if (and)
			n++;
		text += n;
		size -= n;
	}
	return OK;
}

/* RFC 6265, cookie-octet */
static bool cookie_char(unsigned char c)
{
	return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

int parse_cookie(struct arena *a, const char *header, const char *name, const char **value)
{
	size_t name_len = strlen(name);
	const char *s = header;

	*value = NULL;
	if (strnlen(header, MAX_COOKIE + 1) > MAX_COOKIE)
		return E_TOOLARGE;
	while (*s) {
		const char *end;

		s += strspn(s, "; \t");
		end = s + strcspn(s, ";");
		if ((size_t)(end - s) > name_len && s[name_len] == '=' && !strncmp(s, name, name_len)) {
			s += name_len + 1;
			while (end > s && (end[-1] == ' ' || end[-1] == '\t'))
				end--;
			for (const char *c = s; c < end; c++)
				if (!cookie_char((unsigned char)*c))
					return E_BAD;
			*value = arena_strndup(a, s, (size_t)(end - s));
			return *value ? OK : E_NOMEM;
		}
		s = end;
	}
	return E_NOTFOUND;
}

const char *params_get(const struct params *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->p[i].name, name))
			return p->p[i].value;
	return NULL;
}

const char *req_query(const struct req *q, const char *name)
{
	return params_get(&q->query, name);
}

const struct upload *req_file(const struct req *q, const char *field)
{
	for (size_t i = 0; i < q->n_files; i++)
		if (str_eq(q->file_fields[i], field))
			return &q->files[i];
	return NULL;
}
