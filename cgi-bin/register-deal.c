/* register-deal.c - partners register deals, the deal desk decides them
 *
 * What a deal is, who may hold a customer and every line of SQL are in
 * lib/prm/deal*.c.  This file says which URLs there are and what each shows.
 */
#include "deal-page.h"
#include "deal.h"
#include "prm.h"
#include "programme.h"
#include "rules.h"
#include "throttle_now.h"

/* ---- fields: read, checked, drawn and described (OpenAPI) from these tables ---- */
static int families_of(struct req *q, const struct choice **out)
{
	struct family *rows;
	struct choice *set;
	size_t n;
	int rc = family_list(q->db, true, &rows, &n);

	set = rc ? NULL : arena_array(q->arena, n + 1, sizeof(*set));
	for (size_t i = 0; set && i < n; i++)
		set[i] = (struct choice){ rows[i].code, rows[i].name, NULL };
	*out = set;
	return rc ? rc : set ? OK : E_NOMEM;
}

static int check_future(struct req *q, const struct field *f, const void *member)
{
	const struct day *d = member;

	if (d->n < when_day(q->db->now, str_or(q->user->zone, "UTC")).n)
		return fail_field(q->err, f->name, "%s", _("Give a day from today on"));
	return OK;
}

#define DEAL_FIELDS(needed) \
	FIELD(deal_input, customer, F_TEXT, .label = N_("End customer"), .required = needed, .max = 200, \
		.autocomplete = "off", .help = N_("The firm's full name, with its legal form")), \
	FIELD(deal_input, domain, F_DOMAIN, .label = N_("Customer's web domain"), .required = needed, .max = 253, \
		.placeholder = "example.com", .help = N_("It says whose customer this is; a copied address will do")), \
	FIELD(deal_input, country, F_COUNTRY, .label = N_("Country"), .required = needed), \
	FIELD(deal_input, product_family, F_CHOICE, .label = N_("Product family"), .required = needed, \
		.choices_of = families_of), \
	FIELD(deal_input, amount, F_MONEY, .label = N_("Expected value"), .required = needed, .min = 1, \
		.with = "currency"), \
	FIELD(deal_input, closes_on, F_DATE, .label = N_("Expected close"), .required = needed, .check = check_future), \
	FIELD(deal_input, contact_name, F_TEXT, .label = N_("Contact at the customer"), .max = 120, .autocomplete = "off"), \
	FIELD(deal_input, contact_email, F_EMAIL, .label = N_("Contact's e-mail"), .max = 254, .autocomplete = "off"), \
	FIELD(deal_input, notes, F_LONGTEXT, .label = N_("What you have done so far"), .max = 4000, \
		.help = N_("Meetings, trials, offers: what shows the work you have put in")), \
	FIELD(deal_input, external_key, F_TEXT, .label = N_("Your own key"), .max = 80, \
		.help = N_("The number in your CRM; each can be used once"))

static const struct field deal_fields[] = { DEAL_FIELDS(true), FIELD_END };
static const struct field draft_fields[] = { DEAL_FIELDS(false), FIELD_END };
static const struct field edit_fields[] = {
	DEAL_FIELDS(false),
	FIELD(deal_input, submit, F_BOOL, .label = N_("Register it now"), .hidden = true),
	FIELD_END
};

static const struct field precheck_fields[] = {
	FIELD(deal_input, customer, F_TEXT, .label = N_("End customer"), .max = 200),
	FIELD(deal_input, domain, F_TEXT, .label = N_("Customer's web domain"), .max = 253),
	FIELD(deal_input, country, F_TEXT, .label = N_("Country"), .max = 2),
	FIELD(deal_input, product_family, F_TEXT, .label = N_("Product family"), .max = 40),
	FIELD_END
};

static const struct choice mine_choices[] = {
	{ "queue", N_("Waiting for the deal desk"), NULL },
	{ "me", N_("My own registrations"), NULL },
	CHOICE_END
};

