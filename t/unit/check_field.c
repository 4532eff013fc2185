/* check_field.c - a field table reads, draws and describes itself */
#include "webtest.h"

#include "field_part.h"

static const struct choice families[] = {
	{ "fw", N_("Firewall"), NULL }, { "edr", N_("Endpoint"), NULL }, CHOICE_END
};

struct input {
	const char *customer, *domain, *mail, *site, *phone, *country, *family, *several, *notes, *secret,
		*code, *zone;
	struct money amount;
	struct day closes_on;
	int64_t seats;
	bool urgent;
	struct upload proof;
};

static int check_not_zero(struct req *q, const struct field *f, const void *member)
{
	const int64_t *v = member;

	return *v ? OK : fail_field(q->err, f->name, "Enter more than none");
}

static const struct field fields[] = {
	FIELD(input, customer, F_TEXT, .label = N_("End customer"), .required = true, .max = 20),
	FIELD(input, domain, F_DOMAIN, .label = N_("Customer's web domain"), .required = true),
	FIELD(input, mail, F_EMAIL, .label = N_("E-mail")),
	FIELD(input, site, F_URL, .label = N_("Page")),
	FIELD(input, phone, F_PHONE, .label = N_("Phone")),
	FIELD(input, country, F_COUNTRY, .label = N_("Country")),
	FIELD(input, family, F_CHOICE, .label = N_("Product family"), .choices = families),
	FIELD(input, several, F_CHOICES, .label = N_("Families"), .choices = families),
	FIELD(input, notes, F_LONGTEXT, .label = N_("Notes"), .max = 2000),
	FIELD(input, secret, F_PASSWORD, .label = N_("Password"), .min = 4),
	FIELD(input, code, F_CODE, .label = N_("Code")),
	FIELD(input, zone, F_ZONE, .label = N_("Time zone")),
	FIELD(input, amount, F_MONEY, .label = N_("Expected value"), .min = 1),
	FIELD(input, closes_on, F_DATE, .label = N_("Expected close")),
	FIELD(input, seats, F_INT, .label = N_("Seats"), .max = 1000, .check = check_not_zero),
	FIELD(input, urgent, F_BOOL, .label = N_("Urgent")),
	FIELD(input, proof, F_FILE, .label = N_("Proof"), .page_only = true),
	FIELD_END
};

static struct input in;

static int read_form(const char *text)
{
	memset(&in, 0, sizeof(in));
	return fields_read(web_form(POST, text), fields, &in);
}

static int read_json(const char *text)
{
	memset(&in, 0, sizeof(in));
	return fields_read(web_json(text), fields, &in);
}

START_TEST(every_error_is_told_in_one_round)
{
	ck_assert_int_eq(read_form("domain=nowhere&seats=many&country=XX&amount=x&currency=EUR"), E_INVALID);
	ck_assert_uint_eq(web_req.err->n_fields, 5);
	ck_assert_str_eq(web_error("customer"), "Enter the end customer");
	ck_assert_str_eq(web_error("domain"), "Enter the customer's web domain, for example acme.com");
	ck_assert_str_eq(web_error("seats"), "Enter a whole number in digits for the seats");
	ck_assert_str_eq(web_error("country"), "Choose the country from the list");
	ck_assert_str_eq(web_error("amount"), "Enter the expected value in digits, such as 12500.00");
}
END_TEST

START_TEST(good_values_land_in_the_struct)
{
	ck_assert_int_eq(read_form("customer=++Zo%CC%88e++GmbH+&domain=https%3A%2F%2Fwww.M%C3%BCller.DE%2Fx%3Fy"
		"&mail=Jo%40ACME.com&country=de&family=edr&several=fw&several=edr&several=fw"
		"&notes=a%0D%0Ab&secret=+p+w+&amount=1%2C234.5&currency=EUR&closes_on=14.3.2027&seats=7&urgent=on"
		"&zone=Europe%2FParis&code=A-1&phone=%2B49+30+123456&site=HTTP%3A%2F%2FX.com%2Fa+b"), OK);
	ck_assert_str_eq(in.customer, "Z\xC3\xB6" "e  GmbH");
	ck_assert_str_eq(in.domain, "www.xn--mller-kva.de");
	ck_assert_str_eq(in.mail, "Jo@acme.com");
	ck_assert_str_eq(in.country, "DE");
	ck_assert_str_eq(in.family, "edr");
	ck_assert_str_eq(in.several, "fw,edr");
	ck_assert_str_eq(in.notes, "a\nb");
	ck_assert_str_eq(in.secret, " p w ");
	ck_assert_int_eq(in.amount.minor, 123450);
	ck_assert_str_eq(in.amount.currency, "EUR");
	ck_assert_str_eq(day_iso(web_arena, in.closes_on), "2027-03-14");
	ck_assert_int_eq(in.seats, 7);
	ck_assert(in.urgent);
	ck_assert_str_eq(in.site, "http://x.com/a%20b");
	ck_assert_str_eq(in.zone, "Europe/Paris");
}
END_TEST

