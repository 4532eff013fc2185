/* err.h - what could not be done
 *
 * A closed set of return codes and one error value per request.  The message
 * is for the person in front of the page: a sentence without jargon.  The
 * detail is for the log only.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>
#include <stdint.h>
#include "limits.h"

enum rc {
	OK = 0,
	E_INVALID,      /* 422 a field is wrong; see err.fields */
	E_BAD,          /* 400 the request itself cannot be read */
	E_AUTH,         /* 401 nobody is signed in */
	E_FORBIDDEN,    /* 403 signed in, but without the right */
	E_STEPUP,       /* 403 the password must be given again */
	E_NOTFOUND,     /* 404 does not exist, or not for this user */
	E_METHOD,       /* 405 */
	E_CONFLICT,     /* 409 the state does not allow it */
	E_STALE,        /* 412 it was changed meanwhile */
	E_TOOLARGE,     /* 413 */
	E_TYPE,         /* 415 */
	E_LIMIT,        /* 429 too often; err.retry_after says when */
	E_AWAY,         /* 503 the database is away */
	E_RETRY,        /* the transaction must be run again (1213, 1205, 1020) */
	E_UNCERTAIN,    /* a COMMIT whose answer was lost */
	E_DUPLICATE,    /* a unique key refused the row (1062) */
	E_NOMEM,        /* 500 past a cap */
	E_INTERNAL      /* 500 */
};

struct field_error {
	char field[64];
	char message[200];
};

/* How much of a limit is left; none while most is 0. */
struct limit {
	int most, left;      /* calls in the window */
	int reset;           /* seconds until it starts anew */
};

struct err {
	enum rc rc;
	char message[300];   /* public: what could not be done, and why */
	char hint[200];      /* public: what to do about it; may be empty */
	char detail[500];    /* private: for the log */
	int retry_after;     /* seconds, with E_LIMIT and E_AWAY */
	size_t n_fields;
	struct field_error fields[MAX_FIELD_ERRORS];
	struct limit limit;  /* the narrowest that counted this request; err_clear() keeps it */
};

void err_clear(struct err *e);
/* Sets code and public message, returns rc: "return fail(db->err, E_CONFLICT, ...)". */
int fail(struct err *e, enum rc rc, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Adds one field's error, sets E_INVALID, returns it. */
int fail_field(struct err *e, const char *field, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Sets the hint of the error that stands; returns its rc. */
int fail_hint(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Sets the private detail; returns rc. The public message becomes the code's own. */
int fail_detail(struct err *e, enum rc rc, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Notes a limit that counted the request; the narrowest is told with the answer (RateLimit-*). */
void err_limit(struct err *e, int64_t most, int64_t used, int64_t reset);
/* HTTP status of a code; its short public title. */
int rc_status(enum rc rc);
const char *rc_title(enum rc rc);
const char *rc_name(enum rc rc);     /* "E_STALE", for logs */

#endif
