/* check_sign_in.c - signing in, passwords, links, second factor */
#include "people.h"

/* ---- signing in ---- */

START_TEST(browsers_have_names)
{
	struct arena *m = arena_new(1 << 16);

	intl_use("en");
	ck_assert_str_eq(agent_text(m, "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
		"Chrome/156.0.0.0 Safari/537.36"), "Chrome 156 on Linux");
	ck_assert_str_eq(agent_text(m, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
		"(KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"), "Safari 17 on iPhone");
	ck_assert_str_eq(agent_text(m, "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"),
		"Firefox 128 on Windows");
	ck_assert_str_eq(agent_text(m, "curl/8.5.0"), "curl 8.5.0");
	ck_assert_str_eq(agent_text(m, "strange (thing)"), "strange");
	ck_assert_str_eq(agent_text(m, NULL), "");
	arena_free(m);
}
END_TEST

START_TEST(the_right_password_opens_a_session_of_the_right_side)
{
	struct user u = signed_in(" Anna@Nordlicht.example ", PASSWORD);

	ck_assert_int_eq(u.person_id, 1);
	ck_assert_int_eq(u.partner_id, 1);
	ck_assert(!u.vendor);
	ck_assert_str_eq(u.firm, "Nordlicht Systems");
	ck_assert_uint_eq(u.roles, ROLE_OWNER);
	ck_assert(user_may(&u, FIRM_PEOPLE) && !user_may(&u, PEOPLE_ADMIN));
	u = signed_in("cem@halvard.example", PASSWORD);
	ck_assert(u.vendor && u.own_partners_only);
	ck_assert_str_eq(u.firm, "Halvard Security");
	u = signed_in("ada@halvard.example", PASSWORD);
	ck_assert(u.vendor && !u.own_partners_only && u.must_enroll_totp);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM event WHERE what = 'signed_in'"), 3);
	run("DELETE FROM event");
	run("UPDATE event_head SET seq = 0, hash = REPEAT(CHAR(0), 32)");
}
END_TEST

START_TEST(every_failure_has_the_same_words)
{
	struct user u;
	const char *token;
	char first[300];

	ck_assert_int_eq(enter("nobody@example.test", PASSWORD, NULL, &token, &u), E_AUTH);
	str_copy(first, sizeof(first), db->err->message);
	ck_assert_int_eq(enter("anna@nordlicht.example", "wrong password", NULL, &token, &u), E_AUTH);
	ck_assert_str_eq(db->err->message, first);
	run("UPDATE person SET status = 'disabled' WHERE id = 1");
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u), E_AUTH);
	ck_assert_str_eq(db->err->message, first);
	run("UPDATE membership SET status = 'ended' WHERE id = 2");
	ck_assert_int_eq(enter("bo@rival.example", PASSWORD, NULL, &token, &u), E_AUTH);
	ck_assert_str_eq(db->err->message, first);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM session"), 0);
}
END_TEST

START_TEST(a_session_ends_idle_old_disabled_or_terminated)
{
	struct user u, again = { .person_id = 0 };
	const char *token;

	must(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u));
	must(user_by_session(db, &conf, token, &again));
	ck_assert_int_eq(again.person_id, 1);
	ck_assert_int_eq(user_by_session(db, &conf, "made up", &again), E_NOTFOUND);
	at("2027-03-15T09:29:59Z");
	must(user_by_session(db, &conf, token, &again));
	must(session_touch(db, &again));
	at("2027-03-15T09:59:00Z");
	must(user_by_session(db, &conf, token, &again));
	at("2027-03-15T10:00:01Z");
	ck_assert_int_eq(user_by_session(db, &conf, token, &again), E_NOTFOUND);
	run("UPDATE session SET seen_at = '2027-03-15 21:00:30'");
	at("2027-03-15T21:00:31Z");
	ck_assert_int_eq(user_by_session(db, &conf, token, &again), E_NOTFOUND);
	at("2027-03-15T09:01:00Z");
	run("UPDATE session SET seen_at = '2027-03-15 09:00:30'");
	must(user_by_session(db, &conf, token, &again));
	run("UPDATE partner SET status = 'terminated' WHERE id = 1");
	ck_assert_int_eq(user_by_session(db, &conf, token, &again), E_NOTFOUND);
	run("UPDATE partner SET status = 'suspended' WHERE id = 1");
	must(user_by_session(db, &conf, token, &again));
	run("UPDATE person SET status = 'disabled' WHERE id = 1");
	ck_assert_int_eq(user_by_session(db, &conf, token, &again), E_NOTFOUND);
}
END_TEST

