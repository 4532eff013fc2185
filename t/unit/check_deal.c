/* check_deal.c - registrations in a real database, from draft to the end of protection */
#include <stdlib.h>
#include <unistd.h>

#include "deal_part.h"
#include "migrate.h"
#include "rollup.h"
#include "str.h"
#include "testdb.h"
#include <check.h>      /* after ours: it has a macro fail() */

static const struct conf *conf;
static struct db *db;
static struct user anna, bruno, desk;

static void went_well(int rc)
{
	ck_assert_msg(!rc, "rc %s: %s (%s)", rc_name((enum rc)rc), db->err->message, db->err->detail);
}

static void run(const char *sql)
{
	went_well(db_exec(db, sql, NO_ARGS, NULL));
}

static int64_t count_of(const char *sql)
{
	int64_t n = -1;

	went_well(db_int(db, sql, NO_ARGS, &n));
	return n;
}

static void at(const char *iso)
{
	setenv("PRM_NOW", iso, 1);
	db->now = when_now();
}

static struct deal_input input(const char *customer, const char *domain)
{
	return (struct deal_input){ .customer = customer, .domain = domain, .country = "DE", .product_family = "waf",
		.amount = { 1000000, "EUR" }, .closes_on = { when_day(db->now, "UTC").n + 60 } };
}

/* ---- each in its own transaction, as the pipeline does it ---- */
static int ended(int rc)
{
	if (rc) {
		db_rollback(db);
		return rc;
	}
	return db_commit(db);
}

static struct deal registered(const struct user *u, struct deal_input in)
{
	struct deal d;
	int64_t id;

	went_well(db_begin(db));
	went_well(ended(deal_register(db, u, &in, "api", &id)));
	went_well(deal_get(db, u, id, &d));
	return d;
}

static void reload(struct deal *d)
{
	went_well(deal_read(db, d->id, d));
}

#define DO(call) (went_well(db_begin(db)), ended(call))

static void setup(void)
{
	db = db_command(conf);
	ck_assert_ptr_nonnull(db);
	for (const char *const *t = (const char *const[]){ "scope_hold", "decision", "extension", "comment", "outbox", "deal",
			"account", "deal_rollup", "decision_rollup", "enrollment", "membership", "region_country", "region", "product_family", NULL };
			*t; t++)
		run(arena_printf(db->arena, "DELETE FROM %s", *t));
	run("UPDATE partner SET manager_id = NULL");
	run("DELETE FROM partner");
	run("DELETE FROM person WHERE id BETWEEN 1 AND 99");
	at("2027-01-11T09:00:00Z");
	run("REPLACE INTO programme (id, name, zone, currency, accent, contact_email) VALUES (1, 'Halvard', 'Europe/Berlin', 'EUR', '#1f5fae', 'desk@halvard.example')");
	run("INSERT INTO person (id, email, name, status, created_at) VALUES (1, 'anna@one.example', 'Anna', 'active', '2026-01-01'),"
		" (2, 'bruno@two.example', 'Bruno', 'active', '2026-01-01'), (3, 'desk@halvard.example', 'Dora', 'active', '2026-01-01')");
	run("INSERT INTO partner (id, name, country, since, manager_id) VALUES (1, 'One', 'DE', '2026-01-01', 3), (2, 'Two', 'DE', '2026-01-01', NULL)");
	run("INSERT INTO enrollment (partner_id, type, since) VALUES (1, 'reseller', '2026-01-01'), (2, 'reseller', '2026-01-01')");
	run("INSERT INTO product_family (id, code, name) VALUES (1, 'waf', 'WAF'), (2, 'edr', 'EDR')");
	run("INSERT INTO region (id, code, name) VALUES (1, 'dach', 'DACH'), (2, 'fr', 'France')");
	run("INSERT INTO region_country (country, region_id) VALUES ('DE', 1), ('AT', 1), ('FR', 2)");
	anna = (struct user){ .person_id = 1, .partner_id = 1, .name = "Anna", .firm = "One", .rights = rights_of_roles(ROLE_SALES) };
	bruno = (struct user){ .person_id = 2, .partner_id = 2, .name = "Bruno", .firm = "Two", .rights = rights_of_roles(ROLE_SALES) };
	desk = (struct user){ .person_id = 3, .vendor = true, .name = "Dora", .firm = "Halvard", .rights = rights_of_roles(ROLE_DEAL_DESK) };
}

