/* throttle_now.h - counts that outlive a rollback
 *
 * Fixed windows in the database, so that all workers count together.  A count is written at
 * once, also inside a request whose transaction is rolled back later: then over a second
 * connection, opened when it is first needed.  lib/prm/throttle.h counts in the caller's
 * transaction and can slow down; same table.
 */
#ifndef WEB_THROTTLE_NOW_H
#define WEB_THROTTLE_NOW_H

#include "conf.h"
#include "db.h"

/* Once per process; throttle() works only after it. 0, or -1 without the key file. */
int throttle_start(const struct conf *c);
void throttle_end(void);

/* Counts one more "what" ("sign_in", "precheck") of who (address, e-mail, "p12").  Past limit
 * in a window of seconds: E_LIMIT with err.retry_after.  The database away: E_AWAY. */
int throttle(struct db *db, const char *what, const char *who, int limit, int seconds);
/* Forgets the count, after a success. */
int throttle_forget(struct db *db, const char *what, const char *who, int seconds);

#endif
