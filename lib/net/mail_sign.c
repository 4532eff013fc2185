/* mail_sign.c - DKIM (RFC 6376) by libopendkim */
#include "mail.h"

#include <stdbool.h>
#include <opendkim/dkim.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "str.h"

#define MAX_KEY 16384

/* What a signature covers; Received and the like change on the way. */
static const char *const signed_headers[] = {
	"from", "to", "subject", "date", "message-id", "mime-version", "content-type",
	"content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted", NULL
};

static char *read_key(struct arena *a, const char *path)
{
	struct stat st;
	char *text;
	size_t n;
	FILE *f = fopen(path, "re");

	if (!f)
		return NULL;
	if (fstat(fileno(f), &st) || (st.st_mode & 077) || !(text = arena_alloc(a, MAX_KEY + 1))) {
		fclose(f);
		return NULL;
	}
	n = fread(text, 1, MAX_KEY, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static void end_lib(void *lib)
{
	dkim_close(lib);
}

static void end_dkim(void *dkim)
{
	dkim_free(dkim);
}

/* Only the listed headers; libopendkim otherwise signs all it is shown. */
static DKIM_STAT feed_headers(DKIM *dkim, const char *message, const char *body)
{
	DKIM_STAT status = DKIM_STAT_OK;

	while (message < body && status == DKIM_STAT_OK) {
		const char *end = message;

		/* a header goes on while the next line starts with white space */
		do {
			end = strstr(end, "\r\n");
			if (!end)
				return DKIM_STAT_SYNTAX;
			end += 2;
		} while (end < body && (*end == ' ' || *end == '\t'));
		if (end - message > 2)
			status = dkim_header(dkim, (u_char *)(uintptr_t)message, (size_t)(end - message - 2));
		message = end;
	}
	return status;
}

static DKIM_STAT run(DKIM *dkim, const char *message, size_t size, u_char *header, size_t room)
{
	const char *body = strstr(message, "\r\n\r\n");
	DKIM_STAT status;

	if (!body)
		return DKIM_STAT_SYNTAX;
	status = dkim_signhdrs(dkim, (const char **)(uintptr_t)signed_headers);
	if (status == DKIM_STAT_OK)
		status = feed_headers(dkim, message, body + 2);
	if (status == DKIM_STAT_OK)
		status = dkim_eoh(dkim);
	body += 4;
	if (status == DKIM_STAT_OK)
		status = dkim_body(dkim, (u_char *)(uintptr_t)body, size - (size_t)(body - message));
	if (status == DKIM_STAT_OK)
		status = dkim_eom(dkim, NULL);
	if (status == DKIM_STAT_OK)
		status = dkim_getsighdr(dkim, header, room, sizeof("DKIM-Signature: ") - 1);
	return status;
}

int mail_sign(struct arena *a, struct err *e, const struct conf *c, const char *message, size_t size,
	const char **out, size_t *out_size)
{
	u_char header[4096];
	DKIM_STAT status;
	DKIM_LIB *lib;
	DKIM *dkim;
	char *key;

	*out = message;
	*out_size = size;
	if (str_empty(c->dkim_domain))
		return OK;
	key = read_key(a, c->dkim_key);
	if (!key)
		return fail_detail(e, E_AWAY, "DKIM key %s is missing or open to others", c->dkim_key);
	lib = dkim_init(NULL, NULL);
	if (!lib || arena_on_end(a, end_lib, lib))
		return fail_detail(e, E_NOMEM, "DKIM library");
	dkim = dkim_sign(lib, (const u_char *)"mail", NULL, (dkim_sigkey_t)key, (const u_char *)c->dkim_selector,
		(const u_char *)c->dkim_domain, DKIM_CANON_RELAXED, DKIM_CANON_RELAXED, DKIM_SIGN_RSASHA256,
		-1, &status);
	if (!dkim || arena_on_end(a, end_dkim, dkim))
		return fail_detail(e, E_AWAY, "DKIM: %s", dkim_getresultstr(status));
	status = run(dkim, message, size, header, sizeof(header));
	if (status != DKIM_STAT_OK)
		return fail_detail(e, E_AWAY, "DKIM: %s", dkim_getresultstr(status));
	*out = arena_printf(a, "DKIM-Signature: %s\r\n%s", (const char *)header, message);
	if (!*out)
		return fail_detail(e, E_NOMEM, "DKIM");
	*out_size = strlen(*out);
	return OK;
}
