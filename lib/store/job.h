/* job.h - background work
 *
 * A job is inserted in the business transaction, claimed in a short one, done outside,
 * finished by compare-and-set on its lease.
 */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "db.h"

struct job {
	int64_t id;
	const char *kind;         /* "import-deals", ... */
	const char *input;        /* JSON */
	const char *result;       /* JSON, when done */
	const char *status;       /* waiting, running, done, failed */
	int done_units, all_units;  /* progress */
	int tries;
	int64_t person_id;
	struct when created_at, finished_at;
	const char *last_error;
};
extern const struct column job_columns[];

int job_put(struct db *db, const char *kind, const char *input, int64_t person_id, int64_t *id);
int job_claim(struct db *db, const char *kind, const char *worker, int lease_seconds, struct job *out); /* E_NOTFOUND: none due */
int job_progress(struct db *db, int64_t id, const char *worker, int done_units, int all_units); /* also extends the lease */
int job_done(struct db *db, int64_t id, const char *worker, const char *result);
int job_failed(struct db *db, int64_t id, const char *worker, const char *error);

#endif
