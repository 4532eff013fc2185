/* statement.c - statements, prepared once per connection and found by their text */
#include "link.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <errmsg.h>
#include <mysqld_error.h>

#include "log.h"
#include "str.h"

#ifndef ER_NEED_REPREPARE
#define ER_NEED_REPREPARE 1615
#endif

/* FNV-1a */
static uint64_t hash_of(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h;
}

static void statement_free(struct statement *s)
{
	if (s->meta)
		mysql_free_result(s->meta);
	if (s->stmt)
		mysql_stmt_close(s->stmt);
	free(s->cells);
	free(s->binds);
	free(s->sql);
	free(s);
}

void statement_forget(struct db_link *l, struct statement *s)
{
	struct statement **at = &l->buckets[s->hash % STATEMENT_BUCKETS];

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	l->n_statements--;
	statement_free(s);
}

void statements_forget_all(struct db_link *l)
{
	for (size_t i = 0; i < STATEMENT_BUCKETS; i++)
		while (l->buckets[i])
			statement_forget(l, l->buckets[i]);
}

static void forget_oldest(struct db_link *l)
{
	struct statement *oldest = NULL;

	for (size_t i = 0; i < STATEMENT_BUCKETS; i++)
		for (struct statement *s = l->buckets[i]; s; s = s->next)
			if (!oldest || s->used < oldest->used)
				oldest = s;
	if (oldest)
		statement_forget(l, oldest);
}

static bool has_names(const struct statement *s)
{
	for (unsigned i = 0; i < s->n_columns; i++)
		if (!mysql_fetch_field_direct(s->meta, i)->name)
			return false;
	return true;
}

/* Everything about a statement but its place in the cache. */
static int prepare(struct db *db, struct statement *s, const char *sql)
{
	MYSQL *my = db->link->my;

	s->sql = strdup(sql);
	s->stmt = s->sql ? mysql_stmt_init(my) : NULL;
	if (!s->stmt)
		return fail_detail(db->err, E_NOMEM, "mysql_stmt_init");
	db->queries++;
	if (mysql_stmt_prepare(s->stmt, sql, strlen(sql)))
		return store_failed(db, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), sql);
	s->meta = mysql_stmt_result_metadata(s->stmt);
	s->n_columns = mysql_stmt_field_count(s->stmt);
	if (!s->n_columns)
		return OK;
	/* the library leaves them out when memory is out */
	if (!s->meta || !has_names(s))
		return fail_detail(db->err, E_NOMEM, "names of result columns");
	s->binds = calloc(s->n_columns, sizeof(*s->binds));
	s->cells = calloc(s->n_columns, sizeof(*s->cells));
	return s->binds && s->cells ? OK : fail_detail(db->err, E_NOMEM, "result columns");
}

struct statement *statement_get(struct db *db, const char *sql, int *rc)
{
	struct db_link *l = db->link;
	uint64_t hash = hash_of(sql);
	struct statement *s;

	for (s = l->buckets[hash % STATEMENT_BUCKETS]; s; s = s->next)
		if (s->hash == hash && !strcmp(s->sql, sql)) {
			s->used = ++l->tick;
			*rc = OK;
			return s;
		}
	if (l->n_statements >= MAX_STATEMENTS)
		forget_oldest(l);
	s = calloc(1, sizeof(*s));
	*rc = s ? prepare(db, s, sql) : fail_detail(db->err, E_NOMEM, "statement");
	if (*rc) {
		if (s)
			statement_free(s);
		return NULL;
	}
	s->hash = hash;
	s->used = ++l->tick;
	s->next = l->buckets[hash % STATEMENT_BUCKETS];
	l->buckets[hash % STATEMENT_BUCKETS] = s;
	l->n_statements++;
	return s;
}

static int mismatch(struct db *db, const struct statement *s, unsigned at, const char *expected, const char *found)
{
	LOG(LOG_ALARM, "statement_mismatch", LOG_TEXT("sql", s->sql), LOG_NUM("column", at + 1),
		LOG_TEXT("expected", expected), LOG_TEXT("found", found));
	return fail_detail(db->err, E_INTERNAL, "result column %u is %s, not %s: %.200s", at + 1, found,
		expected, s->sql);
}