START_TEST(only_hashes_of_secrets_are_kept)
{
	struct user u;
	const char *token, *secret;
	int64_t id, n;

	must(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u));
	must(DO(token_add(db, &u, "CRM", scope_bit("deals:read"), 30, &secret, &id)));
	ck_assert_uint_ge(strlen(token), 43);
	must(db_int(db, "SELECT COUNT(*) FROM session WHERE hash = ? OR HEX(hash) = ?", ARGS(A(token), A(token)), &n));
	ck_assert_int_eq(n, 0);
	must(db_int(db, "SELECT COUNT(*) FROM api_token WHERE hash = ? OR name = ?", ARGS(A(secret), A(secret)), &n));
	ck_assert_int_eq(n, 0);
	ck_assert(number("SELECT password_hash LIKE '$argon2id$v=19$m=19456,t=2,%' FROM person WHERE id = 1"));
}
END_TEST

START_TEST(old_parameters_are_mended_at_sign_in)
{
	conf.argon2_ops = 3;
	signed_in("anna@nordlicht.example", PASSWORD);
	ck_assert(number("SELECT password_hash LIKE '$argon2id$v=19$m=19456,t=3,%' FROM person WHERE id = 1"));
	conf.argon2_ops = 2;
	signed_in("anna@nordlicht.example", PASSWORD);
}
END_TEST

START_TEST(guessing_gets_slower_and_never_locks_out)
{
	struct user u;
	const char *token;

	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(enter("anna@nordlicht.example", "wrong password", NULL, &token, &u), E_AUTH);
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u), E_LIMIT);
	ck_assert_int_eq(db->err->retry_after, 2);
	at("2027-03-15T09:00:02Z");
	ck_assert_int_eq(enter("anna@nordlicht.example", "wrong password", NULL, &token, &u), E_AUTH);
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u), E_LIMIT);
	ck_assert_int_eq(db->err->retry_after, 4);
	/* from elsewhere the same account is not slowed */
	must(sign_in(db, &conf, "anna@nordlicht.example", PASSWORD, NULL, "203.0.113.9", "Firefox", &token, &u));
	at("2027-03-15T09:00:06Z");
	must(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u));
	ck_assert_int_eq(enter("anna@nordlicht.example", "wrong password", NULL, &token, &u), E_AUTH);
}
END_TEST

START_TEST(an_address_may_fail_fifty_times)
{
	struct user u;
	const char *token;
	int i, rc = E_AUTH;

	for (i = 0; i < 60 && rc == E_AUTH; i++)
		rc = enter(arena_printf(db->arena, "p%d@example.test", i), "wrong password", NULL, &token, &u);
	ck_assert_int_eq(rc, E_LIMIT);
	ck_assert_int_eq(i, 51);
	/* unknown people are counted like known ones; a known address of anna's is still hers elsewhere */
	must(sign_in(db, &conf, "anna@nordlicht.example", PASSWORD, NULL, "203.0.113.9", "Firefox", &token, &u));
}
END_TEST

