/* check_pipeline.c - a request's way, with a small route table and a real database */
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

static int note_get(struct req *q, struct note *n)
{
	return db_row(q->db, "SELECT id, version, title, amount FROM test_note WHERE id = ?", ARGS(A(q->id)), note_columns, n);
}

static int home(struct req *q, struct doc *d)
{
	return doc_text(d, "hello", q->user->person_id ? q->user->name : "<nobody>");
}

static int create(struct req *q, struct doc *d)
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

static int show(struct req *q, struct doc *d)
{
	struct note n;
	int rc = note_get(q, &n);

	return rc ? rc : doc_row(d, "note", note_columns, &n);
}

static int edit(struct req *q, struct doc *d)
{
	struct note n;
	int rc = note_get(q, &n);

	if (rc)
		return rc;
	*INPUT(q, note_input) = (struct note_input){ n.title, n.amount };
	doc_etag(d, "%lld", (long long)n.version);
	return doc_row(d, "note", note_columns, &n);
}

static int change(struct req *q, struct doc *d)
{
	const struct note_input *in = INPUT(q, note_input);
	int rc = db_change_one(q->db, "UPDATE test_note SET title = ?, amount = ?, version = version + 1 WHERE id = ? AND version = ?",
		ARGS(A(in->title), A(in->amount), A(q->id), A(q->version)));

	return rc ? rc : doc_go(d, "/notes/%lld", (long long)q->id);
}

static int retried(struct req *q, struct doc *d)
{
	int rc = db_exec(q->db, "INSERT INTO test_note (title) VALUES ('retried')", NO_ARGS, NULL);

	if (rc)
		return rc;
	return fail_times-- > 0 ? fail_detail(q->err, E_RETRY, "again") : doc_go(d, "/");
}

/* Another connection ends ours in the middle of its transaction. */
static int killed(struct req *q, struct doc *d)
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

static int boom(struct req *q, struct doc *d)
{
	(void)d;
	return fail_detail(q->err, E_INTERNAL, "SELECT secret FROM /etc/shadow");
}

static int live(struct req *q, struct doc *d)
{
	(void)q;
	doc_etag(d, "v7");
	return doc_text(d, "hello", "live");
}

static int file(struct req *q, struct doc *d)
{
	(void)q;
	d->send_file = "ab/cdef";
	d->raw_type = "text/html";
	d->raw_name = "\xc3\xbc\"ber\n.html";
	return OK;
}

static int enter(struct req *q, struct doc *d)
{
	if (str_eq(INPUT(q, sign_input)->word, "wrong"))
		return fail(q->err, E_AUTH, "Wrong word.");
	d->set_session = "abc";
	return doc_go(d, "/");
}

static int leave(struct req *q, struct doc *d)
{
	(void)q;
	d->set_session = "";
	return doc_go(d, "/");
}

static int counted(struct req *q, struct doc *d)
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

static void header(const char *line)
{
	ck_assert(str_copy(extra[n_extra++], sizeof(extra[0]), line));
}

static int status_of(const char *text)
{
	int64_t v = 0;

	if (!str_starts(text, "Status: ") || !str_to_int(arena_strndup(web_arena, text + 8, 3), 100, 599, &v))
		return -1;
	return (int)v;
}

/* The request's status; the whole answer is in answer. Headers given are forgotten. */
static int ask(const char *method, const char *path, const char *query, const char *type, const char *body)
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

static int get(const char *path)
{
	return ask("GET", path, NULL, NULL, NULL);
}

static int post(const char *path, const char *body)
{
	header("HTTP_SEC_FETCH_SITE=same-origin");
	return ask("POST", path, NULL, "application/x-www-form-urlencoded", body);
}

static int api(const char *method, const char *path, const char *body)
{
	char line[200];

	snprintf(line, sizeof(line), "HTTP_AUTHORIZATION=Bearer %s", token);
	header(line);
	return ask(method, arena_printf(web_arena, "/api/v1%s", path), NULL, body ? "application/json" : NULL, body);
}

static bool says(const char *text)
{
	return strstr(answer, text) != NULL;
}

/* Value of a header of the answer, or "". */
static const char *head(const char *name)
{
	const char *s = strstr(answer, arena_printf(web_arena, "\r\n%s: ", name));

	if (!s)
		return "";
	s += strlen(name) + 4;
	return arena_strndup(web_arena, s, strcspn(s, "\r"));
}

