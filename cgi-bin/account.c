/* account.c - one's own account: profile, password, second factor, sessions, API tokens
 *
 * What changes how somebody signs in asks for the password once more (person_prove), ends
 * the other sessions and is told by mail.  The rules are in lib/prm/person.c, totp.c, api_token.c.
 */
#include "agent.h"
#include "api_token.h"
#include "member.h"
#include "next.h"
#include "password.h"
#include "person.h"
#include "prm.h"
#include "session_store.h"
#include "totp.h"

struct profile_input { const char *name, *language, *zone, *theme; };
struct theme_input { const char *theme; };
struct firm_input { int64_t firm; };
struct step_up_input { const char *password, *code, *next; };
struct change_input { const char *current, *password; };
struct email_input { const char *email, *password; };
struct proof_input { const char *password; };
struct totp_input { const char *state, *code, *password, *next; };
struct qr_input { const char *state; };
struct token_input { const char *name, *scopes, *days; };

#define CURRENT_PASSWORD(s, m) \
	FIELD(s, m, F_PASSWORD, .label = N_("Your password"), .required = true, .max = PASSWORD_MAX, \
		.autocomplete = "current-password")

/* ---- profile ---- */
static const struct field profile_fields[] = {
	FIELD(profile_input, name, F_TEXT, .label = N_("Name"), .required = true, .max = 120, .autocomplete = "name"),
	FIELD(profile_input, language, F_CHOICE, .label = N_("Language"), .required = true,
		.choices = language_choices),
	FIELD(profile_input, zone, F_ZONE, .label = N_("Time zone"), .required = true),
	FIELD(profile_input, theme, F_CHOICE, .label = N_("Brightness"), .required = true, .choices = theme_choices),
	FIELD_END
};

static int show_account(struct req *q, struct doc *out)
{
	struct person p = { .id = 0 };
	struct firm *firms = NULL;
	size_t n = 0;
	int rc = person_get(q->db, q->user->person_id, &p);

	if (!rc)
		rc = firm_list(q->db, q->user, &firms, &n);
	if (!rc)
		rc = doc_row(out, "person", person_columns, &p);
	if (!rc)
		rc = doc_rows(out, "firms", firm_columns, firms, sizeof(*firms), n);
	for (size_t i = 0; !rc && i < n; i++) {
		doc_show_in(out, "firms", i, "roles_text",
			roles_text(q->arena, roles_of(firms[i].roles), true));
		if (firms[i].id == q->user->membership_id)
			rc = doc_show_in(out, "firms", i, "current", "1");
	}
	if (!rc && q->face == FACE_HTML)
		*INPUT(q, profile_input) = (struct profile_input){ p.name, p.language, p.zone, p.theme };
	return rc ? rc : doc_etag(out, "%lld", (long long)p.version);
}

static int change_account(struct req *q, struct doc *out)
{
	const struct profile_input *in = INPUT(q, profile_input);
	int rc = person_change(q->db, q->user, q->version, in->name, in->language, in->zone, in->theme);

	if (rc)
		return rc;
	doc_flash(out, "good", _("Saved."));
	return doc_go(out, "/account");
}

static const struct field theme_fields[] = {
	FIELD(theme_input, theme, F_CHOICE, .label = N_("Brightness"), .required = true, .choices = theme_choices),
	FIELD_END
};

/* From the menu on every page; it leads back to where it was chosen. */
static int change_theme(struct req *q, struct doc *out)
{
	const struct user *u = q->user;
	int rc = person_change(q->db, u, 0, u->name, u->language, u->zone, INPUT(q, theme_input)->theme);

	return rc ? rc : doc_go(out, "%s", next_path(params_get(&q->form, "_back"), "/account"));
}

static const struct field firm_fields[] = {
	FIELD(firm_input, firm, F_INT, .label = N_("Firm"), .required = true, .min = 1, .max = INT64_MAX),
	FIELD_END
};

