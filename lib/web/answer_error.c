/* answer_error.c - what could not be done: the form again, a page, a problem */
#include "pipeline.h"

#include "form.h"
#include "intl.h"
#include "page.h"
#include "session.h"
#include "trees.h"

/* A bare code from a handler becomes an error with words. */
static void complete(struct run *r, int rc)
{
	struct err *e = r->q.err;

	if (e->rc != (enum rc)rc || !e->message[0]) {
		char detail[sizeof(e->detail)];

		str_copy(detail, sizeof(detail), e->detail);
		fail_detail(e, (enum rc)rc, "%s", detail);
	}
	if (!e->message[0])
		str_copy(e->message, sizeof(e->message), rc_title((enum rc)rc));
	if (rc == E_AWAY || rc == E_RETRY || rc == E_UNCERTAIN)
		e->retry_after = e->retry_after ? e->retry_after : 5;
}

static int error_status(const struct run *r, int rc)
{
	/* 412 is the answer to If-Match only; a form's version is a conflict */
	if (rc == E_STALE && !r->q.if_match)
		return 409;
	return rc_status((enum rc)rc);
}

/* ---- the API ---- */

static const char *problem_type(struct run *r, int rc)
{
	char *name;

	switch (rc) {
	case E_BAD: case E_NOTFOUND: case E_METHOD: case E_TOOLARGE: case E_TYPE: case E_NOMEM: case E_INTERNAL:
		return "about:blank";
	}
	name = arena_strdup(r->q.arena, rc_name((enum rc)rc) + 2);
	for (char *c = name; c && *c; c++)
		*c = (char)(*c | 0x20);
	return str_or(arena_printf(r->q.arena, "%s/developers#problem-%s", r->w->conf->base_url, str_or(name, "")),
		"about:blank");
}

static json_t *field_errors(const struct err *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->n_fields; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "field", e->fields[i].field,
			"message", e->fields[i].message));
	return list;
}

static void answer_problem(struct run *r, int rc)
{
	struct err *e = r->q.err;
	json_t *o = run_object(r);
	char *text;

	if (rc == E_AUTH)
		answer_header(&r->out, "WWW-Authenticate", "Bearer realm=\"prm\"%s",
			*env_get(r->env, "HTTP_AUTHORIZATION") ? ", error=\"invalid_token\"" : "");
	json_object_set_new(o, "type", json_string(problem_type(r, rc)));
	json_object_set_new(o, "title", json_string(str_eq(problem_type(r, rc), "about:blank") ?
		status_text(r->out.status) : rc_title((enum rc)rc)));
	json_object_set_new(o, "status", json_integer(r->out.status));
	json_object_set_new(o, "detail", json_string(e->message));
	json_object_set_new(o, "instance", json_string(arena_printf(r->q.arena, "/api/v1%s", r->q.path)));
	if (rc == E_INVALID)
		json_object_set_new(o, "errors", field_errors(e));
	if (e->hint[0])
		json_object_set_new(o, "hint", json_string(e->hint));
	json_object_set_new(o, "request_id", json_string(r->q.request_id));
	text = tree_text(r->q.arena, o, JSON_COMPACT);
	if (text)
		answer_text(&r->out, "application/problem+json", text, strlen(text));
	else
		answer_text(&r->out, "application/problem+json", "{}", 2);
}

/* ---- the form again ---- */

static bool can_redraw(const struct run *r, int rc)
{
	const struct route *row = r->q.route;

	if (!row || r->q.face != FACE_HTML || (r->q.method & (GET | HEAD)) || (!row->redraw && !row->template_))
		return false;
	switch (rc) {
	case E_INVALID: case E_CONFLICT: case E_STALE: case E_DUPLICATE: case E_LIMIT:
		return true;
	case E_AUTH: case E_STEPUP:     /* of the handler: a wrong password, not a missing session */
		return r->handled;
	case E_FORBIDDEN:
		return r->old_token;
	}
	return false;
}

/* Makes r->doc the document of the page that holds the form. */
static int redraw_page(struct run *r, const struct route *page)
{
	struct req *q = &r->q;
	int rc = doc_init(&r->doc, q);

	q->route = page;
	q->input = page->input_size ? arena_alloc(q->arena, page->input_size) : NULL;
	if (!rc && page->view)
		rc = view_read(q, page->view);
	if (!rc)
		rc = page->handler(q, &r->doc);
	return rc ? rc : r->doc.location || r->doc.raw_type ? E_INTERNAL : OK;
}

