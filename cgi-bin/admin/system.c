/* system.c - mails, jobs, the audit log and health, for administrators and auditors
 *
 * Every line of SQL is in lib/prm/system.c.
 */
#include "mail_body.h"
#include "prm.h"
#include "system.h"

/* ---- mails ---- */
static const struct view mail_view = {
	.rows = "mails", .orders = outbox_orders, .title = N_("Mails"),
	.empty = N_("No mail matches. Every mail the portal writes is kept here for 90 days."),
	.columns = (const struct view_column[]){
		{ "subject", N_("Subject"), SHOW_LINK, .on = true, .card = true },
		{ "address", N_("To"), SHOW_TEXT, .on = true, .card = true },
		{ "status", N_("State"), SHOW_BADGE, .on = true, .card = true },
		{ "created_at", N_("Written"), SHOW_WHEN, .on = true, .sort_up = "oldest", .sort_down = "newest" },
		{ "sent_at", N_("Sent"), SHOW_WHEN, .on = true },
		{ "tries", N_("Tries"), SHOW_NUMBER },
		{ "next_try_at", N_("Next try"), SHOW_WHEN },
		{ "last_error", N_("Last error"), SHOW_TEXT },
		{ .name = NULL } },
	.saved = (const struct saved_view[]){ { N_("All"), "" }, { N_("Waiting"), "status=waiting" },
		{ N_("Given up"), "status=dead" }, { .label = NULL } },
};

static const struct field mail_filters[] = {
	FIELD(outbox_filter, q, F_TEXT, .label = N_("Address or subject")),
	FIELD(outbox_filter, status, F_CHOICE, .label = N_("State"), .choices = outbox_status_choices),
	FIELD_END
};

static const struct column mail_columns[] = {
	COL(outbox, id), COL(outbox, address), COL(outbox, subject),
	COL(outbox, status, .choices = outbox_status_choices), COL(outbox, tries),
	COL(outbox, created_at), COL(outbox, next_try_at, .nullable = true),
	COL(outbox, sent_at, .nullable = true), COL(outbox, last_error, .nullable = true, .max = 500),
	COL(outbox, message_id, .nullable = true), COL_END
};

static int list_mails(struct req *q, struct doc *out)
{
	struct outbox *rows;
	const char *next;
	int64_t total;
	size_t n;
	int rc = outbox_list(q->db, q->input, q->page, &rows, &n, &next, &total);

	if (!rc)
		rc = doc_rows(out, "mails", mail_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; i < n && !rc; i++)
		rc = doc_show_in(out, "mails", i, "url",
			arena_printf(q->arena, "/admin/system/mails/%lld", (long long)rows[i].id));
	return rc ? rc : view_show(out, &mail_view, next, total);
}

static int show_mail(struct req *q, struct doc *out)
{
	const char *text;
	struct outbox mail;
	int rc = outbox_get(q->db, q->id, &mail);

	if (!rc)
		rc = doc_row(out, "mail", mail_columns, &mail);
	if (!rc && q->face == FACE_HTML && !mail_body(q->db, q->conf, &mail, "txt", false, &text))
		rc = doc_show(out, "mail.text", text);
	return rc;
}

static int retry_mail(struct req *q, struct doc *out)
{
	struct event e = { .noun = "outbox", .noun_id = q->id, .what = "retried" };
	struct outbox mail;
	int rc = outbox_get(q->db, q->id, &mail);

	if (!rc)
		rc = outbox_retry(q->db, q->id);
	if (!rc)
		rc = event_add(q->db, q->user, TO_AUDIT, &e);
	if (rc)
		return rc;
	doc_flash(out, "good", _("The mail goes out within a minute."));
	return doc_go(out, "/admin/system/mails/%lld", (long long)q->id);
}

/* ---- jobs ---- */
static const struct column job_shown[] = {
	COL(job, id), COL(job, kind), COL(job, status, .choices = job_status_choices), COL(job, done_units),
	COL(job, all_units), COL(job, tries), COL(job, created_at), COL(job, finished_at, .nullable = true),
	COL(job, last_error, .nullable = true, .max = 500), COL_END
};

static const struct view job_view = {
	.rows = "jobs", .orders = job_orders, .title = N_("Background work"),
	.empty = N_("No background work yet. Large imports and exports are done here."),
	.columns = (const struct view_column[]){
		{ "kind", N_("Work"), SHOW_TEXT, .on = true, .card = true },
		{ "status", N_("State"), SHOW_BADGE, .on = true, .card = true },
		{ "done_units", N_("Done"), SHOW_NUMBER, .on = true },
		{ "all_units", N_("Of"), SHOW_NUMBER, .on = true },
		{ "created_at", N_("Asked for"), SHOW_WHEN, .on = true, .sort_up = "oldest", .sort_down = "newest" },
		{ "finished_at", N_("Ended"), SHOW_WHEN, .on = true },
		{ "tries", N_("Tries"), SHOW_NUMBER },
		{ "last_error", N_("Last error"), SHOW_TEXT },
		{ .name = NULL } },
};

static const struct field job_filters[] = {
	FIELD(job_filter, status, F_CHOICE, .label = N_("State"), .choices = job_status_choices),
	FIELD_END
};

static int list_jobs(struct req *q, struct doc *out)
{
	struct job *rows;
	const char *next;
	int64_t total;
	size_t n;
	int rc = job_list(q->db, q->input, q->page, &rows, &n, &next, &total);

	if (!rc)
		rc = doc_rows(out, "jobs", job_shown, rows, sizeof(*rows), n);
	return rc ? rc : view_show(out, &job_view, next, total);
}