/* The one-time token of the form last drawn: "T:...|" */
static const char *form_token(void)
{
	const char *s = strstr(answer, "T:");

	return s ? arena_strndup(web_arena, s + 2, strcspn(s + 2, "|")) : "";
}

static const char *with_token(const char *fields)
{
	ck_assert_int_eq(get("/notes/new"), 200);
	return arena_printf(web_arena, "%s&_token=%s", fields, form_token());
}

static void be(const char *who)
{
	snprintf(cookie_line, sizeof(cookie_line), "%s%s", *who ? "prm=" : "", who);
}

static int64_t notes(const char *title)
{
	struct err e;
	struct db db;
	int64_t n = -1;

	db_use(&db, worker.link, web_arena, &e);
	ck_assert_int_eq(db_int(&db, "SELECT COUNT(*) FROM test_note WHERE title = ?", ARGS(A(title)), &n), OK);
	return n;
}

/* ---- faces, routes, statuses ---- */
START_TEST(a_public_page_is_drawn_escaped)
{
	be("");
	ck_assert_int_eq(get("/"), 200);
	ck_assert(says("H:&lt;nobody&gt;"));
	ck_assert_str_eq(head("Cache-Control"), "public, max-age=300");
	ck_assert_str_eq(head("Content-Type"), "text/html; charset=utf-8");
}
END_TEST

START_TEST(every_answer_has_the_security_headers_and_a_request_id)
{
	static const char *const paths[] = { "/", "/nothing", "/boom", "/private", "/api/v1/nothing" };

	be("");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		get(paths[i]);
		ck_assert(str_starts(head("Content-Security-Policy"), "default-src 'none'; script-src 'self'"));
		ck_assert_str_eq(head("X-Content-Type-Options"), "nosniff");
		ck_assert_str_eq(head("Referrer-Policy"), "same-origin");
		ck_assert_uint_eq(strlen(head("X-Request-Id")), 26);
	}
}
END_TEST

START_TEST(unknown_routes_are_404_and_other_methods_405_with_allow)
{
	be("");
	ck_assert_int_eq(get("/nothing"), 404);
	ck_assert(says("ERROR 404"));
	ck_assert(says(head("X-Request-Id")));
	ck_assert_int_eq(ask("DELETE", "/", NULL, NULL, NULL), 405);
	ck_assert_str_eq(head("Allow"), "GET, HEAD");
	ck_assert_int_eq(ask("OPTIONS", "/enter", NULL, NULL, NULL), 405);
	ck_assert_str_eq(head("Allow"), "GET, HEAD, POST");
	ck_assert_int_eq(ask("BREW", "/nothing", NULL, NULL, NULL), 404);
	ck_assert_int_eq(get("/notes/0"), 404);
	ck_assert_int_eq(get("/notes/01"), 404);
	ck_assert_int_eq(get("/notes/999999999999999999999"), 404);
}
END_TEST

START_TEST(head_is_get_without_a_body)
{
	be("");
	ck_assert_int_eq(ask("HEAD", "/", NULL, NULL, NULL), 200);
	ck_assert(!says("H:"));
	ck_assert_str_ne(head("Content-Length"), "");
}
END_TEST

START_TEST(a_slash_too_many_leads_to_the_page)
{
	be("");
	ck_assert_int_eq(ask("GET", "/private/", "a=1", NULL, NULL), 308);
	ck_assert_str_eq(head("Location"), "/private?a=1");
	ck_assert_int_eq(get("/nothing/"), 404);
	ck_assert_int_eq(get("//private"), 400);
}
END_TEST

START_TEST(nobody_is_sent_to_sign_in_and_comes_back)
{
	be("");
	ck_assert_int_eq(ask("GET", "/notes/7", "a=b&c=d", NULL, NULL), 303);
	ck_assert_str_eq(head("Location"), "/sign-in?next=%2Fnotes%2F7%3Fa%3Db%26c%3Dd");
	header("HTTP_HX_REQUEST=true");
	ck_assert_int_eq(get("/private"), 401);
	ck_assert_int_eq(get("/live"), 401);
	ck_assert_int_eq(get("/api/v1/private"), 401);
	ck_assert(str_starts(head("WWW-Authenticate"), "Bearer"));
	ck_assert_str_eq(head("Content-Type"), "application/problem+json");
}
END_TEST

