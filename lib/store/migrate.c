/* migrate.c - forward-only schema
 *
 * DDL cannot be rolled back, so progress is kept statement by statement: a run that
 * was killed goes on where it stopped.  While a file is unfinished its row holds the
 * checksum of the statements done, so that the rest may still be mended; once it is
 * finished, that of the whole file.
 */
#include "migrate.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <sodium.h>
#include <mysqld_error.h>

#include "lease.h"
#include "link.h"
#include "log.h"
#include "split.h"
#include "str.h"

#define MAX_MIGRATIONS 2000
#define MAX_SCHEMA_FILE ((size_t)4 << 20)
#define LEASE_NAME     "migrate"
#define LEASE_SECONDS  600
#define WAIT_SECONDS   60
#define CHECKSUM_TEXT  (2 * crypto_generichash_BYTES + 1)

static const char table_sql[] =
	"SELECT COUNT(*) FROM information_schema.tables"
	" WHERE table_schema = DATABASE() AND table_name IN ('migration', 'cron_lease')";
static const char known_sql[] =
	"SELECT checksum, statements_done, statement_begun, finished_at FROM migration WHERE number = ?";
static const char start_sql[] =
	"INSERT INTO migration (number, name, checksum, statements_done, started_at) VALUES (?, ?, ?, 0, ?)";
static const char step_sql[] =
	"UPDATE migration SET checksum = ?, statements_done = ? WHERE number = ?";
static const char begin_sql[] =
	"UPDATE migration SET statement_begun = ? WHERE number = ?";
static const char finish_sql[] =
	"UPDATE migration SET checksum = ?, name = ?, finished_at = ? WHERE number = ?";
static const char version_sql[] =
	"SELECT COALESCE(MAX(number), 0) FROM migration WHERE finished_at IS NOT NULL";

struct known { const char *checksum; int statements_done, statement_begun; struct when finished_at; };
static const struct column known_columns[] = {
	COL(known, checksum), COL(known, statements_done), COL(known, statement_begun),
	COL(known, finished_at), COL_END
};

struct migration {
	int number;
	char name[128];         /* file name */
	char *text;
	char checksum[CHECKSUM_TEXT];
};

static int number_of(const char *file)
{
	size_t n = strlen(file);
	int64_t number;
	char digits[5];

	if (n < 10 || n >= 128 || file[4] != '-' || !str_eq(file + n - 4, ".sql"))
		return 0;
	str_copy(digits, sizeof(digits), file);
	return str_to_int(digits, 1, 9999, &number) ? (int)number : 0;
}

static int is_migration(const struct dirent *d)
{
	return number_of(d->d_name) > 0;
}

int migrate_newest(const char *schema_dir)
{
	struct dirent **list;
	int n = scandir(schema_dir, &list, is_migration, alphasort), newest = 0;

	for (int i = 0; i < n; i++) {
		newest = number_of(list[i]->d_name);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return newest;
}

static int tables_there(struct db *db, bool *there)
{
	int64_t n = 0;
	int rc = db_int(db, table_sql, NO_ARGS, &n);

	*there = n == 2;
	return rc;
}

int migrate_version(struct db *db, int64_t *applied)
{
	bool there;
	int rc = tables_there(db, &there);

	*applied = 0;
	return rc || !there ? rc : db_int(db, version_sql, NO_ARGS, applied);
}

static void checksum_text(const unsigned char *hash, char out[CHECKSUM_TEXT])
{
	sodium_bin2hex(out, CHECKSUM_TEXT, hash, crypto_generichash_BYTES);
}

/* The checksum so far; the state itself goes on. */
static void checksum_so_far(const crypto_generichash_state *state, char out[CHECKSUM_TEXT])
{
	unsigned char hash[crypto_generichash_BYTES];
	crypto_generichash_state copy = *state;

	crypto_generichash_final(&copy, hash, sizeof(hash));
	checksum_text(hash, out);
}

static int read_text(struct db *db, const char *path, char **out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t len = 0;
	ssize_t n = 1;

	*out = NULL;
	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size < (off_t)MAX_SCHEMA_FILE)
		*out = arena_alloc(db->arena, (size_t)st.st_size + 1);
	while (*out && len < (size_t)st.st_size && (n = read(fd, *out + len, (size_t)st.st_size - len)) > 0)
		len += (size_t)n;
	if (fd >= 0)
		close(fd);
	if (!*out || n < 0 || memchr(*out, 0, len))
		return fail(db->err, E_INTERNAL, "cannot read %s", path);
	return OK;
}