static int change_firm(struct req *q, struct doc *out)
{
	int rc = firm_switch(q->db, q->user, INPUT(q, firm_input)->firm, &out->set_session);

	return rc ? rc : doc_go(out, "/");
}

/* ---- the password given again ---- */
static const struct field step_up_fields[] = {
	CURRENT_PASSWORD(step_up_input, password),
	FIELD(step_up_input, code, F_TEXT, .label = N_("Code"), .max = 40, .autocomplete = "one-time-code",
		.help = N_("Six digits from your authenticator app, or one of your recovery codes.")),
	FIELD(step_up_input, next, F_TEXT, .hidden = true, .max = 511),
	FIELD_END
};

static int show_step_up(struct req *q, struct doc *out)
{
	struct person p = { .id = 0 };
	int rc = person_get(q->db, q->user->person_id, &p);

	return rc ? rc : doc_show(out, "has_totp", p.has_totp ? "1" : NULL);
}

static int do_step_up(struct req *q, struct doc *out)
{
	const struct step_up_input *in = INPUT(q, step_up_input);
	int rc = session_step_up(q->db, q->conf, q->user, in->password, in->code, &out->set_session);

	return rc ? rc : doc_go(out, "%s", next_path(in->next, "/"));
}

/* ---- password ---- */
static const struct field change_fields[] = {
	FIELD(change_input, current, F_PASSWORD, .label = N_("Current password"), .required = true,
		.max = PASSWORD_MAX, .autocomplete = "current-password"),
	FIELD(change_input, password, F_PASSWORD, .label = N_("New password"), .required = true, .max = PASSWORD_MAX,
		.autocomplete = "new-password",
		.help = N_("At least 10 characters. Several words are easy to remember and hard to guess.")),
	FIELD_END
};

/* db_transaction() hands one pointer on. */
struct change {
	struct req *q;
	struct doc *out;
};

static int set_password(struct db *db, void *arg)
{
	struct change *c = arg;
	struct req *q = c->q;
	int rc = person_set_password(db, q->conf, q->user, "password", INPUT(q, change_input)->password);

	return rc ? rc : session_rotate(db, q->user, q->user->membership_id, true, &c->out->set_session);
}

static int change_password(struct req *q, struct doc *out)
{
	struct change c = { q, out };
	int rc = person_prove(q->db, q->conf, q->user, "current", INPUT(q, change_input)->current);

	if (!rc)
		rc = db_transaction(q->db, set_password, &c);
	if (rc)
		return rc;
	doc_flash(out, "good", _("Your new password is set. All your other sessions have ended."));
	return doc_go(out, "/account");
}

/* ---- e-mail address ---- */
static const struct field email_fields[] = {
	FIELD(email_input, email, F_EMAIL, .label = N_("New e-mail address"), .required = true, .max = 254),
	CURRENT_PASSWORD(email_input, password),
	FIELD_END
};

static int ask_email(struct db *db, void *arg)
{
	struct req *q = arg;

	return person_email_ask(db, q->conf, q->user, INPUT(q, email_input)->email);
}

static int change_email(struct req *q, struct doc *out)
{
	int rc = person_prove(q->db, q->conf, q->user, "password", INPUT(q, email_input)->password);

	if (!rc)
		rc = db_transaction(q->db, ask_email, q);
	if (rc)
		return rc;
	doc_flash(out, "info", _("We sent a link to the new address. Until you open it, nothing changes."));
	return doc_go(out, "/account");
}

static int confirm_email(struct req *q, struct doc *out)
{
	int rc = person_email_confirm(q->db, q->conf, q->key);

	if (rc)
		return rc;
	doc_flash(out, "good", _("Your new address is confirmed. Sign in with it from now on."));
	return doc_go(out, "%s", q->user->person_id ? "/account" : "/sign-in");
}

