/* check_right.c - roles, scopes and what they let through */
#include <stdlib.h>

#include "right.h"
#include "user.h"
#include "str.h"
#include <check.h>      /* after ours: it has a macro fail() */

static struct arena *arena;

static void setup(void)
{
	arena = arena_new(1 << 20);
	ck_assert_ptr_nonnull(arena);
}

static void teardown(void)
{
	arena_free(arena);
}

static bool may(unsigned roles, enum right r)
{
	return (rights_of_roles(roles) & RIGHT_BIT(r)) != 0;
}

START_TEST(role_bits_follow_the_order_of_the_column)
{
	ck_assert_uint_eq(role_bit("owner"), ROLE_OWNER);
	ck_assert_uint_eq(role_bit("viewer"), ROLE_VIEWER);
	ck_assert_uint_eq(role_bit("channel_manager"), ROLE_CHANNEL_MANAGER);
	ck_assert_uint_eq(role_bit("administrator"), ROLE_ADMINISTRATOR);
	ck_assert_uint_eq(role_bit("auditor"), ROLE_AUDITOR);
	ck_assert_uint_eq(role_bit("root"), 0);
	ck_assert_uint_eq(roles_of("owner,sales,nonsense"), ROLE_OWNER | ROLE_SALES);
	ck_assert_str_eq(roles_text(arena, ROLE_OWNER | ROLE_AUDITOR, false), "owner,auditor");
	ck_assert_str_eq(roles_text(arena, ROLE_OWNER | ROLE_SALES, true), "Owner, Sales");
}
END_TEST

START_TEST(no_partner_role_reaches_the_vendors_side)
{
	const enum right vendors[] = { DEAL_DECIDE, DEAL_NOTE, PARTNER_READ, RULES_EDIT, PEOPLE_ADMIN, SYSTEM_ADMIN,
		AUDIT_READ };

	for (size_t i = 0; i < sizeof(vendors) / sizeof(vendors[0]); i++)
		ck_assert_msg(!may(ROLES_PARTNER, vendors[i]), "%s", right_name(vendors[i]));
	ck_assert(!may(ROLES_VENDOR, DEAL_CREATE));
	ck_assert(!may(ROLES_VENDOR, FIRM_PEOPLE));
}
END_TEST

START_TEST(only_owner_and_sales_register_only_owner_manages_people)
{
	ck_assert(may(ROLE_OWNER, DEAL_CREATE) && may(ROLE_SALES, DEAL_CREATE));
	ck_assert(!may(ROLE_ENGINEER | ROLE_MARKETING | ROLE_FINANCE | ROLE_VIEWER, DEAL_CREATE));
	ck_assert(may(ROLE_OWNER, FIRM_PEOPLE));
	ck_assert(!may(ROLES_PARTNER & ~(unsigned)ROLE_OWNER, FIRM_PEOPLE));
	ck_assert(!may(ROLE_VIEWER, TOKEN_MANAGE));
}
END_TEST

START_TEST(who_only_reads_does_not_comment)
{
	ck_assert(may(ROLE_OWNER, DEAL_COMMENT) && may(ROLE_SALES, DEAL_COMMENT) && may(ROLE_ENGINEER, DEAL_COMMENT));
	ck_assert(!may(ROLE_MARKETING | ROLE_FINANCE | ROLE_VIEWER, DEAL_COMMENT));
	ck_assert(!may(ROLE_VENDOR_MARKETING | ROLE_VENDOR_FINANCE | ROLE_AUDITOR, DEAL_COMMENT));
	for (unsigned role = ROLE_OWNER; role <= ROLE_AUDITOR; role <<= 1)
		ck_assert(may(role, DEAL_COMMENT) || (!may(role, DEAL_NOTE) && !may(role, DEAL_DECIDE) && !may(role, DEAL_CREATE)));
	ck_assert(!(rights_of_scopes(scopes_of("deals:read")) & RIGHT_BIT(DEAL_COMMENT)));
	ck_assert(rights_of_scopes(scopes_of("deals:write")) & RIGHT_BIT(DEAL_COMMENT));
}
END_TEST

START_TEST(an_auditor_reads_and_changes_nothing)
{
	ck_assert(may(ROLE_AUDITOR, AUDIT_READ) && may(ROLE_AUDITOR, DEAL_READ));
	ck_assert(!may(ROLE_AUDITOR, DEAL_DECIDE) && !may(ROLE_AUDITOR, DEAL_NOTE));
	ck_assert(!may(ROLE_AUDITOR, PEOPLE_ADMIN) && !may(ROLE_AUDITOR, RULES_EDIT) && !may(ROLE_AUDITOR, SYSTEM_ADMIN));
}
END_TEST

START_TEST(every_right_is_somebodys_and_has_words)
{
	for (int r = DEAL_READ; r < RIGHT_COUNT; r++) {
		ck_assert_msg(may(ROLES_PARTNER | ROLES_VENDOR, (enum right)r), "%s", right_name((enum right)r));
		ck_assert(right_name((enum right)r)[0] && right_describe((enum right)r)[0]);
	}
}
END_TEST

START_TEST(scopes_only_ever_cut)
{
	uint64_t all = rights_of_scopes(scopes_of("deals:read"));

	ck_assert_uint_eq(all, RIGHT_BIT(DEAL_READ));
	ck_assert_uint_eq(rights_of_scopes(0), 0);
	ck_assert(!(rights_of_scopes(scopes_of("admin")) & RIGHT_BIT(DEAL_DECIDE)));
	ck_assert_str_eq(scopes_text(arena, scopes_of("admin,deals:read"), false), "deals:read,admin");
	ck_assert_uint_eq(scopes_of("deals:read,,x,deals:"), scope_bit("deals:read"));
}
END_TEST

START_TEST(nobody_may_only_what_is_public)
{
	struct user nobody = { .rights = ~(uint64_t)0 }, viewer = { .person_id = 1, .rights = rights_of_roles(ROLE_VIEWER) };

	ck_assert(user_may(&nobody, PUBLIC));
	ck_assert(!user_may(&nobody, SIGNED_IN) && !user_may(&nobody, DEAL_READ));
	ck_assert(user_may(&viewer, SIGNED_IN) && user_may(&viewer, DEAL_READ) && !user_may(&viewer, DEAL_CREATE));
	ck_assert(!user_may(&viewer, RIGHT_NONE));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("right");
	TCase *t = tcase_create("roles");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, role_bits_follow_the_order_of_the_column);
	tcase_add_test(t, no_partner_role_reaches_the_vendors_side);
	tcase_add_test(t, only_owner_and_sales_register_only_owner_manages_people);
	tcase_add_test(t, who_only_reads_does_not_comment);
	tcase_add_test(t, an_auditor_reads_and_changes_nothing);
	tcase_add_test(t, every_right_is_somebodys_and_has_words);
	tcase_add_test(t, scopes_only_ever_cut);
	tcase_add_test(t, nobody_may_only_what_is_public);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