static const struct field list_fields[] = {
	FIELD(deal_filter, q, F_TEXT, .label = N_("Customer, domain, number or partner")),
	FIELD(deal_filter, status, F_CHOICES, .label = N_("State"), .choices = deal_status_choices),
	FIELD(deal_filter, product_family, F_CHOICE, .label = N_("Product family"), .choices_of = families_of),
	FIELD(deal_filter, country, F_COUNTRY, .label = N_("Country")),
	FIELD(deal_filter, mine, F_CHOICE, .label = N_("Whose"), .choices = mine_choices),
	FIELD(deal_filter, ending, F_CODE, .label = N_("Protection ends within days"), .max = 4, .inputmode = "numeric"),
	FIELD(deal_filter, partner_id, F_INT, .label = N_("One partner only"), .min = 1, .max = INT64_MAX, .hidden = true),
	FIELD_END
};

struct answer {
	const char *reason, *clause, *asked, *fields, *evidence, *text, *decision;
	bool internal, wrong_facts;
	struct upload file;
};

/* The clauses a person's answer may rest on. */
static const struct choice approve_clauses[] = {
	{ CLAUSE_REVIEW, N_("Decided by the deal desk"), NULL },
	{ CLAUSE_FIRST, N_("The first complete registration holds"), NULL },
	{ CLAUSE_SAME_NAME, N_("Same name, other customer"), NULL },
	CHOICE_END
};
static const struct choice reject_clauses[] = {
	{ CLAUSE_REJECTION, N_("Turned down"), NULL },
	{ CLAUSE_FIRST, N_("Registered by another before"), NULL },
	{ CLAUSE_SAME_NAME, N_("Same customer under another domain"), NULL },
	{ CLAUSE_DOMAIN, N_("The domain is not the customer's"), NULL },
	{ CLAUSE_VALUE, N_("The value cannot be followed"), NULL },
	{ CLAUSE_CLOSE_DATE, N_("The close is too far ahead"), NULL },
	{ CLAUSE_ELIGIBLE, N_("The firm may not register"), NULL },
	CHOICE_END
};
static const struct choice extension_answers[] = {
	{ "grant", N_("Grant"), NULL }, { "refuse", N_("Refuse"), NULL }, CHOICE_END
};

static const struct field withdraw_fields[] = {
	FIELD(answer, reason, F_TEXT, .label = N_("Why"), .max = 500), FIELD_END
};
static const struct field extend_fields[] = {
	FIELD(answer, evidence, F_LONGTEXT, .label = N_("What is new since the registration"), .required = true, .max = 2000,
		.help = N_("A meeting, a trial, an offer: an extension needs news")),
	FIELD_END
};
static const struct field approve_fields[] = {
	FIELD(answer, reason, F_LONGTEXT, .label = N_("Reason, for the partner"), .max = 1000),
	FIELD(answer, clause, F_CHOICE, .label = N_("Clause"), .choices = approve_clauses),
	FIELD_END
};
static const struct field reject_fields[] = {
	FIELD(answer, reason, F_LONGTEXT, .label = N_("Reason, for the partner"), .required = true, .max = 1000),
	FIELD(answer, clause, F_CHOICE, .label = N_("Clause"), .choices = reject_clauses),
	FIELD_END
};
static const struct field return_fields[] = {
	FIELD(answer, asked, F_LONGTEXT, .label = N_("What is missing"), .required = true, .max = 1000),
	FIELD(answer, fields, F_CHOICES, .label = N_("Fields the partner may change"), .required = true,
		.choices = deal_field_choices),
	FIELD_END
};
static const struct field revoke_fields[] = {
	FIELD(answer, reason, F_LONGTEXT, .label = N_("Reason, for the partner"), .required = true, .max = 1000),
	FIELD(answer, wrong_facts, F_BOOL, .label = N_("It rests on wrong facts: end it at once"),
		.help = N_("Otherwise the partner is given the notice the rules name")),
	FIELD_END
};
static const struct field extension_fields[] = {
	FIELD(answer, decision, F_CHOICE, .label = N_("Answer"), .required = true, .choices = extension_answers),
	FIELD(answer, reason, F_LONGTEXT, .label = N_("Reason, for the partner"), .max = 1000),
	FIELD_END
};
static const struct field comment_fields[] = {
	FIELD(answer, text, F_LONGTEXT, .label = N_("Comment"), .required = true, .max = 4000),
	FIELD(answer, internal, F_BOOL, .label = N_("Only the vendor's people see it")),
	FIELD_END
};
static const struct field file_fields[] = {
	FIELD(answer, file, F_FILE, .label = N_("File"), .required = true, .max = MAX_FILE,
		.accept = "application/pdf,image/png,image/jpeg,text/plain,text/csv,message/rfc822",
		.help = N_("PDF, PNG, JPEG, text, CSV or a saved mail, up to 10 MB")),
	FIELD_END
};

