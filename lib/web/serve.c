/* serve.c - a program's main loop: FastCGI, plain CGI, or a question on the command line
 *
 * Worker contract (for spawn-fcgi, multiwatch, systemd, mod_fcgid): SIGTERM, SIGINT and SIGUSR1
 * let the request in hand finish, then the process ends; the listening socket is never closed by
 * us.  It also ends by itself after requests_per_worker requests, and when one request takes
 * longer than the web server would wait.
 */
#include <errno.h>
#include <fcgiapp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "limits.h"
#include "log.h"
#include "openapi.h"
#include "render_html.h"
#include "route_check.h"
#include "str.h"
#include "worker.h"

#define MAX_PROGRAMS    64     /* in one binary */

static volatile sig_atomic_t leaving;

static void on_leave(int sig)
{
	(void)sig;
	leaving = 1;
	FCGX_ShutdownPending();
}

/* The database rolls back what was open; the web server asks another worker or says 504. */
static void on_alarm(int sig)
{
	static const char text[] = "a request took too long: this worker ends\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)sig;
	(void)n;
	_exit(75);
}

static void set_signals(void)
{
	struct sigaction leave = { .sa_handler = on_leave }, late = { .sa_handler = on_alarm };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	/* no SA_RESTART: accept() is to be woken */
	sigaction(SIGTERM, &leave, NULL);
	sigaction(SIGINT, &leave, NULL);
	sigaction(SIGUSR1, &leave, NULL);
	sigaction(SIGALRM, &late, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

/* Workers of a killed multiwatch would go on serving, unseen by whatever replaces it. */
static void leave_with_parent(void)
{
	char path[64], name[32] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/comm", (int)getppid());
	f = fopen(path, "re");
	if (f && !fgets(name, sizeof(name), f))
		name[0] = '\0';
	if (f)
		fclose(f);
	/* not under spawn-fcgi, whose own process ends once we run */
	if (str_starts(name, "multiwatch"))
		prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static bool fd0_listens(void)
{
	int on = 0;
	socklen_t n = sizeof(on);

	return !getsockopt(STDIN_FILENO, SOL_SOCKET, SO_ACCEPTCONN, &on, &n) && on;
}

static int serve_fcgi(struct worker *w)
{
	FCGX_Request request;
	int served = 0;

	if (FCGX_Init() || FCGX_InitRequest(&request, 0, FCGI_FAIL_ACCEPT_ON_INTR))
		return 1;
	leave_with_parent();
	while (!leaving && served < w->conf->requests_per_worker) {
		struct env env;

		if (FCGX_Accept_r(&request) < 0) {
			if (leaving || errno != EINTR)
				break;
			continue;
		}
		alarm(REQUEST_SECONDS);
		env_fcgi(&env, &request);
		request_run(w, &env);
		FCGX_Finish_r(&request);
		alarm(0);
		served++;
	}
	FCGX_Free(&request, 0);
	return 0;
}

/* A web server whose CGI leaves a body unread breaks the connection, and nobody sees the answer. */
static void drain(const struct env *env)
{
	char buf[16384];
	size_t all = 0;
	long n;

	while (all < 2 * MAX_BODY && (n = env->read(env->from, buf, sizeof(buf))) > 0)
		all += (size_t)n;
}

static int serve_cgi(struct worker *w)
{
	struct env env;

	env_cgi(&env);
	alarm(REQUEST_SECONDS);
	request_run(w, &env);
	drain(&env);
	alarm(0);
	return 0;
}

static int serve_requests(const struct program *programs)
{
	const struct rlimit no_core = { 0, 0 };
	const struct conf *c;
	struct worker w;
	int rc;

	if (routes_check(programs, stderr))
		return 1;
	umask(077);
	setrlimit(RLIMIT_CORE, &no_core);
	set_signals();
	c = conf_read(NULL);
	if (!c || worker_start(&w, c, programs))
		return 1;
	if (log_open(c->log_file, programs[1].name ? "prm" : programs->name))
		fprintf(stderr, "cannot open the log %s\n", c->log_file);
	rc = fd0_listens() ? serve_fcgi(&w) : serve_cgi(&w);
	worker_end(&w);
	return rc;
}

/* ---- questions ---- */

static int print_openapi(const struct program *programs)
{
	json_t *all = json_array(), *one;
	int bad;

	for (const struct program *p = programs; p->name; p++)
		json_array_append_new(all, openapi_part(p->name, p->routes));
	one = programs[0].name && !programs[1].name ? json_array_get(all, 0) : all;
	bad = json_dumpf(one, stdout, JSON_INDENT(1) | JSON_SORT_KEYS | JSON_ENSURE_ASCII);
	putchar('\n');
	json_decref(all);
	return bad || fflush(stdout) ? 1 : 0;
}

static int check_all(const struct program *programs)
{
	int faults = routes_check(programs, stderr);

	if (render_self_test()) {
		fprintf(stderr, "templates would print \"<\" unescaped\n");
		faults++;
	}
	if (getenv("PRM_CONF")) {
		const struct conf *c = conf_read(NULL);

		faults += c ? routes_check_templates(programs, c, stderr) : 1;
	}
	return faults ? 1 : 0;
}

static int usage(const struct program *programs)
{
	fprintf(stderr,
		"usage: %s             serves: FastCGI on fd 0, else one request as a CGI\n"
		"       %s --routes    its addresses, one JSON object a line\n"
		"       %s --openapi   its part of the API description\n"
		"       %s --check     looks for faults in its tables and templates ($PRM_CONF)\n",
		programs->name, programs->name, programs->name, programs->name);
	return 2;
}

static int serve_programs(int argc, char **argv, const struct program *programs)
{
	if (argc > 2)
		return usage(programs);
	if (argc == 2 && str_eq(argv[1], "--routes"))
		return routes_print(programs, stdout) || fflush(stdout) ? 1 : 0;
	if (argc == 2 && str_eq(argv[1], "--openapi"))
		return print_openapi(programs);
	if (argc == 2 && str_eq(argv[1], "--check"))
		return check_all(programs);
	/* a CGI may be called with the words of its query (RFC 3875, 4.4): they mean nothing here */
	if (argc == 2 && !getenv("GATEWAY_INTERFACE"))
		return usage(programs);
	return serve_requests(programs);
}

int serve(int argc, char **argv, const char *name, const struct route *routes)
{
	const struct program programs[] = { { name, routes }, { NULL, NULL } };

	return serve_programs(argc, argv, programs);
}

int serve_all(int argc, char **argv, const struct program *const *programs)
{
	struct program flat[MAX_PROGRAMS + 1] = { { NULL, NULL } };
	size_t n = 0;

	for (; *programs; programs++) {
		if (n == MAX_PROGRAMS) {
			fprintf(stderr, "more than %d programs\n", MAX_PROGRAMS);
			return 1;
		}
		flat[n++] = **programs;
	}
	return serve_programs(argc, argv, flat);
}
