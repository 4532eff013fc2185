/* check_person.c - tokens, members, sealed values, counters */
#include "people.h"

/* ---- tokens ---- */

START_TEST(a_token_never_does_more_than_its_scopes_and_its_owner)
{
	struct user u = { .person_id = 0 };
	const char *secret;
	int64_t id;

	must(DO(token_add(db, &anna, "CRM", scope_bit("deals:read") | scope_bit("dashboard:read"), 30, &secret, &id)));
	ck_assert(str_starts(secret, "prm_"));
	must(user_by_token(db, secret, &u));
	ck_assert_uint_eq(u.rights, RIGHT_BIT(DEAL_READ) | RIGHT_BIT(DASHBOARD_READ));
	ck_assert(when_none(u.stepped_up_at));
	ck_assert_int_eq(u.token_id, id);
	ck_assert_int_eq(DO(token_add(db, &anna, "x", scope_bit("admin"), 30, &secret, &id)), E_INVALID);
	ck_assert_int_eq(DO(token_add(db, &anna, "x", scope_bit("deals:decide"), 30, &secret, &id)), E_INVALID);
	ck_assert_int_eq(DO(token_add(db, &anna, "x", scope_bit("deals:read"), 366, &secret, &id)), E_INVALID);
	ck_assert_int_eq(DO(token_add(db, &anna, "x", 0, 30, &secret, &id)), E_INVALID);
}
END_TEST

START_TEST(a_token_ends_by_time_revocation_or_with_its_owner)
{
	struct user u = { .person_id = 0 }, ada = admin_user();
	const char *secret;
	int64_t id;

	must(DO(token_add(db, &anna, "CRM", scope_bit("deals:read"), 1, &secret, &id)));
	at("2027-03-16T08:59:59Z");
	must(user_by_token(db, secret, &u));
	at("2027-03-16T09:00:00Z");
	ck_assert_int_eq(user_by_token(db, secret, &u), E_NOTFOUND);
	must(DO(token_add(db, &anna, "CRM", scope_bit("deals:read"), 9, &secret, &id)));
	ck_assert_int_eq(DO(token_revoke(db, &ada, id)), E_NOTFOUND);
	must(user_by_token(db, secret, &u));
	must(DO(token_revoke(db, &anna, id)));
	ck_assert_int_eq(user_by_token(db, secret, &u), E_NOTFOUND);
	ck_assert_int_eq(DO(token_revoke(db, &anna, id)), E_NOTFOUND);
	must(DO(token_add(db, &anna, "CRM", scope_bit("deals:read"), 9, &secret, &id)));
	must(DO(person_disable(db, &ada, 1)));
	ck_assert_int_eq(user_by_token(db, secret, &u), E_NOTFOUND);
	must(DO(person_enable(db, &ada, 1)));
	ck_assert_int_eq(user_by_token(db, secret, &u), E_NOTFOUND);
}
END_TEST

START_TEST(an_administrators_token_counts_as_stepped_up)
{
	struct user u = { .person_id = 0 }, ada = admin_user();
	const char *secret;
	int64_t id;

	must(DO(token_add(db, &ada, "ops", scope_bit("admin"), 1, &secret, &id)));
	must(user_by_token(db, secret, &u));
	ck_assert_int_eq(u.stepped_up_at.us, db->now.us);
	ck_assert(user_may(&u, PEOPLE_ADMIN) && !user_may(&u, DEAL_DECIDE));
}
END_TEST

/* ---- members ---- */

static int64_t invited(const struct user *u, const char *email, unsigned roles)
{
	const struct invitation in = { .partner_id = u->partner_id, .email = email, .name = "Nina New", .roles = roles };
	int64_t id = 0;

	must(DO(member_invite(db, &conf, u, &in, &id)));
	ck_assert_int_gt(id, 0);
	return id;
}

START_TEST(an_invitation_sets_a_password_once)
{
	struct user u;
	const char *token, *first, *second;
	int64_t id = invited(&anna, "Nina@nordlicht.example", ROLE_SALES);

	first = sealed_link("invitation", "/invitation/");
	ck_assert_int_eq(enter("nina@nordlicht.example", "", NULL, &token, &u), E_AUTH);
	must(DO(member_resend(db, &conf, &anna, id)));
	second = sealed_link("invitation", "/invitation/");
	ck_assert_int_eq(DO(link_set_password(db, &conf, "invitation", first, "password", NEW_PASSWORD, "Nina", "-")), E_NOTFOUND);
	must(DO(link_set_password(db, &conf, "invitation", second, "password", NEW_PASSWORD, "Nina Neu", "-")));
	must(enter("nina@nordlicht.example", NEW_PASSWORD, NULL, &token, &u));
	ck_assert_str_eq(u.name, "Nina Neu");
	ck_assert_uint_eq(u.roles, ROLE_SALES);
	ck_assert_int_eq(DO(member_resend(db, &conf, &anna, id)), E_CONFLICT);
}
END_TEST

