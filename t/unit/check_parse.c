/* check_parse.c - paths, forms, cookies, JSON, multipart bodies and file types */
#include "range.h"
#include "webtest.h"

static struct params p;

static int form(const char *text)
{
	return parse_urlencoded(web_arena, web_req.err, text, strlen(text), &p);
}

/* ---- path ---- */
static int path(const char *raw)
{
	const char *out;

	return parse_path(web_arena, web_req.err, raw, &out);
}

START_TEST(paths_are_taken_as_the_web_server_decoded_them)
{
	const char *out;

	ck_assert_int_eq(parse_path(web_arena, web_req.err, "/deals/%2e%2e/x", &out), OK);
	ck_assert_str_eq(out, "/deals/%2e%2e/x");
	ck_assert_int_eq(path("/"), OK);
	ck_assert_int_eq(path("/deals/"), OK);
	ck_assert_int_eq(path("/deals/..hidden"), OK);
}
END_TEST

START_TEST(paths_that_lead_elsewhere_are_refused)
{
	static const char *const bad[] = { "", "deals", "//evil.example/", "/a//b", "/..", "/a/../b", "/a/./b", "/.",
		"/a\\b", "/a\nb", "/a\x7f", "/\xff", "/a/.." };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(path(bad[i]) == E_BAD, "%s", bad[i]);
}
END_TEST

START_TEST(a_path_has_a_longest_length)
{
	char *s = arena_alloc(web_arena, MAX_PATH + 2);

	memset(s, 'a', MAX_PATH);
	s[0] = '/';
	ck_assert_int_eq(path(s), OK);
	s[MAX_PATH] = 'a';
	ck_assert_int_eq(path(s), E_BAD);
}
END_TEST

/* ---- urlencoded ---- */
START_TEST(forms_are_decoded_once)
{
	ck_assert_int_eq(form("a=1+2%2B3&b=%C3%A4&c&d=&a=x%3Dy=z&&e=%252e"), OK);
	ck_assert_uint_eq(p.n, 6);
	ck_assert_str_eq(params_get(&p, "a"), "1 2+3");
	ck_assert_str_eq(params_get(&p, "b"), "\xc3\xa4");
	ck_assert_str_eq(params_get(&p, "c"), "");
	ck_assert_str_eq(params_get(&p, "d"), "");
	ck_assert_str_eq(p.p[4].value, "x=y=z");
	ck_assert_str_eq(params_get(&p, "e"), "%2e");
	ck_assert_ptr_null(params_get(&p, "f"));
}
END_TEST

START_TEST(an_empty_form_has_no_fields)
{
	ck_assert_int_eq(form(""), OK);
	ck_assert_uint_eq(p.n, 0);
}
END_TEST

