/* check_forms.c - what is sent to the portal: forms, their tokens, bodies and their bounds */
#include "notes.h"

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

int main(void)
{
	const struct conf *c = testdb_start();
	Suite *s = suite_create("forms");
	TCase *t = tcase_create("forms");
	int rc;

	if (!c)
		return EXIT_FAILURE;
	prepare(c);
	tcase_set_timeout(t, 30);
	tcase_add_checked_fixture(t, start, end);
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
	suite_add_tcase(s, t);
	rc = web_run(s);
	remove_files();
	testdb_stop();
	return rc;
}
