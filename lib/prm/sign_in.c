/* sign_in.c - who proves to be whom
 *
 * Guessing is slowed, nobody is locked out (ASVS 5.0 V6.3.1): after 5 failures from one address for
 * one account each further try waits 2, 4, 8 ... seconds, at most 15 minutes; an address may fail 50
 * times in 15 minutes; and an account's tries from addresses it never signed in from are slowed
 * together after 50.  Tries are counted before the password is looked at, so that many at once
 * count too; a success takes its count back.
 */
#include <ctype.h>
#include <sodium.h>

#include "agent.h"
#include "event.h"
#include "intl.h"
#include "letter.h"
#include "log.h"
#include "password.h"
#include "person.h"
#include "secret.h"
#include "session_store.h"
#include "str.h"
#include "throttle.h"
#include "totp.h"

#define WINDOW 900            /* seconds */
#define PAIR_FREE 5
#define ACCOUNT_FREE 50
#define ADDRESS_MOST 50
#define CODE_FREE 5
#define STATE_SECONDS 300

static const char SQL_KNOWN[] =
	"SELECT p.id, p.name, p.email, p.language, p.zone, p.password_hash, p.status = 'active' AS active,"
	" p.totp_secret IS NOT NULL AS has_totp, p.version,"
	" (SELECT m.id FROM membership m LEFT JOIN partner f ON f.id = m.partner_id WHERE m.person_id = p.id"
	"  AND m.status = 'active' AND (f.id IS NULL OR f.status <> 'terminated')"
	"  ORDER BY m.id = p.last_membership_id DESC, m.id LIMIT 1) AS membership_id,"
	" EXISTS (SELECT 1 FROM device d WHERE d.person_id = p.id AND d.hash = ?) AS address_known"
	" FROM person p";
#define BY_EMAIL " WHERE p.email = ?"
#define BY_ID " WHERE p.id = ?"
static const char SQL_REHASH[] = "UPDATE person SET password_hash = ? WHERE id = ? AND password_hash = ?";
static const char SQL_SIGNED_IN[] = "UPDATE person SET last_sign_in_at = ? WHERE id = ?";

struct known {
	int64_t id;
	const char *name, *email, *language, *zone, *password_hash;
	bool active, has_totp;
	int64_t version, membership_id;
	bool address_known;
};
static const struct column known_columns[] = {
	COL(known, id), COL(known, name), COL(known, email), COL(known, language), COL(known, zone),
	COL(known, password_hash), COL(known, active), COL(known, has_totp), COL(known, version), COL(known, membership_id),
	COL(known, address_known), COL_END
};

/* One attempt: what its steps hand on. */
struct attempt {
	const struct conf *conf;
	struct known known;
	const char *email, *address, *agent, *code;
	const char *fresh_hash;      /* the password hashed anew, when its parameters were old */
	const char *token;
	bool recovery;
};

const char *email_key(struct db *db, const char *email)
{
	char *out = str_trim(db->arena, str_or(email, ""));

	for (char *s = out; s && *s; s++)
		*s = (char)tolower((unsigned char)*s);
	return out ? out : "";
}

static const char *address_mark(struct db *db, const char *address)
{
	return str_or(arena_printf(db->arena, "address %s", address), "address");
}

static int find_known(struct db *db, struct attempt *a, const char *condition, struct arg who)
{
	unsigned char hash[HASH_SIZE];
	const char *sql = arena_printf(db->arena, "%s%s", SQL_KNOWN, condition);
	int rc;

	if (!sql)
		return fail_detail(db->err, E_NOMEM, "sign-in");
	token_hash(address_mark(db, a->address), hash);
	rc = db_row(db, sql, ARGS(arg_bytes(hash, sizeof(hash)), who), known_columns, &a->known);
	if (rc == E_NOTFOUND) {
		a->known = (struct known){ .id = 0 };
		err_clear(db->err);
		return OK;
	}
	return rc;
}

static const char *pair_name(struct db *db, const struct attempt *a)
{
	return str_or(arena_printf(db->arena, "%s %s", a->email, a->address), a->email);
}

static int count_attempt(struct db *db, const struct attempt *a)
{
	int rc = throttle_hit(db, "sign-in-address", a->address, ADDRESS_MOST, WINDOW);

	if (!rc)
		rc = throttle_slow(db, "sign-in", pair_name(db, a), PAIR_FREE, WINDOW);
	if (!rc && !a->known.address_known)
		rc = throttle_slow(db, "sign-in-account", a->email, ACCOUNT_FREE, WINDOW);
	return rc;
}