/* ---- reading ---- */
static const struct view deal_view = {
	.rows = "deals", .orders = deal_orders, .title = N_("Deals"),
	.empty = N_("No registration matches. A registered deal stands here with its state, its clock and its protection."),
	.empty_action = N_("Register a deal"), .empty_url = "/deals/new",
	.columns = (const struct view_column[]){
		{ "customer", N_("Customer"), SHOW_LINK, .on = true, .card = true, .sort_up = "customer", .sort_down = "customer-down" },
		{ "partner", N_("Partner"), SHOW_TEXT, .on = true, .across = true },
		{ "status", N_("State"), SHOW_BADGE, .on = true, .card = true },
		{ "family", N_("Product family"), SHOW_TEXT, .on = true },
		{ "amount", N_("Expected value"), SHOW_MONEY, .on = true, .card = true, .sort_up = "amount-up", .sort_down = "amount" },
		{ "decision_due_at", N_("Decision due"), SHOW_WHEN, .on = true, .sort_up = "due", .sort_down = "due-last" },
		{ "protected_until", N_("Protected until"), SHOW_WHEN, .on = true, .card = true, .sort_up = "protection", .sort_down = "protection-last" },
		{ "created_at", N_("Registered"), SHOW_WHEN, .on = true, .sort_up = "oldest", .sort_down = "newest" },
		{ "number", N_("Number"), SHOW_TEXT },
		{ "domain", N_("Web domain"), SHOW_TEXT },
		{ "country", N_("Country"), SHOW_TEXT },
		{ "registrant", N_("Registered by"), SHOW_TEXT },
		{ "closes_on", N_("Expected close"), SHOW_DAY },
		{ "clause", N_("Clause"), SHOW_TEXT },
		{ "external_key", N_("Partner's key"), SHOW_TEXT },
		{ .name = NULL } },
	.saved = (const struct saved_view[]){
		{ N_("All"), "" },
		{ N_("Waiting for the desk"), "mine=queue&sort=due" },
		{ N_("Action required"), "status=action_required" },
		{ N_("Protected"), "status=approved" },
		{ N_("Ending in 30 days"), "ending=30&sort=protection" },
		{ N_("Closed"), "status=converted&status=expired&status=withdrawn&status=revoked&status=rejected&status=duplicate" },
		{ .label = NULL } },
};

static int list_deals(struct req *q, struct doc *out)
{
	struct deal *rows;
	const char *next;
	int64_t total;
	size_t n;
	int rc = deal_list(q->db, q->user, q->input, q->page, &rows, &n, &next, &total);

	if (!rc)
		rc = doc_rows(out, "deals", deal_list_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; i < n && !rc; i++)
		rc = doc_show_in(out, "deals", i, "url", deal_link(q, rows[i].id, ""));
	return rc ? rc : view_show(out, &deal_view, next, total);
}

static int show_deal(struct req *q, struct doc *out)
{
	struct deal d;
	int rc = deal_get(q->db, q->user, q->id, &d);

	if (!rc)
		rc = deal_put(q, out, &d);
	return rc || q->face == FACE_JSON ? rc : deal_put_story(q, out);
}

/* Polled: one point query, 304 while the version stands. */
static int live_deal(struct req *q, struct doc *out)
{
	struct deal d;
	int rc = deal_get(q->db, q->user, q->id, &d);

	return rc ? rc : deal_put(q, out, &d);
}

static int show_timeline(struct req *q, struct doc *out)
{
	struct deal d;
	int rc = deal_get(q->db, q->user, q->id, &d);

	return rc ? rc : deal_put_story(q, out);
}

static int list_families(struct req *q, struct doc *out)
{
	struct family *rows;
	size_t n;
	int rc = family_list(q->db, true, &rows, &n);

	return rc ? rc : doc_rows(out, "product_families", family_columns, rows, sizeof(*rows), n);
}

static int send_file(struct req *q, struct doc *out)
{
	struct file f;
	int rc = deal_file_get(q->db, q->user, q->id, q->sub_id, &f);

	if (rc)
		return rc;
	out->raw_type = f.type;
	out->raw_name = f.name;
	out->send_file = file_place(q->arena, f.hash);
	return out->send_file ? OK : E_NOMEM;
}

