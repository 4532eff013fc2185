/* outbox.h - what must leave the house
 *
 * A message is put here in the transaction of its cause and handed over later by
 * cron/deliver: at least once, with back-off, an idempotency key and a dead-letter state.
 * Nothing is sent from inside a request.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "db.h"

struct outbox {
	int64_t id;
	const char *channel;      /* "mail", later "webhook", ... */
	const char *address;      /* e-mail address or endpoint */
	const char *subject;      /* of a mail; else a short name */
	const char *template_;    /* template folder of a mail: "deal-approved"; column is "template" */
	const char *body;         /* JSON document the template is filled from */
	const char *dedup_key;    /* unique; a second put with the same key is OK and does nothing */
	const char *status;       /* waiting, sending, sent, dead */
	int tries;
	struct when created_at, next_try_at, sent_at;
	const char *last_error;
	const char *message_id;
};
extern const struct column outbox_columns[];

/* Inside the caller's transaction. */
int outbox_put(struct db *db, const struct outbox *o);
/* Claims up to max due messages for lease_seconds (FOR UPDATE SKIP LOCKED, then COMMIT). */
int outbox_claim(struct db *db, const char *worker, int lease_seconds, size_t max,
	struct outbox **out, size_t *count);
/* Finishes by compare-and-set on the lease. sent, or the next try by back-off
 * (0, 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h + jitter), then dead. */
int outbox_sent(struct db *db, int64_t id, const char *worker);
int outbox_failed(struct db *db, int64_t id, const char *worker, const char *error, bool forever);
/* By a person: tried again now. */
int outbox_retry(struct db *db, int64_t id);

#endif