/* It was no guess after all. */
static int uncount_attempt(struct db *db, const struct attempt *a)
{
	int rc = throttle_forgive(db, "sign-in-address", a->address);

	if (!rc)
		rc = throttle_clear(db, "sign-in", pair_name(db, a));
	if (!rc && !a->known.address_known)
		rc = throttle_forgive(db, "sign-in-account", a->email);
	return rc;
}

static int refuse(struct db *db, const struct attempt *a, const char *why)
{
	LOG(LOG_TROUBLE, "authn_login_fail", LOG_TEXT("why", why), LOG_NUM("person", a->known.id),
		LOG_TEXT("address", a->address));
	fail(db->err, E_AUTH, _("The e-mail address, the password or the code is not right."));
	return fail_hint(db->err, _("If you have forgotten your password, you can set a new one."));
}

/* Everybody's answer takes one hash: unknown, disabled and without a firm too. */
static int check_password(struct db *db, struct attempt *a, const char *password)
{
	const struct known *k = &a->known;
	bool able = k->id && k->active && k->membership_id, match, stale;
	int rc = password_verify(db, a->conf, able ? k->password_hash : NULL, password, &match, &stale);

	if (rc)
		return rc;
	if (!match)
		return refuse(db, a, !k->id ? "unknown" : able ? "password" : "not active");
	if (stale)
		return password_hash(db, a->conf, password, &a->fresh_hash);
	return OK;
}

static int tell_new_browser(struct db *db, const struct attempt *a)
{
	bool known = true, address_known;
	int rc = session_device_known(db, a->known.id, a->agent, &known);

	if (!rc)
		rc = session_device_known(db, a->known.id, address_mark(db, a->address), &address_known);
	if (rc || known)
		return rc;
	return letter_put(db, a->conf, &(struct letter){ .to = a->known.email, .name = a->known.name,
		.language = a->known.language, .template_ = "new-sign-in", .page = "/account/sessions",
		.subject = N_("New sign-in to %s") },
		json_pack("{s:s, s:s, s:s}", "agent", agent_text(db->arena, a->agent), "address", a->address,
			"at", str_or(when_text(db->arena, db->now, a->known.zone, a->known.language), "")));
}

static int open_session(struct db *db, void *arg)
{
	struct attempt *a = arg;
	const struct known *k = &a->known;
	struct user u = { .person_id = k->id, .name = k->name, .address = a->address };
	int rc = OK;

	if (k->has_totp)
		rc = factor_use(db, a->conf, k->id, a->code, &a->recovery);
	if (!rc && a->fresh_hash)
		rc = db_exec(db, SQL_REHASH, ARGS(A(a->fresh_hash), A(k->id), A(k->password_hash)), NULL);
	if (!rc)
		rc = tell_new_browser(db, a);
	if (!rc)
		rc = db_exec(db, SQL_SIGNED_IN, ARGS(A(db->now), A(k->id)), NULL);
	if (!rc)
		rc = session_add(db, k->id, k->membership_id, a->address, a->agent, &a->token);
	if (rc)
		return rc;
	return event_add(db, &u, TO_AUDIT, &(struct event){ .noun = "session", .noun_id = k->id,
		.what = a->recovery ? "signed_in_by_recovery" : "signed_in", .text = a->agent });
}

static int finish(struct db *db, struct attempt *a, const char **token, struct user *out)
{
	char who[32];
	int rc;

	snprintf(who, sizeof(who), "%" PRId64, a->known.id);
	rc = a->known.has_totp ? throttle_slow(db, "sign-in-code", who, CODE_FREE, WINDOW) : OK;
	if (!rc)
		rc = db_transaction(db, open_session, a);
	if (rc == E_AUTH)
		return refuse(db, a, "code");
	if (!rc && a->known.has_totp)
		rc = throttle_clear(db, "sign-in-code", who);
	if (!rc)
		rc = user_by_session(db, a->conf, a->token, out);
	if (rc)
		return rc;
	*token = a->token;
	out->address = a->address;
	out->agent = a->agent;
	LOG(LOG_NOTE, "authn_login_success", LOG_NUM("person", a->known.id), LOG_TEXT("address", a->address),
		LOG_TEXT("factor", !a->known.has_totp ? "password" : a->recovery ? "recovery" : "totp"));
	return OK;
}

int sign_in(struct db *db, const struct conf *c, const char *email, const char *password, const char *code,
	const char *address, const char *agent, const char **token, struct user *out)
{
	struct attempt a = { .conf = c, .email = email_key(db, email), .address = str_or(address, "-"),
		.agent = str_or(agent, ""), .code = code };
	int rc = find_known(db, &a, BY_EMAIL, A(a.email));

	if (!rc)
		rc = count_attempt(db, &a);
	if (!rc)
		rc = check_password(db, &a, password);
	if (!rc)
		rc = uncount_attempt(db, &a);
	if (rc)
		return rc;
	if (a.known.has_totp && str_empty(code)) {
		rc = seal_text(db, c, "sign-in", arena_printf(db->arena, "%" PRId64 " %" PRId64, a.known.id,
			a.known.version), STATE_SECONDS, token);
		return rc ? rc : fail(db->err, E_STEPUP, _("Enter the code your authenticator app shows."));
	}
	return finish(db, &a, token, out);
}