START_TEST(broken_escapes_nul_and_foreign_charsets_are_refused)
{
	static const char *const bad[] = { "a=%", "a=%1", "a=%zz", "a=%00", "a=%ff", "%=1", "=1", "a=%C0%80", "a=%ED%A0%80" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(form(bad[i]) == E_BAD, "%s", bad[i]);
}
END_TEST

START_TEST(a_form_has_at_most_so_many_fields)
{
	struct strbuf b;

	strbuf_init(&b, web_arena, 1 << 16);
	for (int i = 0; i < MAX_PARAMS; i++)
		strbuf_add(&b, "a=1&");
	ck_assert_int_eq(form(b.text), OK);
	ck_assert_uint_eq(p.n, MAX_PARAMS);
	strbuf_add(&b, "a=1");
	ck_assert_int_eq(form(b.text), E_TOOLARGE);
}
END_TEST

START_TEST(names_and_values_have_a_longest_length)
{
	struct strbuf b;

	strbuf_init(&b, web_arena, 1 << 20);
	for (size_t i = 0; i <= MAX_NAME; i++)
		strbuf_addc(&b, 'n');
	ck_assert_int_eq(form(b.text), E_TOOLARGE);
	strbuf_init(&b, web_arena, 1 << 20);
	strbuf_add(&b, "a=");
	for (size_t i = 0; i < MAX_VALUE; i++)
		strbuf_add(&b, "%61");
	ck_assert_int_eq(form(b.text), OK);
	strbuf_add(&b, "a");
	ck_assert_int_eq(form(b.text), E_TOOLARGE);
}
END_TEST

/* ---- cookie ---- */
static const char *cookie(const char *header, const char *name)
{
	const char *v;

	return parse_cookie(web_arena, header, name, &v) ? NULL : v;
}

START_TEST(a_cookie_is_found_by_its_whole_name)
{
	ck_assert_str_eq(cookie("prm=abc", "prm"), "abc");
	ck_assert_str_eq(cookie("a=1; prm=abc; prmx=2", "prm"), "abc");
	ck_assert_str_eq(cookie("xprm=1; __Host-prm=q", "__Host-prm"), "q");
	ck_assert_ptr_null(cookie("xprm=1; prm-flash=2", "prm"));
	ck_assert_ptr_null(cookie("", "prm"));
	ck_assert_str_eq(cookie("prm=", "prm"), "");
	ck_assert_ptr_null(cookie("prm=a b", "prm"));
	ck_assert_ptr_null(cookie("prm=\"a\"", "prm"));
	ck_assert_ptr_null(cookie("prm", "prm"));
}
END_TEST

/* ---- JSON ---- */
static int json(const char *text)
{
	json_t *out;

	return parse_json(web_arena, web_req.err, text, strlen(text), &out);
}

START_TEST(a_json_body_is_one_object)
{
	ck_assert_int_eq(json("{\"a\":1}"), OK);
	ck_assert_int_eq(json(" {} "), OK);
	ck_assert_int_eq(json("[]"), E_BAD);
	ck_assert_int_eq(json("1"), E_BAD);
	ck_assert_int_eq(json(""), E_BAD);
	ck_assert_int_eq(json("{} {}"), E_BAD);
	ck_assert_int_eq(json("{\"a\":1,\"a\":2}"), E_BAD);
	ck_assert_int_eq(json("{\"a\":\"\\u0000\"}"), E_BAD);
	ck_assert_int_eq(json("{\"a\":\"\xff\"}"), E_BAD);
	ck_assert_int_eq(json("{\"a\":99999999999999999999}"), E_BAD);
}
END_TEST

START_TEST(json_is_not_nested_deeply)
{
	ck_assert_int_eq(json("{\"a\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}"), OK);
	ck_assert_int_eq(json("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"), E_BAD);
	ck_assert_int_eq(json("{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[\"}"), OK);
}
END_TEST

/* ---- multipart ---- */
#define TYPE "multipart/form-data; boundary=XyZ"
#define PART(headers, body) "--XyZ\r\n" headers "\r\n\r\n" body "\r\n"
#define FIELD_PART(name, body) PART("Content-Disposition: form-data; name=\"" name "\"", body)

static int multipart_n(const char *body, size_t n)
{
	web_req.form.n = 0;
	web_req.n_files = 0;
	return parse_multipart(web_arena, web_req.err, TYPE, body, n, &web_req);
}

static int multipart(const char *body)
{
	return multipart_n(body, strlen(body));
}

START_TEST(parts_without_a_file_name_are_form_fields)
{
	ck_assert_int_eq(multipart(FIELD_PART("a", "one") FIELD_PART("b", "") FIELD_PART("c", "x\r\ny\r\n")
		FIELD_PART("d", "gr\xc3\xbc\xc3\x9f") "--XyZ--\r\n"), OK);
	ck_assert_uint_eq(web_req.form.n, 4);
	ck_assert_str_eq(params_get(&web_req.form, "a"), "one");
	ck_assert_str_eq(params_get(&web_req.form, "b"), "");
	ck_assert_str_eq(params_get(&web_req.form, "c"), "x\r\ny\r\n");
	ck_assert_str_eq(params_get(&web_req.form, "d"), "gr\xc3\xbc\xc3\x9f");
}
END_TEST

START_TEST(a_file_comes_through_byte_by_byte)
{
	struct strbuf b;
	unsigned char data[40000];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)(i * 31 >> (i & 7));
	memcpy(data, "%PDF-1.7\r\n--Xy\n--Xyz\r\n\r\n", 25);
	memcpy(data + sizeof(data) - 3, "\n\r\n", 3);
	strbuf_init(&b, web_arena, 1 << 20);
	strbuf_add(&b, "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\dir\\Angebot \xc3\xbc.pdf\"\r\n"
		"Content-Type: text/html\r\n\r\n");
	strbuf_addn(&b, data, sizeof(data));
	strbuf_add(&b, "\r\n" FIELD_PART("a", "1") "--XyZ--\r\n");
	ck_assert_int_eq(multipart_n(b.text, b.len), OK);
	ck_assert_uint_eq(web_req.n_files, 1);
	ck_assert_uint_eq(web_req.files[0].size, sizeof(data));
	ck_assert_mem_eq(web_req.files[0].data, data, sizeof(data));
	ck_assert_str_eq(web_req.files[0].type, "application/pdf");
	ck_assert_ptr_nonnull(strstr(web_req.files[0].name, ".pdf"));
	ck_assert_ptr_null(strchr(web_req.files[0].name, '\\'));
	ck_assert_ptr_eq(req_file(&web_req, "f"), &web_req.files[0]);
	ck_assert_str_eq(params_get(&web_req.form, "a"), "1");
}
END_TEST