/* One more firm: whoever reads the mailbox decides, as with the first invitation. */
static int accept_membership(struct req *q, struct doc *out)
{
	int rc = member_accept(q->db, q->key, q->user->address);

	if (rc)
		return rc;
	doc_flash(out, "good", _("You can act for the firm now. The menu with your name switches between firms."));
	return doc_go(out, "%s", q->user->person_id ? "/account" : "/sign-in");
}

/* ---- second factor ---- */
static const struct field totp_fields[] = {
	FIELD(totp_input, code, F_CODE, .label = N_("Code from the app"), .required = true, .max = 10,
		.autocomplete = "one-time-code", .inputmode = "numeric"),
	CURRENT_PASSWORD(totp_input, password),
	FIELD(totp_input, state, F_TEXT, .hidden = true, .max = 600),
	FIELD(totp_input, next, F_TEXT, .hidden = true, .max = 511),
	FIELD_END
};

static const struct field proof_fields[] = {
	CURRENT_PASSWORD(proof_input, password),
	FIELD_END
};

static const struct field qr_fields[] = {
	FIELD(qr_input, state, F_TEXT, .required = true, .max = 600),
	FIELD_END
};

/* After a wrong code the same secret is shown again: it is in the app already. */
static int show_proposal(struct req *q, struct doc *out)
{
	const char *state = params_get(&q->form, "state"), *typed, *uri;
	int rc = E_INVALID;

	if (!str_empty(state))
		rc = totp_proposed(q->db, q->conf, q->user, state, &typed, &uri);
	if (rc == E_INVALID) {
		err_clear(q->err);
		rc = totp_propose(q->db, q->conf, q->user, &state);
		if (!rc)
			rc = totp_proposed(q->db, q->conf, q->user, state, &typed, &uri);
	}
	if (rc)
		return rc;
	INPUT(q, totp_input)->state = state;
	doc_show(out, "totp.state", state);
	doc_show(out, "totp.typed", typed);
	doc_show(out, "totp.uri", uri);
	return doc_show(out, "totp.qr_url", arena_printf(q->arena, "/account/totp/qr?state=%s", state));
}

static int show_totp(struct req *q, struct doc *out)
{
	struct person p = { .id = 0 };
	int64_t left = 0;
	int rc = person_get(q->db, q->user->person_id, &p);

	if (rc)
		return rc;
	doc_show(out, "has_totp", p.has_totp ? "1" : NULL);
	doc_show(out, "must", q->user->roles & ROLE_ADMINISTRATOR ? "1" : NULL);
	if (!p.has_totp)
		return show_proposal(q, out);
	rc = recovery_left(q->db, p.id, &left);
	return rc ? rc : doc_show(out, "recovery_left", arena_printf(q->arena, "%" PRId64, left));
}

static int show_qr(struct req *q, struct doc *out)
{
	const char *typed, *uri, *svg;
	int rc = totp_proposed(q->db, q->conf, q->user, str_or(INPUT(q, qr_input)->state, ""), &typed, &uri);

	if (rc)
		return rc == E_INVALID ? fail(q->err, E_NOTFOUND, _("This picture is no longer valid.")) : rc;
	rc = qr_svg(q->db, uri, &svg);
	return rc ? rc : doc_raw(out, "image/svg+xml", NULL, svg, strlen(svg));
}

static int show_codes(struct doc *out, const char *const *codes)
{
	json_t *list = json_array();

	for (int i = 0; i < RECOVERY_CODES; i++)
		json_array_append_new(list, json_string(codes[i]));
	out->template_ = "account/codes.cs";
	return doc_show_json(out, "codes", list);
}

struct enrolment {
	struct req *q;
	const char *const *codes;
	const char *token;
};

static int enrol(struct db *db, void *arg)
{
	struct enrolment *e = arg;
	struct req *q = e->q;
	const struct totp_input *in = INPUT(q, totp_input);
	int rc = totp_enrol(db, q->conf, q->user, str_or(in->state, ""), in->code, &e->codes);

	if (!rc)
		rc = person_tell(db, q->conf, q->user->person_id, "factor");
	if (!rc)
		rc = session_end_others(db, q->user);
	return rc ? rc : session_rotate(db, q->user, q->user->membership_id, true, &e->token);
}