START_TEST(a_session_is_known_and_a_false_one_is_deleted)
{
	be(session);
	ck_assert_int_eq(get("/private"), 200);
	ck_assert(says("H:Anna"));
	ck_assert_str_eq(head("Cache-Control"), "no-store");
	be("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	ck_assert_int_eq(get("/private"), 303);
	ck_assert(str_starts(head("Set-Cookie"), "prm=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
	ck_assert_int_eq(get("/"), 200);
}
END_TEST

START_TEST(the_api_takes_no_cookie_and_pages_take_no_token)
{
	char line[200];

	be(session);
	ck_assert_int_eq(get("/api/v1/private"), 401);
	be("");
	snprintf(line, sizeof(line), "HTTP_AUTHORIZATION=Bearer %s", token);
	header(line);
	ck_assert_int_eq(get("/private"), 303);
	ck_assert_int_eq(api("GET", "/private", NULL), 200);
	ck_assert(says("{\"hello\":\"Anna\"}"));
	header("HTTP_AUTHORIZATION=Bearer prm_wrong");
	ck_assert_int_eq(get("/api/v1/private"), 401);
	header("HTTP_AUTHORIZATION=Basic YTpi");
	ck_assert_int_eq(get("/api/v1/private"), 401);
}
END_TEST

START_TEST(a_missing_right_is_403)
{
	be(session);
	ck_assert_int_eq(get("/admin/x"), 403);
	be("");
	ck_assert_int_eq(api("GET", "/admin/x", NULL), 403);
	ck_assert(says("/developers#problem-forbidden"));
}
END_TEST

START_TEST(admin_pages_can_be_kept_to_some_networks)
{
	be("");
	conf.admin_allow = "10.0.0.0/8, 2001:db8::/32";
	ck_assert_int_eq(get("/admin/x"), 403);
	conf.admin_allow = "10.0.0.0/8, 192.0.2.0/29";
	ck_assert_int_eq(get("/admin/x"), 303);
	conf.admin_allow = "192.0.2.8/29";
	ck_assert_int_eq(get("/admin/x"), 403);
	conf.admin_allow = "";
}
END_TEST

START_TEST(a_failure_shows_its_number_and_never_its_detail)
{
	be("");
	ck_assert_int_eq(get("/boom"), 500);
	ck_assert(!says("SELECT") && !says("shadow"));
	ck_assert(says("ERROR 500"));
	ck_assert_int_eq(get("/api/v1/boom"), 500);
	ck_assert(!says("SELECT") && !says("shadow"));
	ck_assert(says("\"request_id\":"));
	ck_assert(says("\"type\":\"about:blank\""));
}
END_TEST

/* ---- forms ---- */
START_TEST(a_form_makes_a_note_and_says_so_once)
{
	const char *body, *flash;

	be(session);
	body = with_token("title=first&amount=3");
	ck_assert_int_eq(post("/notes", body), 303);
	ck_assert(str_starts(head("Location"), "/notes/"));
	flash = head("Set-Cookie");
	ck_assert(str_starts(flash, "prm-flash="));
	snprintf(cookie_line, sizeof(cookie_line), "prm=%s; %.*s", session, (int)strcspn(flash, ";"), flash);
	ck_assert_int_eq(get("/private"), 200);
	ck_assert(says("F:Kept &quot;first&quot;"));
	ck_assert(str_starts(head("Set-Cookie"), "prm-flash=; Path=/; Max-Age=0"));
	ck_assert_int_eq((int)notes("first"), 1);
}
END_TEST

START_TEST(a_forged_flash_is_not_shown)
{
	snprintf(cookie_line, sizeof(cookie_line), "prm-flash=eyJ0ZXh0IjoieCJ9.AAAA");
	ck_assert_int_eq(get("/"), 200);
	ck_assert(says("F:|"));
}
END_TEST

START_TEST(a_wrong_field_shows_the_form_again_with_what_was_typed)
{
	be(session);
	ck_assert_int_eq(post("/notes", with_token("title=&amount=5000")), 422);
	ck_assert(says("A:/notes|"));
	ck_assert(says("amount=5000"));
	ck_assert(!says("E:|"));
	ck_assert_uint_gt(strlen(form_token()), 40);
	ck_assert_int_eq(post("/notes", with_token("title=taken&amount=7")), 409);
	ck_assert(says("title=taken"));
	ck_assert(says("S:This title is taken."));
	ck_assert_int_eq((int)notes("taken"), 0);
}
END_TEST

START_TEST(a_form_must_come_from_here)
{
	const char *body;

	be(session);
	body = with_token("title=foreign");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", body), 403);
	header("HTTP_SEC_FETCH_SITE=cross-site");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", body), 403);
	header("HTTP_ORIGIN=http://127.0.0.1.evil.example");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", body), 403);
	header("HTTP_ORIGIN=null");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", body), 403);
	ck_assert_int_eq((int)notes("foreign"), 0);
	header("HTTP_ORIGIN=http://127.0.0.1");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", body), 303);
	header("HTTP_REFERER=http://127.0.0.1/notes/new");
	body = with_token("title=foreign");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", body), 403);
}
END_TEST

START_TEST(a_form_without_its_token_is_drawn_again)
{
	const char *body;

	be(session);
	ck_assert_int_eq(post("/notes", "title=tokenless"), 403);
	ck_assert(says("title=tokenless"));
	ck_assert(says("S:This page was open for too long"));
	/* the token of somebody else's session */
	body = with_token("title=tokenless");
	be(viewer);
	ck_assert_int_eq(post("/enter", arena_printf(web_arena, "word=x&_token=%s", form_token())), 403);
	be(session);
	ck_assert_int_eq((int)notes("tokenless"), 0);
	ck_assert_int_eq(post("/notes", body), 303);
}
END_TEST

START_TEST(a_form_sent_twice_is_done_once)
{
	const char *body, *first;

	be(session);
	body = with_token("title=twice&amount=1");
	ck_assert_int_eq(post("/notes", body), 303);
	first = head("Location");
	ck_assert_int_eq(post("/notes", body), 303);
	ck_assert_str_eq(head("Location"), first);
	ck_assert(str_starts(head("Set-Cookie"), "prm-flash="));
	ck_assert_int_eq((int)notes("twice"), 1);
	/* back, something else, the same token */
	body = arena_printf(web_arena, "title=other%s", strstr(body, "&"));
	ck_assert_int_eq(post("/notes", body), 409);
	ck_assert(says("title=other"));
	ck_assert_int_eq((int)notes("other"), 0);
}
END_TEST

START_TEST(a_refused_form_can_be_sent_again_with_its_token)
{
	const char *body;

	be(session);
	body = with_token("title=taken");
	ck_assert_int_eq(post("/notes", body), 409);
	body = arena_printf(web_arena, "title=free%s", strstr(body, "&"));
	ck_assert_int_eq(post("/notes", body), 303);
	ck_assert_int_eq((int)notes("free"), 1);
}
END_TEST

START_TEST(two_at_the_same_moment_make_one)
{
	const char *body;
	pid_t pids[4];

	be(session);
	body = with_token("title=racing");
	for (size_t i = 0; i < 4; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			worker.link = db_link_new(&conf);
			_exit(post("/notes", body) == 303 ? 0 : 1);
		}
	}
	for (size_t i = 0; i < 4; i++) {
		int status = 1;

		waitpid(pids[i], &status, 0);
		ck_assert_int_eq(status, 0);
	}
	ck_assert_int_eq((int)notes("racing"), 1);
}
END_TEST

START_TEST(a_stale_edit_shows_both_versions)
{
	const char *path, *body;

	be(session);
	ck_assert_int_eq(post("/notes", with_token("title=mine&amount=1")), 303);
	path = head("Location");
	ck_assert_int_eq(get(arena_printf(web_arena, "%s/edit", path)), 200);
	ck_assert(says("title=mine") && says("V:1|") && says(arena_printf(web_arena, "A:%s|", path)));
	body = arena_printf(web_arena, "title=yours&amount=2&_version=1&_token=%s", form_token());
	ck_assert_int_eq(post(path, body), 303);
	ck_assert_int_eq(post(path, arena_printf(web_arena, "title=late&amount=2&_version=1&_token=%s",
		(get("/notes/new"), form_token()))), 409);
	ck_assert(says("title=late") && says("theirs=yours") && says("V:2|"));
	be("");
	header("HTTP_IF_MATCH=\"1\"");
	ck_assert_int_eq(api("POST", path, "{\"title\":\"api\",\"amount\":4}"), 412);
	header("HTTP_IF_MATCH=\"2\"");
	ck_assert_int_eq(api("POST", path, "{\"title\":\"api\",\"amount\":4}"), 200);
	/* as nginx and Apache rewrite the tag of a compressed answer */
	header("HTTP_IF_MATCH=W/\"3\"");
	ck_assert_int_eq(api("POST", path, "{\"title\":\"api\",\"amount\":5}"), 200);
	header("HTTP_IF_MATCH=\"4-gzip\"");
	ck_assert_int_eq(api("POST", path, "{\"title\":\"api\",\"amount\":6}"), 200);
	header("HTTP_IF_MATCH=\"5-zip\"");
	ck_assert_int_eq(api("POST", path, "{\"title\":\"api\",\"amount\":7}"), 412);
}
END_TEST

/* ---- bodies ---- */
START_TEST(bodies_too_large_or_of_the_wrong_type_are_refused)
{
	char *big = arena_alloc(web_arena, MAX_FORM_BODY + 2);

	memset(big, 'a', MAX_FORM_BODY + 1);
	be(session);
	ck_assert_int_eq(post("/notes", big), 413);
	header("HTTP_SEC_FETCH_SITE=same-origin");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "text/plain", "title=x"), 415);
	header("HTTP_SEC_FETCH_SITE=same-origin");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/json", "{}"), 415);
	ck_assert_int_eq(post("/notes", "title=%zz"), 400);
	header("HTTP_SEC_FETCH_SITE=same-origin");
	header("CONTENT_LENGTH=99");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", NULL), 400);
	header("HTTP_SEC_FETCH_SITE=same-origin");
	header("CONTENT_LENGTH=-1");
	ck_assert_int_eq(ask("POST", "/notes", NULL, "application/x-www-form-urlencoded", NULL), 400);
	be("");
	ck_assert_int_eq(api("POST", "/notes", "{"), 400);
	ck_assert_int_eq(api("POST", "/notes", "[]"), 400);
	header(arena_printf(web_arena, "HTTP_AUTHORIZATION=Bearer %s", token));
	ck_assert_int_eq(ask("POST", "/api/v1/notes", NULL, "application/x-www-form-urlencoded", "title=x"), 415);
	header(arena_printf(web_arena, "HTTP_AUTHORIZATION=Bearer %s", token));
	ck_assert_int_eq(ask("POST", "/api/v1/notes", NULL, "application/json; charset=latin-1", "{}"), 415);
}
END_TEST

