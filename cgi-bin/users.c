/* users.c - a partner's owner manages the people of the firm
 *
 * Who may be changed by whom is in lib/prm/member.c; every row here is of the user's own firm.
 */
#include "member.h"
#include "prm.h"

struct invite_input { const char *email, *name, *roles; };
struct roles_input { const char *roles; };

static const struct view user_view = {
	.rows = "users", .orders = member_orders, .title = N_("People"),
	.empty = N_("Nobody matches. Invite the people who register deals and run your customers' projects."),
	.empty_action = N_("Invite a person"), .empty_url = "/users/new",
	.columns = (const struct view_column[]){
		{ "name", N_("Name"), SHOW_LINK, .on = true, .card = true, .sort_up = "name", .sort_down = "name-down" },
		{ "email", N_("E-mail address"), SHOW_TEXT, .on = true },
		{ "roles", N_("Roles"), SHOW_TEXT, .on = true, .card = true },
		{ "status", N_("State"), SHOW_BADGE, .on = true, .card = true },
		{ "has_totp", N_("Second factor"), SHOW_BOOL, .on = false },
		{ "last_sign_in_at", N_("Last sign-in"), SHOW_WHEN, .on = true },
		{ "since", N_("Added"), SHOW_WHEN, .sort_down = "newest" },
		{ .name = NULL } },
	.saved = (const struct saved_view[]){ { N_("Everybody"), "" }, { N_("Invited"), "status=invited" },
		{ N_("Left"), "status=ended" }, { .label = NULL } },
};

static const struct field user_filters[] = {
	FIELD(member_filter, q, F_TEXT, .label = N_("Name or address")),
	FIELD(member_filter, role, F_CHOICE, .label = N_("Role"), .choices = partner_role_choices),
	FIELD(member_filter, status, F_CHOICE, .label = N_("State"), .choices = member_status_choices),
	FIELD_END
};

static int list_users(struct req *q, struct doc *out)
{
	struct member *rows = NULL;
	const char *next = NULL;
	int64_t total = 0;
	size_t n = 0;
	int rc = member_list(q->db, q->user, q->input, q->page, &rows, &n, &next, &total);

	if (!rc)
		rc = doc_rows(out, "users", member_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; !rc && i < n; i++)
		rc = doc_show_in(out, "users", i, "roles_text",
			roles_text(q->arena, roles_of(rows[i].roles), true));
	return rc ? rc : view_show(out, &user_view, next, total);
}

static int show_user(struct req *q, struct doc *out)
{
	struct member m = { .id = 0 };
	int rc = member_get(q->db, q->user, q->id, &m);

	if (!rc)
		rc = doc_row(out, "user", member_columns, &m);
	if (rc)
		return rc;
	doc_show(out, "user.roles_text", roles_text(q->arena, roles_of(m.roles), true));
	doc_show(out, "user.self", m.person_id == q->user->person_id ? "1" : NULL);
	if (q->face == FACE_HTML)
		INPUT(q, roles_input)->roles = m.roles;
	return doc_etag(out, "%lld", (long long)m.version);
}

static const struct field invite_fields[] = {
	FIELD(invite_input, email, F_EMAIL, .label = N_("E-mail address"), .required = true, .max = 254,
		.autocomplete = "off"),
	FIELD(invite_input, name, F_TEXT, .label = N_("Name"), .required = true, .max = 120, .autocomplete = "off"),
	FIELD(invite_input, roles, F_CHOICES, .label = N_("Roles"), .required = true, .choices = partner_role_choices,
		.help = N_("Somebody can have several. You can change them later.")),
	FIELD_END
};

/* What the API answers to a change: how the person stands now. */
static int say_user(struct req *q, struct doc *out, int64_t id)
{
	struct member m = { .id = 0 };
	int rc = q->face == FACE_JSON ? member_get(q->db, q->user, id, &m) : OK;

	return rc || q->face != FACE_JSON ? rc : doc_row(out, "user", member_columns, &m);
}

