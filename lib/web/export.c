/* export.c - a list as a file, however long: made and sent a piece at a time
 *
 * The list's own cursor leads from piece to piece, so nothing is read twice and memory is that of
 * one piece.  The first piece is there before the head goes out: what is wrong with the request is
 * still answered as an error.  What breaks later is said in the file's last line.
 */
#include "pipeline.h"

#include <unistd.h>

#include "intl.h"
#include "limits.h"
#include "log.h"
#include "trees.h"
#include "view.h"

/* What one piece is made of; the request's own memory and values are left alone. */
struct piece { struct arena *memory, *values; };

static void take(struct run *r, const struct piece *p)
{
	r->q.arena = r->q.db->arena = p->memory;
	trees_resume(p->values);
}

static void give_back(struct run *r, const struct piece *own, const struct piece *p)
{
	/* endings first: they look at values of this piece */
	arena_reset(p->memory);
	arena_reset(p->values);
	take(r, own);
}

static int make(struct run *r, bool first)
{
	int rc = doc_init(&r->doc, &r->q);

	if (rc)
		return rc;
	r->handled = true;
	r->doc.export_goes_on = !first;
	rc = r->q.route->handler(&r->q, &r->doc);
	if (!rc && !r->doc.raw_type)
		rc = fail_detail(r->q.err, E_INTERNAL, "%s makes no file of its list", r->q.route->pattern);
	return rc;
}

static void say_end(struct run *r, const char *why)
{
	const char *line = arena_printf(r->q.arena, "\"%s (%s)\"\r\n", why, r->q.request_id);

	LOG(LOG_TROUBLE, "export_cut", LOG_TEXT("route", r->q.route->pattern), LOG_TEXT("request", r->q.request_id),
		LOG_TEXT("detail", r->q.err->detail));
	if (line)
		answer_more(&r->out, &r->q, r->env, line, strlen(line));
}

/* The cursor outlives its piece in the request's own memory. */
static bool goes_on(struct run *r, struct arena *own)
{
	return r->doc.export_next && page_read_cursor(own, r->doc.export_next, r->q.page);
}

static void send_head(struct run *r, struct arena *own)
{
	r->out.status = 200;
	r->out.foreign = true;
	r->out.streamed = true;
	answer_attachment(&r->out, own, r->doc.raw_name);
	answer_text(&r->out, arena_strdup(own, r->doc.raw_type), "", 0);
	answer_send(&r->out, &r->q, r->env);
}

static int send_pieces(struct run *r, const struct piece *own, const struct piece *p)
{
	size_t rows = 0;
	bool more = true, there = true;
	int rc = OK;

	for (bool first = true; more && there && !rc; first = false) {
		take(r, p);
		alarm(REQUEST_SECONDS);         /* each piece has its time: the other side reads meanwhile */
		rc = make(r, first);
		if (!rc && first)
			send_head(r, own->memory);
		if (!rc) {
			there = answer_more(&r->out, &r->q, r->env, r->doc.raw, r->doc.raw_size);
			rows += r->doc.export_rows;
			more = goes_on(r, own->memory) && r->q.method != HEAD;
		}
		give_back(r, own, p);
		if (!rc && more && rows >= MAX_EXPORT_ROWS) {
			say_end(r, _("The list is longer than one file: please narrow it"));
			break;
		}
	}
	if (rc && r->out.sent) {
		say_end(r, _("The export broke off here: please try again"));
		rc = OK;
	}
	return rc;
}

int export_run(struct run *r)
{
	struct piece own = { r->q.arena, r->w->trees }, p = { arena_new(MAX_ARENA), arena_new(MAX_TREES) };
	int rc = p.memory && p.values ? send_pieces(r, &own, &p) : fail_detail(r->q.err, E_NOMEM, "export");

	arena_free(p.memory);
	arena_free(p.values);
	return rc;
}