START_TEST(a_query_too_long_is_refused)
{
	char *big = arena_alloc(web_arena, MAX_QUERY + 2);

	memset(big, 'a', MAX_QUERY + 1);
	be("");
	ck_assert_int_eq(ask("GET", "/", big, NULL, NULL), 413);
}
END_TEST

/* ---- the API ---- */
START_TEST(the_api_answers_with_the_document)
{
	be("");
	ck_assert_int_eq(api("POST", "/notes", "{\"title\":\"api note\",\"amount\":2}"), 201);
	ck_assert(str_starts(head("Location"), "/api/v1/notes/"));
	ck_assert(says("{\"note\":{\"id\":"));
	ck_assert_str_eq(head("Set-Cookie"), "");
	ck_assert_int_eq((int)notes("api note"), 1);
}
END_TEST

START_TEST(a_problem_names_the_fields)
{
	be("");
	ck_assert_int_eq(api("POST", "/notes", "{\"amount\":0,\"colour\":1}"), 422);
	ck_assert_str_eq(head("Content-Type"), "application/problem+json");
	ck_assert(says("\"type\":\"http://127.0.0.1/developers#problem-invalid\""));
	ck_assert(says("\"field\":\"title\"") && says("\"field\":\"amount\"") && says("\"field\":\"colour\""));
	ck_assert(says("\"status\":422") && says("\"instance\":\"/api/v1/notes\""));
}
END_TEST

