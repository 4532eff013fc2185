/* webtest.h - a request without a server, for the tests of lib/web */
#ifndef T_WEBTEST_H
#define T_WEBTEST_H

#include <check.h>
#undef fail    /* check.h has its own */
#include <stdlib.h>
#include <string.h>

#include "intl.h"
#include "list.h"
#include "prm.h"

static struct arena *web_arena;
static struct req web_req;

static void web_start(void)
{
	web_arena = arena_new(MAX_ARENA);
	ck_assert_ptr_nonnull(web_arena);
	memset(&web_req, 0, sizeof(web_req));
	web_req.arena = web_arena;
	web_req.err = &web_req.err_;
	web_req.db = &web_req.db_;
	web_req.user = &web_req.user_;
	web_req.user_.zone = "Europe/Berlin";
	web_req.language = "en";
	web_req.method = POST;
	web_req.path = "/deals";
	ck_assert(when_from_iso("2027-03-14T09:30:00Z", &web_req.db_.now));
	intl_use("en");
}

static void web_end(void)
{
	arena_free(web_arena);
}

/* "a=1&b=two" into the form or, for GET, the query. */
static inline struct req *web_form(enum method method, const char *text)
{
	struct params *p = method == GET ? &web_req.query : &web_req.form;

	web_req.method = method;
	ck_assert_int_eq(parse_urlencoded(web_arena, web_req.err, text, strlen(text), p), OK);
	return &web_req;
}

static inline struct req *web_json(const char *text)
{
	web_req.method = POST;
	web_req.face = FACE_JSON;
	ck_assert_int_eq(parse_json(web_arena, web_req.err, text, strlen(text), &web_req.json), OK);
	return &web_req;
}

/* The message of one field's error, or "". */
static inline const char *web_error(const char *field)
{
	for (size_t i = 0; i < web_req.err->n_fields; i++)
		if (str_eq(web_req.err->fields[i].field, field))
			return web_req.err->fields[i].message;
	return "";
}

static inline int web_run(Suite *s)
{
	SRunner *r = srunner_create(s);
	int failed;

	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
