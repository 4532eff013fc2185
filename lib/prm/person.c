/* person.c - one's own account: profile, password, e-mail address, forgotten password */
#include "person.h"

#include "api_token.h"
#include "event.h"
#include "intl.h"
#include "letter.h"
#include "link_token.h"
#include "log.h"
#include "partner.h"
#include "password.h"
#include "session_store.h"
#include "str.h"
#include "throttle.h"

#define SQL_PERSON \
	"SELECT id, version, name, email, language, zone, theme, status, totp_secret IS NOT NULL AS has_totp," \
	" created_at, last_sign_in_at, password_changed_at, password_hash FROM person"
static const char SQL_GET[] = SQL_PERSON " WHERE id = ?";
static const char SQL_BY_EMAIL[] = SQL_PERSON " WHERE email = ?";
static const char SQL_CHANGE[] =
	"UPDATE person SET name = ?, language = ?, zone = ?, theme = ?, version = version + 1"
	" WHERE id = ? AND (? = 0 OR version = ?)";
static const char SQL_SET_PASSWORD[] =
	"UPDATE person SET password_hash = ?, password_changed_at = ?, status = 'active',"
	" name = COALESCE(?, name), version = version + 1 WHERE id = ? AND status <> 'disabled'";
static const char SQL_SET_EMAIL[] = "UPDATE person SET email = ?, version = version + 1 WHERE id = ?";

const struct choice person_status_choices[] = {
	{ "invited", N_("Invited"), "wait" },
	{ "active", N_("Active"), "good" },
	{ "disabled", N_("Disabled"), "bad" },
	CHOICE_END
};
const struct choice theme_choices[] = {
	{ "auto", N_("As the device says"), NULL },
	{ "light", N_("Light"), NULL },
	{ "dark", N_("Dark"), NULL },
	CHOICE_END
};
const struct choice language_choices[] = {
	{ "en", N_("English"), NULL },
	{ "de", N_("German"), NULL },
	CHOICE_END
};

const struct column person_columns[] = {
	COL(person, id, .describe = N_("Number of the person")),
	COL(person, version, .describe = N_("Changes with every change")),
	COL(person, name, .max = 120, .describe = N_("As they want to be called")),
	COL(person, email, .max = 254, .describe = N_("Sign-in name")),
	COL(person, language, .describe = N_("Of pages and mails")),
	COL(person, zone, .describe = N_("IANA zone times are shown in")),
	COL(person, theme, .choices = theme_choices, .describe = N_("Light or dark")),
	COL(person, status, .choices = person_status_choices, .describe = N_("Whether they can sign in")),
	COL(person, has_totp, .describe = N_("Whether a second factor is set up")),
	COL(person, created_at, .describe = N_("When the person was entered")),
	COL(person, last_sign_in_at, .nullable = true, .describe = N_("Last sign-in")),
	COL(person, password_changed_at, .nullable = true, .describe = N_("When the password was set")),
	COL(person, password_hash, .hidden = true),
	COL_END
};

int person_get(struct db *db, int64_t id, struct person *out)
{
	return db_row(db, SQL_GET, ARGS(A(id)), person_columns, out);
}

static int note(struct db *db, const struct user *u, int64_t person_id, const char *what, const char *text)
{
	LOG(LOG_NOTE, "user_updated", LOG_NUM("person", person_id), LOG_TEXT("what", what));
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "person", .noun_id = person_id,
		.partner_id = u ? u->partner_id : 0, .what = what, .text = text });
}

int person_change(struct db *db, const struct user *u, int64_t version, const char *name, const char *language,
	const char *zone, const char *theme)
{
	int rc = db_change_one(db, SQL_CHANGE, ARGS(A(name), A(language), A(zone), A(theme), A(u->person_id),
		A(version), A(version)));

	return rc ? rc : note(db, u, u->person_id, "profile_changed", NULL);
}

/* ---- what the person is told ---- */

