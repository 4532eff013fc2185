/* things.h - a table with a column of every type and two connections to it, for the tests of lib/store */
#ifndef T_THINGS_H
#define T_THINGS_H

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#undef fail     /* Check's old name for another thing */
#include "db.h"
#include "str.h"
#include "testdb.h"

static const struct conf *conf;
static struct db *db, *other;   /* two connections, as two workers */

static inline void setup(void)
{
	db = db_command(conf);
	other = db_command(conf);
	ck_assert_ptr_nonnull(db);
	ck_assert_ptr_nonnull(other);
	db_must(db, "DROP TABLE IF EXISTS thing");
	db_must(db, "CREATE TABLE thing (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, big BIGINT NULL, small INT NULL,"
		" flag BOOLEAN NULL, name VARCHAR(40) NULL, body LONGTEXT NULL, at DATETIME(6) NULL, day DATE NULL,"
		" amount DECIMAL(18,4) NULL, currency CHAR(3) NULL, raw BLOB NULL, version INT NOT NULL DEFAULT 1,"
		" UNIQUE KEY thing_name (name)) ENGINE=InnoDB CHARACTER SET utf8mb4");
}

static inline void teardown(void)
{
	db_command_end(other);
	db_command_end(db);
}

static inline void kill_connection(struct db *victim)
{
	int64_t id = db_number(victim, "SELECT CONNECTION_ID()");

	db_must(other, arena_printf(other->arena, "KILL %lld", (long long)id));
	/* the server closes it in its own time */
	while (db_int(other, "SELECT 1 FROM information_schema.processlist WHERE id = ?", ARGS(arg_int(id)), &id) == OK)
		usleep(1000);
}

struct thing {
	int64_t id, big;
	int small;
	bool flag;
	const char *name, *body;
	struct when at;
	struct day day;
	struct money amount;
	struct bytes raw;
};
static const struct column thing_columns[] = {
	COL(thing, id), COL(thing, big), COL(thing, small), COL(thing, flag), COL(thing, name), COL(thing, body),
	COL(thing, at), COL(thing, day), COL(thing, amount), COL(thing, raw), COL_END
};
#define THING "SELECT id, big, small, flag, name, body, at, day, amount, currency, raw FROM thing"

static inline TCase *add_case(Suite *s, const char *name, void (*before)(void), void (*after)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, before, after);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return t;
}

/* Runs the suite against a server of its own; build() adds the cases. */
static inline int things_run(const char *name, void (*build)(Suite *))
{
	Suite *s = suite_create(name);
	SRunner *r;
	int failed;

	conf = testdb_start();
	if (!conf)
		return EXIT_FAILURE;
	build(s);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
