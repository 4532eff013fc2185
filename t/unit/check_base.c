/* check_base.c - memory, text, errors, log, configuration, messages */
#include <check.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#undef fail     /* Check's old name for another thing */
#include "arena.h"
#include "conf.h"
#include "err.h"
#include "intl.h"
#include "log.h"
#include "plural.h"
#include "str.h"

static struct arena *a;
static char dir[64];

static void setup(void)
{
	a = arena_new(1 << 20);
	snprintf(dir, sizeof(dir), "/tmp/prm-base-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void teardown(void)
{
	char *const argv[] = { (char *)(uintptr_t)"rm", (char *)(uintptr_t)"-rf", dir, NULL };
	pid_t pid = fork();

	if (!pid) {
		execvp("rm", argv);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
	arena_free(a);
}

static const char *put_file(const char *name, const void *text, size_t n, mode_t mode)
{
	char *path = arena_printf(a, "%s/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, n), (ssize_t)n);
	close(fd);
	ck_assert_int_eq(chmod(path, mode), 0);
	return path;
}

static const char *put_text(const char *name, const char *text, mode_t mode)
{
	return put_file(name, text, strlen(text), mode);
}

/* ---- arena ---- */

START_TEST(an_arena_keeps_its_cap)
{
	struct arena *small = arena_new(1000);

	ck_assert_ptr_nonnull(arena_alloc(small, 600));
	ck_assert_ptr_null(arena_alloc(small, 600));
	ck_assert_ptr_nonnull(arena_alloc(small, 400));
	ck_assert_ptr_null(arena_alloc(small, 1));
	ck_assert_uint_eq(arena_used(small), 1000);
	arena_reset(small);
	ck_assert_ptr_nonnull(arena_alloc(small, 1000));
	arena_free(small);
}
END_TEST

START_TEST(arena_memory_is_zeroed_even_when_used_again)
{
	for (int round = 0; round < 2; round++) {
		unsigned char *p = arena_alloc(a, 5000);

		for (int i = 0; i < 5000; i++)
			ck_assert_uint_eq(p[i], 0);
		memset(p, 0xAA, 5000);
		arena_reset(a);
	}
}
END_TEST

START_TEST(arena_memory_is_aligned_and_large_things_fit)
{
	char *big;

	for (size_t n = 1; n < 300; n++)
		ck_assert_uint_eq((uintptr_t)arena_alloc(a, n) % _Alignof(max_align_t), 0);
	big = arena_alloc(a, 500000);
	ck_assert_ptr_nonnull(big);
	memset(big, 1, 500000);
	ck_assert_ptr_nonnull(arena_alloc(a, 0));
	ck_assert_ptr_null(arena_array(a, SIZE_MAX / 2, 4));
}
END_TEST

static char order[8];
static void note(void *arg) { order[strlen(order)] = *(const char *)arg; }

START_TEST(endings_run_newest_first)
{
	char one[] = "1", two[] = "2";
	struct arena *full = arena_new(8);

	memset(order, 0, sizeof(order));
	ck_assert_int_eq(arena_on_end(a, note, one), 0);
	ck_assert_int_eq(arena_on_end(a, note, two), 0);
	arena_reset(a);
	ck_assert_str_eq(order, "21");
	/* no room to remember it: it ends at once */
	ck_assert_int_eq(arena_on_end(full, note, one), -1);
	ck_assert_str_eq(order, "211");
	arena_free(full);
	arena_free(NULL);
}
END_TEST

/* ---- text ---- */

START_TEST(a_buffer_stops_at_its_maximum)
{
	struct strbuf b;

	strbuf_init(&b, a, 10);
	ck_assert_str_eq(b.text, "");
	strbuf_add(&b, "12345");
	strbuf_addf(&b, "%d", 678);
	ck_assert_str_eq(b.text, "12345678");
	strbuf_add(&b, "9ab");
	ck_assert(b.overflow);
	ck_assert_str_eq(b.text, "12345678");
	strbuf_addc(&b, 'x');
	ck_assert_str_eq(b.text, "12345678");
	strbuf_init(&b, a, 3);
	strbuf_add(&b, "abc");
	ck_assert(!b.overflow);
	ck_assert_str_eq(b.text, "abc");
}
END_TEST

START_TEST(a_copy_is_cut_between_characters)
{
	char out[6];

	ck_assert(str_copy(out, sizeof(out), "12345"));
	ck_assert(!str_copy(out, sizeof(out), "123\u20ac"));
	ck_assert_str_eq(out, "123");
	ck_assert(str_copy(out, sizeof(out), NULL));
	ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(trimming_knows_unicode_spaces)
{
	ck_assert_str_eq(str_trim(a, " \t\u00a0\u2003caf\u00e9\u200b\ufeff\r\n"), "caf\u00e9");
	ck_assert_str_eq(str_trim(a, "a b"), "a b");
	ck_assert_str_eq(str_trim(a, " \u3000 "), "");
	ck_assert_str_eq(str_trim(a, ""), "");
	ck_assert_ptr_null(str_trim(a, NULL));
}
END_TEST

START_TEST(utf8_is_checked_to_the_letter)
{
	ck_assert(str_utf8_valid("caf\u00e9 \U0001F600", 10));
	ck_assert(!str_utf8_valid("\xC0\xAF", 2));              /* overlong */
	ck_assert(!str_utf8_valid("\xED\xA0\x80", 3));          /* surrogate */
	ck_assert(!str_utf8_valid("\xF4\x90\x80\x80", 4));      /* past U+10FFFF */
	ck_assert(!str_utf8_valid("\xE2\x82", 2));              /* cut */
	ck_assert(!str_utf8_valid("a\0b", 3));
	ck_assert(str_utf8_valid("", 0));
	ck_assert_uint_eq(str_utf8_length("caf\u00e9"), 4);
}
END_TEST

START_TEST(numbers_are_whole_texts_in_range)
{
	int64_t v = 0;

	ck_assert(str_to_int("9223372036854775807", INT64_MIN, INT64_MAX, &v) && v == INT64_MAX);
	ck_assert(str_to_int("-9223372036854775808", INT64_MIN, INT64_MAX, &v) && v == INT64_MIN);
	ck_assert(!str_to_int("9223372036854775808", INT64_MIN, INT64_MAX, &v));
	ck_assert(!str_to_int("11", 1, 10, &v));
	ck_assert(!str_to_int("1x", 1, 10, &v));
	ck_assert(!str_to_int(" 1", 1, 10, &v));
	ck_assert(!str_to_int("+1", 1, 10, &v));
	ck_assert(!str_to_int("-", -10, 10, &v));
	ck_assert(!str_to_int("", 0, 10, &v));
	ck_assert(!str_to_int(NULL, 0, 10, &v));
}
END_TEST

START_TEST(base64url_and_hex_go_there_and_back)
{
	unsigned char out[4];
	size_t n;

	ck_assert_str_eq(str_hex(a, "\x00\xff", 2), "00ff");
	ck_assert_str_eq(str_base64url(a, "\xfb\xff\xfe", 3), "-__-");
	ck_assert_str_eq(str_base64url(a, "", 0), "");
	ck_assert(str_from_base64url("-__-", out, sizeof(out), &n));
	ck_assert_uint_eq(n, 3);
	ck_assert_mem_eq(out, "\xfb\xff\xfe", 3);
	ck_assert(!str_from_base64url("AAAAAAAA", out, sizeof(out), &n));
	ck_assert(!str_from_base64url("a+b/", out, sizeof(out), &n));
	ck_assert(!str_from_base64url("a", out, sizeof(out), &n));
}
END_TEST

START_TEST(urls_are_encoded_whole)
{
	ck_assert_str_eq(str_url(a, "a b/c?d=\u00e9&~"), "a%20b%2Fc%3Fd%3D%C3%A9%26~");
}
END_TEST

/* ---- errors ---- */

START_TEST(an_error_keeps_its_code_and_words)
{
	struct err e = { 0 };

	ck_assert_int_eq(fail(&e, E_CONFLICT, "deal %d is closed", 7), E_CONFLICT);
	ck_assert_str_eq(e.message, "deal 7 is closed");
	ck_assert_int_eq(fail_hint(&e, "open it again"), E_CONFLICT);
	ck_assert_str_eq(e.hint, "open it again");
	ck_assert_int_eq(fail_detail(&e, E_INTERNAL, "SELECT %s", "x"), E_INTERNAL);
	ck_assert_str_eq(e.detail, "SELECT x");
	ck_assert_ptr_null(strstr(e.message, "SELECT"));
	ck_assert_int_eq(rc_status(E_STALE), 412);
	ck_assert_str_eq(rc_name(E_STALE), "E_STALE");
	err_clear(&e);
	ck_assert_int_eq(e.rc, OK);
}
END_TEST

START_TEST(a_long_error_is_cut_between_characters)
{
	struct err e = { 0 };
	char text[1001];

	for (int shift = 0; shift < 3; shift++) {
		memset(text, 'x', sizeof(text) - 1);
		text[1000] = '\0';
		for (int i = shift; i + 3 < 1000; i += 3)
			memcpy(text + i, "\u20ac", 3);
		fail(&e, E_BAD, "%s", text);
		ck_assert_uint_ge(strlen(e.message), 296);
		ck_assert(str_utf8_valid(e.message, strlen(e.message)));
	}
}
END_TEST

START_TEST(field_errors_stop_at_their_maximum)
{
	struct err e = { 0 };

	for (int i = 0; i < MAX_FIELD_ERRORS + 5; i++)
		ck_assert_int_eq(fail_field(&e, "amount", "number %d", i), E_INVALID);
	ck_assert_uint_eq(e.n_fields, MAX_FIELD_ERRORS);
	ck_assert_str_eq(e.fields[1].message, "number 1");
}
END_TEST

/* ---- log ---- */

START_TEST(a_log_line_is_one_json_line_whatever_is_in_it)
{
	char *path = arena_printf(a, "%s/log", dir), text[20000];
	char big[9000];
	int fd;
	ssize_t n;

	memset(big, '"', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	ck_assert_int_eq(log_open(path, "check"), 0);
	LOG(LOG_NOTE, "test", LOG_TEXT("evil", "a\"b\\c\nd\x01\xff\u00e9"), LOG_NUM("n", -5), LOG_TEXT("none", NULL));
	LOG(LOG_ALARM, "big", LOG_TEXT("one", big), LOG_TEXT("two", big), LOG_TEXT("three", big), LOG_NUM("last", 1));
	ck_assert_int_eq(log_open("-", "check"), 0);
	fd = open(path, O_RDONLY);
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	ck_assert_int_gt(n, 0);
	text[n] = '\0';
	ck_assert_ptr_nonnull(strstr(text,
		"\"evil\":\"a\\\"b\\\\c\\u000ad\\u0001\\ufffd\u00e9\",\"n\":-5,\"none\":\"\"}\n"));
	ck_assert_ptr_nonnull(strstr(text, "\"level\":\"note\""));
	ck_assert_str_eq(text + n - 2, "}\n");
	/* two lines, no more */
	ck_assert_ptr_eq(strchr(strchr(text, '\n') + 1, '\n'), text + n - 1);
	ck_assert_int_eq(log_open("/no/such/folder/log", "check"), -1);
}
END_TEST

/* ---- configuration ---- */

START_TEST(a_configuration_is_read_over_its_defaults)
{
	const struct conf *c = conf_read(put_text("prm.conf",
		"# comment\n\nbase_url = https://partners.example.com\ndb_name=test # why\n"
		"session_idle = 900\ndevelopment = yes\nsite_name = \"A # B\"\n", 0644));

	ck_assert_ptr_nonnull(c);
	ck_assert_str_eq(c->base_url, "https://partners.example.com");
	ck_assert_str_eq(c->db_name, "test");
	ck_assert_str_eq(c->site_name, "A # B");
	ck_assert_int_eq(c->session_idle, 900);
	ck_assert_int_eq(c->session_absolute, 43200);
	ck_assert_int_eq(c->argon2_memory, 47104);
	ck_assert(c->development);
	ck_assert(c->cookie_secure);
	ck_assert_str_eq(c->smtp_url, "");
}
END_TEST

START_TEST(prm_conf_names_the_file)
{
	setenv("PRM_CONF", put_text("other.conf", "db_name = other\n", 0600), 1);
	ck_assert_str_eq(conf_read(NULL)->db_name, "other");
	unsetenv("PRM_CONF");
}
END_TEST

static const char *const bad_lines[] = { "db_nmae = x\n", "db_name\n", "db_port = 0\n", "db_port = many\n",
	"development = perhaps\n", "site_name = \"open\n", "db_name = a\ndb_name = b\n", "base_url = example.com\n",
	"base_url = https://example.com/\n", "include = /no/such/file\n", "cookie_secure = no\n" };

START_TEST(a_wrong_line_is_refused)
{
	ck_assert_msg(!conf_read(put_text("bad.conf", bad_lines[_i], 0600)), "%s", bad_lines[_i]);
}
END_TEST

START_TEST(a_file_open_to_others_is_refused)
{
	ck_assert_ptr_null(conf_read(put_text("w.conf", "db_name = x\n", 0666)));
	ck_assert_ptr_null(conf_read(put_text("g.conf", "db_name = x\n", 0664)));
	ck_assert_ptr_nonnull(conf_read(put_text("r.conf", "db_name = x\n", 0644)));
	ck_assert_ptr_null(conf_read(put_text("s.conf", "db_password = x\n", 0644)));
	ck_assert_ptr_null(conf_read(put_text("t.conf", "smtp_password = x\n", 0640)));
	ck_assert_ptr_nonnull(conf_read(put_text("u.conf", "db_password = x\n", 0600)));
	ck_assert_ptr_null(conf_read("/no/such/file"));
	ck_assert_ptr_null(conf_read(dir));
}
END_TEST

START_TEST(secrets_may_stand_in_a_file_of_their_own)
{
	const char *secrets = put_text("secrets.conf", "db_password = hush\n", 0600);
	const struct conf *c = conf_read(put_text("main.conf", arena_printf(a, "include = %s\n", secrets), 0644));

	ck_assert_ptr_nonnull(c);
	ck_assert_str_eq(c->db_password, "hush");
	chmod(secrets, 0644);
	ck_assert_ptr_null(conf_read(arena_printf(a, "%s/main.conf", dir)));
}
END_TEST

START_TEST(a_file_that_includes_itself_is_refused)
{
	char *path = arena_printf(a, "%s/loop.conf", dir);

	put_text("loop.conf", arena_printf(a, "include = %s\n", path), 0600);
	ck_assert_ptr_null(conf_read(path));
}
END_TEST

START_TEST(keys_differ_by_purpose_and_the_key_file_is_private)
{
	struct conf c = { 0 };
	unsigned char one[32], again[32], other[32];

	c.key_file = put_text("key", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", 0600);
	ck_assert_int_eq(conf_key(&c, "csrf", one), 0);
	ck_assert_int_eq(conf_key(&c, "csrf", again), 0);
	ck_assert_int_eq(conf_key(&c, "session", other), 0);
	ck_assert_mem_eq(one, again, 32);
	ck_assert_mem_ne(one, other, 32);
	chmod(c.key_file, 0640);
	ck_assert_int_eq(conf_key(&c, "csrf", one), -1);
	c.key_file = put_text("short", "0011\n", 0600);
	ck_assert_int_eq(conf_key(&c, "csrf", one), -1);
	c.key_file = "/no/such/file";
	ck_assert_int_eq(conf_key(&c, "csrf", one), -1);
}
END_TEST

/* ---- messages ---- */

static const struct { const char *rule; unsigned long n; unsigned form; } plurals[] = {
	{ "nplurals=2; plural=(n != 1);", 1, 0 },
	{ "nplurals=2; plural=(n != 1);", 5, 1 },
	{ "nplurals=2; plural=n>1;", 0, 0 },
	{ "nplurals=1; plural=0;", 7, 0 },
	{ "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);", 21, 0 },
	{ "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);", 11, 2 },
	{ "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);", 23, 1 },
	{ "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);", 103, 3 },
	{ "nplurals=2; plural=n/0;", 5, 1 },
	{ "nplurals=2; plural=((((;", 1, 0 },
	{ NULL, 1, 0 },
	{ "", 2, 1 },
};

START_TEST(plural_rules_are_carried_out)
{
	ck_assert_msg(plural_form(plurals[_i].rule, plurals[_i].n) == plurals[_i].form, "%s", plurals[_i].rule);
}
END_TEST

/* A catalogue as msgfmt would write it, sorted by id. */
static void put_catalogue(const char *language)
{
	static const struct { const char *id; size_t id_len; const char *text; size_t text_len; } entries[] = {
#define ENTRY(i, t) { i, sizeof(i) - 1, t, sizeof(t) - 1 }
		ENTRY("", "Plural-Forms: nplurals=2; plural=(n != 1);\n"),
		ENTRY("%lu deal\0%lu deals", "%lu Deal\0%lu Deals auf Deutsch"),
		ENTRY("Deals", "Registrierungen"),
		ENTRY("Empty", ""),
	};
	const uint32_t n = sizeof(entries) / sizeof(entries[0]);
	uint32_t head[7] = { 0x950412de, 0, n, 28, 28 + n * 8, 0, 28 + n * 16 }, table[16];
	char file[2000];
	size_t at = 28 + n * 16;

	for (uint32_t i = 0; i < n; i++) {
		table[i * 2] = (uint32_t)entries[i].id_len;
		table[i * 2 + 1] = (uint32_t)at;
		memcpy(file + at, entries[i].id, entries[i].id_len + 1);
		at += entries[i].id_len + 1;
	}
	for (uint32_t i = 0; i < n; i++) {
		table[(n + i) * 2] = (uint32_t)entries[i].text_len;
		table[(n + i) * 2 + 1] = (uint32_t)at;
		memcpy(file + at, entries[i].text, entries[i].text_len + 1);
		at += entries[i].text_len + 1;
	}
	memcpy(file, head, 28);
	memcpy(file + 28, table, n * 16);
	mkdir(arena_printf(a, "%s/%s", dir, language), 0700);
	mkdir(arena_printf(a, "%s/%s/LC_MESSAGES", dir, language), 0700);
	put_file(arena_printf(a, "%s/LC_MESSAGES/prm.mo", language), file, at, 0600);
}

START_TEST(the_language_changes_with_the_request)
{
	put_catalogue("de");
	intl_start(dir);
	intl_use("de");
	ck_assert_str_eq(intl_language(), "de");
	ck_assert_str_eq(_("Deals"), "Registrierungen");
	ck_assert_str_eq(_("Not there"), "Not there");
	ck_assert_str_eq(_("Empty"), "Empty");
	ck_assert_str_eq(_(""), "");
	ck_assert_str_eq(P_("%lu deal", "%lu deals", 1), "%lu Deal");
	ck_assert_str_eq(P_("%lu deal", "%lu deals", 2), "%lu Deals auf Deutsch");
	ck_assert_str_eq(P_("one", "many", 2), "many");
	intl_use("en");
	ck_assert_str_eq(_("Deals"), "Deals");
	ck_assert_str_eq(P_("%lu deal", "%lu deals", 2), "%lu deals");
	intl_use("de");
	ck_assert_str_eq(_("Deals"), "Registrierungen");
}
END_TEST

START_TEST(an_unknown_language_means_english)
{
	intl_start(dir);
	intl_use("xx");
	ck_assert_str_eq(intl_language(), "en");
	intl_use("../../etc");
	ck_assert_str_eq(intl_language(), "en");
	intl_use(NULL);
	ck_assert_str_eq(intl_language(), "en");
}
END_TEST

START_TEST(a_broken_catalogue_is_not_used)
{
	char file[64] = { 0 };
	uint32_t head[7] = { 0x950412de, 0, 1000000, 28, 36, 0, 44 };

	memcpy(file, head, 28);
	mkdir(arena_printf(a, "%s/fr", dir), 0700);
	mkdir(arena_printf(a, "%s/fr/LC_MESSAGES", dir), 0700);
	put_file("fr/LC_MESSAGES/prm.mo", file, sizeof(file), 0600);
	intl_start(dir);
	intl_use("fr");
	ck_assert_str_eq(_("Deals"), "Deals");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("base");
	TCase *t = tcase_create("base");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, an_arena_keeps_its_cap);
	tcase_add_test(t, arena_memory_is_zeroed_even_when_used_again);
	tcase_add_test(t, arena_memory_is_aligned_and_large_things_fit);
	tcase_add_test(t, endings_run_newest_first);
	tcase_add_test(t, a_buffer_stops_at_its_maximum);
	tcase_add_test(t, a_copy_is_cut_between_characters);
	tcase_add_test(t, trimming_knows_unicode_spaces);
	tcase_add_test(t, utf8_is_checked_to_the_letter);
	tcase_add_test(t, numbers_are_whole_texts_in_range);
	tcase_add_test(t, base64url_and_hex_go_there_and_back);
	tcase_add_test(t, urls_are_encoded_whole);
	tcase_add_test(t, an_error_keeps_its_code_and_words);
	tcase_add_test(t, a_long_error_is_cut_between_characters);
	tcase_add_test(t, field_errors_stop_at_their_maximum);
	tcase_add_test(t, a_log_line_is_one_json_line_whatever_is_in_it);
	tcase_add_test(t, a_configuration_is_read_over_its_defaults);
	tcase_add_test(t, prm_conf_names_the_file);
	tcase_add_loop_test(t, a_wrong_line_is_refused, 0, (int)(sizeof(bad_lines) / sizeof(bad_lines[0])));
	tcase_add_test(t, a_file_open_to_others_is_refused);
	tcase_add_test(t, secrets_may_stand_in_a_file_of_their_own);
	tcase_add_test(t, a_file_that_includes_itself_is_refused);
	tcase_add_test(t, keys_differ_by_purpose_and_the_key_file_is_private);
	tcase_add_loop_test(t, plural_rules_are_carried_out, 0, (int)(sizeof(plurals) / sizeof(plurals[0])));
	tcase_add_test(t, the_language_changes_with_the_request);
	tcase_add_test(t, an_unknown_language_means_english);
	tcase_add_test(t, a_broken_catalogue_is_not_used);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
