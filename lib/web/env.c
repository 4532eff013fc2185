/* env.c - where a request comes from and its answer goes to */
#include "env.h"

#include <errno.h>
#include <fcgiapp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *env_get(const struct env *e, const char *name)
{
	const char *v = e->get(e->from, name);

	return v ? v : "";
}

/* ---- plain CGI ---- */

static const char *cgi_get(void *from, const char *name)
{
	(void)from;
	return getenv(name);
}

static long cgi_read(void *from, void *out, size_t size)
{
	ssize_t n;

	(void)from;
	do
		n = read(STDIN_FILENO, out, size);
	while (n < 0 && errno == EINTR);
	return n;
}

static bool cgi_write(void *from, const void *data, size_t size)
{
	const char *s = data;

	(void)from;
	while (size) {
		ssize_t n = write(STDOUT_FILENO, s, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s += n;
		size -= (size_t)n;
	}
	return true;
}

void env_cgi(struct env *e)
{
	*e = (struct env){ .get = cgi_get, .read = cgi_read, .write = cgi_write };
}

/* ---- FastCGI ---- */

static const char *fcgi_get(void *from, const char *name)
{
	return FCGX_GetParam(name, ((FCGX_Request *)from)->envp);
}

static long fcgi_read(void *from, void *out, size_t size)
{
	FCGX_Request *r = from;
	int n = FCGX_GetStr(out, size > 1 << 20 ? 1 << 20 : (int)size, r->in);

	return n < 0 || FCGX_GetError(r->in) ? -1 : n;
}

static bool fcgi_write(void *from, const void *data, size_t size)
{
	FCGX_Request *r = from;
	const char *s = data;

	while (size) {
		int n = size > 1 << 24 ? 1 << 24 : (int)size;

		if (FCGX_PutStr(s, n, r->out) != n)
			return false;
		s += n;
		size -= (size_t)n;
	}
	return true;
}

void env_fcgi(struct env *e, void *fcgx_request)
{
	*e = (struct env){ .from = fcgx_request, .get = fcgi_get, .read = fcgi_read, .write = fcgi_write };
}

/* ---- memory ---- */

static const char *memory_get(void *from, const char *name)
{
	const struct env_memory *m = from;
	size_t n = strlen(name);

	for (const char *const *v = m->vars; *v; v++)
		if (!strncmp(*v, name, n) && (*v)[n] == '=')
			return *v + n + 1;
	return NULL;
}

static long memory_read(void *from, void *out, size_t size)
{
	struct env_memory *m = from;

	if (size > m->size - m->at)
		size = m->size - m->at;
	if (size)
		memcpy(out, m->body + m->at, size);
	m->at += size;
	return (long)size;
}

static bool memory_write(void *from, const void *data, size_t size)
{
	struct env_memory *m = from;
	char *more = realloc(m->out, m->out_size + size + 1);

	if (!more)
		return false;
	memcpy(more + m->out_size, data, size);
	m->out = more;
	m->out_size += size;
	more[m->out_size] = '\0';
	return true;
}

void env_memory(struct env *e, struct env_memory *m)
{
	*e = (struct env){ .from = m, .get = memory_get, .read = memory_read, .write = memory_write };
}
