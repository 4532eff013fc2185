/* people.c - the vendor's people, and the people of every partner firm
 *
 * Every change needs the password given again.  Rules and SQL are in lib/prm/member.c.
 */
#include "member.h"
#include "prm.h"

struct invite_input { const char *firm, *email, *name, *roles; };
struct roles_input { const char *roles; };

static const struct choice side_choices[] = {
	{ "vendor", N_("Our people"), NULL }, { "partner", N_("Partners' people"), NULL }, CHOICE_END
};

static const struct view people_view = {
	.rows = "people", .orders = member_orders, .title = N_("People"),
	.empty = N_("Nobody matches."), .empty_action = N_("Invite a person"), .empty_url = "/admin/people/new",
	.columns = (const struct view_column[]){
		{ "name", N_("Name"), SHOW_LINK, .on = true, .card = true, .sort_up = "name", .sort_down = "name-down" },
		{ "firm", N_("Firm"), SHOW_TEXT, .on = true, .card = true },
		{ "email", N_("E-mail address"), SHOW_TEXT, .on = true },
		{ "roles", N_("Roles"), SHOW_TEXT, .on = true },
		{ "status", N_("State"), SHOW_BADGE, .on = true, .card = true },
		{ "has_totp", N_("Second factor"), SHOW_BOOL, .on = true },
		{ "last_sign_in_at", N_("Last sign-in"), SHOW_WHEN, .on = true },
		{ "since", N_("Added"), SHOW_WHEN, .sort_down = "newest" },
		{ .name = NULL } },
	.saved = (const struct saved_view[]){ { N_("Everybody"), "" }, { N_("Our people"), "side=vendor" },
		{ N_("Partners' owners"), "side=partner&role=owner" }, { N_("Disabled"), "status=disabled" },
		{ .label = NULL } },
};

static const struct field people_filters[] = {
	FIELD(member_filter, q, F_TEXT, .label = N_("Name, address or firm")),
	FIELD(member_filter, side, F_CHOICE, .label = N_("Side"), .choices = side_choices),
	FIELD(member_filter, role, F_CHOICE, .label = N_("Role"), .choices = role_choices),
	FIELD(member_filter, status, F_CHOICE, .label = N_("State"), .choices = member_status_choices),
	FIELD(member_filter, partner_id, F_INT, .label = N_("One firm only"), .max = INT64_MAX, .hidden = true),
	FIELD_END
};

static int list_people(struct req *q, struct doc *out)
{
	struct member *rows = NULL;
	const char *next = NULL;
	int64_t total = 0;
	size_t n = 0;
	int rc = member_list(q->db, q->user, q->input, q->page, &rows, &n, &next, &total);

	if (!rc)
		rc = doc_rows(out, "people", member_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; !rc && i < n; i++)
		rc = doc_show_in(out, "people", i, "roles_text",
			roles_text(q->arena, roles_of(rows[i].roles), true));
	return rc ? rc : view_show(out, &people_view, next, total);
}

static int roles_of_side(struct req *q, const struct choice **out)
{
	struct member m = { .id = 0 };
	struct choice *set = arena_array(q->arena, 16, sizeof(*set));
	const struct choice *from;
	int rc = set ? member_get(q->db, q->user, q->id, &m) : fail_detail(q->err, E_NOMEM, "roles");

	if (rc)
		return rc;
	from = m.partner_id ? partner_role_choices : vendor_role_choices;
	for (size_t i = 0; i < 15 && from[i].value; i++)
		set[i] = (struct choice){ from[i].value, _(from[i].label), NULL };
	*out = set;
	return OK;
}

static const struct field roles_fields[] = {
	FIELD(roles_input, roles, F_CHOICES, .label = N_("Roles"), .required = true, .choices_of = roles_of_side),
	FIELD_END
};

static int show_person(struct req *q, struct doc *out)
{
	struct member m = { .id = 0 };
	int rc = member_get(q->db, q->user, q->id, &m);

	if (!rc)
		rc = doc_row(out, "person", member_columns, &m);
	if (rc)
		return rc;
	doc_show(out, "person.roles_text", roles_text(q->arena, roles_of(m.roles), true));
	doc_show(out, "person.self", m.account_id == q->user->person_id ? "1" : NULL);
	if (q->face == FACE_HTML)
		INPUT(q, roles_input)->roles = m.roles;
	return doc_etag(out, "%lld", (long long)m.version);
}

/* What the API answers to a change: how the person stands now. */
static int say_person(struct req *q, struct doc *out, int64_t id)
{
	struct member m = { .id = 0 };
	int rc = q->face == FACE_JSON ? member_get(q->db, q->user, id, &m) : OK;

	return rc || q->face != FACE_JSON ? rc : doc_row(out, "person", member_columns, &m);
}

/* ---- inviting ---- */
static int all_firms(struct req *q, const struct choice **out)
{
	return firm_choices(q->db, q->user, out);
}

static const struct field invite_fields[] = {
	FIELD(invite_input, firm, F_CHOICE, .label = N_("Firm"), .required = true, .choices_of = all_firms),
	FIELD(invite_input, email, F_EMAIL, .label = N_("E-mail address"), .required = true, .max = 254,
		.autocomplete = "off"),
	FIELD(invite_input, name, F_TEXT, .label = N_("Name"), .required = true, .max = 120, .autocomplete = "off"),
	FIELD(invite_input, roles, F_CHOICES, .label = N_("Roles"), .required = true, .choices = role_choices,
		.help = N_("Owner to Viewer are roles in a partner firm, all others are ours.")),
	FIELD_END
};