static void teardown(void)
{
	struct rollup_report report;

	went_well(rollup_check(db, false, &report));
	ck_assert_msg(!report.wrong, "rollups: %s", report.first);
	db_command_end(db);
}

START_TEST(the_first_registration_is_protected_to_the_end_of_the_last_day)
{
	struct deal d = registered(&anna, input("Acme GmbH", "www.acme.de"));

	ck_assert_str_eq(d.status, "approved");
	ck_assert_str_eq(d.outcome, "approved");
	ck_assert_str_eq(d.clause, "3.1");
	ck_assert_int_gt(d.rules_number, 0);
	ck_assert_str_eq(d.domain_key, "acme.de");
	ck_assert_str_eq(when_iso(db->arena, d.protected_until), "2027-04-11T21:59:59Z");   /* 90 days on, summer time */
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 2);
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM event WHERE noun = 'deal'"), 2 + count_of("SELECT COUNT(*) FROM event WHERE noun = 'deal' AND noun_id <> (SELECT MAX(id) FROM deal)"));
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM outbox WHERE template = 'deal-approved'"), 1);
}
END_TEST

START_TEST(a_rival_is_told_the_date_but_not_who)
{
	struct deal d;

	registered(&anna, input("Acme GmbH", "acme.de"));
	d = registered(&bruno, input("ACME", "shop.acme.de"));
	ck_assert_str_eq(d.status, "duplicate");
	ck_assert_str_eq(d.clause, "2.1");
	ck_assert(strstr(d.reason, "11 Apr 2027"));
	ck_assert(!strstr(d.reason, "One"));
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 2);
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM decision WHERE outcome = 'duplicate' AND evidence LIKE '%\"partner\":\"One\"%'"), 1);
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM outbox WHERE address = 'bruno@two.example' AND body LIKE '%One%'"), 0);
}
END_TEST

START_TEST(another_family_or_region_is_another_scope)
{
	struct deal_input in = input("Acme", "acme.de");

	registered(&anna, in);
	in.product_family = "edr";
	ck_assert_str_eq(registered(&bruno, in).status, "approved");
	in.product_family = "waf";
	in.country = "FR";
	ck_assert_str_eq(registered(&bruno, in).status, "approved");
	in.country = "AT";
	ck_assert_str_eq(registered(&bruno, in).status, "duplicate");
}
END_TEST

START_TEST(ones_own_second_registration_points_at_the_first)
{
	struct deal first = registered(&anna, input("Acme", "acme.de")), second = registered(&anna, input("Acme", "acme.de"));

	ck_assert_str_eq(second.status, "duplicate");
	ck_assert(strstr(second.reason, first.number));
}
END_TEST

START_TEST(a_large_value_waits_for_the_desk_two_business_days)
{
	struct deal_input in = input("Acme", "acme.de");
	struct deal d;

	in.amount.minor = 100000000;
	at("2027-01-15T15:00:00Z");             /* Friday 16:00 in Berlin */
	d = registered(&anna, in);
	ck_assert_str_eq(d.status, "in_review");
	ck_assert_str_eq(d.clause, "3.3");
	ck_assert_str_eq(when_iso(db->arena, d.decision_due_at), "2027-01-19T17:00:00Z");
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 0);
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM outbox WHERE template = 'deal-waiting' AND address = 'desk@halvard.example'"), 1);
}
END_TEST

