/* check_person.c - signing in, passwords, second factor, links, tokens, members */
#include <fcntl.h>
#include <liboath/oath.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"
#include "api_token.h"
#include "intl.h"
#include "link_token.h"
#include "log.h"
#include "member.h"
#include "migrate.h"
#include "password.h"
#include "person.h"
#include "secret.h"
#include "session_store.h"
#include "str.h"
#include "testdb.h"
#include "throttle.h"
#include "totp.h"
#include <check.h>      /* after ours: it has a macro fail() */

#define PASSWORD "correct horse battery"
#define NEW_PASSWORD "seven green bottles hang"

static struct conf conf;
static struct db *db;
static struct user anna;        /* owner of firm 1 */
static char key_file[64], files[64];

static void must(int rc)
{
	ck_assert_msg(!rc, "rc %s: %s (%s)", rc_name((enum rc)rc), db->err->message, db->err->detail);
}

static void run(const char *sql)
{
	must(db_exec(db, sql, NO_ARGS, NULL));
}

static int64_t number(const char *sql)
{
	int64_t n = -1;

	must(db_int(db, sql, NO_ARGS, &n));
	return n;
}

static void at(const char *iso)
{
	setenv("PRM_NOW", iso, 1);
	db->now = when_now();
}

static int ended(int rc)
{
	if (rc) {
		db_rollback(db);
		return rc;
	}
	return db_commit(db);
}
#define DO(call) (must(db_begin(db)), ended(call))

static const char *field_of_error(void)
{
	return db->err->n_fields ? db->err->fields[0].field : "";
}

static int enter(const char *email, const char *password, const char *code, const char **token, struct user *u)
{
	err_clear(db->err);
	return sign_in(db, &conf, email, password, code, "198.51.100.7", "Firefox", token, u);
}

static struct user signed_in(const char *email, const char *password)
{
	struct user u = { .person_id = 0 };
	const char *token;

	must(enter(email, password, NULL, &token, &u));
	return u;
}

static void add_person(int id, const char *email, const char *name, const char *firm, const char *roles)
{
	const char *hash;

	must(password_hash(db, &conf, PASSWORD, &hash));
	must(db_exec(db, "INSERT INTO person (id, email, name, password_hash, status, created_at)"
		" VALUES (?, ?, ?, ?, 'active', ?)", ARGS(A(id), A(email), A(name), A(hash), A(db->now)), NULL));
	must(db_exec(db, "INSERT INTO membership (id, person_id, partner_id, roles, since) VALUES (?, ?, ?, ?, ?)",
		ARGS(A(id), A(id), A(firm), A(roles), A(db->now)), NULL));
}

static void setup(void)
{
	db = db_command(&conf);
	ck_assert_ptr_nonnull(db);
	at("2027-03-15T09:00:00Z");
	for (const char *const *t = (const char *const[]){ "session", "device", "api_token", "link_token", "recovery_code",
			"throttle", "outbox", "membership", "partner", "person", NULL }; *t; t++)
		run(arena_printf(db->arena, "DELETE FROM %s", *t));
	run("INSERT IGNORE INTO programme (id, name, zone, currency, accent) VALUES (1, 'Halvard Security', 'UTC', 'EUR', '#123456')");
	run("INSERT INTO partner (id, name, country, since) VALUES (1, 'Nordlicht Systems', 'DE', '2020-01-01'),"
		" (2, 'Rival', 'DE', '2020-01-01')");
	add_person(1, "anna@nordlicht.example", "Anna Rossi", "1", "owner");
	add_person(2, "bo@rival.example", "Bo Berg", "2", "owner,sales");
	add_person(3, "ada@halvard.example", "Ada Admin", NULL, "administrator");
	add_person(4, "cem@halvard.example", "Cem Manager", NULL, "channel_manager");
	anna = (struct user){ .person_id = 1, .partner_id = 1, .membership_id = 1, .name = "Anna Rossi",
		.email = "anna@nordlicht.example", .firm = "Nordlicht Systems", .language = "en",
		.roles = ROLE_OWNER, .rights = rights_of_roles(ROLE_OWNER), .address = "198.51.100.7" };
}

static void teardown(void)
{
	db_command_end(db);
}

static struct user admin_user(void)
{
	return (struct user){ .person_id = 3, .membership_id = 3, .vendor = true, .name = "Ada Admin",
		.email = "ada@halvard.example", .firm = "Halvard Security", .language = "en",
		.roles = ROLE_ADMINISTRATOR, .rights = rights_of_roles(ROLE_ADMINISTRATOR) };
}

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

static const char *sealed_link(const char *template_, const char *before)
{
	struct { const char *body; } row = { NULL };
	const struct column cols[] = { { .name = "body", .type = COL_TEXT, .offset = 0, .size = sizeof(char *) }, COL_END };
	const char *text, *start;
	char *end;

	must(db_row(db, "SELECT JSON_VALUE(body, '$.secret_link') AS body FROM outbox WHERE template = ? ORDER BY id DESC LIMIT 1",
		ARGS(A(template_)), cols, &row));
	must(unseal_text(db, &conf, "link", row.body, &text));
	start = strstr(text, before);
	ck_assert_ptr_nonnull(start);
	end = arena_strdup(db->arena, start + strlen(before));
	return end;
}

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

START_TEST(somebody_known_is_added_and_can_switch_firms)
{
	struct user bo = signed_in("bo@rival.example", PASSWORD), u = { .person_id = 0 };
	struct firm *firms = NULL;
	const char *token;
	size_t n = 0;
	int64_t id = invited(&anna, "bo@rival.example", ROLE_VIEWER);

	ck_assert_int_eq(number("SELECT COUNT(*) FROM outbox WHERE template = 'membership-added'"), 1);
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

static int prepare(const struct conf *given)
{
	struct db *first;
	int fd, bad;

	snprintf(key_file, sizeof(key_file), "/tmp/prm-person-key-%d", (int)getpid());
	snprintf(files, sizeof(files), "/tmp/prm-person-files-%d", (int)getpid());
	fd = open(key_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dprintf(fd, "%064d\n", 7) < 0 || close(fd) || mkdir(files, 0700))
		return -1;
	conf = *given;
	conf.key_file = key_file;
	conf.files_dir = files;
	conf.site_name = "Portal";
	conf.common_passwords = SRCDIR "/etc/common-passwords.txt";
	conf.session_idle = 1800;
	conf.totp_required = true;
	conf.session_absolute = 43200;
	conf.argon2_memory = 19456;
	conf.argon2_ops = 2;
	first = db_command(&conf);
	bad = !first || migrate_up(first, SRCDIR "/schema", NULL);
	if (bad)
		fprintf(stderr, "schema: %s (%s)\n", first ? first->err->message : "", first ? first->err->detail : "");
	db_command_end(first);
	return bad ? -1 : 0;
}

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
	tcase_add_test(t, a_token_never_does_more_than_its_scopes_and_its_owner);
	tcase_add_test(t, a_token_ends_by_time_revocation_or_with_its_owner);
	tcase_add_test(t, an_administrators_token_counts_as_stepped_up);
	tcase_add_test(t, an_invitation_sets_a_password_once);
	tcase_add_test(t, somebody_known_is_added_and_can_switch_firms);
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