START_TEST(an_account_under_attack_stays_open_to_its_own_addresses)
{
	struct user u;
	const char *token;
	int rc = E_AUTH;

	signed_in("anna@nordlicht.example", PASSWORD);
	for (int i = 0; i < 60 && rc == E_AUTH; i++) {
		err_clear(db->err);
		rc = sign_in(db, &conf, "anna@nordlicht.example", "wrong password", NULL,
			arena_printf(db->arena, "203.0.113.%d", i), "curl", &token, &u);
	}
	ck_assert_int_eq(rc, E_LIMIT);
	signed_in("anna@nordlicht.example", PASSWORD);
}
END_TEST

START_TEST(a_new_browser_is_told_by_mail_once)
{
	struct user u;
	const char *token;

	signed_in("anna@nordlicht.example", PASSWORD);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE template = 'new-sign-in'"), 1);
	signed_in("anna@nordlicht.example", PASSWORD);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE template = 'new-sign-in'"), 1);
	must(sign_in(db, &conf, "anna@nordlicht.example", PASSWORD, NULL, "198.51.100.7", "Chrome", &token, &u));
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE template = 'new-sign-in'"), 2);
}
END_TEST

/* ---- passwords ---- */

static const struct { const char *password; int rc; } passwords[] = {
	{ "short", E_INVALID },
	{ "ninechars", E_INVALID },
	{ "1234567890", E_INVALID },
	{ "qwertyuiop", E_INVALID },
	{ "password123!", E_INVALID },
	{ "Sunshine2026!!", E_INVALID },
	{ "aaaaaaaaaaaaaaaa", E_INVALID },
	{ "rossi likes tea at nine", E_INVALID },
	{ "my-anna-password-x", E_INVALID },
	{ "Halvard rules them all", E_INVALID },
	{ "nordlicht am morgen", E_INVALID },
	{ "blaue Tassen im Regal", OK },
	{ "päßwörter änd möre", OK },
	{ "🎉🎊🎈🎁🎀 party", OK },
	{ "x9!kQ-vv2#Lp", OK },
	{ "security matters to my aunt", OK },
};

START_TEST(passwords_are_refused_for_length_commonness_and_names_only)
{
	const struct password_about about = { .name = "Anna Rossi", .email = "anna@nordlicht.example",
		.vendor = "Halvard Security", .firm = "Nordlicht Systems" };
	char longest[PASSWORD_MAX + 2];

	err_clear(db->err);
	ck_assert_msg(password_allowed(db, &conf, "password", passwords[_i].password, &about) == passwords[_i].rc,
		"%s: %s", passwords[_i].password, db->err->n_fields ? db->err->fields[0].message : "allowed");
	for (int i = 0; i <= PASSWORD_MAX; i++)
		longest[i] = (char)('a' + i % 26);
	longest[PASSWORD_MAX + 1] = '\0';
	err_clear(db->err);
	ck_assert_int_eq(password_allowed(db, &conf, "password", longest, &about), E_INVALID);
	longest[PASSWORD_MAX] = '\0';
	err_clear(db->err);
	must(password_allowed(db, &conf, "password", longest, &about));
}
END_TEST

START_TEST(a_changed_password_ends_the_other_sessions)
{
	struct user first = signed_in("anna@nordlicht.example", PASSWORD);
	struct user second = signed_in("anna@nordlicht.example", PASSWORD), u;
	const char *token;

	(void)first;
	ck_assert_int_eq(person_prove(db, &conf, &second, "current", "wrong password"), E_INVALID);
	ck_assert_str_eq(field_of_error(), "current");
	err_clear(db->err);
	must(person_prove(db, &conf, &second, "current", PASSWORD));
	must(DO(person_set_password(db, &conf, &second, "password", NEW_PASSWORD)));
	ck_assert_int_eq(number("SELECT COUNT(*) FROM session WHERE person_id = 1"), 1);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE template = 'account-changed'"), 1);
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u), E_AUTH);
	must(enter("anna@nordlicht.example", NEW_PASSWORD, NULL, &token, &u));
}
END_TEST

/* ---- links ---- */

