/* retention.h - what may go, goes
 *
 * The periods are those of the table COMMENTs in schema/.
 */
#ifndef PRM_RETENTION_H
#define PRM_RETENTION_H

#include "db.h"

struct retention {
	const char *what;       /* table */
	const char *when_;      /* in words */
	const char *count;      /* SQL: how many rows are due */
	const char *remove;     /* SQL: removes at most 1000 of them */
};
extern const struct retention retention_rules[];   /* what NULL ends */

/* Removes at most 1000 due rows of one rule. */
int retention_sweep(struct db *db, const struct retention *r, int64_t *removed);
int retention_due(struct db *db, const struct retention *r, int64_t *rows);

#endif