START_TEST(an_open_registration_keeps_its_place_before_a_later_one)
{
	struct deal_input in = input("Acme", "acme.de");
	struct deal first, second;

	in.amount.minor = 100000000;
	first = registered(&anna, in);
	in.amount.minor = 1000;
	second = registered(&bruno, in);
	ck_assert_str_eq(second.status, "in_review");
	ck_assert_str_eq(second.clause, "2.1");
	went_well(DO(deal_approve(db, &desk, first.id, first.version, NULL, NULL)));
	ck_assert_int_eq(DO(deal_approve(db, &desk, second.id, second.version, NULL, NULL)), E_CONFLICT);
	ck_assert(strstr(db->err->message, "One"));     /* the vendor's people may know */
	went_well(DO(deal_reject(db, &desk, second.id, second.version, "Somebody was first", CLAUSE_FIRST)));
	reload(&second);
	ck_assert_str_eq(second.status, "duplicate");
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 2);
}
END_TEST

START_TEST(a_namesake_holds_only_its_own_domain)
{
	struct deal d;

	registered(&anna, input("Acme GmbH", "acme.de"));
	d = registered(&bruno, input("Acme AG", "acme.com"));
	ck_assert_str_eq(d.status, "in_review");
	ck_assert_str_eq(d.clause, "2.3");
	went_well(DO(deal_approve(db, &desk, d.id, d.version, "Another firm", CLAUSE_SAME_NAME)));
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold WHERE kind = 'name'"), 1);
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold WHERE kind = 'domain'"), 2);
}
END_TEST

START_TEST(a_hold_past_its_end_gives_way_before_the_clock_comes)
{
	struct deal old = registered(&anna, input("Acme", "acme.de")), d;

	at("2027-04-11T22:00:00Z");
	d = registered(&bruno, input("Acme", "acme.de"));
	ck_assert_str_eq(d.status, "approved");
	reload(&old);
	ck_assert_str_eq(old.status, "expired");
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 2);
}
END_TEST

START_TEST(the_clock_ends_protections_and_reminds_before)
{
	struct deal d = registered(&anna, input("Acme", "acme.de"));
	size_t done;

	at("2027-03-01T09:00:00Z");
	went_well(deal_remind_due(db, 100, &done));
	ck_assert_uint_eq(done, 0);
	at("2027-03-20T09:00:00Z");
	went_well(deal_remind_due(db, 100, &done));
	ck_assert_uint_eq(done, 1);
	went_well(deal_remind_due(db, 100, &done));
	ck_assert_uint_eq(done, 0);
	at("2027-04-10T23:00:00Z");             /* 14 and 7 were missed: only the nearest is told */
	went_well(deal_remind_due(db, 100, &done));
	ck_assert_uint_eq(done, 1);
	ck_assert_int_eq(count_of("SELECT MAX(reminded_days) FROM deal"), 1);
	went_well(deal_expire_due(db, 100, &done));
	ck_assert_uint_eq(done, 0);
	at("2027-04-11T22:00:00Z");
	went_well(deal_expire_due(db, 100, &done));
	ck_assert_uint_eq(done, 1);
	reload(&d);
	ck_assert_str_eq(d.status, "expired");
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 0);
}
END_TEST

START_TEST(action_required_unlocks_only_what_was_asked_for)
{
	struct deal_input in = input("Acme", "acme.de");
	struct deal d;

	in.amount.minor = 100000000;
	d = registered(&anna, in);
	went_well(DO(deal_return(db, &desk, d.id, d.version, "Which contact?", "contact_name,amount")));
	reload(&d);
	ck_assert_str_eq(d.status, "action_required");
	in.customer = "Somebody else";
	ck_assert_int_eq(DO(deal_edit(db, &anna, d.id, d.version, &in)), E_INVALID);
	ck_assert_str_eq(db->err->fields[0].field, "customer");
	in.customer = "Acme";
	in.contact_name = "Carla";
	in.amount.minor = 500000;
	went_well(DO(deal_edit(db, &anna, d.id, d.version, &in)));
	went_well(DO(deal_submit(db, &anna, d.id, 0)));
	reload(&d);
	ck_assert_str_eq(d.status, "approved"); /* the rules decide again */
	ck_assert_str_eq(d.contact_name, "Carla");
	ck_assert_int_eq(d.resubmissions, 1);
}
END_TEST