START_TEST(a_call_with_its_key_is_done_once)
{
	const char *first, *body = "{\"title\":\"keyed\"}";

	be("");
	header("HTTP_IDEMPOTENCY_KEY=k-1");
	ck_assert_int_eq(api("POST", "/notes", body), 201);
	ck_assert_str_eq(head("Idempotent-Replayed"), "");
	first = strstr(answer, "{\"note\"");
	header("HTTP_IDEMPOTENCY_KEY=k-1");
	ck_assert_int_eq(api("POST", "/notes", body), 201);
	ck_assert_str_eq(head("Idempotent-Replayed"), "true");
	ck_assert_str_eq(strstr(answer, "{\"note\""), first);
	ck_assert_int_eq((int)notes("keyed"), 1);
	header("HTTP_IDEMPOTENCY_KEY=k-1");
	ck_assert_int_eq(api("POST", "/notes", "{\"title\":\"other key\"}"), 422);
	header("HTTP_IDEMPOTENCY_KEY=a b");
	ck_assert_int_eq(api("POST", "/notes", body), 400);
	ck_assert_int_eq(api("POST", "/notes", body), 201);
	ck_assert_int_eq((int)notes("keyed"), 2);
}
END_TEST

START_TEST(a_json_answer_has_an_etag)
{
	const char *etag;

	be("");
	ck_assert_int_eq(api("GET", "/private", NULL), 200);
	etag = head("ETag");
	ck_assert_uint_gt(strlen(etag), 10);
	header(arena_printf(web_arena, "HTTP_IF_NONE_MATCH=\"x\", W/%s", etag));
	ck_assert_int_eq(api("GET", "/private", NULL), 304);
	ck_assert(!says("hello"));
	ck_assert_str_eq(head("Content-Type"), "");
}
END_TEST