START_TEST(a_reset_link_works_once_within_an_hour_and_signs_nobody_in)
{
	const char *link, *token;
	struct user u;

	signed_in("anna@nordlicht.example", PASSWORD);
	must(DO(reset_ask(db, &conf, "nobody@example.test")));
	ck_assert_int_eq(number("SELECT COUNT(*) FROM link_token"), 0);
	must(DO(reset_ask(db, &conf, "ANNA@nordlicht.example")));
	link = sealed_link("reset", "/reset/");
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE body LIKE '%/reset/%'"), 0);
	ck_assert_int_eq(DO(link_set_password(db, &conf, "reset", link, "password", "1234567890", NULL, "-")), E_INVALID);
	must(DO(link_set_password(db, &conf, "reset", link, "password", NEW_PASSWORD, NULL, "-")));
	ck_assert_int_eq(number("SELECT COUNT(*) FROM session WHERE person_id = 1"), 0);
	ck_assert_int_eq(DO(link_set_password(db, &conf, "reset", link, "password", "another pass phrase", NULL, "-")), E_NOTFOUND);
	must(enter("anna@nordlicht.example", NEW_PASSWORD, NULL, &token, &u));
	must(DO(reset_ask(db, &conf, "anna@nordlicht.example")));
	link = sealed_link("reset", "/reset/");
	ck_assert_int_eq(DO(link_set_password(db, &conf, "invitation", link, "password", NEW_PASSWORD, NULL, "-")), E_NOTFOUND);
	at("2027-03-15T10:00:01Z");
	ck_assert_int_eq(DO(link_set_password(db, &conf, "reset", link, "password", NEW_PASSWORD, NULL, "-")), E_NOTFOUND);
}
END_TEST

START_TEST(a_new_address_counts_once_its_link_is_opened)
{
	struct user u;
	const char *token;

	must(DO(person_email_ask(db, &conf, &anna, "Anna.New@nordlicht.example")));
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE address = 'anna.new@nordlicht.example'"), 1);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE address = 'anna@nordlicht.example'"), 1);
	must(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u));
	must(DO(person_email_confirm(db, &conf, sealed_link("email-change", "/confirm/"))));
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u), E_AUTH);
	must(enter("anna.new@nordlicht.example", PASSWORD, NULL, &token, &u));
	/* somebody else's address: the same answer, no link */
	must(DO(person_email_ask(db, &conf, &anna, "bo@rival.example")));
	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE address = 'bo@rival.example'"), 0);
}
END_TEST

/* ---- second factor ---- */

static unsigned char seed[TOTP_SECRET_SIZE];

static const char *code_at(int64_t shift)
{
	static char code[7];

	ck_assert_int_eq(oath_totp_generate((const char *)seed, sizeof(seed),
		(time_t)(db->now.us / 1000000 + shift), 30, 0, 6, code), OATH_OK);
	return code;
}

static const char *const *enrolled(void)
{
	const char *sealed, *typed, *uri, *const *codes;
	char *bare, *secret;
	size_t n = 0, size;

	must(totp_propose(db, &conf, &anna, &sealed));
	must(totp_proposed(db, &conf, &anna, sealed, &typed, &uri));
	ck_assert_ptr_nonnull(strstr(uri, "otpauth://totp/Halvard%20Security:anna%40nordlicht.example?secret="));
	bare = arena_strdup(db->arena, typed);
	for (const char *s = typed; *s; s++)
		if (*s != ' ')
			bare[n++] = *s;
	bare[n] = '\0';
	ck_assert_int_eq(oath_base32_decode(bare, n, &secret, &size), OATH_OK);
	ck_assert_uint_eq(size, sizeof(seed));
	memcpy(seed, secret, size);
	free(secret);
	ck_assert_int_eq(DO(totp_enrol(db, &conf, &anna, sealed, "000000", &codes)), E_INVALID);
	err_clear(db->err);
	must(DO(totp_enrol(db, &conf, &anna, sealed, code_at(0), &codes)));
	return codes;
}