/* ---- the partner ---- */
static int new_deal(struct req *q, struct doc *out)
{
	struct programme p;
	struct deal_input *in = q->input;
	int rc = programme_get(q->db, &p);

	(void)out;
	if (!rc && in && !in->amount.currency[0])
		str_copy(in->amount.currency, sizeof(in->amount.currency), p.currency);
	return rc;
}

static const char *outcome_tone(const struct deal *d)
{
	const struct choice *c = choice_find(deal_outcome_choices, str_or(d->outcome, ""));

	return c && !str_eq(c->tone, "wait") ? c->tone : "info";
}

/* The record as it is now; on pages the way back to it, with a word on what happened. */
static int done(struct req *q, struct doc *out, int64_t id, const char *tone, const char *text)
{
	struct deal d;
	int rc = deal_get(q->db, q->user, id, &d);

	if (!rc)
		rc = deal_put(q, out, &d);
	if (rc)
		return rc;
	doc_flash(out, tone ? tone : outcome_tone(&d), "%s", text ? text : str_or(d.reason, d.next_step));
	return doc_go(out, "/deals/%lld", (long long)id);
}

static int created(struct req *q, struct doc *out, int64_t id, const char *text)
{
	int rc = done(q, out, id, text ? "good" : NULL, text);

	return rc ? rc : doc_created(out, "/deals/%lld", (long long)id);
}

static int create_deal(struct req *q, struct doc *out)
{
	int64_t id;
	int rc = deal_register(q->db, q->user, q->input, q->face == FACE_JSON ? "api" : "page", &id);

	return rc ? rc : created(q, out, id, NULL);
}

static int create_draft(struct req *q, struct doc *out)
{
	int64_t id;
	int rc = deal_draft(q->db, q->user, q->input, &id);

	return rc ? rc : created(q, out, id, _("Draft saved. Only your firm sees it, and it holds nothing yet."));
}

/* A draft may be saved half empty, but not registered so. */
static int mark_needed(struct req *q, struct doc *out)
{
	int rc = OK;

	for (const struct field *f = deal_fields; f->name && !rc; f++)
		if (f->required)
			rc = doc_show(out, arena_printf(q->arena, "Form.f.%s.required", f->name), "1");
	return rc;
}

static int edit_form(struct req *q, struct doc *out)
{
	struct deal d;
	int rc = deal_get(q->db, q->user, q->id, &d);

	if (rc)
		return rc;
	if (!str_eq(d.status, "draft") && !str_eq(d.status, "action_required"))
		return doc_go(out, "/deals/%lld", (long long)d.id);
	*INPUT(q, deal_input) = (struct deal_input){ .customer = d.customer, .domain = d.domain, .country = d.country,
		.product_family = d.product_family, .amount = d.amount, .closes_on = d.closes_on, .notes = d.notes,
		.contact_name = d.contact_name, .contact_email = d.contact_email, .external_key = d.external_key };
	if (str_eq(d.status, "draft"))
		rc = mark_needed(q, out);
	return rc ? rc : deal_put(q, out, &d);
}

static int edit_deal(struct req *q, struct doc *out)
{
	const struct deal_input *in = q->input;
	int rc = deal_edit(q->db, q->user, q->id, q->version, in);

	if (!rc && in->submit)
		rc = deal_submit(q->db, q->user, q->id, 0);
	return rc ? rc : done(q, out, q->id, in->submit ? NULL : "good", in->submit ? NULL : _("Saved."));
}

static int submit_deal(struct req *q, struct doc *out)
{
	int rc = deal_submit(q->db, q->user, q->id, q->version);

	return rc ? rc : done(q, out, q->id, NULL, NULL);
}

static int withdraw_deal(struct req *q, struct doc *out)
{
	int rc = deal_withdraw(q->db, q->user, q->id, q->version, INPUT(q, answer)->reason);

	return rc ? rc : done(q, out, q->id, "info", _("Withdrawn. The customer is free for a new registration."));
}

static int extend_form(struct req *q, struct doc *out)
{
	struct deal d;
	int rc = deal_get(q->db, q->user, q->id, &d);

	return rc ? rc : deal_put(q, out, &d);
}