START_TEST(a_live_part_is_drawn_only_when_it_changed)
{
	be(session);
	ck_assert_int_eq(get("/live"), 200);
	ck_assert_str_eq(head("ETag"), "\"v7\"");
	ck_assert_str_eq(head("Cache-Control"), "private, no-cache");
	header("HTTP_IF_NONE_MATCH=\"v7\"");
	ck_assert_int_eq(get("/live"), 304);
	ck_assert(!says("H:"));
}
END_TEST

/* ---- trouble ---- */
START_TEST(a_transaction_in_conflict_is_run_again)
{
	be("");
	fail_times = 2;
	ck_assert_int_eq(api("POST", "/retry", "{}"), 200);
	ck_assert_int_eq((int)notes("retried"), 1);
	fail_times = 100;
	ck_assert_int_eq(api("POST", "/retry", "{}"), 503);
	ck_assert_str_eq(head("Retry-After"), "5");
	ck_assert_int_eq((int)notes("retried"), 1);
}
END_TEST

START_TEST(a_connection_that_breaks_is_made_again)
{
	be("");
	fail_times = 1;
	ck_assert_int_eq(api("POST", "/killed", "{}"), 200);
	ck_assert_int_eq((int)notes("killed"), 1);
}
END_TEST

START_TEST(without_the_database_there_is_a_calm_page)
{
	struct conf away = conf;
	struct db_link *link = worker.link;

	away.db_socket = "/nowhere/sock";
	worker.link = db_link_new(&away);
	be(session);
	ck_assert_int_eq(get("/private"), 503);
	ck_assert_str_eq(head("Retry-After"), "5");
	ck_assert(says("ERROR 503"));
	ck_assert(!says("nowhere"));
	be("");
	ck_assert_int_eq(api("GET", "/private", NULL), 503);
	ck_assert(says("problem-away"));
	db_link_free(worker.link);
	worker.link = link;
}
END_TEST

START_TEST(a_count_outlives_the_rollback)
{
	be("");
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(get("/enter"), 200);
		ck_assert_int_eq(post("/counted", arena_printf(web_arena, "_token=%s", form_token())), i < 2 ? 409 : 429);
	}
	ck_assert_str_ne(head("Retry-After"), "");
}
END_TEST

/* ---- signing in and out ---- */
START_TEST(a_session_begins_and_ends_with_its_cookie)
{
	const char *body;

	be("");
	ck_assert_int_eq(get("/enter"), 200);
	body = arena_printf(web_arena, "word=wrong&_token=%s", form_token());
	ck_assert_int_eq(post("/enter", body), 422);
	ck_assert(says("S:Wrong word."));
	body = arena_printf(web_arena, "word=right&_token=%s", form_token());
	ck_assert_int_eq(post("/enter", body), 303);
	ck_assert_str_eq(head("Set-Cookie"), "prm=abc; Path=/; HttpOnly; SameSite=Lax");
	/* a double click gets a session, too: the first answer never arrived */
	ck_assert_int_eq(post("/enter", body), 303);
	ck_assert_str_eq(head("Set-Cookie"), "prm=abc; Path=/; HttpOnly; SameSite=Lax");
	be(session);
	ck_assert_int_eq(post("/leave", ""), 303);
	ck_assert(str_starts(head("Set-Cookie"), "prm=; Path=/; Max-Age=0"));
	ck_assert_str_ne(head("Clear-Site-Data"), "");
}
END_TEST