START_TEST(empty_optional_fields_are_none)
{
	ck_assert_int_eq(read_form("customer=A&domain=a.de&mail=&amount=&currency=EUR&closes_on=&seats=&family="), OK);
	ck_assert_ptr_null(in.mail);
	ck_assert_ptr_null(in.family);
	ck_assert_str_eq(in.amount.currency, "");
	ck_assert_int_eq(in.closes_on.n, DAY_NONE);
	ck_assert(!in.urgent);
	ck_assert(field_given(&web_req, "mail"));
	ck_assert(!field_given(&web_req, "notes"));
}
END_TEST

START_TEST(money_without_currency_asks_for_the_currency)
{
	ck_assert_int_eq(read_form("customer=A&domain=a.de&amount=5"), E_INVALID);
	ck_assert_str_eq(web_error("currency"), "Choose the currency of the expected value");
}
END_TEST

START_TEST(money_below_the_minimum_is_refused)
{
	ck_assert_int_eq(read_form("customer=A&domain=a.de&amount=0.50&currency=EUR"), E_INVALID);
	ck_assert_str_eq(web_error("amount"), "Enter at least 1 EUR for the expected value");
}
END_TEST

START_TEST(a_field_s_own_rule_runs_on_the_parsed_value)
{
	ck_assert_int_eq(read_form("customer=A&domain=a.de&seats=0"), E_INVALID);
	ck_assert_str_eq(web_error("seats"), "Enter more than none");
}
END_TEST

START_TEST(length_is_counted_in_characters)
{
	ck_assert_int_eq(read_form("customer=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4"
		"%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4&domain=a.de"), OK);
	ck_assert_int_eq(read_form("customer=123456789012345678901&domain=a.de"), E_INVALID);
	ck_assert_str_eq(web_error("customer"), "Shorten the end customer to 20 characters; it has 21");
}
END_TEST

START_TEST(names_that_are_no_field_are_refused)
{
	ck_assert_int_eq(read_form("customer=A&domain=a.de&status=approved&_token=x"), E_INVALID);
	ck_assert_uint_eq(web_req.err->n_fields, 1);
	ck_assert_str_eq(web_error("status"), "Leave out status: it is not a field of this request");
}
END_TEST

START_TEST(json_members_must_have_their_types)
{
	ck_assert_int_eq(read_json("{\"customer\":5,\"domain\":\"a.de\",\"seats\":\"7\",\"urgent\":1,\"several\":\"fw\","
		"\"amount\":12.5,\"currency\":\"EUR\",\"closes_on\":\"14.3.2027\",\"proof\":\"x\"}"), E_INVALID);
	ck_assert_str_eq(web_error("customer"), "Give customer as a string");
	ck_assert_str_eq(web_error("seats"), "Give seats as a whole number");
	ck_assert_str_eq(web_error("urgent"), "Give urgent as true or false");
	ck_assert_str_eq(web_error("several"), "Give several as an array of strings");
	ck_assert_str_eq(web_error("amount"), "Give amount as a string with a decimal number, such as \"1234.50\"");
	ck_assert_str_eq(web_error("closes_on"), "Enter the expected close as year, month, day, such as 2027-03-14");
	ck_assert_str_eq(web_error("proof"), "Leave out proof: it is not a field of this request");
}
END_TEST

START_TEST(json_values_land_in_the_struct)
{
	ck_assert_int_eq(read_json("{\"customer\":\"A\",\"domain\":\"a.de\",\"seats\":7,\"urgent\":true,"
		"\"several\":[\"edr\",\"fw\"],\"amount\":\"1234.50\",\"currency\":\"EUR\",\"mail\":null}"), OK);
	ck_assert_int_eq(in.seats, 7);
	ck_assert(in.urgent);
	ck_assert_str_eq(in.several, "edr,fw");
	ck_assert_int_eq(in.amount.minor, 123450);
	ck_assert_ptr_null(in.mail);
}
END_TEST

