/* deal-page.c - a registration as its pages and the API show it: record, state in words, story */
#include "deal-page.h"

#include "programme.h"

struct saying { const char *what, *title, *tone, *icon; };

static const struct saying sayings[] = {
	{ "saved", N_("Draft saved"), "quiet", "pencil" },
	{ "edited", N_("Changed"), "quiet", "pencil" },
	{ "submitted", N_("Registered"), "info", "send" },
	{ "resubmitted", N_("Sent back to the deal desk"), "info", "send" },
	{ "approved", N_("Approved"), "good", "shield-check" },
	{ "queued", N_("Goes to the deal desk"), "wait", "hourglass" },
	{ "duplicate", N_("Registered already"), "bad", "circle-x" },
	{ "returned", N_("The deal desk asks for more"), "wait", "help" },
	{ "rejected", N_("Rejected"), "bad", "circle-x" },
	{ "withdrawn", N_("Withdrawn"), "quiet", "undo" },
	{ "won", N_("Won"), "good", "circle-check" },
	{ "expired", N_("Protection ended"), "quiet", "clock" },
	{ "reminded", N_("Reminder sent"), "quiet", "bell" },
	{ "notice", N_("Notice of revocation"), "bad", "alert" },
	{ "kept", N_("Notice taken back"), "good", "shield-check" },
	{ "revoked", N_("Protection revoked"), "bad", "ban" },
	{ "extension_asked", N_("Extension asked for"), "info", "calendar" },
	{ "extended", N_("Protection extended"), "good", "calendar" },
	{ "extension_refused", N_("Extension refused"), "bad", "calendar" },
	{ "commented", N_("Comment"), "quiet", "message" },
	{ "file", N_("File added"), "quiet", "paperclip" },
	{ NULL, NULL, NULL, NULL }
};

static const char *rules_link(struct req *q, int number, const char *clause)
{
	return number && clause ? arena_printf(q->arena, "/rules?version=%d#c%s", number, clause) : NULL;
}

const char *deal_link(struct req *q, int64_t id, const char *tail)
{
	return arena_printf(q->arena, "/deals/%lld%s", (long long)id, tail);
}

/* "The deal desk decides, due 26 Nov 2026, 18:00 CET" */
static const char *state_words(struct req *q, const struct deal *d)
{
	const char *zone = str_or(q->user->zone, "UTC");

	if (!when_none(d->revoke_at))
		return arena_printf(q->arena, _("Notice was given: protection is revoked %s"),
			when_text(q->arena, d->revoke_at, zone, q->language));
	if (!when_none(d->decision_due_at))
		return arena_printf(q->arena, _("%s, due %s"), d->next_step,
			when_text(q->arena, d->decision_due_at, zone, q->language));
	if (str_eq(d->status, "approved"))
		return arena_printf(q->arena, _("until %s, ends %s"), when_date_text(q->arena, d->protected_until, zone, q->language),
			when_distance(q->arena, d->protected_until, q->db->now));
	return d->next_step;
}

/* "may.extend" when it can be asked now, "deal.extend_from" when it can later, else neither. */
static void put_extend(struct req *q, struct doc *out, const struct deal *d)
{
	struct programme p;
	struct when from;

	if (q->face == FACE_JSON || !deal_may(q->user, d, "extend"))
		return;
	if (deal_extend_from(q->db, d, &from) || programme_get(q->db, &p))
		err_clear(q->err);
	else if (!when_none(from) && from.us <= q->db->now.us)
		doc_show(out, "may.extend", "1");
	else if (!when_none(from))
		doc_show(out, "deal.extend_from", when_date_text(q->arena, from, p.zone, q->language));
}

static const struct field country_field = { .name = "country", .type = F_COUNTRY };

static int put_page_facts(struct req *q, struct doc *out, const struct deal *d)
{
	static const char *const events[] = { "submit", "withdraw", "convert", "approve", "reject", "return",
		"revoke", NULL };
	int rc = doc_show(out, "deal.words", state_words(q, d));

	doc_show(out, "deal.url", deal_link(q, d->id, ""));
	doc_show(out, "deal.live_url", deal_link(q, d->id, "/live"));
	doc_show(out, "deal.clause_url", rules_link(q, d->rules_number, d->clause));
	doc_show(out, "deal.region_code", d->region_code);
	doc_show(out, "deal.country_text", field_value_text(q, &country_field, d->country));
	if (q->user->vendor) {
		doc_show(out, "deal.partner_url", arena_printf(q->arena, "/partners/%lld", (long long)d->partner_id));
		doc_show(out, "deal.extension_evidence", d->extension_evidence);
	}
	for (const char *const *e = events; *e; e++)
		if (deal_may(q->user, d, *e))
			doc_show(out, arena_printf(q->arena, "may.%s", *e), "1");
	put_extend(q, out, d);
	if (d->extension_pending && user_may(q->user, DEAL_DECIDE))
		doc_show(out, "may.answer_extension", "1");
	if (!when_none(d->revoke_at) && user_may(q->user, DEAL_DECIDE))
		doc_show(out, "may.keep", "1");
	for (const struct choice *c = deal_field_choices; c->value; c++)
		if (str_eq(d->status, "draft") || strstr(str_or(d->unlocked, ""), c->value))
			doc_show(out, arena_printf(q->arena, "open.%s", c->value), "1");
	return rc;
}

int deal_put(struct req *q, struct doc *out, const struct deal *d)
{
	struct deal_scope_part scope = { str_empty(d->domain_key) ? d->name_key : d->domain_key, d->product_family, d->region_code };
	struct deal_decision_part decision = { d->outcome, d->clause, d->rules_number, d->reason, d->decided_at, d->decided_by_name };
	struct deal_next_part next = { d->next_step, d->next_owner };
	int rc = doc_row(out, "deal", deal_columns, d);

	if (!rc)
		rc = doc_row(out, "deal.scope", deal_scope_columns, &scope);
	if (!rc)
		rc = d->outcome ? doc_row(out, "deal.decision", deal_decision_columns, &decision) : doc_json(out, "deal.decision", NULL);
	if (!rc)
		rc = doc_row(out, "deal.next", deal_next_columns, &next);
	if (!rc)
		rc = put_page_facts(q, out, d);
	return rc ? rc : doc_etag(out, "%lld", (long long)d->version);
}

static int put_story_item(struct req *q, struct doc *out, size_t i, const struct story *s)
{
	static const char list[] = "timeline";

	for (const struct saying *w = sayings; w->what; w++)
		if (str_eq(w->what, s->what)) {
			doc_show_in(out, list, i, "title", _(w->title));
			doc_show_in(out, list, i, "tone", w->tone);
			doc_show_in(out, list, i, "icon", w->icon);
		}
	if (str_eq(s->kind, "file"))
		doc_show_in(out, list, i, "url", deal_link(q, q->id,
			arena_printf(q->arena, "/files/%lld", (long long)s->id)));
	return doc_show_in(out, list, i, "clause_url", rules_link(q, s->rules_number, s->clause));
}

int deal_put_story(struct req *q, struct doc *out)
{
	struct story *rows;
	size_t n = 0;
	int rc = deal_story(q->db, q->user, q->id, &rows, &n);

	if (!rc)
		rc = doc_rows(out, "timeline", story_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; i < n && !rc; i++)
		rc = put_story_item(q, out, i, &rows[i]);
	return rc;
}
