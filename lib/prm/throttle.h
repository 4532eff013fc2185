/* throttle.h - counters against guessing and flooding
 *
 * A counter is named by what is done and by whom ("sign-in-address", "198.51.100.7").  Call
 * outside a transaction, so that a count outlives the request's rollback; inside one it is
 * rolled back with it.  Nothing here locks an account: waiting ends by itself.
 */
#ifndef PRM_THROTTLE_H
#define PRM_THROTTLE_H

#include "db.h"

/* Counts one; E_LIMIT with err.retry_after once there were more than limit in the window of seconds. */
int throttle_hit(struct db *db, const char *what, const char *who, int limit, int seconds);
/* As throttle_hit(), but past `free` each further one must come 2, 4, 8, ... seconds (at most
 * `seconds`) after the one before; those that come sooner are refused and not counted.
 * Of two at the same moment only one gets through (compare-and-set). */
int throttle_slow(struct db *db, const char *what, const char *who, int free_hits, int seconds);
/* Takes one back (it was no guess after all); forgets the counter. */
int throttle_forgive(struct db *db, const char *what, const char *who);
int throttle_clear(struct db *db, const char *what, const char *who);

#endif
