/* migrate.h - forward-only schema
 *
 * schema/NNNN-name.sql are applied in order, each once, under a lease row; their
 * BLAKE2b checksums are kept in table migration, and a file changed after it was
 * applied is refused.  Statements end with ";" at a line's end.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "db.h"

/* Applies what is missing. say() gets one line a file; may be NULL. */
int migrate_up(struct db *db, const char *schema_dir, void (*say)(const char *line));
/* Number of the newest file applied, 0 for none; and of the newest file present. */
int migrate_version(struct db *db, int64_t *applied);
int migrate_newest(const char *schema_dir);

#endif
