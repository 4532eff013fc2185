/* system.h - what an administrator looks at: mails, jobs, the audit log, health */
#ifndef PRM_SYSTEM_H
#define PRM_SYSTEM_H

#include "event.h"
#include "job.h"
#include "list.h"
#include "outbox.h"

/* ---- audit log ---- */
struct event_filter {
	const char *q;            /* actor or words, contains */
	const char *noun, *what;  /* exact */
	int64_t noun_id;
	struct day from, to;      /* UTC days, both included; none: open */
};
extern const struct list_order event_orders[];
int event_list(struct db *db, const struct event_filter *f, const struct page *p,
	struct event **out, size_t *count, const char **next);

/* ---- outbox ---- */
struct outbox_filter { const char *q, *status; };
extern const struct list_order outbox_orders[];
extern const struct choice outbox_status_choices[];
int outbox_list(struct db *db, const struct outbox_filter *f, const struct page *p,
	struct outbox **out, size_t *count, const char **next, int64_t *total);
int outbox_get(struct db *db, int64_t id, struct outbox *out);

/* ---- jobs ---- */
struct job_filter { const char *status; };
extern const struct list_order job_orders[];
extern const struct choice job_status_choices[];
int job_list(struct db *db, const struct job_filter *f, const struct page *p,
	struct job **out, size_t *count, const char **next, int64_t *total);

/* ---- health ---- */
struct duty {                 /* a timed duty and when it last ran */
	const char *name, *owner;
	struct when last;
};
struct health {
	int64_t schema_version;
	const char *database;     /* server version */
	int64_t mails_waiting, mails_dead, jobs_waiting, jobs_failed, sessions, events;
	struct when oldest_mail;
	int64_t free_mb;          /* of the folder that holds uploads */
	bool durable;             /* innodb_flush_log_at_trx_commit = 1 */
};
extern const struct column health_columns[], duty_columns[];
int health_get(struct db *db, const struct conf *c, struct health *out);
int duty_list(struct db *db, struct duty **out, size_t *count);

#endif
