/* testdb.h - a MariaDB of one's own for a test program
 *
 * Starts a server under a temporary folder and creates an empty database in it; with
 * $PRM_TEST_SOCKET (and $PRM_TEST_USER, else root) the server there is used, in a
 * database of our own.  Everything is gone after testdb_stop().
 */
#ifndef UNIT_TESTDB_H
#define UNIT_TESTDB_H

#include "conf.h"
#include "db.h"

/* NULL after a line on stderr. Call before srunner_run_all(): its children share the server. */
const struct conf *testdb_start(void);
void testdb_stop(void);

/* A statement that must go well; the number of a query that must have one. */
void db_must(struct db *d, const char *sql);
int64_t db_number(struct db *d, const char *sql);

#endif