int sign_in_code(struct db *db, const struct conf *c, const char *state, const char *code,
	const char *address, const char *agent, const char **token, struct user *out)
{
	struct attempt a = { .conf = c, .address = str_or(address, "-"), .agent = str_or(agent, ""), .code = code };
	const char *text;
	char *end;
	int64_t id;
	int rc = unseal_text(db, c, "sign-in", state, &text);

	if (rc)
		return rc == E_INVALID ? fail(db->err, E_INVALID, _("That took too long. Start again.")) : rc;
	id = strtoll(text, &end, 10);
	rc = find_known(db, &a, BY_ID, A(id));
	if (rc)
		return rc;
	/* A changed password or factor in the meantime makes the first page's proof worthless. */
	if (!a.known.id || !a.known.active || !a.known.membership_id || strtoll(end, NULL, 10) != a.known.version)
		return refuse(db, &a, "changed meanwhile");
	a.email = a.known.email;
	return finish(db, &a, token, out);
}

/* ---- again, for somebody who is signed in ---- */

static int find_self(struct db *db, const struct conf *c, const struct user *u, struct attempt *a)
{
	int rc;

	*a = (struct attempt){ .conf = c, .address = str_or(u->address, "-"), .agent = str_or(u->agent, "") };
	rc = find_known(db, a, BY_ID, A(u->person_id));
	return rc ? rc : a->known.id ? OK : fail(db->err, E_AUTH, _("Your session has ended. Sign in again."));
}

int person_prove(struct db *db, const struct conf *c, const struct user *u, const char *field, const char *password)
{
	struct attempt a;
	bool match, stale;
	char who[32];
	int rc = find_self(db, c, u, &a);

	snprintf(who, sizeof(who), "%" PRId64, u->person_id);
	if (!rc)
		rc = throttle_slow(db, "prove", who, PAIR_FREE, WINDOW);
	if (!rc)
		rc = password_verify(db, c, a.known.password_hash, password, &match, &stale);
	if (rc)
		return rc;
	if (!match) {
		LOG(LOG_TROUBLE, "authn_login_fail", LOG_TEXT("why", "password again"), LOG_NUM("person", u->person_id),
			LOG_TEXT("address", u->address));
		return fail_field(db->err, field, _("That is not your password."));
	}
	return throttle_clear(db, "prove", who);
}

struct step_up {
	const struct conf *conf;
	const struct user *user;
	const char *code, *token;
	bool has_totp;
};

static int do_step_up(struct db *db, void *arg)
{
	struct step_up *s = arg;
	bool recovery = false;
	int rc = s->has_totp ? factor_use(db, s->conf, s->user->person_id, s->code, &recovery) : OK;

	if (!rc)
		rc = session_rotate(db, s->user, s->user->membership_id, true, &s->token);
	if (rc)
		return rc;
	return event_add(db, s->user, TO_AUDIT, &(struct event){ .noun = "session", .noun_id = s->user->person_id,
		.partner_id = s->user->partner_id, .what = recovery ? "stepped_up_by_recovery" : "stepped_up" });
}

int session_step_up(struct db *db, const struct conf *c, const struct user *u, const char *password, const char *code,
	const char **token)
{
	struct step_up s = { .conf = c, .user = u, .code = code };
	struct attempt a;
	char who[32];
	int rc = find_self(db, c, u, &a);

	snprintf(who, sizeof(who), "%" PRId64, u->person_id);
	if (!rc && a.known.has_totp && str_empty(code))
		rc = fail_field(db->err, "code", _("Enter the code your authenticator app shows."));
	if (!rc)
		rc = person_prove(db, c, u, "password", password);
	if (!rc && a.known.has_totp)
		rc = throttle_slow(db, "sign-in-code", who, CODE_FREE, WINDOW);
	if (rc)
		return rc;
	s.has_totp = a.known.has_totp;
	rc = db_transaction(db, do_step_up, &s);
	if (rc == E_AUTH && s.has_totp && !s.token) {
		LOG(LOG_TROUBLE, "authn_login_fail", LOG_TEXT("why", "code again"), LOG_NUM("person", u->person_id));
		err_clear(db->err);
		return fail_field(db->err, "code", _("That code is not right, or was used already."));
	}
	if (!rc && a.known.has_totp)
		rc = throttle_clear(db, "sign-in-code", who);
	*token = s.token;
	return rc;
}
