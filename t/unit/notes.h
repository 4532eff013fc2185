/* notes.h - a small program of notes with its database, and a client without a web server
 *
 * For the tests of a request's way; included by one file of each test program.
 */
#ifndef T_NOTES_H
#define T_NOTES_H

#include "webtest.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "log.h"
#include "migrate.h"
#include "route_check.h"
#include "secret.h"
#include "session_store.h"
#include "testdb.h"
#include "throttle_now.h"
#include "worker.h"

static struct conf conf;
static struct worker worker;
static char dir[64], session[80], viewer[80], token[80];
static int fail_times;      /* of /retry and /killed */

/* ---- a program ---- */
struct note { int64_t id, version; const char *title; int64_t amount; };
static const struct column note_columns[] = {
	COL(note, id), COL(note, version), COL(note, title), COL(note, amount), COL_END
};
struct note_input { const char *title; int64_t amount; };
static const struct field note_fields[] = {
	FIELD(note_input, title, F_TEXT, .label = "Title", .required = true, .max = 40),
	FIELD(note_input, amount, F_INT, .label = "Amount", .min = 1, .max = 1000),
	FIELD_END
};
struct sign_input { const char *word; };
static const struct field sign_fields[] = { FIELD(sign_input, word, F_TEXT, .label = "Word"), FIELD_END };

static inline int note_get(struct req *q, struct note *n)
{
	return db_row(q->db, "SELECT id, version, title, amount FROM test_note WHERE id = ?", ARGS(A(q->id)), note_columns, n);
}

static inline int home(struct req *q, struct doc *d)
{
	return doc_text(d, "hello", q->user->person_id ? q->user->name : "<nobody>");
}

static inline int create(struct req *q, struct doc *d)
{
	const struct note_input *in = INPUT(q, note_input);
	struct db_done done;
	int rc;

	if (str_eq(in->title, "taken"))
		return fail(q->err, E_CONFLICT, "This title is taken.");
	rc = db_exec(q->db, "INSERT INTO test_note (title, amount) VALUES (?, ?)", ARGS(A(in->title), A(in->amount)), &done);
	if (rc)
		return rc;
	doc_int(d, "note.id", done.id);
	doc_flash(d, "good", "Kept \"%s\"", in->title);
	return doc_created(d, "/notes/%lld", (long long)done.id);
}

static inline int show(struct req *q, struct doc *d)
{
	struct note n;
	int rc = note_get(q, &n);

	return rc ? rc : doc_row(d, "note", note_columns, &n);
}

static inline int edit(struct req *q, struct doc *d)
{
	struct note n;
	int rc = note_get(q, &n);

	if (rc)
		return rc;
	*INPUT(q, note_input) = (struct note_input){ n.title, n.amount };
	doc_etag(d, "%lld", (long long)n.version);
	return doc_row(d, "note", note_columns, &n);
}

static inline int change(struct req *q, struct doc *d)
{
	const struct note_input *in = INPUT(q, note_input);
	int rc = db_change_one(q->db, "UPDATE test_note SET title = ?, amount = ?, version = version + 1 WHERE id = ? AND version = ?",
		ARGS(A(in->title), A(in->amount), A(q->id), A(q->version)));

	return rc ? rc : doc_go(d, "/notes/%lld", (long long)q->id);
}

static inline int retried(struct req *q, struct doc *d)
{
	int rc = db_exec(q->db, "INSERT INTO test_note (title) VALUES ('retried')", NO_ARGS, NULL);

	if (rc)
		return rc;
	return fail_times-- > 0 ? fail_detail(q->err, E_RETRY, "again") : doc_go(d, "/");
}

/* Another connection ends ours in the middle of its transaction. */
static inline int killed(struct req *q, struct doc *d)
{
	struct db_link *l = db_link_new(q->conf);
	struct db other;
	struct err e;
	int64_t id;
	int rc = db_exec(q->db, "INSERT INTO test_note (title) VALUES ('killed')", NO_ARGS, NULL);

	if (!rc && fail_times-- > 0) {
		ck_assert_int_eq(db_int(q->db, "SELECT CONNECTION_ID()", NO_ARGS, &id), OK);
		db_use(&other, l, q->arena, &e);
		db_exec(&other, arena_printf(q->arena, "KILL %lld", (long long)id), NO_ARGS, NULL);
	}
	db_link_free(l);
	return rc ? rc : doc_go(d, "/");
}