static int load(struct db *db, const char *dir, const char *file, struct migration *m)
{
	unsigned char hash[crypto_generichash_BYTES];
	char *path = arena_printf(db->arena, "%s/%s", dir, file);
	int rc = path ? read_text(db, path, &m->text) : fail_detail(db->err, E_NOMEM, "path");

	if (rc)
		return rc;
	m->number = number_of(file);
	str_copy(m->name, sizeof(m->name), file);
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)m->text, strlen(m->text), NULL, 0);
	checksum_text(hash, m->checksum);
	return OK;
}

static int next_statement(struct db *db, const struct migration *m, const char **at, char **sql)
{
	size_t len;
	int open;
	const char *s = split_next(at, &len, &open);

	*sql = NULL;
	if (open)
		return fail(db->err, E_INTERNAL, "%s: a quote or comment never ends", m->name);
	if (s && !(*sql = arena_strndup(db->arena, s, len)))
		return fail_detail(db->err, E_NOMEM, "statement");
	return OK;
}

struct step { const struct migration *m; const char *sql, *checksum; int number; };

static int record(struct db *db, const struct step *s)
{
	return db_change_one(db, step_sql, ARGS(A(s->checksum), A(s->number), A(s->m->number)));
}

static int data_step(struct db *db, void *arg)
{
	const struct step *s = arg;
	int rc = db_exec(db, s->sql, NO_ARGS, NULL);

	return rc ? rc : record(db, s);
}

static bool changes_data(const char *sql)
{
	static const char *const verbs[] = { "INSERT", "UPDATE", "DELETE", "REPLACE" };

	for (size_t i = 0; i < 4; i++)
		if (!strncasecmp(sql, verbs[i], strlen(verbs[i])))
			return true;
	return false;
}

/* The DDL had been carried out, only its record was lost with the run that was killed. */
static bool done_before(unsigned error)
{
	return error == ER_TABLE_EXISTS_ERROR || error == ER_DUP_FIELDNAME || error == ER_DUP_KEYNAME ||
		error == ER_CANT_DROP_FIELD_OR_KEY || error == 1826 /* ER_DUP_CONSTRAINT_NAME */ ||
		error == ER_BAD_TABLE_ERROR;
}

static int begin(struct db *db, const struct step *s, int number)
{
	return db_change_one(db, begin_sql, ARGS(A(number), A(s->m->number)));
}

/* interrupted: an earlier run began this very statement and did not live to say how it ended. */
static int carry_out(struct db *db, struct step *s, bool interrupted)
{
	unsigned error;
	int rc;

	if (changes_data(s->sql))
		return db_transaction(db, data_step, s);
	rc = begin(db, s, s->number);
	if (rc)
		return rc;
	rc = db_exec(db, s->sql, NO_ARGS, NULL);
	error = db->link->last_error;
	if (rc == E_INTERNAL && interrupted && done_before(error)) {
		LOG(LOG_NOTE, "migration_resumed", LOG_TEXT("file", s->m->name), LOG_NUM("statement", s->number));
		rc = OK;
	} else if (rc == E_INTERNAL) {
		struct err first = *db->err;

		/* refused, so certainly not done */
		begin(db, s, 0);
		*db->err = first;
	}
	return rc ? rc : record(db, s);
}

/* A fresh checksum over statements. (Not in the arena: it wants an alignment of 64.) */
static void checksum_start(crypto_generichash_state *state)
{
	crypto_generichash_init(state, NULL, 0, crypto_generichash_BYTES);
}

static int apply_rest(struct db *db, const struct migration *m, const struct known *k, const char *owner)
{
	crypto_generichash_state done;
	char checksum[CHECKSUM_TEXT];
	const char *at = m->text;
	struct step s = { .m = m, .checksum = checksum };
	char *sql;
	int rc;

	checksum_start(&done);
	checksum_so_far(&done, checksum);
	while (!(rc = next_statement(db, m, &at, &sql)) && sql) {
		if (s.number == k->statements_done && !str_eq(checksum, k->checksum))
			return fail(db->err, E_INTERNAL, "%s: its first %d statements were changed after they were applied",
				m->name, k->statements_done);
		crypto_generichash_update(&done, (const unsigned char *)sql, strlen(sql) + 1);
		checksum_so_far(&done, checksum);
		if (++s.number <= k->statements_done)
			continue;
		s.sql = sql;
		rc = lease_take(db, LEASE_NAME, owner, LEASE_SECONDS);
		if (!rc)
			rc = carry_out(db, &s, s.number == k->statement_begun);
		if (rc) {
			LOG(LOG_ALARM, "migration_failed", LOG_TEXT("file", m->name), LOG_NUM("statement", s.number),
				LOG_TEXT("detail", db->err->detail));
			return rc;
		}
	}
	return rc ? rc : db_change_one(db, finish_sql, ARGS(A((const char *)m->checksum),
		A((const char *)m->name), A(when_now()), A(m->number)));
}