START_TEST(a_step_up_is_asked_for_after_a_while)
{
	struct err e;
	struct db db;

	be(session);
	ck_assert_int_eq(post("/step", with_token("a=1")), 200);
	db_use(&db, worker.link, web_arena, &e);
	ck_assert_int_eq(db_exec(&db, "UPDATE session SET stepped_up_at = stepped_up_at - INTERVAL 16 MINUTE", NO_ARGS, NULL), OK);
	ck_assert_int_eq(post("/step", with_token("a=1")), 303);
	ck_assert(str_starts(head("Location"), "/account/step-up?next="));
	be("");
	ck_assert_int_eq(api("POST", "/step", "{}"), 403);
	ck_assert(says("problem-stepup"));
}
END_TEST

/* ---- files ---- */
START_TEST(a_file_is_handed_out_as_an_attachment)
{
	be(session);
	ck_assert_int_eq(get("/file"), 200);
	ck_assert(says("\r\n\r\n<b>stored</b>"));
	ck_assert_str_eq(head("Content-Disposition"),
		"attachment; filename=\"___ber_.html\"; filename*=UTF-8''%C3%BC%22ber%0A.html");
	ck_assert(strstr(head("Content-Security-Policy"), "sandbox") != NULL);
	header("PRM_SENDFILE=nginx");
	ck_assert_int_eq(get("/file"), 200);
	ck_assert_str_eq(head("X-Accel-Redirect"), "/_files/ab/cdef");
	ck_assert(!says("stored"));
}
END_TEST

START_TEST(an_upload_may_be_larger_than_a_form)
{
	struct strbuf b;

	be(session);
	strbuf_init(&b, web_arena, 4u << 20);
	ck_assert_int_eq(get("/notes/new"), 200);
	strbuf_addf(&b, "--q\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n%s\r\n", form_token());
	strbuf_add(&b, "--q\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n");
	for (int i = 0; i < 60000; i++)
		strbuf_add(&b, "hello hello hello\n");
	strbuf_add(&b, "\r\n--q--\r\n");
	header("HTTP_SEC_FETCH_SITE=same-origin");
	ck_assert_int_eq(ask("POST", "/upload", NULL, "multipart/form-data; boundary=q", b.text), 200);
}
END_TEST

/* ---- tables ---- */
static int faults(const struct route *r)
{
	const struct program p[] = { { "x", r }, { NULL, NULL } };
	FILE *out = fopen("/dev/null", "w");
	int n = routes_check(p, out);

	fclose(out);
	return n;
}

START_TEST(a_table_that_cannot_be_right_is_refused)
{
	static const struct route no_right[] = { { GET, "/a", home, RIGHT_NONE, "x.cs" }, ROUTE_END };
	static const struct route twice[] = { { GET, "/a", home, PUBLIC, "x.cs" }, { GET, "/a", home, PUBLIC, "y.cs" }, ROUTE_END };
	static const struct route two_faces[] = { { GET, "/a", home, PUBLIC, "x.cs", .flags = PAGE_ONLY },
		{ GET, "/a", home, PUBLIC, NULL, .flags = API_ONLY }, ROUTE_END };
	static const struct route no_page[] = { { POST, "/a", home, PUBLIC, NULL, note_fields, sizeof(struct note_input) }, ROUTE_END };
	static const struct route no_redraw[] = { { POST, "/a", home, PUBLIC, NULL, .redraw = "/b" }, ROUTE_END };
	static const struct route odd[] = { { GET, "/a/{name}", home, PUBLIC, "x.cs" }, ROUTE_END };
	static const struct route no_size[] = { { GET, "/a", home, PUBLIC, "x.cs", note_fields }, ROUTE_END };

	ck_assert_int_eq(faults(routes), 0);
	ck_assert_int_eq(faults(no_right), 1);
	ck_assert_int_eq(faults(twice), 1);
	ck_assert_int_eq(faults(two_faces), 0);
	ck_assert_int_eq(faults(no_page), 1);
	ck_assert_int_eq(faults(no_redraw), 1);
	ck_assert_int_eq(faults(odd), 1);
	ck_assert_int_ge(faults(no_size), 1);
}
END_TEST

