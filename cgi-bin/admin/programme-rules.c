/* programme-rules.c - the rules of engagement from draft to published
 *
 * The form of the values is made from the same table as the engine's checks (RULES_PARAMS).
 */
#include "programme-rules.h"

#include "markdown.h"
#include "rules_edit.h"

/* ---- forms ---- */
#define FORM_INT F_INT
#define FORM_BOOL F_BOOL
#define FORM_TEXT F_TEXT
const struct field values_fields[] = {
#define X(kind_, name_, preset_, min_, max_, label_, help_) \
	FIELD(values_input, name_, FORM_##kind_, .label = label_, .help = help_, \
		.required = FORM_##kind_ == F_INT, .min = FORM_##kind_ == F_INT ? (min_) : 0, .max = (max_)),
	RULES_PARAMS(X)
#undef X
	FIELD(values_input, auto_limits, F_LONGTEXT, .label = N_("Decided without a person, up to"), .max = 1000,
		.help = N_("One a line: a currency and an amount, as in EUR 50,000. Other currencies go to the deal desk.")),
	FIELD_END
};

const struct field clause_fields[] = {
	FIELD(clause_input, title, F_TEXT, .label = N_("Title"), .required = true, .max = MAX_CLAUSE_TITLE),
	FIELD(clause_input, text, F_LONGTEXT, .label = N_("Text"), .required = true, .max = MAX_CLAUSE_TEXT,
		.help = N_("Markdown. {name} prints a value, {name day|days} with its word, {if name}...{else}...{end} what holds while it is set.")),
	FIELD_END
};

const struct field publish_fields[] = {
	FIELD(publish_input, note, F_LONGTEXT, .label = N_("What changed, in a sentence partners read"), .required = true,
		.max = 500),
	FIELD_END
};

/* ---- documents ---- */
static const struct part rules_inner[] = {
	{ .name = "auto_limits", .columns = rules_limit_columns, .list = true, .describe = N_("Limits by currency") },
	{ .name = "clauses", .columns = clause_columns, .list = true, .describe = N_("The clauses, numbers not filled in") },
	PART_END
};
const struct part draft_parts[] = {
	{ .name = "draft", .columns = rules_columns, .parts = rules_inner, .optional = true, .describe = N_("The draft") },
	PART_END
};
const struct part rules_overview_parts[] = {
	{ .name = "versions", .columns = rules_version_columns, .list = true, .describe = N_("All versions, newest first") },
	{ .name = "draft", .columns = rules_columns, .parts = rules_inner, .optional = true, .describe = N_("The draft, if any") },
	PART_END
};

static int put_draft(struct req *q, struct doc *out, const struct rules *r)
{
	int rc = doc_row(out, "draft", rules_columns, r);

	(void)q;
	if (!rc)
		rc = doc_rows(out, "draft.auto_limits", rules_limit_columns, r->auto_limits, sizeof(*r->auto_limits),
			r->n_auto_limits);
	if (!rc)
		rc = doc_rows(out, "draft.clauses", clause_columns, r->clauses, sizeof(*r->clauses), r->n_clauses);
	return rc ? rc : doc_etag(out, "%lld", (long long)r->version);
}

/* The draft as it stands now, after a change: for the API; pages go on. */
static int answer_draft(struct req *q, struct doc *out, const char *where)
{
	struct rules r = { 0 };
	int rc = q->face == FACE_JSON ? rules_draft_get(q->db, &r) : OK;

	if (!rc && q->face == FACE_JSON)
		rc = put_draft(q, out, &r);
	return rc ? rc : doc_go(out, "%s", where);
}

static int put_changes(struct req *q, struct doc *out, const struct rules *draft)
{
	struct rules now = { 0 };
	struct rules_change *changes;
	size_t n;
	int rc = rules_current(q->db, &now);

	if (rc == E_NOTFOUND) {
		err_clear(q->err);
		return OK;
	}
	if (!rc)
		rc = rules_diff(q->db, &now, draft, &changes, &n);
	return rc ? rc : doc_show_json(out, "changes", changes_json(changes, n));
}

int show_rules_overview(struct req *q, struct doc *out)
{
	struct rules_version *all;
	struct rules draft = { 0 };
	size_t n;
	int rc = rules_versions(q->db, true, &all, &n);

	if (!rc)
		rc = doc_rows(out, "versions", rules_version_columns, all, sizeof(*all), n);
	for (size_t i = 0; i < n && !rc && q->face == FACE_HTML; i++)
		if (str_eq(all[i].status, "draft"))
			rc = doc_show(out, "draft_by", all[i].person);
	if (rc)
		return rc;
	rc = rules_draft_get(q->db, &draft);
	if (rc == E_NOTFOUND) {
		err_clear(q->err);
		return doc_json(out, "draft", NULL);
	}
	if (!rc)
		rc = put_draft(q, out, &draft);
	return rc || q->face == FACE_JSON ? rc : put_changes(q, out, &draft);
}

int start_draft(struct req *q, struct doc *out)
{
	int rc = rules_draft_start(q->db, q->user);

	return rc ? rc : answer_draft(q, out, "/admin/programme/rules");
}

int drop_draft(struct req *q, struct doc *out)
{
	int rc = rules_draft_drop(q->db, q->user, q->version);

	if (rc)
		return rc;
	doc_flash(out, "good", "%s", _("The draft is gone; the rules in force stay as they are."));
	if (q->face == FACE_JSON)
		doc_json(out, "draft", NULL);
	return doc_go(out, "/admin/programme/rules");
}

int publish_draft(struct req *q, struct doc *out)
{
	struct rules_version *all;
	size_t n;
	int rc = rules_publish(q->db, q->user, q->version, INPUT(q, publish_input)->note);

	if (!rc)
		rc = rules_versions(q->db, true, &all, &n);
	if (!rc)
		rc = doc_rows(out, "versions", rules_version_columns, all, sizeof(*all), n);
	if (!rc)
		rc = doc_json(out, "draft", NULL);
	if (rc)
		return rc;
	doc_flash(out, "good", "%s", _("Published. New decisions rest on these rules from now on; older ones keep theirs."));
	return doc_go(out, "/admin/programme/rules");
}

/* ---- values ---- */

int edit_values(struct req *q, struct doc *out)
{
	struct values_input *in = q->input;
	struct rules r = { 0 };
	int rc = rules_draft_get(q->db, &r);

	if (rc)
		return rc;
#define X(kind_, name_, preset_, min_, max_, label_, help_) in->name_ = r.name_;
	RULES_PARAMS(X)
#undef X
	in->auto_limits = rules_limits_lines(q->arena, &r);
	doc_show(out, "Form.back_url", "/admin/programme/rules");
	doc_show(out, "Form.back_label", _("Rules of engagement"));
	return doc_etag(out, "%lld", (long long)r.version);
}

int save_values(struct req *q, struct doc *out)
{
	const struct values_input *in = q->input;
	struct rules r = { 0 };
	struct money *limits;
	int rc = rules_limits_parse(q->db, str_or(in->auto_limits, ""), &limits, &r.n_auto_limits);

	if (rc)
		return rc;
#define X(kind_, name_, preset_, min_, max_, label_, help_) r.name_ = in->name_;
	RULES_PARAMS(X)
#undef X
	r.auto_limits = limits;
	rc = rules_draft_params(q->db, q->user, q->version, &r);
	if (rc)
		return rc;
	doc_flash(out, "good", "%s", _("Saved in the draft."));
	return answer_draft(q, out, "/admin/programme/rules");
}

/* ---- clauses ---- */

int edit_clause(struct req *q, struct doc *out)
{
	struct clause_input *in = q->input;
	struct rules r = { 0 };
	const struct clause *c;
	int rc = rules_draft_get(q->db, &r);

	if (rc)
		return rc;
	c = rules_clause(&r, q->key);
	if (!str_eq(c->key, q->key))
		return fail(q->err, E_NOTFOUND, "%s", _("There is no such clause"));
	in->title = c->title;
	in->text = c->text;
	doc_show(out, "clause.number", c->number);
	doc_show(out, "clause.title", c->title);
	doc_show(out, "clause.preview_html", markdown_html(q->arena, rules_clause_text(q->db, &r, c, q->language)));
	doc_show(out, "names", rules_text_names(q->arena));
	return doc_etag(out, "%lld", (long long)r.version);
}

int save_clause(struct req *q, struct doc *out)
{
	const struct clause_input *in = q->input;
	struct rules r = { 0 };
	int rc = rules_draft_get(q->db, &r);

	if (!rc && !str_eq(rules_clause(&r, q->key)->key, q->key))
		rc = fail(q->err, E_NOTFOUND, "%s", _("There is no such clause"));
	if (!rc)
		rc = rules_draft_clause(q->db, q->user, q->version, q->key, in->title, in->text);
	if (rc)
		return rc;
	doc_flash(out, "good", "%s", _("Saved in the draft."));
	return answer_draft(q, out, "/admin/programme/rules");
}