START_TEST(a_code_works_once_and_only_in_its_time)
{
	struct user u;
	const char *token;

	enrolled();
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, NULL, &token, &u), E_STEPUP);
	/* the code of the enrolment is used up */
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, code_at(0), &token, &u), E_AUTH);
	must(enter("anna@nordlicht.example", PASSWORD, code_at(30), &token, &u));
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, code_at(30), &token, &u), E_AUTH);
	at("2027-03-15T09:05:00Z");
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, code_at(-60), &token, &u), E_AUTH);
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, code_at(60), &token, &u), E_AUTH);
	ck_assert_int_eq(enter("anna@nordlicht.example", "wrong password", code_at(0), &token, &u), E_AUTH);
	must(enter("anna@nordlicht.example", PASSWORD, code_at(-30), &token, &u));
	must(enter("anna@nordlicht.example", PASSWORD, code_at(0), &token, &u));
}
END_TEST

START_TEST(the_second_page_needs_no_password_and_ends_after_five_minutes)
{
	struct user u = { .person_id = 0 };
	const char *state, *token, *other;

	enrolled();
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, NULL, &state, &u), E_STEPUP);
	err_clear(db->err);
	ck_assert_int_eq(sign_in_code(db, &conf, state, "123456", "198.51.100.7", "Firefox", &token, &u), E_AUTH);
	ck_assert_int_eq(sign_in_code(db, &conf, "made up", code_at(30), "198.51.100.7", "Firefox", &token, &u), E_INVALID);
	/* what was sealed for another purpose does not open this */
	must(seal_text(db, &conf, "link", "1 1", 300, &other));
	ck_assert_int_eq(sign_in_code(db, &conf, other, code_at(30), "198.51.100.7", "Firefox", &token, &u), E_INVALID);
	err_clear(db->err);
	must(sign_in_code(db, &conf, state, code_at(30), "198.51.100.7", "Firefox", &token, &u));
	ck_assert_int_eq(u.person_id, 1);
	at("2027-03-15T09:06:00Z");
	ck_assert_int_eq(sign_in_code(db, &conf, state, code_at(0), "198.51.100.7", "Firefox", &token, &u), E_INVALID);
}
END_TEST

START_TEST(a_recovery_code_works_once_in_any_spelling)
{
	const char *const *codes = enrolled();
	struct user u;
	const char *token;
	char loose[64];
	size_t n = 0;
	int64_t left;

	for (const char *s = codes[3]; *s; s++)
		if (*s != '-')
			loose[n++] = (char)(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s);
	loose[n] = '\0';
	must(enter("anna@nordlicht.example", PASSWORD, codes[0], &token, &u));
	ck_assert_int_eq(enter("anna@nordlicht.example", PASSWORD, codes[0], &token, &u), E_AUTH);
	must(enter("anna@nordlicht.example", PASSWORD, loose, &token, &u));
	must(recovery_left(db, 1, &left));
	ck_assert_int_eq(left, RECOVERY_CODES - 2);
	for (int i = 0; i < RECOVERY_CODES; i++)
		for (int k = 0; k < i; k++)
			ck_assert_str_ne(codes[i], codes[k]);
}
END_TEST

START_TEST(codes_are_slowed_too)
{
	struct user u;
	const char *token;
	int rc = E_AUTH, i;

	enrolled();
	for (i = 0; i < 20 && rc == E_AUTH; i++)
		rc = enter("anna@nordlicht.example", PASSWORD, "123456", &token, &u);
	ck_assert_int_eq(rc, E_LIMIT);
	ck_assert_int_le(i, 7);
}
END_TEST

START_TEST(a_reset_password_still_asks_for_the_code)
{
	struct user u;
	const char *token;

	enrolled();
	must(DO(reset_ask(db, &conf, "anna@nordlicht.example")));
	must(DO(link_set_password(db, &conf, "reset", sealed_link("reset", "/reset/"), "password", NEW_PASSWORD, NULL, "-")));
	ck_assert_int_eq(enter("anna@nordlicht.example", NEW_PASSWORD, NULL, &token, &u), E_STEPUP);
	ck_assert_int_eq(number("SELECT COUNT(*) FROM session"), 0);
}
END_TEST