static int enrol_totp(struct req *q, struct doc *out)
{
	struct enrolment e = { .q = q };
	int rc = person_prove(q->db, q->conf, q->user, "password", INPUT(q, totp_input)->password);

	if (!rc)
		rc = db_transaction(q->db, enrol, &e);
	if (rc)
		return rc;
	out->set_session = e.token;
	doc_show(out, "next", next_path(INPUT(q, totp_input)->next, "/account"));
	return show_codes(out, e.codes);
}

static int make_codes(struct db *db, void *arg)
{
	struct enrolment *e = arg;

	return recovery_make(db, e->q->conf, e->q->user, &e->codes);
}

static int new_codes(struct req *q, struct doc *out)
{
	struct enrolment e = { .q = q };
	int rc = person_prove(q->db, q->conf, q->user, "password", INPUT(q, proof_input)->password);

	if (!rc)
		rc = db_transaction(q->db, make_codes, &e);
	doc_show(out, "next", "/account");
	return rc ? rc : show_codes(out, e.codes);
}

static int remove_factor(struct db *db, void *arg)
{
	struct enrolment *e = arg;
	struct req *q = e->q;
	int rc = totp_remove(db, q->user, q->user->person_id);

	if (!rc)
		rc = person_tell(db, q->conf, q->user->person_id, "factor_removed");
	if (!rc)
		rc = session_end_others(db, q->user);
	return rc ? rc : session_rotate(db, q->user, q->user->membership_id, true, &e->token);
}

static int remove_totp(struct req *q, struct doc *out)
{
	struct enrolment e = { .q = q };
	int rc;

	if (q->user->roles & ROLE_ADMINISTRATOR)
		return fail(q->err, E_CONFLICT, _("Administrators need a second factor."));
	rc = person_prove(q->db, q->conf, q->user, "password", INPUT(q, proof_input)->password);
	if (!rc)
		rc = db_transaction(q->db, remove_factor, &e);
	if (rc)
		return rc;
	out->set_session = e.token;
	doc_flash(out, "info", _("Your second factor is removed. Your password alone signs you in now."));
	return doc_go(out, "/account/totp");
}

/* ---- sessions ---- */
static int list_sessions(struct req *q, struct doc *out)
{
	const struct bytes own = q->user->session_hash;
	struct session *rows = NULL;
	size_t n = 0;
	int rc = session_list(q->db, q->conf, q->user, &rows, &n);

	if (!rc)
		rc = doc_rows(out, "sessions", session_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; !rc && i < n; i++) {
		const char *item = doc_item(out, "sessions", i);

		doc_show(out, arena_printf(q->arena, "%s.url", item), arena_printf(q->arena, "/account/sessions/%s/end",
			str_base64url(q->arena, rows[i].hash.data, rows[i].hash.size)));
		doc_show(out, arena_printf(q->arena, "%s.browser", item), agent_text(q->arena, rows[i].agent));
		if (own.size == rows[i].hash.size && !memcmp(own.data, rows[i].hash.data, own.size))
			rc = doc_show(out, arena_printf(q->arena, "%s.current", item), "1");
	}
	return rc;
}

static int end_session(struct req *q, struct doc *out)
{
	unsigned char hash[32];
	size_t n = 0;
	int rc;

	if (!str_from_base64url(q->key, hash, sizeof(hash), &n) || n != sizeof(hash))
		return fail(q->err, E_NOTFOUND, _("This session has already ended."));
	rc = session_end(q->db, q->user, hash);
	if (rc)
		return rc;
	doc_flash(out, "good", _("That session has ended."));
	return doc_go(out, "/account/sessions");
}

