/* link.c - the connection to MariaDB: made, used, dropped */
#include "link.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <mysqld_error.h>

#include "log.h"
#include "str.h"

#define CONNECT_SECONDS 2
#define ANSWER_SECONDS  20

#define SESSION "SET SESSION time_zone = '+00:00', autocommit = 1, " \
	"sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'"
/* Apart: the variable of that name was renamed in 11.1, the statement was not. */
static const char isolation[] = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
static const char session_plain[] = SESSION;
static const char session_isolated[] = SESSION ", innodb_snapshot_isolation = ON";
#ifndef ER_UNKNOWN_SYSTEM_VARIABLE
#define ER_UNKNOWN_SYSTEM_VARIABLE 1193
#endif

struct db_link *db_link_new(const struct conf *c)
{
	struct db_link *l = calloc(1, sizeof(*l));

	if (l)
		l->conf = c;
	return l;
}

/* Points the descriptor elsewhere, so that a goodbye does not reach the parent's session. */
static void deafen(MYSQL *my)
{
	int fd = (int)mysql_get_socket(my), null;

	if (fd < 0)
		return;
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0)
		return;
	dup2(null, fd);
	close(null);
}

void link_close(struct db_link *l)
{
	MYSQL *my = l->my;

	if (!my)
		return;
	l->my = NULL;
	if (l->pid != getpid())
		deafen(my);
	/* First the connection: the statements then free themselves without a round trip each. */
	mysql_close(my);
	statements_forget_all(l);
}

void db_link_free(struct db_link *l)
{
	if (!l)
		return;
	link_close(l);
	free(l);
}

void db_drop(struct db *db)
{
	if (db->link->in_transaction)
		db->link->broken = E_AWAY;
	link_close(db->link);
}

void db_use(struct db *db, struct db_link *l, struct arena *a, struct err *e)
{
	db->link = l;
	db->arena = a;
	db->err = e;
	db->now = when_now();
	db->queries = 0;
	/* What an earlier request left open is not ours. */
	l->streaming = false;
	if (l->in_transaction)
		db_rollback(db);
}

static bool another_host(const struct conf *c)
{
	return !str_empty(c->db_host) && !str_eq(c->db_host, "localhost") &&
		!str_starts(c->db_host, "127.") && !str_eq(c->db_host, "::1");
}

static void set_options(MYSQL *my, const struct conf *c)
{
	unsigned connect = CONNECT_SECONDS, answer = ANSWER_SECONDS, off = 0;
	my_bool on = 1;

	mysql_options(my, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_options(my, MYSQL_OPT_READ_TIMEOUT, &answer);
	mysql_options(my, MYSQL_OPT_WRITE_TIMEOUT, &answer);
	mysql_options(my, MYSQL_OPT_LOCAL_INFILE, &off);
	mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* Connector/C 3.3 would take any certificate, or none. */
	if (another_host(c)) {
		mysql_options(my, MYSQL_OPT_SSL_ENFORCE, &on);
		mysql_options(my, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
	}
}

static int set_session(struct db_link *l, MYSQL *my)
{
	const char *sql = l->no_isolation ? session_plain : session_isolated;

	if (!mysql_real_query(my, sql, strlen(sql)))
		return mysql_real_query(my, isolation, strlen(isolation));
	if (l->no_isolation || mysql_errno(my) != ER_UNKNOWN_SYSTEM_VARIABLE)
		return -1;
	l->no_isolation = true;
	return set_session(l, my);
}

static int connect_now(struct db *db)
{
	struct db_link *l = db->link;
	const struct conf *c = l->conf;
	bool host = !str_empty(c->db_host);
	MYSQL *my = mysql_init(NULL);
	int rc;

	if (!my)
		return fail_detail(db->err, E_NOMEM, "mysql_init");
	set_options(my, c);
	if (mysql_real_connect(my, host ? c->db_host : NULL, c->db_user, c->db_password, c->db_name,
			(unsigned)c->db_port, host ? NULL : c->db_socket, CLIENT_FOUND_ROWS) &&
	    !set_session(l, my)) {
		l->my = my;
		l->pid = getpid();
		return OK;
	}
	l->last_error = mysql_errno(my);
	LOG(LOG_ALARM, "database_away", LOG_NUM("error", mysql_errno(my)), LOG_TEXT("text", mysql_error(my)));
	rc = fail_detail(db->err, E_AWAY, "cannot connect: %u %s", mysql_errno(my), mysql_error(my));
	mysql_close(my);
	return rc;
}

/* The server closed it (restart, KILL, wait_timeout), or wrote a last word nobody asked for. */
static bool hung_up(MYSQL *my)
{
	struct pollfd p = { .fd = (int)mysql_get_socket(my), .events = POLLIN | POLLRDHUP };

	return p.fd < 0 || poll(&p, 1, 0) != 0;
}

int link_ready(struct db *db)
{
	struct db_link *l = db->link;

	if (l->streaming)
		return fail_detail(db->err, E_INTERNAL, "a statement inside db_each()");
	if (l->broken && l->in_transaction)
		return fail_detail(db->err, (enum rc)l->broken, "the transaction is broken: %u", l->last_error);
	if (l->my && l->pid != getpid())
		link_close(l);
	/* Never a new connection in the middle: what came before is gone. */
	if (!l->my && l->in_transaction)
		return fail_detail(db->err, E_AWAY, "the transaction's connection is gone");
	/* A system call here saves the doubt whether a lost statement was carried out. */
	if (l->my && !l->in_transaction && hung_up(l->my))
		link_close(l);
	return l->my ? OK : connect_now(db);
}

/* ---- for commands ---- */

struct command { struct db db; struct err err; };

struct db *db_command(const struct conf *c)
{
	struct command *all = calloc(1, sizeof(*all));
	struct db_link *l = all ? db_link_new(c) : NULL;
	struct arena *a = l ? arena_new(MAX_ARENA) : NULL;

	if (!a) {
		fprintf(stderr, "out of memory\n");
		db_link_free(l);
		free(all);
		return NULL;
	}
	db_use(&all->db, l, a, &all->err);
	if (link_ready(&all->db) == OK)
		return &all->db;
	fprintf(stderr, "the database: %s\n", all->err.detail);
	db_command_end(&all->db);
	return NULL;
}

void db_command_end(struct db *db)
{
	if (!db)
		return;
	if (db->link->in_transaction)
		db_rollback(db);
	db_link_free(db->link);
	arena_free(db->arena);
	free(db);       /* struct command begins with it */
}
