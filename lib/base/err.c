/* err.c - what could not be done */
#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "intl.h"
#include "str.h"

struct rc_row {
	enum rc rc;
	int status;
	const char *name, *title, *message;
};

static const struct rc_row rc_rows[] = {
	{ OK,          200, "OK",          N_("OK"), "" },
	{ E_INVALID,   422, "E_INVALID",   N_("Please check the form"),
		N_("Some fields need another look.") },
	{ E_BAD,       400, "E_BAD",       N_("Bad request"),
		N_("This request could not be read.") },
	{ E_AUTH,      401, "E_AUTH",      N_("Sign in"),
		N_("Please sign in to see this.") },
	{ E_FORBIDDEN, 403, "E_FORBIDDEN", N_("Not allowed"),
		N_("You do not have the right to do this.") },
	{ E_STEPUP,    403, "E_STEPUP",    N_("Confirm it is you"),
		N_("Please give your password again to go on.") },
	{ E_NOTFOUND,  404, "E_NOTFOUND",  N_("Not found"),
		N_("This page does not exist, or you may not see it.") },
	{ E_METHOD,    405, "E_METHOD",    N_("Method not allowed"),
		N_("This address does not take that kind of request.") },
	{ E_CONFLICT,  409, "E_CONFLICT",  N_("Not possible now"),
		N_("This cannot be done in the present state.") },
	{ E_STALE,     412, "E_STALE",     N_("Changed meanwhile"),
		N_("Somebody else changed this while you were working on it.") },
	{ E_TOOLARGE,  413, "E_TOOLARGE",  N_("Too large"),
		N_("What you sent is too large.") },
	{ E_TYPE,      415, "E_TYPE",      N_("Wrong type"),
		N_("This type of content is not taken here.") },
	{ E_LIMIT,     429, "E_LIMIT",     N_("Too many requests"),
		N_("That was too often. Please wait a little.") },
	{ E_AWAY,      503, "E_AWAY",      N_("Back in a moment"),
		N_("The portal cannot reach its database right now. Nothing you entered was lost on our side; please try again shortly.") },
	{ E_RETRY,     503, "E_RETRY",     N_("Busy"),
		N_("Several people changed the same thing at once. Please try again.") },
	{ E_UNCERTAIN, 503, "E_UNCERTAIN", N_("Not certain"),
		N_("The connection broke while saving. Please look whether your change is there before you send it again.") },
	{ E_DUPLICATE, 409, "E_DUPLICATE", N_("Already there"),
		N_("This exists already.") },
	{ E_NOMEM,     500, "E_NOMEM",     N_("Something went wrong"),
		N_("This was too much for one request.") },
	{ E_INTERNAL,  500, "E_INTERNAL",  N_("Something went wrong"),
		N_("Something went wrong on our side. It has been noted.") },
};

static const struct rc_row *find_row(enum rc rc)
{
	for (size_t i = 0; i < sizeof(rc_rows) / sizeof(rc_rows[0]); i++)
		if (rc_rows[i].rc == rc)
			return &rc_rows[i];
	return &rc_rows[sizeof(rc_rows) / sizeof(rc_rows[0]) - 1];
}

int rc_status(enum rc rc)
{
	return find_row(rc)->status;
}

const char *rc_title(enum rc rc)
{
	return _(find_row(rc)->title);
}

const char *rc_name(enum rc rc)
{
	return find_row(rc)->name;
}

/* Formats into out; text that does not fit ends at a whole UTF-8 character. */
__attribute__((format(printf, 3, 0)))
static void put_text(char *out, size_t size, const char *fmt, va_list ap)
{
	char *last;
	int n = vsnprintf(out, size, fmt, ap);

	if (n < 0)
		out[0] = '\0';
	if (n < 0 || (size_t)n < size)
		return;
	last = out + size - 1;
	while (last > out && ((unsigned char)last[-1] & 0xC0) == 0x80)
		last--;
	if (last > out && ((unsigned char)last[-1] & 0xC0) == 0xC0)
		last--;
	if (!str_utf8_valid(last, strlen(last)))
		*last = '\0';
}

void err_clear(struct err *e)
{
	e->rc = OK;
	e->message[0] = e->hint[0] = e->detail[0] = '\0';
	e->retry_after = 0;
	e->n_fields = 0;
}

static int within(int64_t n, int most)
{
	return n < 0 ? 0 : n > most ? most : (int)n;
}

void err_limit(struct err *e, int64_t most, int64_t used, int64_t reset)
{
	struct limit l = { within(most, INT32_MAX), within(most - used, INT32_MAX), within(reset, INT32_MAX) };

	if (!e->limit.most || l.left < e->limit.left || (l.left == e->limit.left && l.reset > e->limit.reset))
		e->limit = l;
}

int fail(struct err *e, enum rc rc, const char *fmt, ...)
{
	va_list ap;

	e->rc = rc;
	e->hint[0] = '\0';
	va_start(ap, fmt);
	put_text(e->message, sizeof(e->message), fmt, ap);
	va_end(ap);
	return (int)rc;
}

int fail_field(struct err *e, const char *field, const char *fmt, ...)
{
	struct field_error *f;
	va_list ap;

	if (e->rc != E_INVALID) {
		e->rc = E_INVALID;
		e->hint[0] = '\0';
		str_copy(e->message, sizeof(e->message), _(find_row(E_INVALID)->message));
	}
	if (e->n_fields == MAX_FIELD_ERRORS)
		return E_INVALID;
	f = &e->fields[e->n_fields++];
	str_copy(f->field, sizeof(f->field), field);
	va_start(ap, fmt);
	put_text(f->message, sizeof(f->message), fmt, ap);
	va_end(ap);
	return E_INVALID;
}

int fail_hint(struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_text(e->hint, sizeof(e->hint), fmt, ap);
	va_end(ap);
	return (int)e->rc;
}

int fail_detail(struct err *e, enum rc rc, const char *fmt, ...)
{
	const struct rc_row *row = find_row(rc);
	va_list ap;

	e->rc = rc;
	e->hint[0] = '\0';
	str_copy(e->message, sizeof(e->message), row->message[0] ? _(row->message) : "");
	if (rc == E_AWAY && !e->retry_after)
		e->retry_after = 5;
	va_start(ap, fmt);
	put_text(e->detail, sizeof(e->detail), fmt, ap);
	va_end(ap);
	return (int)rc;
}