START_TEST(hosts_are_found_in_what_people_paste)
{
	static const struct { const char *from, *host; } rows[] = {
		{ "acme.com", "acme.com" }, { "ACME.com.", "acme.com" }, { "https://www.x.de/y", "www.x.de" },
		{ "name@acme.com", "acme.com" }, { "http://u:p@acme.com:8080/@b", "acme.com" },
		{ "acme.com:443", "acme.com" }, { "//acme.com", NULL }, { "acme", NULL }, { "10.0.0.1", NULL },
		{ "a..b.de", NULL }, { "-a.de", NULL }, { "a_b.de", NULL }, { "acme .com", NULL },
		{ "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xBC\xD0\xB5\xD1\x80.\xD1\x80\xD1\x84", "xn--e1afmkfd.xn--p1ai" },
		{ "stra\xC3\x9F" "e.de", "xn--strae-oqa.de" }, { "", NULL }, { "javascript:alert(1)", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *host = text_host(web_arena, rows[i].from);

		if (rows[i].host)
			ck_assert_pstr_eq(host, rows[i].host);
		else
			ck_assert_msg(!host, "%s gave %s", rows[i].from, host);
	}
}
END_TEST

START_TEST(e_mail_addresses_are_checked)
{
	static const char *const bad[] = { "", "a", "a@", "@b.de", "a@b", "a b@c.de", "a@b@c.de", ".a@b.de",
		"a..b@c.de", "a@b.de/x", "a@b.de\nbcc:x@y.de", "a\xE2\x80\x8B@b.de" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!text_email(web_arena, bad[i]), "%s was taken", bad[i]);
	ck_assert_pstr_eq(text_email(web_arena, "O'Neil+x@Mail.Example.ORG"), "O'Neil+x@mail.example.org");
}
END_TEST

START_TEST(web_addresses_are_http_only)
{
	static const char *const bad[] = { "javascript:alert(1)", "ftp://a.de", "//a.de", "a.de",
		"http://u@a.de", "http://a.de:99999", "https://", "http://10.0.0.1/" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!text_url(web_arena, bad[i]), "%s was taken", bad[i]);
	ck_assert_pstr_eq(text_url(web_arena, "https://A.de:8443/x?a=\"b\"#c"), "https://a.de:8443/x?a=%22b%22#c");
}
END_TEST

START_TEST(names_cannot_turn_the_line_round)
{
	ck_assert_int_eq(read_form("customer=ab%E2%80%AEcd%0Aef&domain=a.de"), OK);
	ck_assert_str_eq(in.customer, "abcd ef");
}
END_TEST

START_TEST(a_redrawn_form_shows_what_was_typed)
{
	json_t *form, *f;

	ck_assert_int_eq(read_form("customer=&domain=+Not+one+&amount=12k&currency=CHF&family=edr&secret=hidden"), E_INVALID);
	form = fields_form(&web_req, fields, NULL);
	f = json_array_get(form, 1);
	ck_assert_str_eq(json_string_value(json_object_get(f, "value")), " Not one ");
	ck_assert_str_eq(json_string_value(json_object_get(f, "required")), "1");
	ck_assert_str_eq(json_string_value(json_object_get(f, "error")),
		"Enter the customer's web domain, for example acme.com");
	f = json_array_get(form, 6);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(json_object_get(f, "options"), 2),
		"selected")), "1");
	ck_assert_ptr_null(json_object_get(json_array_get(form, 9), "value"));
	f = json_array_get(form, 12);
	ck_assert_str_eq(json_string_value(json_object_get(f, "value")), "12k");
	ck_assert_str_eq(json_string_value(json_object_get(f, "currency_value")), "CHF");
	json_decref(form);
}
END_TEST

START_TEST(a_form_shows_the_record_to_edit)
{
	struct input old = { .customer = "Acme", .several = "edr", .amount = { 123450, "EUR" },
		.closes_on = { DAY_NONE }, .seats = 3, .urgent = true };
	json_t *form = fields_form(&web_req, fields, &old), *options;

	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(form, 0), "value")), "Acme");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(form, 12), "value")), "1234.50");
	ck_assert_ptr_null(json_object_get(json_array_get(form, 13), "value"));
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(form, 14), "value")), "3");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(form, 15), "value")), "1");
	options = json_object_get(json_array_get(form, 7), "options");
	ck_assert_ptr_null(json_object_get(json_array_get(options, 0), "selected"));
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(options, 1), "selected")), "1");
	json_decref(form);
}
END_TEST

