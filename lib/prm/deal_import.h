/* deal_import.h - many registrations out of one CSV file
 *
 * Each line is registered like any other: same engine, same keys, one decision.  A line's
 * key (external_key, else file and line) makes a repeated import do nothing twice.
 *
 * Columns, by their names in the first row: customer (or company), domain, country,
 * product_family (or product; code or name), amount (or est_value), currency (else the
 * programme's), closes_on (else 90 days ahead), notes, contact_name, contact_email,
 * external_key (or reg_id).  Others are left alone.
 */
#ifndef PRM_DEAL_IMPORT_H
#define PRM_DEAL_IMPORT_H

#include "deal.h"

#define IMPORT_AT_ONCE 500     /* lines done inside a request; more become a job */
#define IMPORT_CHUNK   100     /* lines a transaction: at most 1,000 rows */
#define IMPORT_SHOWN   200     /* lines told on the page; all of them are in the report file */

struct import_options {
	bool dry_run;
	const char *name;              /* of the file, for the mail at the end */
	const char *partner_column;    /* tool: the firm of each line, by its external key, made when missing */
	const char *truth_column;      /* tool: equal values mean the same customer and product: counts are compared */
	bool create_families;          /* tool: unknown products become families */
	/* told after each chunk; non-zero stops the import with that code */
	int (*progress)(void *arg, size_t done, size_t all);
	void *progress_arg;
};

struct import_line {
	int64_t line;                  /* of the file, from 1 */
	const char *customer, *external_key;
	const char *outcome;           /* "approved", "review", "duplicate", "refused" */
	const char *clause, *reason;
	const char *number;            /* of the registration; NULL in a dry run */
	bool known;                    /* imported before: nothing was done now */
};
extern const struct column import_line_columns[];
extern const struct choice import_outcome_choices[];

struct import_counts {
	int64_t lines, approved, review, duplicate, refused, known;
	/* with a truth column */
	int64_t true_conflicts, caught, flagged, wrong;
};
extern const struct column import_counts_columns[];

struct import_result {
	struct import_counts counts;
	struct import_line *shown;     /* what needs a look: not approved, the first IMPORT_SHOWN */
	size_t n_shown;
	const char *report;            /* every line as CSV */
	size_t report_size;
};

/* Registers (or with dry_run only judges) every line as u's firm. Runs its own transactions.
 * E_BAD when the file cannot be read, with the line; a line that cannot be registered is no error. */
int deal_import(struct db *db, const struct user *u, const void *data, size_t size,
	const struct import_options *o, struct import_result *out);
/* Lines of the file without its header; E_BAD, E_TOOLARGE. */
int deal_import_count(struct db *db, const void *data, size_t size, size_t *lines);

/* ---- as background work ---- */
#define IMPORT_JOB "import-deals"
/* Keeps the file and puts the job; *job_id is what the page shows. mode: check first, or import. */
int deal_import_put(struct db *db, const struct conf *c, const struct user *u, const char *name,
	const void *data, size_t size, bool dry_run, int64_t *job_id);
/* The same file again, now for good. E_NOTFOUND when it is not u's firm's. */
int deal_import_again(struct db *db, const struct user *u, int64_t job_id, int64_t *new_id);
/* As much of the waiting work as a request may do: one small file, if there is one. */
int deal_import_work_small(struct db *db, const struct conf *c, const char *worker);
/* One waiting job; E_NOTFOUND when there is none. worker: host and process. */
int deal_import_work(struct db *db, const struct conf *c, const char *worker);

struct import_job {
	int64_t id, partner_id;
	const char *name, *status;     /* waiting, running, done, failed */
	bool dry_run;
	int done_units, all_units;
	const char *last_error, *result;       /* JSON: counts, lines */
	const char *report;            /* place below files_dir; NULL before the end */
	struct when created_at, finished_at;
};
extern const struct column import_job_columns[];
/* What the job found, out of its result. */
int deal_import_result(struct db *db, const struct import_job *job, struct import_counts *counts,
	struct import_line **lines, size_t *n);
int deal_import_get(struct db *db, const struct user *u, int64_t job_id, struct import_job *out);

/* prm import-deals FILE --as EMAIL [--dry-run] [--partner-column NAME] [--create-families]
 *                  [--truth NAME] [--report FILE]: argv begins behind the command's name. Exit status. */
int deal_import_command(struct db *db, int argc, char **argv);

#endif