static const struct { const char *what, *subject; } tellings[] = {
	{ "password",       N_("Your password for %s was changed") },
	{ "factor",         N_("A second factor was set up for %s") },
	{ "factor_removed", N_("Your second factor for %s was removed") },
	{ "email",          N_("Your e-mail address for %s was changed") },
};

static int tell(struct db *db, const struct conf *c, const struct person *p, const char *to, const char *what)
{
	for (size_t i = 0; i < sizeof(tellings) / sizeof(tellings[0]); i++)
		if (str_eq(tellings[i].what, what))
			return letter_put(db, c, &(struct letter){ .to = to, .name = p->name, .language = p->language,
				.template_ = "account-changed", .subject = tellings[i].subject, .page = "/account" },
				json_pack("{s:s, s:s}", "what", what,
					"at", str_or(when_text(db->arena, db->now, p->zone, p->language), "")));
	return fail_detail(db->err, E_INTERNAL, "no letter about %s", what);
}

int person_tell(struct db *db, const struct conf *c, int64_t person_id, const char *what)
{
	struct person p = { .id = 0 };
	int rc = person_get(db, person_id, &p);

	return rc ? rc : tell(db, c, &p, p.email, what);
}

/* ---- password ---- */

static int allowed(struct db *db, const struct conf *c, const char *field, const char *password,
	const char *name, const char *email, const char *firm)
{
	struct programme programme = { .name = NULL };
	int rc = programme_get(db, &programme);

	if (rc && rc != E_NOTFOUND)
		return rc;
	err_clear(db->err);
	return password_allowed(db, c, field, password, &(struct password_about){ .name = name, .email = email,
		.vendor = str_or(programme.name, c->site_name), .firm = firm });
}

static int store_password(struct db *db, const struct conf *c, int64_t person_id, const char *password,
	const char *name)
{
	const char *hash;
	int rc = password_hash(db, c, password, &hash);

	if (!rc)
		rc = db_change_one(db, SQL_SET_PASSWORD, ARGS(A(hash), A(db->now), A(name), A(person_id)));
	return rc ? rc : link_token_end_all(db, person_id);
}

int person_set_password(struct db *db, const struct conf *c, const struct user *u, const char *field, const char *password)
{
	int rc = allowed(db, c, field, password, u->name, u->email, u->firm);

	if (!rc)
		rc = store_password(db, c, u->person_id, password, NULL);
	if (!rc)
		rc = person_tell(db, c, u->person_id, "password");
	if (!rc)
		rc = note(db, u, u->person_id, "password_changed", NULL);
	if (!rc)
		rc = session_end_others(db, u);
	if (!rc)
		LOG(LOG_NOTE, "authn_password_change", LOG_NUM("person", u->person_id));
	return rc;
}

/* ---- a new e-mail address ---- */

int person_email_ask(struct db *db, const struct conf *c, const struct user *u, const char *email)
{
	struct person other = { .id = 0 };
	const char *to = email_key(db, email), *token;
	int rc;

	if (str_eq(to, u->email))
		return fail_field(db->err, "email", _("That is your address already."));
	rc = db_row(db, SQL_BY_EMAIL, ARGS(A(to)), person_columns, &other);
	if (rc && rc != E_NOTFOUND)
		return rc;
	err_clear(db->err);
	/* The same answer when somebody has it: who works where is nobody else's business. */
	if (rc == E_NOTFOUND) {
		rc = link_token_add(db, "email", u->person_id, to, EMAIL_SECONDS, &token);
		if (!rc)
			rc = letter_put(db, c, &(struct letter){ .to = to, .name = u->name, .language = u->language,
				.template_ = "email-change", .subject = N_("Confirm your new e-mail address for %s"),
				.secret_path = arena_printf(db->arena, "/account/email/confirm/%s", token),
				.secret_seconds = EMAIL_SECONDS }, NULL);
	}
	if (!rc)
		rc = letter_put(db, c, &(struct letter){ .to = u->email, .name = u->name, .language = u->language,
			.template_ = "email-change-asked", .page = "/account/sessions",
			.subject = N_("A new e-mail address was asked for at %s") }, json_pack("{s:s}", "email", to));
	return rc ? rc : note(db, u, u->person_id, "email_change_asked", NULL);
}