START_TEST(countries_are_named_and_sorted_in_the_language)
{
	size_t n;
	const struct named *all = countries("de", &n);

	ck_assert_uint_gt(n, 240);
	ck_assert_str_eq(country_name("DE", "de"), "Deutschland");
	ck_assert_str_eq(country_name("DE", "en"), "Germany");
	ck_assert_ptr_null(country_name("EU", "en"));
	ck_assert_str_eq(all[1].label, "\xC3\x84gypten");    /* after Afghanistan, not after Z */
}
END_TEST

START_TEST(common_currencies_come_first)
{
	size_t n;
	const char *const *all = currencies(&n);

	ck_assert_uint_gt(n, 100);
	ck_assert_str_eq(all[0], "EUR");
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(currency_known(all[i]), "%s", all[i]);
	for (size_t i = 17; i < n; i++)
		ck_assert_int_lt(strcmp(all[i - 1], all[i]), 0);
}
END_TEST

START_TEST(a_page_s_query_may_carry_more_than_filters)
{
	ck_assert_int_eq(fields_read(web_form(GET, "customer=A&domain=a.de&utm_source=mail"), fields, &in), OK);
	web_req.face = FACE_JSON;
	ck_assert_int_eq(fields_read(&web_req, fields, &in), E_INVALID);
	ck_assert_str_ne(web_error("utm_source"), "");
}
END_TEST

START_TEST(a_first_form_takes_over_what_the_query_says_well)
{
	memset(&in, 0, sizeof(in));
	ck_assert_int_eq(fields_prefill(web_form(GET, "customer=Acme&domain=nowhere&secret=abcd1"), fields, &in), OK);
	ck_assert_str_eq(in.customer, "Acme");
	ck_assert_ptr_null(in.domain);
	ck_assert_ptr_null(in.secret);
	ck_assert_int_eq(in.closes_on.n, DAY_NONE);
	ck_assert_uint_eq(web_req.err->n_fields, 0);
}
END_TEST

START_TEST(the_schema_says_what_the_parser_wants)
{
	json_t *s = fields_schema(fields), *p = json_object_get(s, "properties");

	ck_assert_uint_eq(json_array_size(json_object_get(s, "required")), 2);
	ck_assert(json_is_false(json_object_get(s, "additionalProperties")));
	ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(p, "customer"), "maxLength")), 20);
	ck_assert_ptr_nonnull(json_object_get(p, "currency"));
	ck_assert_ptr_null(json_object_get(p, "proof"));
	ck_assert_uint_eq(json_array_size(json_object_get(json_object_get(p, "family"), "enum")), 2);
	json_decref(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("field");
	TCase *t = tcase_create("field");

	tcase_add_checked_fixture(t, web_start, web_end);
	tcase_add_test(t, every_error_is_told_in_one_round);
	tcase_add_test(t, good_values_land_in_the_struct);
	tcase_add_test(t, empty_optional_fields_are_none);
	tcase_add_test(t, money_without_currency_asks_for_the_currency);
	tcase_add_test(t, money_below_the_minimum_is_refused);
	tcase_add_test(t, a_field_s_own_rule_runs_on_the_parsed_value);
	tcase_add_test(t, length_is_counted_in_characters);
	tcase_add_test(t, names_that_are_no_field_are_refused);
	tcase_add_test(t, json_members_must_have_their_types);
	tcase_add_test(t, json_values_land_in_the_struct);
	tcase_add_test(t, hosts_are_found_in_what_people_paste);
	tcase_add_test(t, e_mail_addresses_are_checked);
	tcase_add_test(t, web_addresses_are_http_only);
	tcase_add_test(t, names_cannot_turn_the_line_round);
	tcase_add_test(t, a_redrawn_form_shows_what_was_typed);
	tcase_add_test(t, a_form_shows_the_record_to_edit);
	tcase_add_test(t, countries_are_named_and_sorted_in_the_language);
	tcase_add_test(t, common_currencies_come_first);
	tcase_add_test(t, a_page_s_query_may_carry_more_than_filters);
	tcase_add_test(t, a_first_form_takes_over_what_the_query_says_well);
	tcase_add_test(t, the_schema_says_what_the_parser_wants);
	suite_add_tcase(s, t);
	return web_run(s);
}