static int invite_user(struct req *q, struct doc *out)
{
	const struct invite_input *in = INPUT(q, invite_input);
	const struct invitation invitation = { .email = in->email, .name = in->name,
		.language = q->user->language, .roles = roles_of(in->roles) };
	int64_t id;
	int rc = member_invite(q->db, q->conf, q->user, &invitation, &id);

	if (!rc)
		rc = say_user(q, out, id);
	if (rc)
		return rc;
	doc_flash(out, "good", _("%s gets a mail with a link that works for seven days."), in->name);
	return doc_created(out, "/users/%lld", (long long)id);
}

static const struct field roles_fields[] = {
	FIELD(roles_input, roles, F_CHOICES, .label = N_("Roles"), .required = true, .choices = partner_role_choices),
	FIELD_END
};

static int change_roles(struct req *q, struct doc *out)
{
	int rc = member_roles(q->db, q->user, q->id, q->version, roles_of(INPUT(q, roles_input)->roles));

	if (!rc)
		rc = say_user(q, out, q->id);
	if (rc)
		return rc;
	doc_flash(out, "good", _("The roles are changed; they count at once."));
	return doc_go(out, "/users/%lld", (long long)q->id);
}

static int end_user(struct req *q, struct doc *out)
{
	int rc = member_end(q->db, q->user, q->id, q->version);

	if (!rc)
		rc = say_user(q, out, q->id);
	if (rc)
		return rc;
	doc_flash(out, "good", _("They can no longer act for your firm. Their sessions and tokens have ended."));
	return doc_go(out, "/users");
}

static int resend_invitation(struct req *q, struct doc *out)
{
	int rc = member_resend(q->db, q->conf, q->user, q->id);

	if (!rc)
		rc = say_user(q, out, q->id);
	if (rc)
		return rc;
	doc_flash(out, "good", _("A new invitation is on its way; the older link no longer works."));
	return doc_go(out, "/users/%lld", (long long)q->id);
}

static const struct part user_parts[] = { { "users", .columns = member_columns, .list = true }, PART_END };
static const struct part user_part[] = { { "user", .columns = member_columns }, PART_END };
static const struct route routes[] = {
	{ GET, "/users", list_users, FIRM_PEOPLE, "layout/list.cs", user_filters, sizeof(struct member_filter),
		.title = N_("People"), .view = &user_view, .returns = user_parts, .section = "users" },
	{ GET, "/users/new", doc_empty, FIRM_PEOPLE, "layout/form.cs", invite_fields, sizeof(struct invite_input),
		.flags = PAGE_ONLY, .title = N_("Invite a person"), .section = "users" },
	{ POST, "/users", invite_user, FIRM_PEOPLE, NULL, invite_fields, sizeof(struct invite_input),
		.title = N_("Send the invitation"), .returns = user_part, .section = "users", .redraw = "/users/new",
		.creates = true },
	{ GET, "/users/{id}", show_user, FIRM_PEOPLE, "users/show.cs", roles_fields, sizeof(struct roles_input),
		.title = N_("Person"), .returns = user_part, .section = "users" },
	{ POST, "/users/{id}/roles", change_roles, FIRM_PEOPLE, NULL, roles_fields, sizeof(struct roles_input),
		.title = N_("Save the roles"), .returns = user_part, .section = "users", .redraw = "/users/{id}" },
	{ POST, "/users/{id}/end", end_user, FIRM_PEOPLE, .title = N_("Remove from the firm"), .returns = user_part,
		.section = "users", .redraw = "/users/{id}" },
	{ POST, "/users/{id}/resend", resend_invitation, FIRM_PEOPLE, .title = N_("Send the invitation again"),
		.returns = user_part, .section = "users", .redraw = "/users/{id}" },
	ROUTE_END
};

PROGRAM(users, "users", routes)