static inline int boom(struct req *q, struct doc *d)
{
	(void)d;
	return fail_detail(q->err, E_INTERNAL, "SELECT secret FROM /etc/shadow");
}

static inline int live(struct req *q, struct doc *d)
{
	(void)q;
	doc_etag(d, "v7");
	return doc_text(d, "hello", "live");
}

static inline int file(struct req *q, struct doc *d)
{
	(void)q;
	d->send_file = "ab/cdef";
	d->raw_type = "text/html";
	d->raw_name = "\xc3\xbc\"ber\n.html";
	return OK;
}

static inline int enter(struct req *q, struct doc *d)
{
	if (str_eq(INPUT(q, sign_input)->word, "wrong"))
		return fail(q->err, E_AUTH, "Wrong word.");
	d->set_session = "abc";
	return doc_go(d, "/");
}

static inline int leave(struct req *q, struct doc *d)
{
	(void)q;
	d->set_session = "";
	return doc_go(d, "/");
}

static inline int counted(struct req *q, struct doc *d)
{
	int rc = throttle(q->db, "test", "somebody", 2, 3600);

	(void)d;
	return rc ? rc : fail(q->err, E_CONFLICT, "not this time");
}

static const struct route routes[] = {
	{ GET, "/", home, PUBLIC, "home.cs", .flags = CACHE, .title = "Home" },
	{ GET, "/notes/new", doc_empty, DEAL_READ, "new.cs", note_fields, sizeof(struct note_input), .title = "New note" },
	{ POST, "/notes", create, DEAL_CREATE, NULL, note_fields, sizeof(struct note_input), .title = "Keep", .redraw = "/notes/new" },
	{ GET, "/notes/{id}", show, DEAL_READ, "home.cs" },
	{ GET, "/notes/{id}/edit", edit, DEAL_READ, "new.cs", note_fields, sizeof(struct note_input), .flags = PAGE_ONLY },
	{ POST, "/notes/{id}", change, DEAL_CREATE, NULL, note_fields, sizeof(struct note_input), .redraw = "/notes/{id}/edit" },
	{ POST, "/retry", retried, DEAL_CREATE, "home.cs" },
	{ POST, "/killed", killed, DEAL_CREATE, "home.cs" },
	{ GET, "/boom", boom, PUBLIC, "home.cs" },
	{ GET, "/admin/x", home, SYSTEM_ADMIN, "home.cs" },
	{ GET, "/private", home, SIGNED_IN, "home.cs" },
	{ GET, "/live", live, SIGNED_IN, "home.cs", .flags = LIVE },
	{ GET, "/file", file, SIGNED_IN, NULL },
	{ GET, "/enter", doc_empty, PUBLIC, "new.cs", sign_fields, sizeof(struct sign_input), .flags = PAGE_ONLY },
	{ POST, "/enter", enter, PUBLIC, NULL, sign_fields, sizeof(struct sign_input), .flags = PAGE_ONLY, .redraw = "/enter" },
	{ POST, "/leave", leave, SIGNED_IN, NULL, .flags = PAGE_ONLY | REPLAYABLE },
	{ POST, "/counted", counted, PUBLIC, "home.cs", .flags = PAGE_ONLY },
	{ POST, "/step", home, DEAL_CREATE, "home.cs", .flags = STEP_UP },
	{ POST, "/upload", home, DEAL_CREATE, "home.cs", .flags = UPLOAD },
	ROUTE_END
};
static const struct program programs[] = { { "notes", routes }, { NULL, NULL } };

/* ---- a client ---- */
static char *answer;
static char cookie_line[300], extra[4][400];
static size_t n_extra;

static inline void header(const char *line)
{
	ck_assert(str_copy(extra[n_extra++], sizeof(extra[0]), line));
}

static inline int status_of(const char *text)
{
	int64_t v = 0;

	if (!str_starts(text, "Status: ") || !str_to_int(arena_strndup(web_arena, text + 8, 3), 100, 599, &v))
		return -1;
	return (int)v;
}