START_TEST(no_file_chosen_is_no_file)
{
	ck_assert_int_eq(multipart(PART("Content-Disposition: form-data; name=\"f\"; filename=\"\"\r\n"
		"Content-Type: application/octet-stream", "") "--XyZ--\r\n"), OK);
	ck_assert_uint_eq(web_req.n_files, 0);
	ck_assert_uint_eq(web_req.form.n, 0);
}
END_TEST

START_TEST(file_names_lose_their_folders)
{
	ck_assert_int_eq(multipart(PART("Content-Disposition: form-data; name=\"f\"; filename=\"../../etc/passwd\"", "x")
		PART("Content-Disposition: form-data; name=\"g\"; filename=\"..\"", "x") "--XyZ--"), OK);
	ck_assert_uint_eq(web_req.n_files, 2);
	ck_assert_str_eq(web_req.files[0].name, "passwd");
	ck_assert_str_eq(web_req.files[1].name, "file");
}
END_TEST

START_TEST(parts_that_are_no_form_data_are_refused)
{
	static const char *const bad[] = {
		PART("Content-Disposition: attachment; name=\"a\"", "x") "--XyZ--",
		PART("Content-Disposition: form-data", "x") "--XyZ--",
		PART("Content-Type: text/plain", "x") "--XyZ--",
		PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "eA==") "--XyZ--",
		PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=Q",
			"--Q\r\n\r\nx\r\n--Q--") "--XyZ--",
		PART("Content-Disposition: form-data; name=\"a\"; filename=\"m\"\r\nContent-Type: message/rfc822",
			"Subject: x\r\n\r\ny") "--XyZ--",
		FIELD_PART("a", "\xff") "--XyZ--",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(multipart(bad[i]) == E_BAD, "%zu: %s", i, bad[i]);
}
END_TEST

START_TEST(a_value_with_nul_is_refused)
{
	static const char body[] = FIELD_PART("a", "x\0y") "--XyZ--";

	ck_assert_int_eq(multipart_n(body, sizeof(body) - 1), E_BAD);
}
END_TEST