static int end_other_sessions(struct req *q, struct doc *out)
{
	int rc = session_end_others(q->db, q->user);

	if (rc)
		return rc;
	doc_flash(out, "good", _("All your other sessions have ended."));
	return doc_go(out, "/account/sessions");
}

/* ---- API tokens ---- */
static const struct choice token_days[] = {
	{ "7", N_("A week"), NULL }, { "30", N_("30 days"), NULL }, { "90", N_("90 days"), NULL },
	{ "365", N_("A year"), NULL }, CHOICE_END
};

static int own_scopes(struct req *q, const struct choice **out)
{
	struct choice *set;
	int rc = token_scopes(q->db, q->user, out);

	/* field_form does not translate what comes from a function */
	for (set = (struct choice *)(uintptr_t)*out; !rc && set->value; set++)
		set->label = _(set->label);
	return rc;
}

static const struct field token_fields[] = {
	FIELD(token_input, name, F_TEXT, .label = N_("What it is for"), .required = true, .max = 80,
		.placeholder = N_("Our CRM")),
	FIELD(token_input, scopes, F_CHOICES, .label = N_("What it may do"), .required = true,
		.choices_of = own_scopes),
	FIELD(token_input, days, F_CHOICE, .label = N_("How long it works"), .required = true, .choices = token_days),
	FIELD_END
};

static int list_tokens(struct req *q, struct doc *out)
{
	struct api_token *rows = NULL;
	size_t n = 0;
	int rc = token_list(q->db, q->user, &rows, &n);

	if (!rc)
		rc = doc_rows(out, "tokens", api_token_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; !rc && i < n; i++)
		rc = doc_show_in(out, "tokens", i, "scopes_text",
			scopes_text(q->arena, scopes_of(rows[i].scopes), true));
	return rc;
}

static int make_token(struct req *q, struct doc *out)
{
	const struct token_input *in = INPUT(q, token_input);
	const char *secret;
	int64_t days = 0, id;
	int rc;

	if (!str_to_int(in->days, 1, TOKEN_DAYS_MAX, &days))
		return fail_field(q->err, "days", _("Choose how long it works."));
	rc = token_add(q->db, q->user, in->name, scopes_of(in->scopes), (int)days, &secret, &id);
	if (rc)
		return rc;
	out->template_ = "account/token-made.cs";
	doc_show(out, "token.name", in->name);
	return doc_show(out, "token.secret", secret);
}

static int revoke_token(struct req *q, struct doc *out)
{
	int rc = token_revoke(q->db, q->user, q->id);

	if (rc)
		return rc;
	doc_flash(out, "good", _("The token no longer works."));
	return doc_go(out, "/account/tokens");
}

static const struct part account_parts[] = {
	{ "person", .columns = person_columns }, { "firms", .columns = firm_columns, .list = true }, PART_END
};
static const struct part token_parts[] = { { "tokens", .columns = api_token_columns, .list = true }, PART_END };
static const struct part no_parts[] = { PART_END };

#define PAGE(path, handler_, template, fields_, type, title_) \
	{ GET, path, handler_, SIGNED_IN, template, fields_, sizeof(struct type), .flags = PAGE_ONLY, \
		.title = title_, .section = "account" }
#define FORM(path, handler_, fields_, type, flags_, title_, page) \
	{ POST, path, handler_, SIGNED_IN, NULL, fields_, sizeof(struct type), .flags = PAGE_ONLY | (flags_), \
		.title = title_, .section = "account", .redraw = page }