/* What anna sees of a row: what was typed, and nothing of an account. */
static void tells_nothing(int64_t id, const char *email, const char *status)
{
	struct member m;

	must(member_get(db, &anna, id, &m));
	ck_assert_str_eq(m.name, "Nina New");
	ck_assert_str_eq(m.email, email);
	ck_assert_str_eq(m.status, status);
	ck_assert(m.person_id == 0 && !m.has_totp && when_none(m.last_sign_in_at));
}

START_TEST(somebody_known_is_asked_first)
{
	struct user bo = signed_in("bo@rival.example", PASSWORD), u = { .person_id = 0 };
	struct firm *firms = NULL;
	const char *token, *link;
	size_t n = 0;
	int64_t id = invited(&anna, "bo@rival.example", ROLE_VIEWER);

	tells_nothing(id, "bo@rival.example", "invited");
	tells_nothing(invited(&anna, "nobody@rival.example", ROLE_VIEWER), "nobody@rival.example", "invited");
	must(firm_list(db, &bo, &firms, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(DO(firm_switch(db, &bo, id, &token)), E_NOTFOUND);
	ck_assert_ptr_null(strstr(bo.firms, "Nordlicht"));
	/* withdrawn: the link is dead, and the row still tells nothing */
	link = sealed_link("membership-asked", "/account/membership/");
	must(DO(member_end(db, &anna, id, 0)));
	ck_assert_int_eq(DO(member_accept(db, link, "-")), E_NOTFOUND);
	tells_nothing(id, "bo@rival.example", "ended");
	ck_assert_int_eq(invited(&anna, "bo@rival.example", ROLE_VIEWER), id);
	must(DO(member_resend(db, &conf, &anna, id)));
	link = sealed_link("membership-asked", "/account/membership/");
	must(DO(member_accept(db, link, "-")));
	ck_assert_int_eq(DO(member_accept(db, link, "-")), E_NOTFOUND);
	must(firm_list(db, &bo, &firms, &n));
	ck_assert_uint_eq(n, 2);
	must(DO(firm_switch(db, &bo, id, &token)));
	must(user_by_session(db, &conf, token, &u));
	ck_assert_int_eq(u.partner_id, 1);
	ck_assert_uint_eq(u.roles, ROLE_VIEWER);
	ck_assert_ptr_nonnull(strstr(u.firms, "Nordlicht Systems"));
	ck_assert_int_eq(DO(firm_switch(db, &u, 3, &token)), E_NOTFOUND);
	/* the next sign-in starts there */
	u = signed_in("bo@rival.example", PASSWORD);
	ck_assert_int_eq(u.partner_id, 1);
}
END_TEST

START_TEST(an_owner_gives_no_role_of_the_vendor_and_invites_nowhere_else)
{
	struct invitation in = { .partner_id = 2, .email = "eve@example.test", .name = "Eve", .roles = ROLE_ADMINISTRATOR };
	int64_t id;

	ck_assert_int_eq(DO(member_invite(db, &conf, &anna, &in, &id)), E_INVALID);
	in.roles = ROLE_SALES;
	must(DO(member_invite(db, &conf, &anna, &in, &id)));
	ck_assert_int_eq(number("SELECT partner_id FROM membership m JOIN person p ON p.id = m.person_id"
		" WHERE p.email = 'eve@example.test'"), 1);
	ck_assert_int_eq(DO(member_invite(db, &conf, &anna, &in, &id)), E_INVALID);
}
END_TEST

START_TEST(another_firms_people_are_not_there)
{
	struct member m;

	ck_assert_int_eq(member_get(db, &anna, 2, &m), E_NOTFOUND);
	ck_assert_int_eq(DO(member_roles(db, &anna, 2, 0, ROLE_SALES)), E_NOTFOUND);
	ck_assert_int_eq(DO(member_end(db, &anna, 2, 0)), E_NOTFOUND);
	ck_assert_int_eq(DO(member_resend(db, &conf, &anna, 3)), E_NOTFOUND);
}
END_TEST

START_TEST(the_last_owner_stays_and_so_does_the_last_administrator)
{
	struct user ada = admin_user();
	int64_t id;

	ck_assert_int_eq(DO(member_roles(db, &anna, 1, 0, ROLE_SALES)), E_CONFLICT);
	ck_assert_int_eq(DO(member_end(db, &anna, 1, 0)), E_CONFLICT);
	ck_assert_int_eq(DO(member_roles(db, &ada, 3, 0, ROLE_AUDITOR)), E_CONFLICT);
	ck_assert_int_eq(DO(person_disable(db, &ada, 3)), E_CONFLICT);
	/* an invited owner is none yet */
	id = invited(&anna, "nina@nordlicht.example", ROLE_OWNER);
	ck_assert_int_eq(DO(member_roles(db, &anna, 1, 0, ROLE_SALES)), E_CONFLICT);
	must(DO(link_set_password(db, &conf, "invitation", sealed_link("invitation", "/invitation/"), "password",
		NEW_PASSWORD, "Nina", "-")));
	must(DO(member_roles(db, &anna, 1, 0, ROLE_SALES)));
	ck_assert_int_eq(DO(member_end(db, &anna, id, 0)), E_CONFLICT);
}
END_TEST

START_TEST(whoever_leaves_is_out_at_once_and_can_come_back)
{
	struct user u, again = { .person_id = 0 };
	const char *token, *secret;
	int64_t id = invited(&anna, "nina@nordlicht.example", ROLE_SALES), token_id;

	must(DO(link_set_password(db, &conf, "invitation", sealed_link("invitation", "/invitation/"), "password",
		NEW_PASSWORD, "Nina", "-")));
	must(enter("nina@nordlicht.example", NEW_PASSWORD, NULL, &token, &u));
	must(DO(token_add(db, &u, "CRM", scope_bit("deals:read"), 9, &secret, &token_id)));
	ck_assert_int_eq(DO(member_end(db, &anna, id, 99)), E_STALE);
	must(DO(member_end(db, &anna, id, 0)));
	ck_assert_int_eq(user_by_session(db, &conf, token, &again), E_NOTFOUND);
	ck_assert_int_eq(user_by_token(db, secret, &again), E_NOTFOUND);
	ck_assert_int_eq(enter("nina@nordlicht.example", NEW_PASSWORD, NULL, &token, &u), E_AUTH);
	ck_assert_int_eq(invited(&anna, "nina@nordlicht.example", ROLE_VIEWER), id);
	ck_assert_int_eq(enter("nina@nordlicht.example", NEW_PASSWORD, NULL, &token, &u), E_AUTH);
	must(DO(member_accept(db, sealed_link("membership-asked", "/account/membership/"), "-")));
	must(enter("nina@nordlicht.example", NEW_PASSWORD, NULL, &token, &u));
	ck_assert_uint_eq(u.roles, ROLE_VIEWER);
}
END_TEST

/* ---- sealed values and counters ---- */

START_TEST(a_sealed_value_opens_only_where_it_belongs)
{
	struct bytes b = { NULL, 0 }, open = { NULL, 0 };
	unsigned char *copy;

	must(seal(db, &conf, "totp", "person 1", "secret", 6, &b));
	must(unseal(db, &conf, "totp", "person 1", b.data, b.size, &open));
	ck_assert_mem_eq(open.data, "secret", 6);
	ck_assert_int_eq(unseal(db, &conf, "totp", "person 2", b.data, b.size, &open), E_INVALID);
	ck_assert_int_eq(unseal(db, &conf, "link", "person 1", b.data, b.size, &open), E_INVALID);
	for (size_t i = 0; i < b.size; i++) {
		copy = arena_memdup(db->arena, b.data, b.size);
		copy[i] ^= 1;
		ck_assert_int_eq(unseal(db, &conf, "totp", "person 1", copy, b.size, &open), E_INVALID);
	}
	for (size_t n = 0; n < b.size; n++)
		ck_assert_int_eq(unseal(db, &conf, "totp", "person 1", b.data, n, &open), E_INVALID);
}
END_TEST

START_TEST(a_counter_starts_anew_after_its_window)
{
	for (int i = 0; i < 3; i++)
		must(throttle_hit(db, "x", "me", 3, 60));
	ck_assert_int_eq(throttle_hit(db, "x", "me", 3, 60), E_LIMIT);
	ck_assert_int_eq(db->err->retry_after, 60);
	err_clear(db->err);
	must(throttle_hit(db, "x", "you", 3, 60));
	at("2027-03-15T09:01:00Z");
	must(throttle_hit(db, "x", "me", 3, 60));
	for (int i = 0; i < 20; i++)
		must(throttle_hit(db, "y", "me", 3, 60)), must(throttle_forgive(db, "y", "me"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("person");
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
	tcase_add_test(t, a_token_never_does_more_than_its_scopes_and_its_owner);
	tcase_add_test(t, a_token_ends_by_time_revocation_or_with_its_owner);
	tcase_add_test(t, an_administrators_token_counts_as_stepped_up);
	tcase_add_test(t, an_invitation_sets_a_password_once);
	tcase_add_test(t, somebody_known_is_asked_first);
	tcase_add_test(t, an_owner_gives_no_role_of_the_vendor_and_invites_nowhere_else);
	tcase_add_test(t, another_firms_people_are_not_there);
	tcase_add_test(t, the_last_owner_stays_and_so_does_the_last_administrator);
	tcase_add_test(t, whoever_leaves_is_out_at_once_and_can_come_back);
	tcase_add_test(t, a_sealed_value_opens_only_where_it_belongs);
	tcase_add_test(t, a_counter_starts_anew_after_its_window);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	unlink(key_file);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