static int extend_deal(struct req *q, struct doc *out)
{
	int rc = deal_extend(q->db, q->user, q->id, q->version, INPUT(q, answer)->evidence);

	return rc ? rc : done(q, out, q->id, "good", _("The extension was noted; the state tells whether it is granted."));
}

static int convert_deal(struct req *q, struct doc *out)
{
	int rc = deal_convert(q->db, q->user, q->id, q->version);

	return rc ? rc : done(q, out, q->id, "good", _("Won. Congratulations."));
}

static int comment_deal(struct req *q, struct doc *out)
{
	const struct answer *in = q->input;
	int rc = deal_comment(q->db, q->user, q->id, in->text, in->internal);

	return rc ? rc : done(q, out, q->id, "good", in->internal ? _("Note added. Only the vendor's people see it.") :
		_("Comment added. Both sides see it."));
}

static int add_file(struct req *q, struct doc *out)
{
	const struct upload *up = &INPUT(q, answer)->file;
	struct file f = { .name = up->name, .type = up->type, .size = (int64_t)up->size };
	int rc = deal_file_add(q->db, q->conf, q->user, q->id, &f, up->data, NULL);

	return rc ? rc : done(q, out, q->id, "good", _("File added."));
}

static const struct choice precheck_choices[] = {
	{ "clear", N_("Clear"), "good" },
	{ "likely_conflict", N_("A person would look"), "wait" },
	{ "protected", N_("Protected"), "bad" },
	{ "yours", N_("Yours already"), "info" },
	{ "incomplete", N_("Not enough to tell"), "quiet" },
	CHOICE_END
};
static const struct column precheck_columns[] = {
	COL(precheck, answer, .choices = precheck_choices, .describe = N_("What would meet this registration")),
	COL(precheck, protected_until, .nullable = true, .describe = N_("Last protected moment, when protected")),
	COL(precheck, sentence, .describe = N_("In words; never who")),
	COL_END
};

/* Guessing through a list of customers takes days at this pace. */
static int precheck_deal(struct req *q, struct doc *out)
{
	const char *who = arena_printf(q->arena, "person %lld", (long long)q->user->person_id);
	struct precheck p;
	int rc = throttle(q->db, "precheck", who, 30, 60);

	if (!rc)
		rc = throttle(q->db, "precheck-day", who, 300, 86400);
	if (!rc)
		rc = deal_precheck(q->db, q->user, q->input, &p);
	return rc ? rc : doc_row(out, "precheck", precheck_columns, &p);
}

/* ---- the deal desk ---- */
static int put_rule(struct req *q, struct doc *out, const struct deal *d)
{
	struct rules r;
	int rc = d->rules_number && q->face == FACE_HTML ? rules_get(q->db, d->rules_number, &r) : E_NOTFOUND;

	for (size_t i = 0; !rc && i < r.n_clauses; i++)
		if (str_eq(r.clauses[i].number, d->clause)) {
			doc_show(out, "rule.title", r.clauses[i].title);
			doc_show(out, "rule.text", rules_clause_text(q->db, &r, &r.clauses[i], q->language));
		}
	err_clear(q->err);
	return OK;
}

static int decide_form(struct req *q, struct doc *out)
{
	struct deal_rival *rows = NULL;
	struct deal d;
	size_t n = 0;
	int rc = deal_get(q->db, q->user, q->id, &d);

	if (!rc)
		rc = deal_put(q, out, &d);
	if (!rc)
		rc = put_rule(q, out, &d);
	if (!rc)
		rc = deal_rivals(q->db, q->user, &d, &rows, &n);
	if (!rc)
		rc = doc_rows(out, "rivals", deal_rival_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; i < n && !rc; i++)
		rc = doc_show_in(out, "rivals", i, "url", deal_link(q, rows[i].id, ""));
	return rc;
}

static int approve_deal(struct req *q, struct doc *out)
{
	const struct answer *in = q->input;
	int rc = deal_approve(q->db, q->user, q->id, q->version, in->reason, in->clause);

	return rc ? rc : done(q, out, q->id, "good", _("Approved. The partner was told."));
}

static int reject_deal(struct req *q, struct doc *out)
{
	const struct answer *in = q->input;
	int rc = deal_reject(q->db, q->user, q->id, q->version, in->reason, in->clause);

	return rc ? rc : done(q, out, q->id, "info", _("Rejected. The partner was told why."));
}

