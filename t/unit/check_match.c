/* check_match.c - names and domains become the same key when they mean the same customer */
#include <check.h>
#include <stdlib.h>

#include "match.h"

static struct arena *a;

static void setup(void) { a = arena_new(1 << 20); }
static void teardown(void) { arena_free(a); }

struct name_case { const char *name, *country, *key; };

static const struct name_case names[] = {
	{ "Acme Holding GmbH & Co. KG", "DE", "acme holding" },
	{ "ACME  Holding", "DE", "acme holding" },
	{ "Acme Holding G.m.b.H.", "AT", "acme holding" },
	{ "Müller AG", "DE", "mueller" },
	{ "Mueller AG", "DE", "mueller" },
	{ "Malmö Skärgård AB", "SE", "malmo skargard" },
	{ "Straße & Söhne oHG", "DE", "strasse soehne" },
	{ "Johnson & Johnson", "US", "johnson johnson" },
	{ "Johnson and Johnson Inc.", "US", "johnson johnson" },
	{ "Johnson und Johnson", "DE", "johnson johnson" },
	{ "Skoda Auto a.s.", "CZ", "skoda auto" },
	{ "Novák s. r. o.", "CZ", "novak" },
	{ "Kowalski Sp. z o.o.", "PL", "kowalski" },
	{ "Kowalski Sp. z o. o. Sp.k.", "PL", "kowalski" },
	{ "Grupo Bimbo, S.A.B. de C.V.", "MX", "grupo bimbo" },
	{ "Tacos Lindos S. de R.L. de C.V.", "MX", "tacos lindos" },
	{ "Tacos Lindos SA de CV", "MX", "tacos lindos" },
	{ "Novo Nordisk A/S", "DK", "novo nordisk" },
	{ "Sunrise as", "GB", "sunrise as" },
	{ "Fincantieri S.p.A.", "IT", "fincantieri" },
	{ "Wellness Spa", "GB", "wellness spa" },
	{ "Tata Power Pvt. Ltd.", "IN", "tata power" },
	{ "Tata Power Private Limited", "IN", "tata power" },
	{ "Atlassian Pty Ltd", "AU", "atlassian" },
	{ "PT Maju Jaya Tbk", "ID", "maju jaya" },
	{ "O'Reilly Ltd", "IE", "oreilly" },
	{ "O’Reilly Ltd", "IE", "oreilly" },
	{ "ООО Ромашка", "RU", "romaska" },
	{ "Αθήνα ΑΕ", "GR", "athena ae" },
	{ "トヨタ自動車株式会社", "JP", NULL },
	{ "Limited", "GB", "limited" },
	{ "Company Co", "US", "company" },
	{ "&", "US", "" },
	{ "Any Co 24/7", "US", "any co 24 7" },
	{ "and", "US", "and" },
};

START_TEST(name_keys)
{
	const struct name_case *c = &names[_i];
	const char *key = match_name_key(a, c->name, c->country);

	ck_assert_ptr_nonnull(key);
	if (c->key)
		ck_assert_str_eq(key, c->key);
	else
		ck_assert_str_ne(key, "");
}
END_TEST

START_TEST(a_form_in_its_own_script_is_left_out)
{
	ck_assert_str_eq(match_name_key(a, "トヨタ自動車株式会社", "JP"), match_name_key(a, "株式会社トヨタ自動車", "JP"));
	ck_assert_str_eq(match_name_key(a, "株式会社", "JP"), match_name_key(a, "株式会社", "JP"));
	ck_assert_str_ne(match_name_key(a, "株式会社", "JP"), "");
}
END_TEST

START_TEST(a_key_fits_its_column)
{
	char name[2001] = "";

	for (size_t i = 0; i + 4 < sizeof(name); i += 4)
		memcpy(name + i, "漢 ", 4);
	ck_assert_uint_le(strlen(match_name_key(a, name, "CN")), 200);
	memset(name, 'x', 2000);
	ck_assert_uint_eq(strlen(match_name_key(a, name, "CN")), 200);
}
END_TEST

struct domain_case { const char *host, *key; };

static const struct domain_case domains[] = {
	{ "acme.de", "acme.de" }, { "WWW.Acme.DE", "acme.de" }, { "https://www.acme.co.uk:8080/about?x=1", "acme.co.uk" },
	{ "jane@sales.acme.com", "acme.com" }, { "acme.de.", "acme.de" }, { " eu.acme.com ", "acme.com" },
	{ "x.github.io", "x.github.io" }, { "github.io", NULL }, { "co.uk", NULL }, { "de", NULL }, { "", NULL },
	{ "gmail.com", NULL }, { "jane@yahoo.co.in", NULL }, { "hotmail.fr", NULL }, { "192.168.1.1", NULL },
	{ "localhost", NULL }, { "acme.intern", NULL }, { "no such thing", NULL }, { "http://", NULL },
	{ "münchen.de", "xn--mnchen-3ya.de" }, { "https://user:p@ss@acme.de/", "acme.de" }, { "acme_shop.de", NULL },
	{ "-", NULL }, { "...", NULL },
};

START_TEST(domain_keys)
{
	const struct domain_case *c = &domains[_i];
	const char *key = match_domain_key(a, c->host);

	if (!c->key)
		ck_assert_msg(!key, "%s gave %s", c->host, key ? key : "");
	else
		ck_assert_str_eq(key ? key : "(none)", c->key);
}
END_TEST

START_TEST(no_host_is_no_domain)
{
	ck_assert_ptr_null(match_domain_key(a, NULL));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("match");
	TCase *t = tcase_create("keys");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, name_keys, 0, (int)(sizeof(names) / sizeof(names[0])));
	tcase_add_loop_test(t, domain_keys, 0, (int)(sizeof(domains) / sizeof(domains[0])));
	tcase_add_test(t, a_form_in_its_own_script_is_left_out);
	tcase_add_test(t, a_key_fits_its_column);
	tcase_add_test(t, no_host_is_no_domain);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