int statement_check(struct db *db, struct statement *s, const struct column *cols)
{
	unsigned at = 0;
	const struct column *c;

	if (s->checked == cols)
		return OK;
	for (c = cols; c->name; c++) {
		unsigned width = c->type == COL_MONEY ? 2 : 1;

		if (at + width > s->n_columns)
			return mismatch(db, s, at, c->name, "missing");
		/* db_int() does not care what its number is called */
		if (*c->name && strcasecmp(c->name, mysql_fetch_field_direct(s->meta, at)->name))
			return mismatch(db, s, at, c->name, mysql_fetch_field_direct(s->meta, at)->name);
		at += width;
	}
	if (at != s->n_columns)
		return mismatch(db, s, at, "the end", mysql_fetch_field_direct(s->meta, at)->name);
	cells_bind(s, cols);
	if (mysql_stmt_bind_result(s->stmt, s->binds))
		return store_failed(db, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), s->sql);
	s->checked = cols;
	return OK;
}

static bool only_reads(const char *sql)
{
	sql += strspn(sql, " \t\r\n(");
	return !strncasecmp(sql, "SELECT", 6) || !strncasecmp(sql, "WITH", 4) || !strncasecmp(sql, "SHOW", 4);
}

static int execute(struct db *db, struct statement *s, const struct arg *args, size_t n)
{
	MYSQL_BIND binds[MAX_ARGS];
	struct bound rooms[MAX_ARGS];

	if (n > MAX_ARGS || n != mysql_stmt_param_count(s->stmt))
		return fail_detail(db->err, E_INTERNAL, "%zu arguments for %lu: %.200s", n,
			mysql_stmt_param_count(s->stmt), s->sql);
	if (n) {
		args_bind(args, n, binds, rooms);
		if (mysql_stmt_bind_param(s->stmt, binds))
			return store_failed(db, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), s->sql);
	}
	db->queries++;
	if (mysql_stmt_execute(s->stmt))
		return store_failed(db, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), s->sql);
	return OK;
}

static int run_once(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, struct statement **out)
{
	bool executed = false;
	int rc;

	*out = NULL;
	rc = link_ready(db);
	if (!rc)
		*out = statement_get(db, sql, &rc);
	if (!rc && cols)
		rc = statement_check(db, *out, cols);
	if (!rc && !cols && (*out)->n_columns)
		rc = fail_detail(db->err, E_INTERNAL, "a result nobody takes: %.200s", sql);
	if (!rc) {
		executed = true;
		rc = execute(db, *out, args, n);
	}
	/* 2006 is told before anything was sent; after 2013 a change may have been carried out. */
	if (rc == E_AWAY && executed && !db->link->in_transaction && !only_reads(sql) &&
	    db->link->last_error != CR_SERVER_GONE_ERROR && !db->link->my)
		rc = fail_detail(db->err, E_UNCERTAIN, "the answer was lost: %u: %.200s",
			db->link->last_error, sql);
	return rc;
}

int statement_run(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, struct statement **out)
{
	struct db_link *l = db->link;
	bool had = l->my != NULL;
	int rc;

	l->last_error = 0;
	rc = run_once(db, sql, args, n, cols, out);
	/* The server's own copy of the statement is stale or gone; it was not carried out. */
	if (rc == E_INTERNAL && *out && (l->last_error == ER_NEED_REPREPARE ||
	    l->last_error == ER_UNKNOWN_STMT_HANDLER)) {
		statement_forget(l, *out);
		rc = run_once(db, sql, args, n, cols, out);
	}
	/* All workers together hold too many; give ours back. */
	if (rc == E_INTERNAL && l->last_error == ER_MAX_PREPARED_STMT_COUNT_REACHED && l->n_statements) {
		statements_forget_all(l);
		rc = run_once(db, sql, args, n, cols, out);
	}
	/* A connection found dead is replaced once, unless something hangs on it. */
	if (rc == E_AWAY && had && !l->my && !l->in_transaction)
		rc = run_once(db, sql, args, n, cols, out);
	return rc;
}

int statement_fetch(struct db *db, struct statement *s)
{
	int rc = mysql_stmt_fetch(s->stmt);

	/* Texts are always "truncated": their cells have no room, see cells_read(). */
	if (!rc || rc == MYSQL_DATA_TRUNCATED)
		return OK;
	if (rc == MYSQL_NO_DATA)
		return E_NOTFOUND;
	return store_failed(db, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), s->sql);
}