START_TEST(a_stale_version_changes_nothing)
{
	struct deal d = registered(&anna, input("Acme", "acme.de"));

	ck_assert_int_eq(DO(deal_withdraw(db, &anna, d.id, d.version + 1, NULL)), E_STALE);
	went_well(DO(deal_withdraw(db, &anna, d.id, d.version, "Lost interest")));
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 0);
	ck_assert_int_eq(DO(deal_withdraw(db, &anna, d.id, 0, NULL)), E_CONFLICT);
}
END_TEST

START_TEST(another_firms_registration_is_not_there)
{
	struct deal d = registered(&anna, input("Acme", "acme.de"));

	ck_assert_int_eq(deal_get(db, &bruno, d.id, &d), E_NOTFOUND);
	ck_assert_int_eq(DO(deal_withdraw(db, &bruno, 1, 0, NULL)), E_NOTFOUND);
}
END_TEST

START_TEST(a_channel_manager_sees_only_the_firms_of_theirs)
{
	struct deal mine = registered(&anna, input("Acme", "acme.de")), other = registered(&bruno, input("Beta", "beta.de"));
	struct user manager = desk;
	struct list_order *order = (struct list_order *)&deal_orders[0];
	struct page p = { .order = order, .limit = 25 };
	struct deal *rows;
	const char *next;
	int64_t total;
	size_t n;

	manager.own_partners_only = true;
	went_well(deal_get(db, &manager, mine.id, &mine));
	ck_assert_int_eq(deal_get(db, &manager, other.id, &other), E_NOTFOUND);
	went_well(deal_list(db, &manager, &(struct deal_filter){ 0 }, &p, &rows, &n, &next, &total));
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(total, 1);
	went_well(deal_list(db, &desk, &(struct deal_filter){ .q = "bet", .status = "approved,expired" }, &p, &rows, &n, &next, &total));
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(total, 1);
}
END_TEST

START_TEST(lists_page_by_every_order)
{
	struct page p = { .limit = 2 };
	struct deal *rows;
	const char *next;
	int64_t total;
	size_t n, seen;

	for (int i = 0; i < 5; i++)
		registered(&anna, input(arena_printf(db->arena, "Firm %d", i), arena_printf(db->arena, "firm%d.de", i)));
	for (const struct list_order *o = deal_orders; o->name; o++) {
		p.order = o;
		p.after_key = NULL;
		seen = 0;
		do {
			went_well(deal_list(db, &anna, &(struct deal_filter){ 0 }, &p, &rows, &n, &next, &total));
			seen += n;
			ck_assert_int_eq(total, 5);
			ck_assert(!next || page_read_cursor(db->arena, next, &p));
		} while (next && seen < 10);
		ck_assert_uint_eq(seen, 5);
	}
}
END_TEST

START_TEST(an_extension_on_the_last_day_counts_and_only_once)
{
	struct deal d = registered(&anna, input("Acme", "acme.de"));
	struct when from;

	ck_assert_int_eq(DO(deal_extend(db, &anna, d.id, 0, "A trial runs")), E_CONFLICT);    /* too early */
	went_well(DO(deal_extend_from(db, &d, &from)));
	ck_assert_str_eq(when_iso(db->arena, from), "2027-03-11T23:00:00Z");                  /* a day begins in the programme's zone */
	at("2027-04-11T21:00:00Z");
	went_well(DO(deal_extend(db, &anna, d.id, 0, "A trial runs")));
	reload(&d);
	ck_assert_str_eq(when_iso(db->arena, d.protected_until), "2027-05-11T21:59:59Z");
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold WHERE until = '2027-05-11 21:59:59.999999'"), 2);
	ck_assert_int_eq(DO(deal_extend(db, &anna, d.id, 0, "Again")), E_CONFLICT);
	went_well(DO(deal_extend_from(db, &d, &from)));
	ck_assert(when_none(from));
}
END_TEST