/* ---- audit log ---- */
static const struct view audit_view = {
	.rows = "events", .orders = event_orders, .title = N_("Audit log"),
	.empty = N_("Nothing matches."),
	.columns = (const struct view_column[]){
		{ "at", N_("When"), SHOW_WHEN, .on = true, .card = true, .sort_up = "oldest", .sort_down = "newest" },
		{ "actor_name", N_("Who"), SHOW_TEXT, .on = true, .card = true },
		{ "noun", N_("On what"), SHOW_TEXT, .on = true },
		{ "what", N_("Did what"), SHOW_TEXT, .on = true, .card = true },
		{ "text", N_("In words"), SHOW_TEXT, .on = true },
		{ "address", N_("From address"), SHOW_TEXT, .on = true },
		{ "from_state", N_("State before"), SHOW_TEXT },
		{ "to_state", N_("State after"), SHOW_TEXT },
		{ "clause", N_("Clause"), SHOW_TEXT },
		{ "noun_id", N_("Number"), SHOW_NUMBER },
		{ "seq", N_("Place in the chain"), SHOW_NUMBER },
		{ .name = NULL } },
};

static const struct field audit_filters[] = {
	FIELD(event_filter, q, F_TEXT, .label = N_("Name or words")),
	FIELD(event_filter, noun, F_CODE, .label = N_("On what"), .max = 24,
		.help = N_("deal, person, rules, token, session, ...")),
	FIELD(event_filter, what, F_CODE, .label = N_("Did what"), .max = 40),
	FIELD(event_filter, noun_id, F_INT, .label = N_("Number"), .min = 1, .max = INT64_MAX),
	FIELD(event_filter, from, F_DATE, .label = N_("From")),
	FIELD(event_filter, to, F_DATE, .label = N_("To")),
	FIELD_END
};

static int list_events(struct req *q, struct doc *out)
{
	struct event *rows;
	const char *next;
	size_t n;
	int rc = event_list(q->db, q->input, q->page, &rows, &n, &next);

	if (!rc)
		rc = doc_rows(out, "events", event_columns, rows, sizeof(*rows), n);
	return rc ? rc : view_show(out, &audit_view, next, -1);
}

/* ---- health ---- */
static int show_health(struct req *q, struct doc *out)
{
	struct health health;
	struct duty *duties;
	size_t n;
	int rc = health_get(q->db, q->conf, &health);

	if (!rc)
		rc = doc_row(out, "health", health_columns, &health);
	if (!rc)
		rc = duty_list(q->db, &duties, &n);
	return rc ? rc : doc_rows(out, "duties", duty_columns, duties, sizeof(*duties), n);
}

static int verify_audit(struct req *q, struct doc *out)
{
	struct audit_report report;
	int rc = audit_verify(q->db, q->conf, &report);

	if (rc)
		return rc;
	if (report.first_bad)
		doc_flash(out, "bad", _("The chain is broken at event %lld: %s."), (long long)report.first_bad, report.problem);
	else
		doc_flash(out, "good", _("All %lld events are as they were written."), (long long)report.events);
	doc_int(out, "audit.events", report.events);
	doc_int(out, "audit.first_bad", report.first_bad);
	return doc_go(out, "/admin/system");
}

static const struct part mail_part[] = { { "mail", mail_columns }, PART_END };
static const struct part mail_parts[] = { { "mails", mail_columns, .list = true }, PART_END };
static const struct part job_parts[] = { { "jobs", job_shown, .list = true }, PART_END };
static const struct part event_parts[] = { { "events", event_columns, .list = true }, PART_END };
static const struct part health_parts[] = {
	{ "health", health_columns }, { "duties", duty_columns, .list = true }, PART_END
};
static const struct part audit_parts[] = {
	{ "audit", .parts = (const struct part[]){
		{ "events", .kind = PART_INT, .describe = N_("Events checked") },
		{ "first_bad", .kind = PART_INT, .describe = N_("0: the chain is whole") }, PART_END } },
	PART_END
};

static const struct route routes[] = {
	{ GET, "/admin/system", show_health, SYSTEM_ADMIN, "admin/system/health.cs",
		.title = N_("System"), .returns = health_parts, .section = "admin-system" },
	{ GET, "/admin/system/mails", list_mails, SYSTEM_ADMIN, "layout/list.cs", mail_filters,
		sizeof(struct outbox_filter), .title = N_("Mails"), .view = &mail_view, .returns = mail_parts,
		.section = "admin-system" },
	{ GET, "/admin/system/mails/{id}", show_mail, SYSTEM_ADMIN, "admin/system/mail.cs",
		.title = N_("Mail"), .returns = mail_part, .section = "admin-system" },
	{ POST, "/admin/system/mails/{id}/retry", retry_mail, SYSTEM_ADMIN, .title = N_("Send a mail again"),
		.flags = STEP_UP, .redraw = "/admin/system/mails/{id}" },
	{ GET, "/admin/system/jobs", list_jobs, SYSTEM_ADMIN, "layout/list.cs", job_filters, sizeof(struct job_filter),
		.title = N_("Background work"), .view = &job_view, .returns = job_parts, .section = "admin-system" },
	{ GET, "/admin/system/audit", list_events, AUDIT_READ, "layout/list.cs", audit_filters,
		sizeof(struct event_filter), .title = N_("Audit log"), .view = &audit_view, .returns = event_parts,
		.section = "admin-system" },
	{ POST, "/admin/system/audit/verify", verify_audit, AUDIT_READ, .title = N_("Verify the audit log"),
		.flags = REPLAYABLE | NO_TX, .returns = audit_parts, .redraw = "/admin/system" },
	ROUTE_END
};

PROGRAM(admin_system, "admin/system", routes)
