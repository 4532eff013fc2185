/* sign-in.c - signing in and out, a forgotten password, an invitation accepted
 *
 * Who proves to be whom, and how guessing is slowed, is in lib/prm/sign_in.c; one-time
 * links are in lib/prm/link_token.c.  Nothing here tells whether an address is known.
 */
#include "link_token.h"
#include "next.h"
#include "password.h"
#include "person.h"
#include "prm.h"
#include "throttle_now.h"

#define NEW_PASSWORD_HELP N_("At least 10 characters. Several words are easy to remember and hard to guess.")

struct sign_in_input { const char *email, *password, *next; };
struct code_input { const char *state, *code, *next; };
struct reset_input { const char *email; };
struct password_input { const char *password; };
struct accept_input { const char *name, *password; };

/* ---- signing in ---- */
static const struct field sign_in_fields[] = {
	FIELD(sign_in_input, email, F_EMAIL, .label = N_("E-mail address"), .required = true, .max = 254,
		.autocomplete = "username"),
	FIELD(sign_in_input, password, F_PASSWORD, .label = N_("Password"), .required = true, .max = PASSWORD_MAX,
		.autocomplete = "current-password"),
	FIELD(sign_in_input, next, F_TEXT, .hidden = true, .max = 511),
	FIELD_END
};

static const struct field code_fields[] = {
	FIELD(code_input, code, F_TEXT, .label = N_("Code"), .required = true, .max = 40,
		.help = N_("Six digits from your authenticator app, or one of your recovery codes."),
		.autocomplete = "one-time-code"),
	FIELD(code_input, state, F_TEXT, .hidden = true, .max = 600),
	FIELD(code_input, next, F_TEXT, .hidden = true, .max = 511),
	FIELD_END
};

static const char *home_of(const struct user *u)
{
	return user_may(u, DASHBOARD_READ) ? "/dashboard" : "/account";
}

static int show_sign_in(struct req *q, struct doc *out)
{
	const struct sign_in_input *in = INPUT(q, sign_in_input);

	if (q->user->person_id)
		return doc_go(out, "%s", next_path(in->next, home_of(q->user)));
	return OK;
}

/* The session of the cookie that came with the request, if there is one. */
static int end_session(struct db *db, void *user)
{
	const struct user *u = user;
	int rc = u->session_hash.size ? session_end(db, u, u->session_hash.data) : OK;

	if (rc == E_NOTFOUND) {
		err_clear(db->err);
		rc = OK;
	}
	return rc;
}

/* A session from before is ended: one browser, one session. */
static int enter(struct req *q, struct doc *out, const char *token, const struct user *u, const char *next)
{
	int rc = db_transaction(q->db, end_session, q->user);

	out->set_session = token;
	if (u->must_enroll_totp)
		doc_flash(out, "info", _("Set up your second factor under Account: changes in the administration ask for it."));
	return rc ? rc : doc_go(out, "%s", next_path(next, home_of(u)));
}

static int do_sign_in(struct req *q, struct doc *out)
{
	const struct sign_in_input *in = INPUT(q, sign_in_input);
	struct user u = { .person_id = 0 };
	const char *token;
	int rc = sign_in(q->db, q->conf, in->email, in->password, NULL, q->address, q->agent, &token, &u);

	if (rc == E_STEPUP) {
		err_clear(q->err);
		out->template_ = "sign-in/code.cs";
		doc_show(out, "state", token);
		return doc_show(out, "next", next_path(in->next, ""));
	}
	return rc ? rc : enter(q, out, token, &u, in->next);
}

/* Its address opened by hand: there is no first page to this second one. */
static int show_code(struct req *q, struct doc *out)
{
	return params_get(&q->form, "state") ? OK : doc_go(out, "/sign-in");
}

static int do_code(struct req *q, struct doc *out)
{
	const struct code_input *in = INPUT(q, code_input);
	struct user u = { .person_id = 0 };
	const char *token;
	int rc = sign_in_code(q->db, q->conf, in->state, in->code, q->address, q->agent, &token, &u);

	if (rc == E_INVALID) {
		doc_flash(out, "info", _("That took too long, so please sign in again."));
		return doc_go(out, "/sign-in");
	}
	return rc ? rc : enter(q, out, token, &u, in->next);
}

/* REPLAYABLE: also from a page that was open for too long, somebody can leave. */
static int do_sign_out(struct req *q, struct doc *out)
{
	int rc = db_transaction(q->db, end_session, q->user);

	out->set_session = "";
	doc_flash(out, "good", _("You are signed out."));
	return rc ? rc : doc_go(out, "/sign-in");
}

/* ---- a forgotten password ---- */
static const struct field reset_fields[] = {
	FIELD(reset_input, email, F_EMAIL, .label = N_("E-mail address"), .required = true, .max = 254,
		.autocomplete = "username"),
	FIELD_END
};

static const struct field password_fields[] = {
	FIELD(password_input, password, F_PASSWORD, .label = N_("New password"), .required = true,
		.max = PASSWORD_MAX, .autocomplete = "new-password", .help = NEW_PASSWORD_HELP),
	FIELD_END
};