int person_email_confirm(struct db *db, const struct conf *c, const char *token)
{
	struct link_token t = { .person_id = 0 };
	struct person p = { .id = 0 };
	struct user u = { .person_id = 0 };
	int rc = link_token_find(db, "email", token, &t);

	if (!rc)
		rc = person_get(db, t.person_id, &p);
	if (!rc)
		rc = link_token_use(db, "email", token);
	if (!rc)
		rc = db_change_one(db, SQL_SET_EMAIL, ARGS(A(t.email), A(t.person_id)));
	if (rc == E_DUPLICATE)
		return fail(db->err, E_CONFLICT, _("This address cannot be used. Ask for another one."));
	if (!rc)
		rc = tell(db, c, &p, p.email, "email");
	if (!rc)
		rc = link_token_end_all(db, t.person_id);
	if (rc)
		return rc;
	u.person_id = p.id;
	u.name = p.name;
	return note(db, &u, p.id, "email_changed", NULL);
}

/* ---- forgotten password; invitation ---- */

int reset_ask(struct db *db, const struct conf *c, const char *email)
{
	struct person p = { .id = 0 };
	const char *token;
	int rc = db_row(db, SQL_BY_EMAIL, ARGS(A(email_key(db, email))), person_columns, &p);

	if (rc == E_NOTFOUND || (!rc && str_eq(p.status, "disabled"))) {
		err_clear(db->err);
		LOG(LOG_NOTE, "authn_reset_unknown", LOG_NUM("person", p.id));
		return OK;
	}
	if (rc)
		return rc;
	/* Who never accepted the invitation gets it again, by the same link. */
	rc = link_token_add(db, "reset", p.id, NULL, RESET_SECONDS, &token);
	if (!rc)
		rc = letter_put(db, c, &(struct letter){ .to = p.email, .name = p.name, .language = p.language,
			.template_ = "reset", .subject = N_("Set a new password for %s"),
			.secret_path = arena_printf(db->arena, "/reset/%s", token), .secret_seconds = RESET_SECONDS },
			NULL);
	return rc ? rc : note(db, NULL, p.id, "password_reset_asked", NULL);
}

int link_set_password(struct db *db, const struct conf *c, const char *kind, const char *token,
	const char *field, const char *password, const char *name, const char *address)
{
	bool invitation = str_eq(kind, "invitation");
	struct link_token t = { .person_id = 0 };
	struct user u = { .address = address };
	int rc = link_token_find(db, kind, token, &t);

	name = str_empty(name) ? NULL : name;
	if (!rc)
		rc = allowed(db, c, field, password, str_or(name, t.name), t.person_email, NULL);
	if (!rc)
		rc = link_token_use(db, kind, token);
	if (!rc)
		rc = store_password(db, c, t.person_id, password, name);
	/* Whoever sets the first password accepts what the link is of; by a link of /reset, their first invitation. */
	if (!rc && str_eq(t.status, "invited") && (t.membership_id || !invitation))
		rc = link_token_join(db, &t);
	if (!rc)
		rc = session_end_all(db, t.person_id);
	if (!rc && !invitation)
		rc = person_tell(db, c, t.person_id, "password");
	if (rc)
		return rc;
	u.person_id = t.person_id;
	u.name = str_or(name, t.name);
	LOG(LOG_NOTE, invitation ? "user_created" : "authn_password_change", LOG_NUM("person", t.person_id),
		LOG_TEXT("address", address));
	return note(db, &u, t.person_id, invitation ? "invitation_accepted" : "password_reset", NULL);
}