/* The request's status; the whole answer is in answer. Headers given are forgotten. */
static inline int ask(const char *method, const char *path, const char *query, const char *type, const char *body)
{
	const char *vars[24];
	struct env_memory m = { .vars = vars, .body = body ? body : "", .size = body ? strlen(body) : 0 };
	struct env env;
	size_t n = 0;

	vars[n++] = arena_printf(web_arena, "REQUEST_METHOD=%s", method);
	vars[n++] = arena_printf(web_arena, "PATH_INFO=%s", path);
	vars[n++] = arena_printf(web_arena, "QUERY_STRING=%s", query ? query : "");
	vars[n++] = "REMOTE_ADDR=192.0.2.7";
	if (type)
		vars[n++] = arena_printf(web_arena, "CONTENT_TYPE=%s", type);
	if (body)
		vars[n++] = arena_printf(web_arena, "CONTENT_LENGTH=%zu", strlen(body));
	if (*cookie_line)
		vars[n++] = arena_printf(web_arena, "HTTP_COOKIE=%s", cookie_line);
	for (size_t i = 0; i < n_extra; i++)
		vars[n++] = extra[i];
	vars[n] = NULL;
	n_extra = 0;
	env_memory(&env, &m);
	request_run(&worker, &env);
	answer = arena_strndup(web_arena, m.out ? m.out : "", m.out_size);
	free(m.out);
	return status_of(answer);
}

static inline int get(const char *path)
{
	return ask("GET", path, NULL, NULL, NULL);
}

static inline int post(const char *path, const char *body)
{
	header("HTTP_SEC_FETCH_SITE=same-origin");
	return ask("POST", path, NULL, "application/x-www-form-urlencoded", body);
}

static inline int api(const char *method, const char *path, const char *body)
{
	char line[200];

	snprintf(line, sizeof(line), "HTTP_AUTHORIZATION=Bearer %s", token);
	header(line);
	return ask(method, arena_printf(web_arena, "/api/v1%s", path), NULL, body ? "application/json" : NULL, body);
}

static inline bool says(const char *text)
{
	return strstr(answer, text) != NULL;
}

/* Value of a header of the answer, or "". */
static inline const char *head(const char *name)
{
	const char *s = strstr(answer, arena_printf(web_arena, "\r\n%s: ", name));

	if (!s)
		return "";
	s += strlen(name) + 4;
	return arena_strndup(web_arena, s, strcspn(s, "\r"));
}

/* The one-time token of the form last drawn: "T:...|" */
static inline const char *form_token(void)
{
	const char *s = strstr(answer, "T:");

	return s ? arena_strndup(web_arena, s + 2, strcspn(s + 2, "|")) : "";
}

static inline const char *with_token(const char *fields)
{
	ck_assert_int_eq(get("/notes/new"), 200);
	return arena_printf(web_arena, "%s&_token=%s", fields, form_token());
}

static inline void be(const char *who)
{
	snprintf(cookie_line, sizeof(cookie_line), "%s%s", *who ? "prm=" : "", who);
}

static inline int64_t notes(const char *title)
{
	struct err e;
	struct db db;
	int64_t n = -1;

	db_use(&db, worker.link, web_arena, &e);
	ck_assert_int_eq(db_int(&db, "SELECT COUNT(*) FROM test_note WHERE title = ?", ARGS(A(title)), &n), OK);
	return n;
}

/* ---- set-up ---- */
static inline void spew(const char *name, const char *text, mode_t mode)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	if (!f || fputs(text, f) < 0 || fclose(f) || chmod(path, mode))
		abort();
}

static inline const char *in_dir(const char *name)
{
	return strdup(arena_printf(web_arena, "%s/%s", dir, name));
}