static int ask_reset(struct req *q, struct doc *out)
{
	const char *email = email_key(q->db, INPUT(q, reset_input)->email);
	int rc = throttle(q->db, "reset-address", q->address, 20, 3600);

	if (!rc)
		rc = throttle(q->db, "reset", email, 3, 3600);
	else
		return rc;
	/* Somebody's mailbox is not flooded, and whoever asks does not learn that it was not. */
	if (rc == E_LIMIT)
		err_clear(q->err);
	else
		rc = rc ? rc : reset_ask(q->db, q->conf, email);
	if (rc && rc != E_LIMIT)
		return rc;
	doc_flash(out, "info", _("If we know this address, a mail with a link is on its way. It works for an hour."));
	return doc_go(out, "/sign-in");
}

/* Shows whom a link is for, without using it up. */
static int show_link(struct req *q, struct doc *out, const char *kind, struct link_token *t)
{
	int rc = throttle(q->db, "link", q->address, 60, 900);

	if (!rc)
		rc = link_token_find(q->db, kind, q->key, t);
	return rc ? rc : doc_show(out, "link.email", t->person_email);
}

static int show_reset(struct req *q, struct doc *out)
{
	struct link_token t = { .person_id = 0 };

	return show_link(q, out, "reset", &t);
}

static int do_reset(struct req *q, struct doc *out)
{
	int rc = link_set_password(q->db, q->conf, "reset", q->key, "password",
		INPUT(q, password_input)->password, NULL, q->address);

	if (rc)
		return rc;
	doc_flash(out, "good", _("Your new password is set. Sign in with it."));
	return doc_go(out, "/sign-in");
}

/* ---- an invitation ---- */
static const struct field accept_fields[] = {
	FIELD(accept_input, name, F_TEXT, .label = N_("Your name"), .required = true, .max = 120,
		.autocomplete = "name"),
	FIELD(accept_input, password, F_PASSWORD, .label = N_("Password"), .required = true, .max = PASSWORD_MAX,
		.autocomplete = "new-password", .help = NEW_PASSWORD_HELP),
	FIELD_END
};

static int show_invitation(struct req *q, struct doc *out)
{
	struct link_token t = { .person_id = 0 };
	int rc = show_link(q, out, "invitation", &t);

	INPUT(q, accept_input)->name = t.name;
	return rc;
}

static int accept_invitation(struct req *q, struct doc *out)
{
	const struct accept_input *in = INPUT(q, accept_input);
	int rc = link_set_password(q->db, q->conf, "invitation", q->key, "password", in->password, in->name,
		q->address);

	if (rc)
		return rc;
	doc_flash(out, "good", _("Welcome! Your password is set. Sign in with it."));
	return doc_go(out, "/sign-in");
}

static const struct route routes[] = {
	{ GET, "/sign-in", show_sign_in, PUBLIC, "sign-in/sign-in.cs", sign_in_fields,
		sizeof(struct sign_in_input), .flags = PAGE_ONLY, .title = N_("Sign in") },
	{ POST, "/sign-in", do_sign_in, PUBLIC, NULL, sign_in_fields, sizeof(struct sign_in_input),
		.flags = PAGE_ONLY | REPLAYABLE, .title = N_("Sign in"), .redraw = "/sign-in" },
	{ GET, "/sign-in/code", show_code, PUBLIC, "sign-in/code.cs", code_fields, sizeof(struct code_input),
		.flags = PAGE_ONLY, .title = N_("Enter your code") },
	{ POST, "/sign-in/code", do_code, PUBLIC, NULL, code_fields, sizeof(struct code_input),
		.flags = PAGE_ONLY | REPLAYABLE, .title = N_("Sign in"), .redraw = "/sign-in/code" },
	{ POST, "/sign-out", do_sign_out, PUBLIC, NULL, NULL, 0, .flags = PAGE_ONLY | REPLAYABLE, .title = N_("Sign out") },
	{ GET, "/reset", doc_empty, PUBLIC, "sign-in/reset.cs", reset_fields, sizeof(struct reset_input),
		.flags = PAGE_ONLY, .title = N_("Set a new password") },
	{ POST, "/reset", ask_reset, PUBLIC, NULL, reset_fields, sizeof(struct reset_input),
		.flags = PAGE_ONLY, .title = N_("Send me a link"), .redraw = "/reset" },
	{ GET, "/reset/{key}", show_reset, PUBLIC, "sign-in/new-password.cs", password_fields,
		sizeof(struct password_input), .flags = PAGE_ONLY, .title = N_("Set a new password") },
	{ POST, "/reset/{key}", do_reset, PUBLIC, NULL, password_fields, sizeof(struct password_input),
		.flags = PAGE_ONLY, .title = N_("Set the password"), .redraw = "/reset/{key}" },
	{ GET, "/invitation/{key}", show_invitation, PUBLIC, "sign-in/invitation.cs", accept_fields,
		sizeof(struct accept_input), .flags = PAGE_ONLY, .title = N_("Welcome") },
	{ POST, "/invitation/{key}", accept_invitation, PUBLIC, NULL, accept_fields, sizeof(struct accept_input),
		.flags = PAGE_ONLY, .title = N_("Set the password and join"), .redraw = "/invitation/{key}" },
	ROUTE_END
};

PROGRAM(sign_in, "sign-in", routes)
