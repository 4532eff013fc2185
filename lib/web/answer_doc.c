/* answer_doc.c - a document becomes an answer */
#include "pipeline.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "form.h"
#include "intl.h"
#include "page.h"
#include "range.h"
#include "render_html.h"
#include "session.h"
#include "token.h"
#include "trees.h"

json_t *run_object(struct run *r)
{
	json_t *o = json_object();

	return o && !arena_on_end(r->q.arena, tree_drop, o) ? o : NULL;
}

/* ---- JSON ---- */

int answer_api_body(struct run *r)
{
	char *text;

	if (r->q.face != FACE_JSON || r->doc.raw_type)
		return OK;
	text = tree_text(r->q.arena, r->doc.root, JSON_COMPACT);
	if (!text)
		return fail_detail(r->q.err, E_NOMEM, "answer");
	r->api_body = text;
	r->api_size = strlen(text);
	return OK;
}

static int answer_json(struct run *r)
{
	struct doc *d = &r->doc;
	const char *etag = d->etag;
	unsigned char hash[16];
	int rc = r->api_body ? OK : answer_api_body(r);

	if (rc)
		return rc;
	r->out.status = d->status ? d->status : 200;
	if (d->location)
		answer_header(&r->out, "Location", "%s", d->location);
	if (d->link_next)
		answer_header(&r->out, "Link", "<%s>; rel=\"next\"", d->link_next);
	if (!etag && (r->q.method & (GET | HEAD))) {
		crypto_generichash(hash, sizeof(hash), (const unsigned char *)r->api_body, r->api_size, NULL, 0);
		etag = str_hex(r->q.arena, hash, sizeof(hash));
	}
	if (etag && answer_etag(&r->out, &r->q, etag))
		return OK;
	answer_text(&r->out, "application/json", r->api_body, r->api_size);
	return OK;
}

/* ---- redirects ---- */

const char *answer_flash(struct run *r)
{
	const struct doc *d = &r->doc;
	char *text;
	json_t *o;

	if (!d->flash)
		return NULL;
	o = json_pack("{s:s, s:s, s:s*}", "text", d->flash, "tone", str_or(d->flash_tone, "good"),
		"undo_url", d->undo_url);
	text = tree_text(r->q.arena, o, JSON_COMPACT);
	json_decref(o);
	/* past the bound of its column and cookie it is not worth an error */
	if (!text || strlen(text) > 600)
		return NULL;
	return text;
}

void answer_redirect(struct run *r, const char *where, const char *flash)
{
	static const struct bytes nobody = { NULL, 0 };
	const char *cookie;

	r->out.status = 303;
	answer_text(&r->out, NULL, NULL, 0);
	answer_header(&r->out, "Location", "%s", where);
	if (!flash)
		return;
	cookie = sealed_cookie(r->q.arena, r->w->token_key, nobody, flash);
	if (cookie)
		answer_cookie(&r->out, r->w->conf, flash_cookie(r->w->conf), cookie, 60);
}

int answer_again(struct run *r, const struct first_answer *first)
{
	if (r->q.face == FACE_HTML) {
		if (first->location) {
			answer_redirect(r, first->location, first->flash);
			return OK;
		}
		fail(r->q.err, E_CONFLICT, _("This was already done, the first time you sent it."));
		return fail_hint(r->q.err, _("Nothing was done twice. Go back to see where things stand."));
	}
	r->out.status = first->status;
	if (first->location)
		answer_header(&r->out, "Location", "%s", first->location);
	answer_header(&r->out, "Idempotent-Replayed", "true");
	if (first->body)
		answer_text(&r->out, "application/json", first->body, strlen(first->body));
	else
		answer_text(&r->out, "application/json", "{}", 2);
	return OK;
}

/* ---- files ---- */

static bool inside(const char *path)
{
	return *path && *path != '/' && !strstr(path, "..");
}

/* All of it, or what the client still lacks of it. */
static void answer_part(struct run *r, const char *data, size_t size)
{
	bool guarded = *env_get(r->env, "HTTP_IF_RANGE");   /* by a date or tag that we never gave */
	size_t first = 0, length = size;

	answer_header(&r->out, "Accept-Ranges", "bytes");
	switch (range_read(guarded ? NULL : env_get(r->env, "HTTP_RANGE"), size, &first, &length)) {
	case RANGE_ALL:
		break;
	case RANGE_PART:
		r->out.status = 206;
		answer_header(&r->out, "Content-Range", "bytes %zu-%zu/%zu", first, first + length - 1, size);
		break;
	case RANGE_NONE:
		r->out.status = 416;
		length = 0;
		answer_header(&r->out, "Content-Range", "bytes */%zu", size);
		break;
	}
	answer_text(&r->out, r->out.type, data + first, length);
}

/* Without a web server that takes over (tests, plain hosts): read and sent from here. */
static int read_file(struct run *r, const char *path)
{
	struct stat st;
	char *data = NULL;
	size_t at = 0;
	ssize_t n = 1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return fail_detail(r->q.err, E_NOTFOUND, "file %s", path);
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size <= (off_t)MAX_FILE)
		data = malloc((size_t)st.st_size + 1);
	if (data && !arena_on_end(r->q.arena, free, data))
		while (at < (size_t)st.st_size && (n = read(fd, data + at, (size_t)st.st_size - at)) > 0)
			at += (size_t)n;
	close(fd);
	if (!data || at < (size_t)st.st_size)
		return fail_detail(r->q.err, E_INTERNAL, "cannot read file %s", path);
	answer_part(r, data, at);
	return OK;
}