/* The page of the form as it is now, with what was typed and why it was refused. */
static int redraw(struct run *r, int rc)
{
	struct req *q = &r->q;
	const struct route *posted = q->route, *page = posted;
	void *input = q->input;
	struct err why = *q->err;
	json_t *data[3] = { run_object(r) };
	int bad;

	if (posted->redraw)
		page = route_page(r->w->programs, posted->redraw);
	if (!page || !data[0])
		return E_INTERNAL;
	err_clear(q->err);
	bad = page == posted ? doc_init(&r->doc, q) : redraw_page(r, page);
	if (!bad) {
		*q->err = why;
		bad = forms_make(r->w, &r->doc, page, posted, data[0]);
	}
	data[1] = r->doc.root;
	data[2] = r->doc.shown;
	if (!bad)
		bad = answer_page(r, page, r->doc.template_ ? r->doc.template_ : page->template_, NULL, data, 3, false);
	q->route = posted;
	q->input = input;
	*q->err = why;
	r->out.status = rc == E_AUTH || rc == E_STEPUP ? 422 : error_status(r, rc);
	return bad;
}

/* ---- elsewhere ---- */

/* Where the person is now, for after signing in: a form's page, not its POST address. */
static const char *here(struct run *r)
{
	struct req *q = &r->q;
	const char *path = q->path;

	if (!(q->method & (GET | HEAD)))
		return q->route && q->route->redraw ?
			route_path(q->arena, q->route->redraw, q->id, q->sub_id, q->key) : "/";
	return *q->raw_query ? arena_printf(q->arena, "%s?%s", path, q->raw_query) : path;
}

static void answer_sign_in(struct run *r, int rc)
{
	const char *url = rc == E_AUTH ? SIGN_IN_URL : r->q.user->must_enroll_totp ? ENROLL_URL : STEP_UP_URL;
	const char *next = str_url(r->q.arena, str_or(here(r), "/"));

	url = str_or(arena_printf(r->q.arena, "%s?next=%s", url, str_or(next, "%2F")), SIGN_IN_URL);
	/* a script that swaps parts of a page must not swap in the sign-in page */
	if (r->q.partial || (r->q.route && (r->q.route->flags & LIVE))) {
		r->out.status = rc == E_AUTH ? 401 : 403;
		answer_header(&r->out, "HX-Redirect", "%s", url);
		return;
	}
	answer_redirect(r, url, NULL);
}

/* ---- error pages ---- */

/* The last resort: no template, no database, nothing that could fail. */
static void answer_plain(struct run *r)
{
	const char *text = arena_printf(r->q.arena,
		"%d %s\n\nPlease try again in a moment. If it stays like this, tell us the number %s.\n",
		r->out.status, status_text(r->out.status), r->q.request_id);

	text = str_or(text, "Please try again in a moment.\n");
	answer_text(&r->out, "text/plain; charset=utf-8", text, strlen(text));
}

static void answer_error_page(struct run *r, int rc)
{
	struct err why = *r->q.err;
	json_t *data[1] = { run_object(r) }, *error = json_object();
	const char *title = rc_title((enum rc)rc);
	int bad = !data[0] || !error;

	if (!bad) {
		json_object_set_new(error, "status", json_string(arena_printf(r->q.arena, "%d", r->out.status)));
		json_object_set_new(error, "title", json_string(title));
		json_object_set_new(error, "message", json_string(why.message));
		if (why.hint[0])
			json_object_set_new(error, "hint", json_string(why.hint));
		if (why.retry_after)
			json_object_set_new(error, "retry_after", json_integer(why.retry_after));
		json_object_set_new(error, "request_id", json_string(r->q.request_id));
		bad = json_object_set(data[0], "Error", error);
	}
	if (!bad)
		bad = answer_page(r, r->q.route, "layout/error.cs", title, data, 1, rc == E_AWAY || !r->w->with_db);
	json_decref(error);
	if (bad) {
		/* why the page failed is worth more in the log than nothing, less than why we are here */
		if (!why.detail[0])
			str_copy(why.detail, sizeof(why.detail), r->q.err->detail);
		answer_plain(r);
	}
	*r->q.err = why;
}

void answer_error(struct run *r, int rc)
{
	if (r->w->with_db && db_in_transaction(r->q.db))
		db_rollback(r->q.db);
	complete(r, rc);
	/* nothing of an answer that was half made */
	answer_begin(&r->out, &r->q);
	r->out.status = error_status(r, rc);
	if (r->q.err->retry_after)
		answer_header(&r->out, "Retry-After", "%d", r->q.err->retry_after);
	if (rc == E_METHOD)
		answer_header(&r->out, "Allow", "%s", methods_text(r->q.arena, r->hit.allowed));
	if (r->q.face == FACE_JSON) {
		answer_problem(r, rc);
		return;
	}
	if (can_redraw(r, rc) && !redraw(r, rc))
		return;
	if (rc == E_AUTH || (rc == E_STEPUP && !r->handled))
		answer_sign_in(r, rc);
	else
		answer_error_page(r, rc);
}
