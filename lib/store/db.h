/* db.h - MariaDB: one connection, prepared statements, rows, transactions
 *
 * struct db is also what every function of lib/prm works in: it carries the
 * request's arena and its error value.  SQL text stands at the top of the
 * lib/prm file that owns the noun; statements are prepared once per connection
 * and found again by their text.
 *
 * Every session: UTC, utf8mb4, STRICT_ALL_TABLES, READ COMMITTED,
 * innodb_snapshot_isolation=ON where it exists, no LOCAL INFILE, no reconnect.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "choice.h"
#include "conf.h"
#include "err.h"
#include "money.h"
#include "when.h"

struct db_link;              /* the connection and its statement cache */

struct db {
	struct db_link *link;
	struct arena *arena;     /* results live here */
	struct err *err;         /* what went wrong; never NULL */
	struct when now;         /* one moment for the whole request */
	unsigned queries;        /* statements sent since db_use() */
};

/* ---- connection ---- */
/* Connects on first use. The link lives as long as the process. NULL: memory is out. */
struct db_link *db_link_new(const struct conf *c);
void db_link_free(struct db_link *l);
/* Binds a request's arena and error to the link and takes the time. */
void db_use(struct db *db, struct db_link *l, struct arena *a, struct err *e);
/* A connection for one command: own arena and error inside. NULL after a line on stderr. */
struct db *db_command(const struct conf *c);
void db_command_end(struct db *db);

/* ---- arguments ---- */
enum arg_type { ARG_NULL, ARG_INT, ARG_TEXT, ARG_BYTES, ARG_WHEN, ARG_DAY, ARG_AMOUNT };
/* number: the value, microseconds, days or minor units (size: their digits). */
struct arg { enum arg_type type; int64_t number; const char *text; size_t size; };

struct arg arg_int(int64_t v);
struct arg arg_text(const char *s);                 /* NULL is SQL NULL */
struct arg arg_when(struct when w);                 /* DATETIME(6); none is NULL */
struct arg arg_day(struct day d);                   /* none is NULL */
struct arg arg_bytes(const void *p, size_t n);      /* BINARY, BLOB */
struct arg arg_null(void);
struct arg arg_id(int64_t id);                      /* 0 is NULL: optional foreign keys */
/* DECIMAL(18,4) of the amount, no currency is NULL; bind the currency apart. */
struct arg arg_amount(struct money m);

#define A(x) _Generic((x), bool: arg_int, int: arg_int, unsigned: arg_int, long: arg_int, \
	unsigned long: arg_int, long long: arg_int, char *: arg_text, const char *: arg_text, \
	struct when: arg_when, struct day: arg_day)(x)
#define ARGS(...) (const struct arg[]){ __VA_ARGS__ }, \
	sizeof((const struct arg[]){ __VA_ARGS__ }) / sizeof(struct arg)
#define NO_ARGS NULL, 0

/* ---- rows ---- */
enum column_type {
	COL_INT,      /* int64_t; NULL is 0 */
	COL_INT32,    /* int */
	COL_BOOL,     /* bool */
	COL_TEXT,     /* const char *, in the arena; NULL stays NULL */
	COL_WHEN,     /* struct when, from DATETIME(6) */
	COL_DAY,      /* struct day, from DATE */
	COL_MONEY,    /* struct money, from TWO result columns: DECIMAL amount, then CHAR(3) currency */
	COL_BYTES,    /* struct bytes, from BINARY or BLOB */
	COL_JSON      /* const char * holding JSON text: nested in documents, text elsewhere */
};
struct bytes { const unsigned char *data; size_t size; };

/* One result column <-> one member. Drives reading, JSON and the API description. */
struct column {
	const char *name;          /* result column (checked) and JSON key */
	enum column_type type;
	size_t offset, size;
	/* for documents and OpenAPI; all optional */
	const char *describe;      /* N_() sentence */
	const struct choice *choices; /* closed set; HTML gets NAME_text and NAME_tone too */
	size_t max;                /* longest text; 0 means 200 */
	bool hidden;               /* read, but never put into a document */
	bool nullable;             /* JSON null instead of "" for none */
};
#define COLUMN_TYPE(m) _Generic((m), int64_t: COL_INT, int: COL_INT32, bool: COL_BOOL, \
	const char *: COL_TEXT, char *: COL_TEXT, struct when: COL_WHEN, struct day: COL_DAY, \
	struct money: COL_MONEY, struct bytes: COL_BYTES)
#define COL(s, m, ...) { .name = #m, .type = COLUMN_TYPE(((struct s *)0)->m), \
	.offset = offsetof(struct s, m), .size = sizeof(((struct s *)0)->m), __VA_ARGS__ }
#define COL_END { .name = NULL }

/* ---- statements ----
 * Outside a transaction a dead connection is replaced unseen as long as the statement
 * cannot have been carried out; a change whose answer was lost is E_UNCERTAIN.  Inside
 * one, everything after E_AWAY or E_RETRY answers the same until db_rollback(). */
/* affected counts the rows an UPDATE matched, changed or not (ON DUPLICATE KEY UPDATE:
 * 1 inserted or left as it was, 2 changed). */
struct db_done { int64_t affected; int64_t id; };

/* INSERT, UPDATE, DELETE. done may be NULL. E_DUPLICATE on 1062 (err.detail names the key),
 * E_RETRY on 1213/1205/1020, E_AWAY when the server is gone, E_INTERNAL else. */
int db_exec(struct db *db, const char *sql, const struct arg *args, size_t n, struct db_done *done);
/* Exactly one row into *out; E_NOTFOUND when there is none, E_INTERNAL when there are more. */
int db_row(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, void *out);
/* At most max rows of row_size bytes each, array in the arena. No rows is OK with *count 0. */
int db_rows(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, size_t row_size, size_t max, void *out_array, size_t *count);
/* Row by row without keeping them (exports): row() gets each in the same buffer and a
 * per-row arena; stops at its first non-zero answer and returns that. row() must not
 * use the database: the rows are still coming over the connection. */
int db_each(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, size_t row_size, int (*row)(void *row, void *arg), void *arg);
/* One number (COUNT, MAX, id); E_NOTFOUND when there is no row. NULL is 0. */
int db_int(struct db *db, const char *sql, const struct arg *args, size_t n, int64_t *out);
/* An UPDATE by compare-and-set: exactly one row must match, else E_STALE. */
int db_change_one(struct db *db, const char *sql, const struct arg *args, size_t n);
#define DB_ROWS(db, sql, args_n, cols, type, max, out, count) \
	db_rows((db), (sql), args_n, (cols), sizeof(type), (max), (out), (count))

/* Start-up check: prepares sql and compares its result with the table. 0, or -1 with a line in the log. */
int db_check(struct db *db, const char *sql, const struct column *cols);

/* ---- transactions ---- */
int db_begin(struct db *db);
int db_commit(struct db *db);     /* E_UNCERTAIN: the answer was lost; settle by a unique key of one's own */
void db_rollback(struct db *db);  /* never fails; drops a dead connection */
bool db_in_transaction(const struct db *db);
/* Inside a transaction that is open already: fn alone. Else
 * BEGIN, fn, COMMIT; runs fn again (MAX_TX_TRIES, jittered) on E_RETRY; rolls back on any other code. */
int db_transaction(struct db *db, int (*fn)(struct db *db, void *arg), void *arg);

/* Ends the connection; the next statement connects anew (after a fork, 2006, 2013). */
void db_drop(struct db *db);

#endif
