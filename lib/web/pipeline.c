/* pipeline.c - the order of the steps (design: "a request's way") */
#include "pipeline.h"

#include <time.h>

#include "form.h"
#include "intl.h"
#include "log.h"
#include "request.h"
#include "session.h"
#include "token.h"
#include "trees.h"

static int64_t now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void read_flash(struct run *r)
{
	static const struct bytes nobody = { NULL, 0 };
	const char *value;

	if (r->q.face != FACE_HTML)
		return;
	if (!parse_cookie(r->q.arena, env_get(r->env, "HTTP_COOKIE"), flash_cookie(r->w->conf), &value) && *value)
		r->flash = sealed_cookie_open(r->q.arena, r->w->token_key, nobody, value);
}

/* "/deals/" is "/deals", for whoever typed it. */
static bool redirect_slash(struct run *r)
{
	struct req *q = &r->q;
	size_t n = strlen(q->path);
	struct route_hit hit;
	char *path;

	if (q->face != FACE_HTML || !(q->method & (GET | HEAD)) || n < 2 || q->path[n - 1] != '/')
		return false;
	path = arena_strndup(q->arena, q->path, n - 1);
	if (!path || route_match(q->arena, r->w->programs, q->method, q->face, path, &hit))
		return false;
	answer_redirect(r, *q->raw_query ? arena_printf(q->arena, "%s?%s", path, q->raw_query) : path, NULL);
	r->out.status = 308;
	return true;
}

static int find_route(struct run *r)
{
	struct req *q = &r->q;
	int rc = route_match(q->arena, r->w->programs, q->method, q->face, q->path, &r->hit);

	if (rc == E_METHOD)
		return fail(q->err, E_METHOD, _("This address takes %s only."), methods_text(q->arena, r->hit.allowed));
	if (rc)
		return rc;
	q->route = r->hit.route;
	q->id = r->hit.id;
	q->sub_id = r->hit.sub_id;
	q->key = r->hit.key;
	return OK;
}

/* The page's own query: filters and paging of a list, or values a form starts with. */
static int read_query(struct run *r)
{
	struct req *q = &r->q;
	const struct route *row = q->route;
	int rc = row->view ? view_read(q, row->view) : OK;

	if (rc || !row->fields)
		return rc;
	q->input = arena_alloc(q->arena, row->input_size);
	if (!q->input)
		return fail_detail(q->err, E_NOMEM, "input");
	/* A page makes the best of its address; the API says what is wrong with it. */
	if (q->face == FACE_HTML || form_on_page(r->w->programs, row))
		return fields_prefill(q, row->fields, q->input);
	return fields_read(q, row->fields, q->input);
}

static int safe_run(struct run *r)
{
	int rc = read_query(r);

	if (!rc && r->q.route->view && view_exports(&r->q))
		return export_run(r);
	if (!rc)
		rc = doc_init(&r->doc, &r->q);
	if (rc)
		return rc;
	r->handled = true;
	rc = r->q.route->handler(&r->q, &r->doc);
	return rc ? rc : answer_document(r);
}

static int serve_request(struct run *r)
{
	struct req *q = &r->q;
	int rc = request_head(q, r->env);

	if (rc)
		return rc;
	read_flash(r);
	rc = find_route(r);
	if (rc == E_NOTFOUND && redirect_slash(r))
		return OK;
	if (rc)
		return rc;
	if (r->w->with_db) {
		rc = session_read(q, r->env, &r->stale_cookie);
		if (rc)
			return rc;
	}
	rc = session_may(q);
	if (rc)
		return rc;
	if (q->method & (GET | HEAD))
		return safe_run(r);
	if (q->face == FACE_HTML) {
		rc = session_same_origin(q, r->env);
		if (rc)
			return rc;
	}
	return unsafe_run(r);
}

static void log_request(const struct run *r, int rc, int64_t us)
{
	const struct req *q = &r->q;
	enum log_level level = r->out.status >= 500 ? LOG_TROUBLE : LOG_NOTE;

	LOG(level, "request",
		LOG_TEXT("route", q->route ? q->route->pattern : "-"),
		LOG_TEXT("method", q->method ? method_name(q->method) : "?"),
		LOG_TEXT("face", q->face == FACE_JSON ? "api" : "page"),
		LOG_NUM("user", q->user->person_id),
		LOG_NUM("token", q->user->token_id),
		LOG_NUM("status", r->out.status),
		LOG_NUM("us", us),
		LOG_NUM("queries", q->db->queries),
		LOG_NUM("bytes", r->out.bytes),
		LOG_NUM("memory", arena_used(q->arena)),
		LOG_TEXT("address", q->address),
		LOG_TEXT("request", q->request_id),
		LOG_TEXT("error", rc ? rc_name((enum rc)rc) : ""),
		LOG_TEXT("detail", rc ? q->err->detail : ""));
}

static void begin(struct run *r, struct worker *w, const struct env *env)
{
	r->w = w;
	r->env = env;
	request_begin(&r->q, w, env);
	if (w->with_db)
		db_use(&r->q.db_, w->link, w->arena, &r->q.err_);
	else
		r->q.db_ = (struct db){ NULL, w->arena, &r->q.err_, when_now(), 0 };
	answer_begin(&r->out, &r->q);
}

int request_run(struct worker *w, const struct env *env)
{
	int64_t start = now_us();
	struct run *r = ARENA_NEW(w->arena, struct run);
	int rc, status;

	if (!r)
		return 500;
	trees_begin(w->trees);
	begin(r, w, env);
	rc = serve_request(r);
	if (rc)
		answer_error(r, rc);
	if (r->stale_cookie)
		answer_cookie(&r->out, w->conf, session_cookie(w->conf), "", 0);
	answer_send(&r->out, &r->q, env);
	log_request(r, rc, now_us() - start);
	status = r->out.status;
	arena_reset(w->arena);
	trees_end();
	return status;
}