static inline void make_files(void)
{
	char path[200];
	static const char *const folders[] = { "t", "t/layout", "files", "files/ab" };

	for (size_t i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, folders[i]);
		if (mkdir(path, 0700))
			abort();
	}
	spew("key", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", 0600);
	spew("files/ab/cdef", "<b>stored</b>", 0600);
	spew("t/home.cs", "H:<?cs var:hello ?>|F:<?cs var:Page.flash.text ?>|", 0600);
	spew("t/new.cs", "T:<?cs var:Page.csrf ?>|A:<?cs var:Form.action ?>|V:<?cs var:Form.version ?>|"
		"E:<?cs var:Form.f.amount.error ?>|S:<?cs var:Form.errors.0.message ?>|"
		"<?cs each:f = Form.fields ?><?cs var:f.name ?>=<?cs var:f.value ?> theirs=<?cs var:f.theirs ?>|<?cs /each ?>", 0600);
	spew("t/layout/error.cs", "ERROR <?cs var:Error.status ?> <?cs var:Error.message ?> <?cs var:Error.request_id ?>", 0600);
}

/* must() needs a running test. */
static inline void sql(struct db *db, const char *text)
{
	if (db_exec(db, text, NO_ARGS, NULL)) {
		fprintf(stderr, "%s: %s\n", text, db->err->detail);
		exit(1);
	}
}

static inline void make_people(struct db *db)
{
	unsigned char hash[32];
	const char *t;

	sql(db, "CREATE TABLE test_note (id BIGINT AUTO_INCREMENT PRIMARY KEY, version INT NOT NULL DEFAULT 1,"
		" title VARCHAR(40) NOT NULL, amount BIGINT NOT NULL DEFAULT 0)");
	sql(db, "INSERT INTO partner (id, name, country, since) VALUES (1, 'Firm', 'DE', '2026-01-01')");
	sql(db, "INSERT INTO person (id, email, name, status, created_at) VALUES (1, 'a@x.example', 'Anna', 'active', NOW(6)),"
		" (2, 'b@x.example', 'Ben', 'active', NOW(6))");
	sql(db, "INSERT INTO membership (id, person_id, partner_id, roles, since) VALUES (1, 1, 1, 'owner', NOW(6)),"
		" (2, 2, 1, 'viewer', NOW(6))");
	if (session_add(db, 1, 1, "192.0.2.7", "test", &t) || !str_copy(session, sizeof(session), t) ||
	    session_add(db, 2, 2, "192.0.2.7", "test", &t) || !str_copy(viewer, sizeof(viewer), t))
		abort();
	str_copy(token, sizeof(token), token_new(db->arena, API_TOKEN_PREFIX));
	token_hash(token, hash);
	if (db_exec(db, "INSERT INTO api_token (hash, hint, person_id, membership_id, name, scopes, created_at, expires_at)"
			" VALUES (?, 'xxxxxxxx', 1, 1, 'test', 'deals:read,deals:write', NOW(6), NOW(6) + INTERVAL 1 DAY)",
			ARGS(arg_bytes(hash, sizeof(hash))), NULL)) {
		fprintf(stderr, "api_token: %s\n", db->err->detail);
		exit(1);
	}
}

static inline void prepare(const struct conf *c)
{
	char path[80];
	struct db *db;

	snprintf(dir, sizeof(dir), "/tmp/prm-pipe-XXXXXX");
	if (!mkdtemp(dir))
		abort();
	/* not web_start(): its assertions need a running test */
	web_arena = arena_new(MAX_ARENA);
	make_files();
	conf = *c;
	conf.base_url = "http://127.0.0.1";
	conf.key_file = in_dir("key");
	conf.template_dir = in_dir("t");
	conf.files_dir = in_dir("files");
	conf.htdocs_dir = conf.locale_dir = dir;
	conf.site_name = "Test";
	conf.trusted_proxy = conf.admin_allow = conf.content_url = "";
	conf.session_idle = 1800;
	conf.session_absolute = 43200;
	snprintf(path, sizeof(path), "%s/log", dir);
	log_open(path, "check");
	db = db_command(&conf);
	if (!db || migrate_up(db, SRCDIR "/schema", NULL)) {
		fprintf(stderr, "schema: %s\n", db ? db->err->detail : "no database");
		exit(1);
	}
	make_people(db);
	db_command_end(db);
	web_end();
}

static inline void start(void)
{
	web_start();
	ck_assert_int_eq(worker_start(&worker, &conf, programs), 0);
	be("");
	n_extra = 0;
}

static inline void end(void)
{
	worker_end(&worker);
	web_end();
}

static inline void remove_files(void)
{
	pid_t pid = fork();

	if (!pid) {
		execlp("rm", "rm", "-rf", "--", dir, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

#endif
