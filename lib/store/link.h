/* link.h - the inside of a connection; for lib/store only */
#ifndef STORE_LINK_H
#define STORE_LINK_H

#include <mysql.h>
#include <sys/types.h>
#include "db.h"

#define STATEMENT_BUCKETS 512
/* Error of our own in a link's place for the client's numbers: the call never left the house. */
#define OUR_ERROR 0

/* Where one result column arrives. */
struct cell {
	int64_t number;
	MYSQL_TIME time;
	char text[72];              /* of an amount or a currency */
	unsigned long length;
	my_bool null, error;
};

/* A statement prepared on the connection it was prepared on. */
struct statement {
	struct statement *next;     /* of the same bucket */
	uint64_t hash;
	char *sql;
	MYSQL_STMT *stmt;
	MYSQL_RES *meta;            /* names of the result's columns; NULL without a result */
	const struct column *checked;   /* the table its result was compared with */
	unsigned n_columns;
	MYSQL_BIND *binds;          /* n_columns of each, filled for "checked" */
	struct cell *cells;
	uint64_t used;              /* tick of the last use */
};

struct db_link {
	const struct conf *conf;
	MYSQL *my;                  /* NULL: not connected */
	pid_t pid;                  /* who connected */
	bool in_transaction;
	int broken;                 /* the transaction cannot go on: E_AWAY or E_RETRY */
	bool streaming;             /* db_each() is reading rows */
	bool no_isolation;          /* server does not know innodb_snapshot_isolation */
	unsigned last_error;        /* of the server or the client library */
	uint64_t tick;
	unsigned n_statements;
	struct statement *buckets[STATEMENT_BUCKETS];
};

/* link.c */
int link_ready(struct db *db);       /* connected, or E_AWAY; a connection the server closed is replaced */
void link_close(struct db_link *l);  /* and everything prepared on it */

/* trouble.c: number and text of what failed -> code and err. Drops a dead connection. */
int store_failed(struct db *db, unsigned number, const char *text, const char *sql);
bool connection_lost(unsigned number);

/* arg.c */
struct bound { MYSQL_TIME time; char text[40]; unsigned long length; int64_t number; };
/* binds and rooms have n elements. */
void args_bind(const struct arg *args, size_t n, MYSQL_BIND *binds, struct bound *rooms);

/* statement.c */
struct statement *statement_get(struct db *db, const char *sql, int *rc);
void statement_forget(struct db_link *l, struct statement *s);
void statements_forget_all(struct db_link *l);
/* Compares the result with the table (cols NULL: no table) and binds it. */
int statement_check(struct db *db, struct statement *s, const struct column *cols);
/* Prepared, checked, executed; the result, if any, is waiting. *out stays the cache's. */
int statement_run(struct db *db, const char *sql, const struct arg *args, size_t n,
	const struct column *cols, struct statement **out);
/* The next row into the cells. OK, E_NOTFOUND at the end. */
int statement_fetch(struct db *db, struct statement *s);

/* cell.c */
void cells_bind(struct statement *s, const struct column *cols);
/* The cells into the struct at out, texts into a. */
int cells_read(struct db *db, struct statement *s, const struct column *cols, struct arena *a, void *out);

#endif