static int apply(struct db *db, const struct migration *m, const char *owner, bool *applied)
{
	crypto_generichash_state none;
	char empty[CHECKSUM_TEXT];
	struct known k = { 0 };
	int rc = db_row(db, known_sql, ARGS(A(m->number)), known_columns, &k);

	*applied = false;
	if (!rc && !when_none(k.finished_at)) {
		if (str_eq(k.checksum, m->checksum))
			return OK;
		return fail(db->err, E_CONFLICT, "%s was changed after it was applied; write a new file instead",
			m->name);
	}
	if (rc == E_NOTFOUND) {
		checksum_start(&none);
		checksum_so_far(&none, empty);
		k.checksum = empty;
		rc = db_exec(db, start_sql, ARGS(A(m->number), A((const char *)m->name),
			A((const char *)empty), A(when_now())), NULL);
	}
	*applied = true;
	return rc ? rc : apply_rest(db, m, &k, owner);
}

/* The first file opens with statements that do no harm when repeated: the tables of the
 * runner itself.  They are needed before anything can be recorded. */
static int bootstrap(struct db *db, const struct migration *first)
{
	const char *at = first->text;
	bool there;
	char *sql;
	int rc = tables_there(db, &there);

	while (!rc && !there && !(rc = next_statement(db, first, &at, &sql)) && sql) {
		if (strncasecmp(sql, "CREATE TABLE IF NOT EXISTS", 26) && strncasecmp(sql, "ALTER DATABASE", 14))
			break;
		rc = db_exec(db, sql, NO_ARGS, NULL);
		if (!rc)
			rc = tables_there(db, &there);
	}
	if (!rc && !there)
		rc = fail(db->err, E_INTERNAL, "%s does not begin with the tables migration and cron_lease", first->name);
	return rc;
}

static int wait_for_lease(struct db *db, const char *owner)
{
	struct timespec pause = { .tv_nsec = 200000000 };
	int rc = E_CONFLICT;

	for (int i = 0; i < WAIT_SECONDS * 5; i++) {
		rc = lease_take(db, LEASE_NAME, owner, LEASE_SECONDS);
		if (rc != E_CONFLICT)
			return rc;
		nanosleep(&pause, NULL);
	}
	return rc;
}

static int apply_all(struct db *db, const struct migration *list, size_t n, const char *owner, void (*say)(const char *line))
{
	int rc = OK;

	for (size_t i = 0; !rc && i < n; i++) {
		bool applied;

		if (i && list[i].number == list[i - 1].number)
			return fail(db->err, E_INTERNAL, "%s and %s have the same number", list[i - 1].name, list[i].name);
		rc = apply(db, &list[i], owner, &applied);
		if (!rc && applied && say)
			say(list[i].name);
	}
	return rc;
}

static int load_all(struct db *db, const char *dir, struct migration **out, size_t *count)
{
	struct dirent **list;
	int n = scandir(dir, &list, is_migration, alphasort), rc = OK;
	struct migration *all;

	if (n < 0)
		return fail(db->err, E_INTERNAL, "cannot read the folder %s", dir);
	all = n && n <= MAX_MIGRATIONS ? arena_array(db->arena, (size_t)n, sizeof(*all)) : NULL;
	if (!all)
		rc = fail(db->err, E_INTERNAL, "%s holds no migrations, or too many", dir);
	for (int i = 0; i < n; i++) {
		if (!rc)
			rc = load(db, dir, list[i]->d_name, &all[i]);
		free(list[i]);
	}
	free(list);
	*out = all;
	*count = (size_t)n;
	return rc;
}

int migrate_up(struct db *db, const char *schema_dir, void (*say)(const char *line))
{
	struct migration *list = NULL;
	char owner[128], host[64];
	size_t n = 0;
	int rc;

	if (sodium_init() < 0 || gethostname(host, sizeof(host)))
		return fail_detail(db->err, E_INTERNAL, "sodium_init or gethostname");
	host[sizeof(host) - 1] = '\0';
	snprintf(owner, sizeof(owner), "%s:%d:%08x", host, (int)getpid(), randombytes_random());
	rc = load_all(db, schema_dir, &list, &n);
	if (!rc)
		rc = bootstrap(db, &list[0]);
	if (!rc)
		rc = wait_for_lease(db, owner);
	if (rc)
		return rc;
	rc = apply_all(db, list, n, owner, say);
	if (lease_give(db, LEASE_NAME, owner) && !rc)
		rc = (int)db->err->rc;
	return rc;
}