START_TEST(a_step_up_asks_for_both_and_changes_the_token)
{
	struct user u, again = { .person_id = 0 };
	const char *old, *new;

	enrolled();
	must(enter("anna@nordlicht.example", PASSWORD, code_at(30), &old, &u));
	at("2027-03-15T09:20:00Z");
	ck_assert_int_eq(session_step_up(db, &conf, &u, PASSWORD, NULL, &new), E_INVALID);
	ck_assert_str_eq(field_of_error(), "code");
	err_clear(db->err);
	ck_assert_int_eq(session_step_up(db, &conf, &u, "wrong password", code_at(0), &new), E_INVALID);
	ck_assert_str_eq(field_of_error(), "password");
	err_clear(db->err);
	ck_assert_int_eq(session_step_up(db, &conf, &u, PASSWORD, "123456", &new), E_INVALID);
	ck_assert_str_eq(field_of_error(), "code");
	err_clear(db->err);
	must(session_step_up(db, &conf, &u, PASSWORD, code_at(0), &new));
	ck_assert_str_ne(old, new);
	ck_assert_int_eq(user_by_session(db, &conf, old, &again), E_NOTFOUND);
	must(user_by_session(db, &conf, new, &again));
	ck_assert_int_eq(again.stepped_up_at.us, db->now.us);
}
END_TEST

START_TEST(a_sealed_factor_of_another_person_does_not_open)
{
	struct user u;
	const char *token;

	enrolled();
	run("UPDATE person a, person b SET b.totp_secret = a.totp_secret WHERE a.id = 1 AND b.id = 2");
	ck_assert_int_eq(enter("bo@rival.example", PASSWORD, code_at(30), &token, &u), E_INTERNAL);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sign in");
	TCase *t = tcase_create("database");
	const struct conf *given = testdb_start();
	SRunner *r;
	int failed;

	if (!given || prepare(given)) {
		testdb_stop();
		return EXIT_FAILURE;
	}
	log_open("/dev/null", "check");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, browsers_have_names);
	tcase_add_test(t, the_right_password_opens_a_session_of_the_right_side);
	tcase_add_test(t, every_failure_has_the_same_words);
	tcase_add_test(t, a_session_ends_idle_old_disabled_or_terminated);
	tcase_add_test(t, only_hashes_of_secrets_are_kept);
	tcase_add_test(t, old_parameters_are_mended_at_sign_in);
	tcase_add_test(t, guessing_gets_slower_and_never_locks_out);
	tcase_add_test(t, an_address_may_fail_fifty_times);
	tcase_add_test(t, an_account_under_attack_stays_open_to_its_own_addresses);
	tcase_add_test(t, a_new_browser_is_told_by_mail_once);
	tcase_add_loop_test(t, passwords_are_refused_for_length_commonness_and_names_only, 0,
		(int)(sizeof(passwords) / sizeof(passwords[0])));
	tcase_add_test(t, a_changed_password_ends_the_other_sessions);
	tcase_add_test(t, a_reset_link_works_once_within_an_hour_and_signs_nobody_in);
	tcase_add_test(t, a_new_address_counts_once_its_link_is_opened);
	tcase_add_test(t, a_code_works_once_and_only_in_its_time);
	tcase_add_test(t, the_second_page_needs_no_password_and_ends_after_five_minutes);
	tcase_add_test(t, a_recovery_code_works_once_in_any_spelling);
	tcase_add_test(t, codes_are_slowed_too);
	tcase_add_test(t, a_reset_password_still_asks_for_the_code);
	tcase_add_test(t, a_step_up_asks_for_both_and_changes_the_token);
	tcase_add_test(t, a_sealed_factor_of_another_person_does_not_open);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	unlink(key_file);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
