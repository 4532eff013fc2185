/* testdb.c - a MariaDB of one's own for a test program */
#include "testdb.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <mysql.h>

#define START_SECONDS 30

/* One server a test program. */
static struct {
	struct conf conf;
	char dir[64], socket[96], data[96], name[40];
	pid_t server, owner;
} test;

static pid_t start(const char *const argv[], const char *log)
{
	pid_t pid = fork();
	int fd;

	if (pid)
		return pid;
	/* a test program that is killed takes its server along */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd >= 0) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
	}
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static int run(const char *const argv[], const char *log)
{
	pid_t pid = start(argv, log);
	int status = -1;

	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Connected without a database, or NULL. */
static MYSQL *knock(void)
{
	MYSQL *my = mysql_init(NULL);

	if (my && mysql_real_connect(my, NULL, test.conf.db_user, "", NULL, 0, test.conf.db_socket, 0))
		return my;
	mysql_close(my);
	return NULL;
}

static MYSQL *wait_for_server(void)
{
	struct timespec pause = { .tv_nsec = 50000000 };

	for (int i = 0; i < START_SECONDS * 20; i++) {
		MYSQL *my = knock();

		if (my)
			return my;
		if (test.server && waitpid(test.server, NULL, WNOHANG) == test.server) {
			test.server = 0;
			break;
		}
		nanosleep(&pause, NULL);
	}
	return NULL;
}

static int own_server(void)
{
	char data[128], socket[128], user[64], log[96], pid_file[128];

	snprintf(test.dir, sizeof(test.dir), "/tmp/prm-unit-XXXXXX");
	if (!mkdtemp(test.dir))
		return -1;
	snprintf(test.data, sizeof(test.data), "%s/data", test.dir);
	snprintf(test.socket, sizeof(test.socket), "%s/sock", test.dir);
	snprintf(log, sizeof(log), "%s/log", test.dir);
	snprintf(data, sizeof(data), "--datadir=%s", test.data);
	snprintf(socket, sizeof(socket), "--socket=%s", test.socket);
	snprintf(pid_file, sizeof(pid_file), "--pid-file=%s/pid", test.dir);
	snprintf(user, sizeof(user), "--user=%s", geteuid() ? "" : "root");
	if (run((const char *[]){ "mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal",
			"--skip-test-db", data, geteuid() ? NULL : user, NULL }, log))
		return -1;
	/* Durability is not what these tests are about; time is. */
	test.server = start((const char *[]){ "mariadbd", "--no-defaults", data, socket, pid_file,
		"--skip-networking", "--skip-log-bin", "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M",
		"--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--sync-frm=OFF",
		"--innodb-lock-wait-timeout=5", "--performance-schema=OFF",
		geteuid() ? NULL : user, NULL }, log);
	test.conf.db_socket = test.socket;
	return test.server > 0 ? 0 : -1;
}

const struct conf *testdb_start(void)
{
	const char *socket = getenv("PRM_TEST_SOCKET"), *user = getenv("PRM_TEST_USER");
	char sql[128];
	MYSQL *my;

	test.owner = getpid();
	test.conf = (struct conf){ .base_url = "http://127.0.0.1", .db_host = "", .db_socket = socket,
		.db_user = user ? user : "root", .db_password = "", .db_name = test.name };
	snprintf(test.name, sizeof(test.name), "prm_unit_%d", (int)getpid());
	if (!socket && own_server()) {
		fprintf(stderr, "testdb: no server; see %s\n", test.dir);
		return NULL;
	}
	my = wait_for_server();
	if (my) {
		snprintf(sql, sizeof(sql), "CREATE DATABASE %s CHARACTER SET utf8mb4", test.name);
		if (!mysql_real_query(my, sql, strlen(sql))) {
			mysql_close(my);
			return &test.conf;
		}
		fprintf(stderr, "testdb: %s\n", mysql_error(my));
		mysql_close(my);
	}
	fprintf(stderr, "testdb: the server does not answer; see %s\n", test.dir);
	if (test.server)
		kill(test.server, SIGKILL);
	return NULL;
}

static void drop_database(void)
{
	MYSQL *my = knock();
	char sql[128];

	snprintf(sql, sizeof(sql), "DROP DATABASE IF EXISTS %s", test.name);
	if (my)
		mysql_real_query(my, sql, strlen(sql));
	mysql_close(my);
}

void testdb_stop(void)
{
	if (test.owner != getpid())
		return;
	if (test.server <= 0) {
		drop_database();
		return;
	}
	kill(test.server, SIGKILL);     /* its folder goes, too */
	waitpid(test.server, NULL, 0);
	test.server = 0;
	run((const char *[]){ "rm", "-rf", "--", test.dir, NULL }, "/dev/null");
}

void db_must(struct db *d, const char *sql)
{
	int rc = db_exec(d, sql, NO_ARGS, NULL);

	ck_assert_msg(rc == OK, "%s: %s %s", rc_name((enum rc)rc), d->err->detail, sql);
}

int64_t db_number(struct db *d, const char *sql)
{
	int64_t n = -1;

	ck_assert_int_eq(db_int(d, sql, NO_ARGS, &n), OK);
	return n;
}