static int return_deal(struct req *q, struct doc *out)
{
	const struct answer *in = q->input;
	int rc = deal_return(q->db, q->user, q->id, q->version, in->asked, in->fields);

	return rc ? rc : done(q, out, q->id, "info", _("Sent back. The partner was told what is missing."));
}

static int revoke_deal(struct req *q, struct doc *out)
{
	const struct answer *in = q->input;
	int rc = deal_revoke(q->db, q->user, q->id, q->version, in->reason, in->wrong_facts);

	return rc ? rc : done(q, out, q->id, "info", _("The partner was told."));
}

static int keep_deal(struct req *q, struct doc *out)
{
	int rc = deal_keep(q->db, q->user, q->id, q->version);

	return rc ? rc : done(q, out, q->id, "good", _("Notice taken back. The partner was told."));
}

static int answer_extension(struct req *q, struct doc *out)
{
	const struct answer *in = q->input;
	bool grant = str_eq(in->decision, "grant");
	int rc = deal_extension_decide(q->db, q->user, q->id, q->version, grant, in->reason);

	return rc ? rc : done(q, out, q->id, grant ? "good" : "info", grant ? _("Extension granted. The partner was told.") :
		_("Extension refused. The partner was told why."));
}

/* ---- shapes, for OpenAPI ---- */
static const struct part deal_inner[] = {
	{ "scope", deal_scope_columns, .describe = N_("What the registration covers") },
	{ "decision", deal_decision_columns, .optional = true, .describe = N_("The last decision; null before the first") },
	{ "next", deal_next_columns, .describe = N_("What happens next") },
	PART_END
};
static const struct part deal_part[] = {
	{ "deal", deal_columns, .parts = deal_inner, .describe = N_("The registration") }, PART_END
};
static const struct part list_part[] = { { "deals", deal_list_columns, .list = true }, PART_END };
static const struct part story_part[] = { { "timeline", story_columns, .list = true }, PART_END };
static const struct part families_part[] = { { "product_families", family_columns, .list = true }, PART_END };
static const struct part precheck_part[] = { { "precheck", precheck_columns }, PART_END };
static const struct part decide_part[] = {
	{ "deal", deal_columns, .parts = deal_inner }, { "rivals", deal_rival_columns, .list = true }, PART_END
};