static const struct route routes[] = {
	{ GET, "/account", show_account, SIGNED_IN, "account/show.cs", profile_fields, sizeof(struct profile_input),
		.title = N_("Account"), .returns = account_parts, .section = "account" },
	FORM("/account", change_account, profile_fields, profile_input, 0, N_("Save"), "/account"),
	FORM("/account/theme", change_theme, theme_fields, theme_input, 0, N_("Brightness"), "/account"),
	FORM("/account/firm", change_firm, firm_fields, firm_input, 0, N_("Work for another firm"), "/account"),
	PAGE("/account/step-up", show_step_up, "account/step-up.cs", step_up_fields, step_up_input,
		N_("Confirm that it is you")),
	FORM("/account/step-up", do_step_up, step_up_fields, step_up_input, NO_TX, N_("Confirm"), "/account/step-up"),
	PAGE("/account/password", doc_empty, "account/password.cs", change_fields, change_input, N_("Change your password")),
	FORM("/account/password", change_password, change_fields, change_input, NO_TX, N_("Change the password"),
		"/account/password"),
	PAGE("/account/email", doc_empty, "account/email.cs", email_fields, email_input, N_("Change your e-mail address")),
	FORM("/account/email", change_email, email_fields, email_input, NO_TX, N_("Send the link"), "/account/email"),
	{ GET, "/account/email/confirm/{key}", doc_empty, PUBLIC, "account/email-confirm.cs", .flags = PAGE_ONLY,
		.title = N_("Confirm your e-mail address") },
	{ POST, "/account/email/confirm/{key}", confirm_email, PUBLIC, .flags = PAGE_ONLY,
		.title = N_("Confirm"), .redraw = "/account/email/confirm/{key}" },
	{ GET, "/account/membership/{key}", doc_empty, PUBLIC, "account/membership.cs", .flags = PAGE_ONLY,
		.title = N_("Act for one more firm") },
	{ POST, "/account/membership/{key}", accept_membership, PUBLIC, .flags = PAGE_ONLY,
		.title = N_("Accept"), .redraw = "/account/membership/{key}" },
	PAGE("/account/totp", show_totp, "account/totp.cs", totp_fields, totp_input, N_("Second factor")),
	FORM("/account/totp", enrol_totp, totp_fields, totp_input, NO_TX, N_("Set up"), "/account/totp"),
	PAGE("/account/totp/qr", show_qr, NULL, qr_fields, qr_input, N_("Second factor")),
	FORM("/account/totp/codes", new_codes, proof_fields, proof_input, NO_TX, N_("Make new recovery codes"),
		"/account/totp"),
	FORM("/account/totp/remove", remove_totp, proof_fields, proof_input, NO_TX, N_("Remove the second factor"),
		"/account/totp"),
	{ GET, "/account/sessions", list_sessions, SIGNED_IN, "account/sessions.cs", .flags = PAGE_ONLY,
		.title = N_("Where you are signed in"), .section = "account" },
	{ POST, "/account/sessions/{key}/end", end_session, SIGNED_IN, .flags = PAGE_ONLY, .title = N_("Sign out there"),
		.redraw = "/account/sessions" },
	{ POST, "/account/sessions/end-others", end_other_sessions, SIGNED_IN, .flags = PAGE_ONLY,
		.title = N_("Sign out everywhere else"), .redraw = "/account/sessions" },
	{ GET, "/account/tokens", list_tokens, TOKEN_MANAGE, "account/tokens.cs", .title = N_("API tokens"),
		.returns = token_parts, .section = "account" },
	{ GET, "/account/tokens/new", doc_empty, TOKEN_MANAGE, "account/token-new.cs", token_fields,
		sizeof(struct token_input), .flags = PAGE_ONLY | STEP_UP, .title = N_("New API token"), .section = "account" },
	{ POST, "/account/tokens", make_token, TOKEN_MANAGE, NULL, token_fields, sizeof(struct token_input),
		.flags = PAGE_ONLY | STEP_UP, .title = N_("Create the token"), .section = "account",
		.redraw = "/account/tokens/new" },
	{ POST, "/account/tokens/{id}/revoke", revoke_token, TOKEN_MANAGE, .title = N_("Revoke an API token"),
		.returns = no_parts, .section = "account", .redraw = "/account/tokens" },
	ROUTE_END
};

PROGRAM(account, "account", routes)