static int invite_person(struct req *q, struct doc *out)
{
	const struct invite_input *in = INPUT(q, invite_input);
	struct invitation invitation = { .email = in->email, .name = in->name, .language = q->user->language,
		.roles = roles_of(in->roles) };
	int64_t id;
	int rc;

	if (!str_to_int(in->firm, 0, INT64_MAX, &invitation.partner_id))
		return fail_field(q->err, "firm", _("Choose a firm."));
	rc = member_invite(q->db, q->conf, q->user, &invitation, &id);
	if (!rc)
		rc = say_person(q, out, id);
	if (rc)
		return rc;
	doc_flash(out, "good", _("%s gets a mail with a link that works for seven days."), in->name);
	return doc_created(out, "/admin/people/%lld", (long long)id);
}

/* ---- changes ---- */
static int back(struct req *q, struct doc *out, int rc, const char *said)
{
	if (!rc)
		rc = say_person(q, out, q->id);
	if (rc)
		return rc;
	doc_flash(out, "good", "%s", said);
	return doc_go(out, "/admin/people/%lld", (long long)q->id);
}

static int change_roles(struct req *q, struct doc *out)
{
	return back(q, out, member_roles(q->db, q->user, q->id, q->version, roles_of(INPUT(q, roles_input)->roles)),
		_("The roles are changed; they count at once."));
}

static int end_membership(struct req *q, struct doc *out)
{
	return back(q, out, member_end(q->db, q->user, q->id, q->version),
		_("They can no longer act for this firm. Their sessions and tokens there have ended."));
}

static int resend_invitation(struct req *q, struct doc *out)
{
	return back(q, out, member_resend(q->db, q->conf, q->user, q->id),
		_("A new invitation is on its way; the older link no longer works."));
}

/* The address names a membership; what follows is about the person. */
static int person_of(struct req *q, int64_t *person_id)
{
	struct member m = { .id = 0 };
	int rc = member_get(q->db, q->user, q->id, &m);

	*person_id = m.account_id;
	return rc;
}

static int disable(struct req *q, struct doc *out)
{
	int64_t id;
	int rc = person_of(q, &id);

	return back(q, out, rc ? rc : person_disable(q->db, q->user, id),
		_("They cannot sign in any more. Sessions and tokens have ended."));
}

static int enable(struct req *q, struct doc *out)
{
	int64_t id;
	int rc = person_of(q, &id);

	return back(q, out, rc ? rc : person_enable(q->db, q->user, id), _("They can sign in again."));
}

static int end_sessions(struct req *q, struct doc *out)
{
	int64_t id;
	int rc = person_of(q, &id);

	return back(q, out, rc ? rc : person_end_sessions(q->db, q->user, id), _("They are signed out everywhere."));
}

static int reset_factor(struct req *q, struct doc *out)
{
	int64_t id;
	int rc = person_of(q, &id);

	return back(q, out, rc ? rc : person_reset_factor(q->db, q->conf, q->user, id),
		_("The second factor is removed, and they were told."));
}

static const struct part people_parts[] = { { "people", .columns = member_columns, .list = true }, PART_END };
static const struct part person_part[] = { { "person", .columns = member_columns }, PART_END };
#define ACT(path, handler_, title_) \
	{ POST, "/admin/people/{id}/" path, handler_, PEOPLE_ADMIN, .flags = STEP_UP, .title = title_, \
		.returns = person_part, .section = "people", .redraw = "/admin/people/{id}" }

static const struct route routes[] = {
	{ GET, "/admin/people", list_people, PEOPLE_ADMIN, "layout/list.cs", people_filters, sizeof(struct member_filter),
		.title = N_("People"), .view = &people_view, .returns = people_parts, .section = "people" },
	{ GET, "/admin/people/new", doc_empty, PEOPLE_ADMIN, "layout/form.cs", invite_fields,
		sizeof(struct invite_input), .flags = PAGE_ONLY | STEP_UP, .title = N_("Invite a person"),
		.section = "people" },
	{ POST, "/admin/people", invite_person, PEOPLE_ADMIN, NULL, invite_fields, sizeof(struct invite_input),
		.flags = STEP_UP, .title = N_("Send the invitation"), .returns = person_part, .section = "people",
		.redraw = "/admin/people/new", .creates = true },
	{ GET, "/admin/people/{id}", show_person, PEOPLE_ADMIN, "admin/people/show.cs", roles_fields,
		sizeof(struct roles_input), .title = N_("Person"), .returns = person_part, .section = "people" },
	{ POST, "/admin/people/{id}/roles", change_roles, PEOPLE_ADMIN, NULL, roles_fields, sizeof(struct roles_input),
		.flags = STEP_UP, .title = N_("Save the roles"), .returns = person_part, .section = "people",
		.redraw = "/admin/people/{id}" },
	ACT("end", end_membership, N_("Remove from the firm")),
	ACT("resend", resend_invitation, N_("Send the invitation again")),
	ACT("disable", disable, N_("Disable the person")),
	ACT("enable", enable, N_("Enable the person")),
	ACT("sign-out", end_sessions, N_("Sign the person out everywhere")),
	ACT("reset-factor", reset_factor, N_("Remove the second factor")),
	ROUTE_END
};

PROGRAM(admin_people, "admin/people", routes)
