/* lease.h - one at a time, across servers
 *
 * A cron program takes its lease row or steps aside.  Never GET_LOCK: that is per server.
 */
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include "db.h"

/* E_CONFLICT when somebody else holds it. Taking one's own again extends it. */
int lease_take(struct db *db, const char *name, const char *owner, int seconds);
int lease_give(struct db *db, const char *name, const char *owner);

#endif