#define IN_DEAL   sizeof(struct deal_input)
#define IN_ANSWER sizeof(struct answer)
#define DEALS     .section = "deals"
/* A POST about one registration: its fields, what the API says it is, the page it is redrawn on. */
#define ACT(path, handler, right, table, words, page, ...) \
	{ POST, "/deals/{id}/" path, handler, right, NULL, table, IN_ANSWER, .title = words, .returns = deal_part, \
		.redraw = page, DEALS, ##__VA_ARGS__ }

static const struct route routes[] = {
	{ GET, "/deals", list_deals, DEAL_READ, "layout/list.cs", list_fields, sizeof(struct deal_filter),
		.title = N_("Deals"), .view = &deal_view, .returns = list_part, DEALS },
	{ GET, "/deals/new", new_deal, DEAL_CREATE, "deal/form.cs", deal_fields, IN_DEAL, PAGE_ONLY,
		.title = N_("Register a deal"), DEALS },
	{ POST, "/deals", create_deal, DEAL_CREATE, NULL, deal_fields, IN_DEAL, .title = N_("Register a deal"),
		.returns = deal_part, .redraw = "/deals/new", .creates = true, DEALS },
	{ POST, "/deals/drafts", create_draft, DEAL_CREATE, NULL, draft_fields, IN_DEAL, .title = N_("Save as draft"),
		.returns = deal_part, .redraw = "/deals/new", .creates = true, DEALS },
	{ POST, "/deals/precheck", precheck_deal, DEAL_CREATE, "deal/precheck.cs", precheck_fields, IN_DEAL, REPLAYABLE,
		.title = N_("Ask whether a registration would be clear"), .returns = precheck_part, DEALS },
	{ GET, "/deals/import", import_page, DEAL_CREATE, "deal/import.cs", .flags = PAGE_ONLY,
		.title = N_("Import deals"), DEALS },
	{ POST, "/deals/import", import_upload, DEAL_CREATE, NULL, import_fields, sizeof(struct import_input),
		UPLOAD | NO_TX, .title = N_("Check the file"), .returns = import_part, .redraw = "/deals/import",
		.creates = true, DEALS },
	{ GET, "/deals/imports/{id}", import_show, DEAL_CREATE, "deal/import_show.cs", .title = N_("Import"),
		.returns = import_part, DEALS },
	{ GET, "/deals/imports/{id}/live", import_show, DEAL_CREATE, "deal/import_live.cs", .flags = LIVE | PAGE_ONLY,
		.title = N_("Import"), DEALS },
	{ POST, "/deals/imports/{id}/run", import_run, DEAL_CREATE, NULL, .flags = NO_TX, .title = N_("Import the lines"),
		.returns = import_part, .redraw = "/deals/imports/{id}", DEALS },
	{ GET, "/deals/imports/{id}/report", import_report, DEAL_CREATE, NULL, .title = N_("Report of an import"), DEALS },
	{ GET, "/product-families", list_families, DEAL_READ, NULL, .flags = API_ONLY, .title = N_("Product families"),
		.returns = families_part },
	{ GET, "/deals/{id}", show_deal, DEAL_READ, "deal/show.cs", .title = N_("Deal"), .returns = deal_part, DEALS },
	{ GET, "/deals/{id}/live", live_deal, DEAL_READ, "deal/live.cs", .flags = LIVE | PAGE_ONLY, .title = N_("State"), DEALS },
	{ GET, "/deals/{id}/timeline", show_timeline, DEAL_READ, NULL, .flags = API_ONLY, .title = N_("What happened"),
		.returns = story_part },
	{ GET, "/deals/{id}/edit", edit_form, DEAL_CREATE, "deal/edit.cs", edit_fields, IN_DEAL, PAGE_ONLY,
		.title = N_("Change the registration"), DEALS },
	{ POST, "/deals/{id}", edit_deal, DEAL_CREATE, NULL, edit_fields, IN_DEAL, .title = N_("Save"),
		.returns = deal_part, .redraw = "/deals/{id}/edit", DEALS },
	ACT("submit", submit_deal, DEAL_CREATE, NULL, N_("Register the draft"), "/deals/{id}"),
	ACT("withdraw", withdraw_deal, DEAL_CREATE, withdraw_fields, N_("Withdraw"), "/deals/{id}"),
	{ GET, "/deals/{id}/extend", extend_form, DEAL_CREATE, "deal/extend.cs", extend_fields, IN_ANSWER, PAGE_ONLY,
		.title = N_("Ask for an extension"), DEALS },
	ACT("extend", extend_deal, DEAL_CREATE, extend_fields, N_("Ask for an extension"), "/deals/{id}/extend"),
	ACT("convert", convert_deal, DEAL_CREATE, NULL, N_("Mark as won"), "/deals/{id}"),
	ACT("comment", comment_deal, DEAL_COMMENT, comment_fields, N_("Add a comment"), "/deals/{id}"),
	ACT("files", add_file, DEAL_CREATE, file_fields, N_("Add a file"), "/deals/{id}", .flags = UPLOAD),
	{ GET, "/deals/{id}/files/{id2}", send_file, DEAL_READ, NULL, .title = N_("File"), DEALS,
		.sends = "application/pdf,image/png,image/jpeg,text/plain,text/csv,message/rfc822,application/octet-stream" },
	{ GET, "/deals/{id}/decide", decide_form, DEAL_DECIDE, "deal/decide.cs", .title = N_("Decide"), .returns = decide_part, DEALS },
	ACT("approve", approve_deal, DEAL_DECIDE, approve_fields, N_("Approve"), "/deals/{id}/decide"),
	ACT("reject", reject_deal, DEAL_DECIDE, reject_fields, N_("Reject"), "/deals/{id}/decide"),
	ACT("return", return_deal, DEAL_DECIDE, return_fields, N_("Ask for more"), "/deals/{id}/decide"),
	ACT("revoke", revoke_deal, DEAL_DECIDE, revoke_fields, N_("Revoke protection"), "/deals/{id}/decide"),
	ACT("keep", keep_deal, DEAL_DECIDE, NULL, N_("Take the notice back"), "/deals/{id}/decide"),
	ACT("extension", answer_extension, DEAL_DECIDE, extension_fields, N_("Answer the extension"), "/deals/{id}/decide"),
	ROUTE_END
};

PROGRAM(register_deal, "register-deal", routes)