START_TEST(a_body_without_boundary_is_refused)
{
	static const char *const types[] = { "multipart/form-data", "multipart/form-data; boundary=",
		"multipart/form-data; boundary=\"a b\"", "multipart/form-data; boundary=a\nb" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		ck_assert_int_eq(parse_multipart(web_arena, web_req.err, types[i], "x", 1, &web_req), E_BAD);
	ck_assert_int_eq(parse_multipart(web_arena, web_req.err, "multipart/form-data; boundary=\"XyZ\"",
		FIELD_PART("a", "1") "--XyZ--", strlen(FIELD_PART("a", "1") "--XyZ--"), &web_req), OK);
}
END_TEST

START_TEST(a_body_has_at_most_so_many_parts)
{
	struct strbuf b;

	strbuf_init(&b, web_arena, 1 << 16);
	for (int i = 0; i < MAX_PARTS; i++)
		strbuf_add(&b, FIELD_PART("a", "1"));
	strbuf_add(&b, "--XyZ--");
	ck_assert_int_eq(multipart(b.text), OK);
	ck_assert_uint_eq(web_req.form.n, MAX_PARTS);
	strbuf_add(&b, "\r\n" FIELD_PART("a", "1"));
	ck_assert_int_eq(multipart(b.text), E_TOOLARGE);
}
END_TEST

/* ---- types ---- */
START_TEST(a_file_is_what_its_bytes_say)
{
	static const struct { const char *bytes; size_t n; const char *type; } files[] = {
		{ "%PDF-1.4 ...", 12, "application/pdf" }, { "\x89PNG\r\n\x1a\n....", 12, "image/png" },
		{ "\xff\xd8\xff\xe0", 4, "image/jpeg" }, { "GIF89a..", 8, "image/gif" },
		{ "RIFF\0\0\0\0WEBP", 12, "image/webp" }, { "a,b\n1,2\n", 8, "text/csv" },
		{ "a;\"b;c\"\n1;2\n", 12, "text/csv" }, { "Dear sir, hello\nbye\n", 20, "text/plain" },
		{ "hello\n", 6, "text/plain" }, { "<html>", 6, "text/plain" }, { "\x7f" "ELF", 4, "" },
		{ "", 0, "" }, { "PK\3\4xxxx", 8, "application/zip" },
		{ "PK\3\4..[Content_Types].xml..xl/workbook.xml", 42,
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
		{ " %PDF-1.4", 9, "text/plain" },
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		ck_assert_msg(!strcmp(sniff_type(files[i].bytes, files[i].n), files[i].type), "%s is %s",
			files[i].bytes, sniff_type(files[i].bytes, files[i].n));
}
END_TEST

START_TEST(a_files_ending_fits_its_bytes)
{
	ck_assert(sniff_fits("application/pdf", "offer.PDF") && sniff_fits("image/jpeg", "a.b.jpeg") && sniff_fits("text/plain", "notes"));
	ck_assert(sniff_fits("text/plain", "mail.eml") && sniff_fits("text/csv", "deals.csv") && sniff_fits("text/csv", "x.txt"));
	ck_assert(!sniff_fits("text/plain", "page.html") && !sniff_fits("text/plain", "a.svg") && !sniff_fits("text/csv", "run.bat"));
	ck_assert(!sniff_fits("application/pdf", "offer.pdf.exe") && !sniff_fits("image/png", "x.pn") && !sniff_fits("image/png", "x.pngx"));
	ck_assert(sniff_fits("text/plain", "ends with a dot.") && sniff_fits("", "x.y") && sniff_fits("text/plain", NULL));
}
END_TEST

/* ---- parts of a file ---- */
START_TEST(a_part_of_a_file_is_what_was_asked_for)
{
	static const struct { const char *header; size_t size; enum range is; size_t first, length; } asked[] = {
		{ NULL, 10, RANGE_ALL, 0, 0 }, { "", 10, RANGE_ALL, 0, 0 }, { "lines=1-2", 10, RANGE_ALL, 0, 0 },
		{ "bytes=0-0", 10, RANGE_PART, 0, 1 }, { "bytes=2-", 10, RANGE_PART, 2, 8 },
		{ "bytes=2-99", 10, RANGE_PART, 2, 8 }, { "bytes=-3", 10, RANGE_PART, 7, 3 },
		{ "bytes=-30", 10, RANGE_PART, 0, 10 }, { "bytes=-0", 10, RANGE_NONE, 0, 0 },
		{ "bytes=10-", 10, RANGE_NONE, 0, 0 }, { "bytes=0-", 0, RANGE_NONE, 0, 0 },
		{ "bytes=5-2", 10, RANGE_ALL, 0, 0 }, { "bytes=1-2,5-6", 10, RANGE_ALL, 0, 0 },
		{ "bytes=-", 10, RANGE_ALL, 0, 0 }, { "bytes=x-2", 10, RANGE_ALL, 0, 0 },
		{ "bytes=1", 10, RANGE_ALL, 0, 0 }, { "bytes=0-99999999999999999999999", 10, RANGE_ALL, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		size_t first = 0, length = 0;
		enum range is = range_read(asked[i].header, asked[i].size, &first, &length);

		ck_assert_msg(is == asked[i].is && first == asked[i].first && length == asked[i].length,
			"%s of %zu: %d, %zu+%zu", asked[i].header, asked[i].size, is, first, length);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("parse");
	TCase *c = tcase_create("parse");

	tcase_add_checked_fixture(c, web_start, web_end);
	tcase_add_test(c, paths_are_taken_as_the_web_server_decoded_them);
	tcase_add_test(c, paths_that_lead_elsewhere_are_refused);
	tcase_add_test(c, a_path_has_a_longest_length);
	tcase_add_test(c, forms_are_decoded_once);
	tcase_add_test(c, an_empty_form_has_no_fields);
	tcase_add_test(c, broken_escapes_nul_and_foreign_charsets_are_refused);
	tcase_add_test(c, a_form_has_at_most_so_many_fields);
	tcase_add_test(c, names_and_values_have_a_longest_length);
	tcase_add_test(c, a_cookie_is_found_by_its_whole_name);
	tcase_add_test(c, a_json_body_is_one_object);
	tcase_add_test(c, json_is_not_nested_deeply);
	tcase_add_test(c, parts_without_a_file_name_are_form_fields);
	tcase_add_test(c, a_file_comes_through_byte_by_byte);
	tcase_add_test(c, no_file_chosen_is_no_file);
	tcase_add_test(c, file_names_lose_their_folders);
	tcase_add_test(c, parts_that_are_no_form_data_are_refused);
	tcase_add_test(c, a_value_with_nul_is_refused);
	tcase_add_test(c, a_body_without_boundary_is_refused);
	tcase_add_test(c, a_body_has_at_most_so_many_parts);
	tcase_add_test(c, a_file_is_what_its_bytes_say);
	tcase_add_test(c, a_files_ending_fits_its_bytes);
	tcase_add_test(c, a_part_of_a_file_is_what_was_asked_for);
	suite_add_tcase(s, c);
	return web_run(s);
}
