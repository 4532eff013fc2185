/* rows.c - statements, as lib/prm calls them */
#include "link.h"

#include <string.h>

#include "log.h"

int db_exec(struct db *db, const char *sql, const struct arg *args, size_t n, struct db_done *done)
{
	struct statement *s;
	int rc = statement_run(db, sql, args, n, NULL, &s);

	if (!rc && done) {
		done->affected = (int64_t)mysql_stmt_affected_rows(s->stmt);
		done->id = (int64_t)mysql_stmt_insert_id(s->stmt);
	}
	return rc;
}

int db_change_one(struct db *db, const char *sql, const struct arg *args, size_t n)
{
	struct db_done done;
	int rc = db_exec(db, sql, args, n, &done);

	if (!rc && done.affected != 1)
		return fail_detail(db->err, done.affected ? E_INTERNAL : E_STALE, "%lld rows, not one: %.200s",
			(long long)done.affected, sql);
	return rc;
}

/* Ends the result of s and keeps the first thing that went wrong. */
static int finish(struct db *db, struct statement *s, int rc)
{
	/* After a lost connection the statement is gone with it. */
	if (db->link->my)
		mysql_stmt_free_result(s->stmt);
	return rc;
}

int db_row(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, void *out)
{
	struct statement *s;
	int rc = statement_run(db, sql, args, n, cols, &s);

	if (rc)
		return rc;
	rc = statement_fetch(db, s);
	if (rc == E_NOTFOUND)
		return finish(db, s, fail_detail(db->err, E_NOTFOUND, "no row: %.200s", sql));
	if (!rc)
		rc = cells_read(db, s, cols, db->arena, out);
	if (!rc) {
		rc = statement_fetch(db, s);
		if (!rc)
			rc = fail_detail(db->err, E_INTERNAL, "more than one row: %.200s", sql);
		else if (rc == E_NOTFOUND)
			rc = OK;
	}
	return finish(db, s, rc);
}

int db_int(struct db *db, const char *sql, const struct arg *args, size_t n, int64_t *out)
{
	static const struct column number[] = { { .name = "", .type = COL_INT, .size = sizeof(int64_t) }, COL_END };

	return db_row(db, sql, args, n, number, out);
}

struct rows { char *at; size_t row_size, count, room, max; };

/* Room for one more row; NULL past the arena's cap. */
static void *next_row(struct rows *r, struct arena *a)
{
	if (r->count == r->room) {
		size_t room = r->room ? r->room * 2 : 32;
		char *at;

		if (room > r->max)
			room = r->max;
		at = arena_array(a, room, r->row_size);
		if (!at)
			return NULL;
		if (r->count)
			memcpy(at, r->at, r->count * r->row_size);
		r->at = at;
		r->room = room;
	}
	return r->at + r->count * r->row_size;
}

int db_rows(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, size_t row_size, size_t max, void *out_array, size_t *count)
{
	struct rows r = { NULL, row_size, 0, 0, max };
	struct statement *s;
	int rc;

	*count = 0;
	*(void **)out_array = NULL;
	rc = statement_run(db, sql, args, n, cols, &s);
	if (rc)
		return rc;
	while (r.count < max && !(rc = statement_fetch(db, s))) {
		void *row = next_row(&r, db->arena);

		rc = row ? cells_read(db, s, cols, db->arena, row)
			 : fail_detail(db->err, E_NOMEM, "%zu rows: %.200s", r.count, sql);
		if (rc)
			break;
		r.count++;
	}
	if (rc == E_NOTFOUND)
		rc = OK;
	rc = finish(db, s, rc);
	if (!rc) {
		*(void **)out_array = r.at;
		*count = r.count;
	}
	return rc;
}

/* One row after the other through the same buffer. */
static int each(struct db *db, struct statement *s, const struct column *cols, struct arena *a, void *buffer,
	size_t row_size, int (*row)(void *row, void *arg), void *arg)
{
	int rc;

	while (!(rc = statement_fetch(db, s))) {
		arena_reset(a);
		memset(buffer, 0, row_size);
		rc = cells_read(db, s, cols, a, buffer);
		if (!rc)
			rc = row(buffer, arg);
		/* row() may answer E_NOTFOUND, too */
		if (rc)
			return rc;
	}
	return rc == E_NOTFOUND ? OK : rc;
}

int db_each(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, size_t row_size, int (*row)(void *row, void *arg), void *arg)
{
	void *buffer = arena_alloc(db->arena, row_size);
	struct arena *a = buffer ? arena_new(MAX_ARENA) : NULL;
	struct statement *s;
	int rc;

	if (!a)
		return fail_detail(db->err, E_NOMEM, "db_each");
	rc = statement_run(db, sql, args, n, cols, &s);
	if (!rc) {
		db->link->streaming = true;
		rc = each(db, s, cols, a, buffer, row_size, row, arg);
		db->link->streaming = false;
		rc = finish(db, s, rc);
	}
	arena_free(a);
	return rc;
}

int db_check(struct db *db, const char *sql, const struct column *cols)
{
	struct statement *s;
	int rc = link_ready(db);

	if (!rc) {
		s = statement_get(db, sql, &rc);
		if (!rc && cols)
			rc = statement_check(db, s, cols);
		if (!rc)
			return 0;
	}
	LOG(LOG_ALARM, "statement_refused", LOG_TEXT("sql", sql), LOG_TEXT("detail", db->err->detail));
	return -1;
}
