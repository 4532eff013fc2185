/* check_pipeline.c - a request's way, with a small route table and a real database */
#include "notes.h"

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
