/* mail.h - a mail is composed, signed and handed to the mail server
 *
 * Composition is GMime's (RFC 5322, 2045-2047), DKIM (RFC 6376, rsa-sha256, relaxed/relaxed)
 * libopendkim's, the SMTP conversation libcurl's.  Used by cron programs only: a page never
 * talks to the outside.
 */
#ifndef NET_MAIL_H
#define NET_MAIL_H

#include "arena.h"
#include "conf.h"
#include "err.h"
#include "when.h"

struct mail {
	const char *from;          /* "Halvard Partners <partners@halvard.example>" */
	const char *to;            /* one address */
	const char *subject;       /* no line breaks; others are refused */
	const char *text, *html;   /* both bodies; html may be NULL */
	const char *message_id;    /* without <>; the same at every try, so that a receiver can tell repeats */
	const char *list_unsubscribe; /* URL, or NULL for mails that belong to the service */
	struct when at;
};

/* The whole message with CRLF line ends, in the arena. E_INVALID on a header with a line break. */
int mail_compose(struct arena *a, struct err *e, const struct mail *m, const char **out, size_t *size);
/* Puts a DKIM-Signature in front when conf names domain, selector and key; else the message as it is. */
int mail_sign(struct arena *a, struct err *e, const struct conf *c, const char *message, size_t size,
	const char **out, size_t *out_size);
/* Hands it over. OK; E_AWAY: try again; E_BAD: the server refused it for good (5xx). err.detail has its words. */
int mail_send(struct arena *a, struct err *e, const struct conf *c, const char *from, const char *to,
	const char *message, size_t size);
/* Without smtp_url: a file in files_dir/../mail, one a message, name by message_id; fsync and rename. */
int mail_store(struct arena *a, struct err *e, const char *dir, const char *message_id,
	const char *message, size_t size);

#endif