/* ---- set-up ---- */
static void spew(const char *name, const char *text, mode_t mode)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	if (!f || fputs(text, f) < 0 || fclose(f) || chmod(path, mode))
		abort();
}

static const char *in_dir(const char *name)
{
	return strdup(arena_printf(web_arena, "%s/%s", dir, name));
}

static void make_files(void)
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
static void sql(struct db *db, const char *text)
{
	if (db_exec(db, text, NO_ARGS, NULL)) {
		fprintf(stderr, "%s: %s\n", text, db->err->detail);
		exit(1);
	}
}

static void make_people(struct db *db)
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

static void prepare(const struct conf *c)
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

static void start(void)
{
	web_start();
	ck_assert_int_eq(worker_start(&worker, &conf, programs), 0);
	be("");
	n_extra = 0;
}

static void end(void)
{
	worker_end(&worker);
	web_end();
}

static void remove_files(void)
{
	pid_t pid = fork();

	if (!pid) {
		execlp("rm", "rm", "-rf", "--", dir, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

int main(void)
{
	const struct conf *c = testdb_start();
	Suite *s = suite_create("pipeline");
	TCase *t = tcase_create("pipeline");
	int rc;

	if (!c)
		return EXIT_FAILURE;
	prepare(c);
	tcase_set_timeout(t, 30);
	tcase_add_checked_fixture(t, start, end);
	tcase_add_test(t, a_public_page_is_drawn_escaped);
	tcase_add_test(t, every_answer_has_the_security_headers_and_a_request_id);
	tcase_add_test(t, unknown_routes_are_404_and_other_methods_405_with_allow);
	tcase_add_test(t, head_is_get_without_a_body);
	tcase_add_test(t, a_slash_too_many_leads_to_the_page);
	tcase_add_test(t, nobody_is_sent_to_sign_in_and_comes_back);
	tcase_add_test(t, a_session_is_known_and_a_false_one_is_deleted);
	tcase_add_test(t, the_api_takes_no_cookie_and_pages_take_no_token);
	tcase_add_test(t, a_missing_right_is_403);
	tcase_add_test(t, admin_pages_can_be_kept_to_some_networks);
	tcase_add_test(t, a_failure_shows_its_number_and_never_its_detail);
	tcase_add_test(t, a_form_makes_a_note_and_says_so_once);
	tcase_add_test(t, a_forged_flash_is_not_shown);
	tcase_add_test(t, a_wrong_field_shows_the_form_again_with_what_was_typed);
	tcase_add_test(t, a_form_must_come_from_here);
	tcase_add_test(t, a_form_without_its_token_is_drawn_again);
	tcase_add_test(t, a_form_sent_twice_is_done_once);
	tcase_add_test(t, a_refused_form_can_be_sent_again_with_its_token);
	tcase_add_test(t, two_at_the_same_moment_make_one);
	tcase_add_test(t, a_stale_edit_shows_both_versions);
	tcase_add_test(t, bodies_too_large_or_of_the_wrong_type_are_refused);
	tcase_add_test(t, a_query_too_long_is_refused);
	tcase_add_test(t, the_api_answers_with_the_document);
	tcase_add_test(t, a_problem_names_the_fields);
	tcase_add_test(t, a_call_with_its_key_is_done_once);
	tcase_add_test(t, a_json_answer_has_an_etag);
	tcase_add_test(t, a_live_part_is_drawn_only_when_it_changed);
	tcase_add_test(t, a_transaction_in_conflict_is_run_again);
	tcase_add_test(t, a_connection_that_breaks_is_made_again);
	tcase_add_test(t, without_the_database_there_is_a_calm_page);
	tcase_add_test(t, a_count_outlives_the_rollback);
	tcase_add_test(t, a_session_begins_and_ends_with_its_cookie);
	tcase_add_test(t, a_step_up_is_asked_for_after_a_while);
	tcase_add_test(t, a_file_is_handed_out_as_an_attachment);
	tcase_add_test(t, an_upload_may_be_larger_than_a_form);
	tcase_add_test(t, a_table_that_cannot_be_right_is_refused);
	suite_add_tcase(s, t);
	rc = web_run(s);
	remove_files();
	testdb_stop();
	return rc;
}