static int answer_file(struct run *r)
{
	const char *file = r->doc.send_file, *way = r->env->get(r->env->from, "PRM_SENDFILE");
	const char *path = arena_printf(r->q.arena, "%s/%s", r->w->conf->files_dir, file);

	if (!inside(file) || !path)
		return fail_detail(r->q.err, E_INTERNAL, "file outside: %s", file);
	way = str_or(way, str_or(getenv("PRM_SENDFILE"), ""));
	if (str_eq(way, "nginx"))
		answer_header(&r->out, "X-Accel-Redirect", "/_files/%s", file);
	else if (str_eq(way, "apache"))
		answer_header(&r->out, "X-Sendfile", "%s", path);
	else
		return read_file(r, path);
	/* the server fills in the body; our empty one keeps the type in the head */
	answer_text(&r->out, r->out.type, "", 0);
	return OK;
}

/* Content that is no page of ours: always as a file, never opened in our origin. */
static int answer_raw(struct run *r)
{
	const struct doc *d = &r->doc;

	r->out.status = d->status ? d->status : 200;
	r->out.foreign = d->send_file || d->raw_name;
	answer_text(&r->out, str_or(d->raw_type, "application/octet-stream"), d->raw, d->raw_size);
	if (d->raw_name)
		answer_attachment(&r->out, r->q.arena, d->raw_name);
	else if (d->send_file)
		answer_header(&r->out, "Content-Disposition", "attachment");
	if (d->etag && answer_etag(&r->out, &r->q, d->etag))
		return OK;
	return d->send_file ? answer_file(r) : OK;
}

/* ---- pages ---- */

int answer_page(struct run *r, const struct route *row, const char *template_, const char *title,
	json_t *const *data, size_t n, bool without_db)
{
	struct page_facts facts = { row, title, r->q.partial ? NULL : r->flash, without_db };
	json_t *all[8] = { run_object(r) };
	const char *text;
	size_t size;
	int rc;

	if (!all[0] || n > 7)
		return fail_detail(r->q.err, E_NOMEM, "page");
	rc = page_make(r->w, &r->q, &facts, all[0]);
	if (rc)
		return rc;
	for (size_t i = 0; i < n; i++)
		all[i + 1] = data[i];
	rc = render_template(r->q.arena, r->q.err, r->w->conf, template_, all, n + 1, true, &text, &size);
	if (rc)
		return rc;
	answer_text(&r->out, "text/html; charset=utf-8", text, size);
	/* shown once */
	if (facts.flash)
		answer_cookie(&r->out, r->w->conf, flash_cookie(r->w->conf), "", 0);
	return OK;
}

/* A handler that draws another page's template (the second step of signing in) draws its forms, too. */
static const struct route *page_of(struct run *r)
{
	if (r->doc.template_)
		for (const struct program *p = r->w->programs; p->name; p++)
			for (const struct route *row = p->routes; row->pattern; row++)
				if (row->method == GET && str_eq(row->template_, r->doc.template_))
					return row;
	return r->q.route;
}

static int answer_html(struct run *r)
{
	const struct route *row = page_of(r);
	const char *template_ = r->doc.template_ ? r->doc.template_ : row->template_;
	json_t *data[3] = { run_object(r), r->doc.root, r->doc.shown };

	r->out.status = r->doc.status ? r->doc.status : 200;
	if ((row->flags & LIVE) && r->doc.etag && answer_etag(&r->out, &r->q, r->doc.etag))
		return OK;
	if (!template_)
		return fail_detail(r->q.err, E_INTERNAL, "%s draws nothing and leads nowhere", row->pattern);
	if (!data[0])
		return fail_detail(r->q.err, E_NOMEM, "forms");
	if (!(row->flags & LIVE))
		forms_make(r->w, &r->doc, row, NULL, data[0]);
	return answer_page(r, row, template_, NULL, data, 3, false);
}

static void put_session(struct run *r)
{
	const char *token = r->doc.set_session;

	if (!token)
		return;
	r->stale_cookie = false;
	answer_cookie(&r->out, r->w->conf, session_cookie(r->w->conf), token, 0);
	/* what the browser kept of the pages goes with the session; its cookies are ended one by one */
	if (!*token)
		answer_header(&r->out, "Clear-Site-Data", "\"cache\", \"storage\"");
}

int answer_document(struct run *r)
{
	const struct route *row = r->q.route;
	int rc = OK;

	if (row->flags & LIVE)
		r->out.keep = KEEP_LIVE;
	else if ((row->flags & CACHE) && (r->q.method & (GET | HEAD)) && !r->q.user->person_id && !r->flash &&
		 r->q.face == FACE_HTML)
		r->out.keep = KEEP_PUBLIC;
	if (r->doc.raw_type || r->doc.send_file)
		rc = answer_raw(r);
	else if (r->q.face == FACE_JSON)
		rc = answer_json(r);
	else if (r->doc.location)
		answer_redirect(r, r->doc.location, answer_flash(r));
	else
		rc = answer_html(r);
	if (!rc)
		put_session(r);
	return rc;
}