START_TEST(revoking_gives_notice_first)
{
	struct deal d = registered(&anna, input("Acme", "acme.de"));
	size_t done;

	went_well(DO(deal_revoke(db, &desk, d.id, d.version, "The customer chose another partner", false)));
	reload(&d);
	ck_assert_str_eq(d.status, "approved");
	ck_assert_str_eq(when_iso(db->arena, d.revoke_at), "2027-01-18T17:00:00Z");
	went_well(DO(deal_keep(db, &desk, d.id, 0)));
	went_well(DO(deal_revoke(db, &desk, d.id, 0, "The customer chose another partner", false)));
	at("2027-01-18T17:00:01Z");
	went_well(deal_expire_due(db, 10, &done));
	reload(&d);
	ck_assert_str_eq(d.status, "revoked");
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 0);
}
END_TEST

START_TEST(a_suspended_firm_registers_nothing)
{
	struct deal_input in = input("Acme", "acme.de");
	int64_t id;

	run("UPDATE enrollment SET status = 'suspended' WHERE partner_id = 1");
	ck_assert_int_eq(DO(deal_register(db, &anna, &in, "api", &id)), E_FORBIDDEN);
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM deal"), 0);
}
END_TEST

START_TEST(a_key_of_ones_own_works_once)
{
	struct deal_input in = input("Acme", "acme.de");
	int64_t id;

	in.external_key = "CRM-1";
	registered(&anna, in);
	ck_assert_int_eq(DO(deal_register(db, &anna, &in, "api", &id)), E_CONFLICT);
	registered(&bruno, in);
}
END_TEST

START_TEST(a_draft_takes_anything_and_holds_nothing)
{
	struct deal_input in = { .customer = "Acme" };
	struct deal d;
	int64_t id;

	went_well(DO(deal_draft(db, &anna, &in, &id)));
	went_well(deal_get(db, &anna, id, &d));
	ck_assert_str_eq(d.status, "draft");
	ck_assert_int_eq(DO(deal_submit(db, &anna, id, 0)), E_INVALID);
	ck_assert_uint_eq(db->err->n_fields, 5);
	in = input("Acme", "acme.de");
	went_well(DO(deal_edit(db, &anna, id, d.version, &in)));
	went_well(DO(deal_submit(db, &anna, id, 0)));
	reload(&d);
	ck_assert_str_eq(d.status, "approved");
}
END_TEST

START_TEST(the_precheck_never_says_who)
{
	struct deal_input in = input("Acme GmbH", "acme.de");
	struct precheck p;

	went_well(deal_precheck(db, &bruno, &in, &p));
	ck_assert_str_eq(p.answer, "clear");
	registered(&anna, in);
	went_well(deal_precheck(db, &bruno, &in, &p));
	ck_assert_str_eq(p.answer, "protected");
	ck_assert(!strstr(p.sentence, "One"));
	went_well(deal_precheck(db, &anna, &in, &p));
	ck_assert_str_eq(p.answer, "yours");
	in.domain = "acme.net";
	went_well(deal_precheck(db, &bruno, &in, &p));
	ck_assert_str_eq(p.answer, "likely_conflict");
	in.country = "";
	went_well(deal_precheck(db, &bruno, &in, &p));
	ck_assert_str_eq(p.answer, "incomplete");
}
END_TEST

