/* deliver.c - what stands in the outbox leaves the house
 *
 * Runs every minute.  Messages are claimed in a short transaction, then handed over, then
 * finished by compare-and-set; a crash in between means one more try with the same Message-ID.
 */
#include <string.h>

#include "cron.h"
#include "log.h"
#include "mail.h"
#include "mail_body.h"
#include "outbox.h"
#include "str.h"

#define BATCH 20
#define CLAIM_SECONDS 1800     /* longer than BATCH sends at their time limit */

/* The same at every try, so that a receiver can tell repeats; unique by the row. */
static const char *message_id_of(struct cron *c, const struct outbox *o)
{
	const char *domain = strchr(c->conf->mail_from, '@');

	domain = domain ? domain + 1 : "localhost";
	return str_or(o->message_id, arena_printf(c->db->arena, "outbox.%lld.%lld@%.*s", (long long)o->id,
		(long long)(o->created_at.us / 1000000), (int)strcspn(domain, "> "), domain));
}

static int send_mail(struct cron *c, const struct outbox *o)
{
	struct mail m = { .from = c->conf->mail_from, .to = o->address, .subject = o->subject,
		.message_id = message_id_of(c, o), .at = o->created_at };
	const char *message, *signed_message;
	size_t size, signed_size;
	int rc = mail_body(c->db, c->conf, o, "txt", true, &m.text);

	if (!rc)
		rc = mail_body(c->db, c->conf, o, "html", true, &m.html);
	if (!rc)
		rc = mail_compose(c->db->arena, c->db->err, &m, &message, &size);
	if (!rc)
		rc = mail_sign(c->db->arena, c->db->err, c->conf, message, size, &signed_message, &signed_size);
	if (rc)
		return rc;
	if (str_empty(c->conf->smtp_url))
		return mail_store(c->db->arena, c->db->err,
			arena_printf(c->db->arena, "%s/mail", c->conf->files_dir), m.message_id,
			signed_message, signed_size);
	return mail_send(c->db->arena, c->db->err, c->conf, m.from, m.to, signed_message, signed_size);
}

static int deliver_one(struct cron *c, const struct outbox *o)
{
	int rc = send_mail(c, o);

	if (!rc)
		return outbox_sent(c->db, o->id, c->owner);
	LOG(LOG_TROUBLE, "mail_failed", LOG_NUM("outbox", o->id), LOG_NUM("tries", o->tries),
		LOG_TEXT("detail", c->db->err->detail));
	return outbox_failed(c->db, o->id, c->owner,
		arena_strdup(c->db->arena, c->db->err->detail), rc == E_BAD || rc == E_INVALID);
}

static int deliver(struct cron *c)
{
	struct outbox *o;
	size_t n = 1;
	int rc = OK;

	while (n && !rc) {
		rc = outbox_claim(c->db, c->owner, CLAIM_SECONDS, BATCH, &o, &n);
		for (size_t i = 0; i < n && !rc; i++) {
			rc = deliver_one(c, &o[i]);
			if (rc == E_STALE)       /* our lease ran out meanwhile: another has it */
				rc = OK;
		}
		if (!rc)
			rc = cron_next(c);
	}
	return rc;
}

CRON_PROGRAM(deliver, "deliver", deliver)