START_TEST(internal_notes_stay_inside)
{
	struct deal d = registered(&anna, input("Acme", "acme.de"));
	struct story *rows;
	size_t n, all;

	went_well(DO(deal_comment(db, &desk, d.id, "Careful with this one", true)));
	went_well(DO(deal_comment(db, &anna, d.id, "We met on Monday", false)));
	ck_assert_int_eq(DO(deal_comment(db, &anna, d.id, "psst", true)), E_FORBIDDEN);
	went_well(deal_story(db, &desk, d.id, &rows, &all));
	went_well(deal_story(db, &anna, d.id, &rows, &n));
	ck_assert_uint_eq(all, n + 1);
	for (size_t i = 0; i < n; i++)
		ck_assert(!rows[i].internal);
}
END_TEST

START_TEST(only_the_vendor_sees_rivals)
{
	struct deal d;
	struct deal_rival *rows;
	size_t n;

	registered(&anna, input("Acme", "acme.de"));
	d = registered(&bruno, input("Acme", "acme.de"));
	went_well(deal_rivals(db, &desk, &d, &rows, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(rows[0].partner, "One");
	ck_assert(rows[0].holds && rows[0].same_scope);
	ck_assert_int_eq(deal_rivals(db, &bruno, &d, &rows, &n), E_FORBIDDEN);
}
END_TEST

START_TEST(winning_keeps_the_history_and_frees_the_scope)
{
	struct deal d = registered(&anna, input("Acme", "acme.de"));

	went_well(DO(deal_convert(db, &anna, d.id, d.version)));
	reload(&d);
	ck_assert_str_eq(d.status, "converted");
	ck_assert(!when_none(d.protected_from));
	ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scope_hold"), 0);
	ck_assert_int_eq(DO(deal_withdraw(db, &anna, d.id, 0, NULL)), E_CONFLICT);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("deal");
	TCase *t = tcase_create("database");
	SRunner *r;
	struct db *first;
	int failed;

	conf = testdb_start();
	if (!conf)
		return EXIT_FAILURE;
	first = db_command(conf);
	if (!first || migrate_up(first, SRCDIR "/schema", NULL)) {
		fprintf(stderr, "schema: %s (%s)\n", first ? first->err->message : "", first ? first->err->detail : "");
		testdb_stop();
		return EXIT_FAILURE;
	}
	db_command_end(first);
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_first_registration_is_protected_to_the_end_of_the_last_day);
	tcase_add_test(t, a_rival_is_told_the_date_but_not_who);
	tcase_add_test(t, another_family_or_region_is_another_scope);
	tcase_add_test(t, ones_own_second_registration_points_at_the_first);
	tcase_add_test(t, a_large_value_waits_for_the_desk_two_business_days);
	tcase_add_test(t, an_open_registration_keeps_its_place_before_a_later_one);
	tcase_add_test(t, a_namesake_holds_only_its_own_domain);
	tcase_add_test(t, a_hold_past_its_end_gives_way_before_the_clock_comes);
	tcase_add_test(t, the_clock_ends_protections_and_reminds_before);
	tcase_add_test(t, action_required_unlocks_only_what_was_asked_for);
	tcase_add_test(t, a_stale_version_changes_nothing);
	tcase_add_test(t, another_firms_registration_is_not_there);
	tcase_add_test(t, a_channel_manager_sees_only_the_firms_of_theirs);
	tcase_add_test(t, lists_page_by_every_order);
	tcase_add_test(t, an_extension_on_the_last_day_counts_and_only_once);
	tcase_add_test(t, revoking_gives_notice_first);
	tcase_add_test(t, a_suspended_firm_registers_nothing);
	tcase_add_test(t, a_key_of_ones_own_works_once);
	tcase_add_test(t, a_draft_takes_anything_and_holds_nothing);
	tcase_add_test(t, the_precheck_never_says_who);
	tcase_add_test(t, internal_notes_stay_inside);
	tcase_add_test(t, only_the_vendor_sees_rivals);
	tcase_add_test(t, winning_keeps_the_history_and_frees_the_scope);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	testdb_stop();
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
