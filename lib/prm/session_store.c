/* session_store.c - sessions: found by their token, listed, ended, made anew
 *
 * Only the BLAKE2b hash of a token is kept.  A session ends after conf->session_idle
 * seconds without use and conf->session_absolute seconds after sign-in; an ended
 * membership, a disabled person or a terminated firm end it at once.
 */
#include <sodium.h>

#include "event.h"
#include "intl.h"
#include "person.h"
#include "secret.h"
#include "session_store.h"
#include "str.h"

#define SQL_PERSON \
	" p.id AS person_id, p.name, p.email, p.language, p.zone, p.theme," \
	" p.totp_secret IS NULL AS no_totp, m.id AS membership_id, m.partner_id, m.roles+0 AS role_bits," \
	" COALESCE(f.name, g.name, '') AS firm"
#define SQL_FIRM \
	" JOIN person p ON p.id = m.person_id AND p.status = 'active'" \
	" LEFT JOIN partner f ON f.id = m.partner_id" \
	" LEFT JOIN programme g ON g.id = 1 AND m.partner_id IS NULL"
/* Under one statement a request, the menu's firms come with the user. */
#define SQL_FIRMS \
	" (SELECT GROUP_CONCAT(m2.id, '\t', COALESCE(f2.name, (SELECT name FROM programme), '')" \
	" ORDER BY m2.firm_key <> 0, f2.name SEPARATOR '\n') FROM membership m2" \
	" LEFT JOIN partner f2 ON f2.id = m2.partner_id WHERE m2.person_id = p.id AND m2.status = 'active'" \
	" AND (f2.id IS NULL OR f2.status <> 'terminated')) AS firms"
#define SQL_LIVES \
	" m.status = 'active' AND (f.id IS NULL OR f.status <> 'terminated')"

static const char SQL_BY_SESSION[] =
	"SELECT s.hash, s.seen_at, s.stepped_up_at, 0 AS token_id, '' AS scopes," SQL_FIRMS "," SQL_PERSON
	" FROM session s JOIN membership m ON m.id = s.membership_id" SQL_FIRM
	" WHERE s.hash = ? AND s.seen_at > ? AND s.created_at > ? AND" SQL_LIVES;

static const char SQL_BY_TOKEN[] =
	"SELECT NULL AS hash, t.used_at AS seen_at, NULL AS stepped_up_at, t.id AS token_id, t.scopes, NULL AS firms,"
	SQL_PERSON
	" FROM api_token t JOIN membership m ON m.id = t.membership_id" SQL_FIRM
	" WHERE t.hash = ? AND t.revoked_at IS NULL AND t.expires_at > ? AND" SQL_LIVES;

static const char SQL_TOUCH_SESSION[] = "UPDATE session SET seen_at = ? WHERE hash = ?";
static const char SQL_TOUCH_TOKEN[] = "UPDATE api_token SET used_at = ? WHERE id = ?";

static const char SQL_ADD[] =
	"INSERT INTO session (hash, person_id, membership_id, created_at, seen_at, stepped_up_at, address, agent)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
static const char SQL_ROTATE[] =
	"UPDATE session SET hash = ?, stepped_up_at = COALESCE(?, stepped_up_at), membership_id = ?, seen_at = ?"
	" WHERE hash = ? AND person_id = ?";
static const char SQL_END[] = "DELETE FROM session WHERE hash = ? AND person_id = ?";
static const char SQL_END_OTHERS[] = "DELETE FROM session WHERE person_id = ? AND hash <> ?";
static const char SQL_END_MEMBERSHIP[] = "DELETE FROM session WHERE membership_id = ?";
static const char SQL_LIST[] =
	"SELECT hash, created_at, seen_at, address, agent FROM session"
	" WHERE person_id = ? AND seen_at > ? AND created_at > ? ORDER BY seen_at DESC, hash";
static const char SQL_KNOWN_AGENT[] =
	"SELECT (SELECT COUNT(*) FROM session WHERE person_id = ? AND agent = ?) +"
	" (SELECT COUNT(*) FROM device WHERE person_id = ? AND hash = ?)";
static const char SQL_REMEMBER_AGENT[] =
	"INSERT INTO device (person_id, hash, seen_at) VALUES (?, ?, ?)"
	" ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)";

struct found {
	struct bytes hash;
	struct when seen_at, stepped_up_at;
	int64_t token_id;
	const char *scopes, *firms;
	int64_t person_id;
	const char *name, *email, *language, *zone, *theme;
	bool no_totp;
	int64_t membership_id, partner_id, role_bits;
	const char *firm;
};

static const struct column found_columns[] = {
	COL(found, hash), COL(found, seen_at), COL(found, stepped_up_at), COL(found, token_id), COL(found, scopes),
	COL(found, firms), 	COL(found, person_id), COL(found, name), COL(found, email), COL(found, language), COL(found, zone),
	COL(found, theme), COL(found, no_totp), COL(found, membership_id), COL(found, partner_id),
	COL(found, role_bits), COL(found, firm),
	COL_END
};

const struct column session_columns[] = {
	COL(session, hash, .hidden = true),
	COL(session, created_at, .describe = N_("When the person signed in")),
	COL(session, seen_at, .describe = N_("Last use")),
	COL(session, address, .describe = N_("Client address at sign-in")),
	COL(session, agent, .describe = N_("Browser at sign-in")),
	COL_END
};

void token_hash(const char *token, unsigned char hash[HASH_SIZE])
{
	crypto_generichash(hash, HASH_SIZE, (const unsigned char *)token, strlen(token), NULL, 0);
}

const char *token_new(struct arena *a, const char *prefix)
{
	unsigned char secret[32];
	const char *text;

	randombytes_buf(secret, sizeof(secret));
	text = str_base64url(a, secret, sizeof(secret));
	sodium_memzero(secret, sizeof(secret));
	return text && *prefix ? arena_printf(a, "%s%s", prefix, text) : text;
}

static void user_fill(const struct db *db, const struct found *f, struct user *out)
{
	unsigned roles = (unsigned)f->role_bits & (f->partner_id ? ROLES_PARTNER : ROLES_VENDOR);

	out->person_id = f->person_id;
	out->partner_id = f->partner_id;
	out->membership_id = f->membership_id;
	out->vendor = f->partner_id == 0;
	out->own_partners_only = (roles & ROLE_CHANNEL_MANAGER) &&
		!(roles & (ROLE_DEAL_DESK | ROLE_ADMINISTRATOR | ROLE_AUDITOR));
	out->name = f->name;
	out->email = f->email;
	out->firm = f->firm;
	out->firms = f->firms;
	out->language = f->language;
	out->zone = f->zone;
	out->theme = f->theme;
	out->roles = roles;
	out->rights = rights_of_roles(roles);
	out->seen_at = f->seen_at;
	out->token_id = f->token_id;
	if (f->token_id) {
		unsigned scopes = scopes_of(f->scopes);

		out->rights &= rights_of_scopes(scopes);
		if (scopes & scope_bit("admin"))
			out->stepped_up_at = db->now;
	} else {
		out->stepped_up_at = f->stepped_up_at;
		out->session_hash = f->hash;
		/* A token of an administrator could only be made after enrolment. */
		out->must_enroll_totp = (roles & ROLE_ADMINISTRATOR) && f->no_totp;
	}
}

int user_by_session(struct db *db, const struct conf *c, const char *token, struct user *out)
{
	unsigned char hash[HASH_SIZE];
	struct found f = { .token_id = 0 };
	int rc;

	token_hash(token, hash);
	rc = db_row(db, SQL_BY_SESSION, ARGS(arg_bytes(hash, sizeof(hash)),
		A(when_plus(db->now, -(int64_t)c->session_idle)),
		A(when_plus(db->now, -(int64_t)c->session_absolute))), found_columns, &f);
	if (rc)
		return rc;
	user_fill(db, &f, out);
	if (!c->totp_required)  /* a demonstration's administrator has no telephone at hand */
		out->must_enroll_totp = false;
	return OK;
}

int user_by_token(struct db *db, const char *token, struct user *out)
{
	unsigned char hash[HASH_SIZE];
	struct found f = { .token_id = 0 };
	int rc;

	if (!str_starts(token, API_TOKEN_PREFIX))
		return fail(db->err, E_NOTFOUND, _("This token is not known."));
	token_hash(token, hash);
	rc = db_row(db, SQL_BY_TOKEN, ARGS(arg_bytes(hash, sizeof(hash)), A(db->now)), found_columns, &f);
	if (rc)
		return rc;
	user_fill(db, &f, out);
	return OK;
}

int session_touch(struct db *db, const struct user *u)
{
	if (u->seen_at.us && db->now.us - u->seen_at.us < 60 * INT64_C(1000000))
		return OK;
	if (u->token_id)
		return db_exec(db, SQL_TOUCH_TOKEN, ARGS(A(db->now), A(u->token_id)), NULL);
	if (u->session_hash.size != HASH_SIZE)
		return OK;
	return db_exec(db, SQL_TOUCH_SESSION, ARGS(A(db->now), arg_bytes(u->session_hash.data, HASH_SIZE)), NULL);
}

int session_add(struct db *db, int64_t person_id, int64_t membership_id, const char *address, const char *agent,
	const char **token)
{
	unsigned char hash[HASH_SIZE];
	char short_agent[201];

	*token = token_new(db->arena, "");
	if (!*token)
		return fail_detail(db->err, E_NOMEM, "session token");
	token_hash(*token, hash);
	str_cut(short_agent, 200, str_or(agent, ""));
	/* A session starts stepped up: the password was given this minute. */
	return db_exec(db, SQL_ADD, ARGS(arg_bytes(hash, sizeof(hash)), A(person_id), A(membership_id), A(db->now),
		A(db->now), A(db->now), A(str_or(address, "")), A((const char *)short_agent)), NULL);
}

int session_rotate(struct db *db, const struct user *u, int64_t membership_id, bool stepped_up, const char **token)
{
	unsigned char hash[HASH_SIZE];
	struct when up = stepped_up ? db->now : (struct when){ 0 };
	struct db_done done = { 0, 0 };
	int rc;

	if (u->session_hash.size != HASH_SIZE)
		return fail(db->err, E_AUTH, _("This needs a session: sign in with your browser."));
	*token = token_new(db->arena, "");
	if (!*token)
		return fail_detail(db->err, E_NOMEM, "session token");
	token_hash(*token, hash);
	rc = db_exec(db, SQL_ROTATE, ARGS(arg_bytes(hash, sizeof(hash)), A(up), A(membership_id), A(db->now),
		arg_bytes(u->session_hash.data, HASH_SIZE), A(u->person_id)), &done);
	if (!rc && done.affected != 1)
		return fail(db->err, E_AUTH, _("Your session has ended. Sign in again."));
	return rc;
}

int session_end(struct db *db, const struct user *u, const unsigned char hash[HASH_SIZE])
{
	struct db_done done = { 0, 0 };
	int rc = db_exec(db, SQL_END, ARGS(arg_bytes(hash, HASH_SIZE), A(u->person_id)), &done);

	if (rc)
		return rc;
	if (done.affected != 1)
		return fail(db->err, E_NOTFOUND, _("This session has already ended."));
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "session", .noun_id = u->person_id,
		.partner_id = u->partner_id, .what = "ended" });
}

int session_end_others(struct db *db, const struct user *u)
{
	static const unsigned char none[HASH_SIZE];
	const unsigned char *own = u->session_hash.size == HASH_SIZE ? u->session_hash.data : none;
	struct db_done done = { 0, 0 };
	int rc = db_exec(db, SQL_END_OTHERS, ARGS(A(u->person_id), arg_bytes(own, HASH_SIZE)), &done);

	if (rc || !done.affected)
		return rc;
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "session", .noun_id = u->person_id,
		.partner_id = u->partner_id, .what = "others_ended" });
}

int session_end_all(struct db *db, int64_t person_id)
{
	static const unsigned char none[HASH_SIZE];

	return db_exec(db, SQL_END_OTHERS, ARGS(A(person_id), arg_bytes(none, HASH_SIZE)), NULL);
}

int session_end_membership(struct db *db, int64_t membership_id)
{
	return db_exec(db, SQL_END_MEMBERSHIP, ARGS(A(membership_id)), NULL);
}

int session_list(struct db *db, const struct conf *c, const struct user *u, struct session **out, size_t *count)
{
	return DB_ROWS(db, SQL_LIST, ARGS(A(u->person_id), A(when_plus(db->now, -(int64_t)c->session_idle)),
		A(when_plus(db->now, -(int64_t)c->session_absolute))), session_columns, struct session,
		MAX_PAGE_ROWS, out, count);
}

int session_device_known(struct db *db, int64_t person_id, const char *agent, bool *known)
{
	unsigned char hash[HASH_SIZE];
	char short_agent[201];
	int64_t n = 0;
	int rc;

	str_cut(short_agent, 200, str_or(agent, ""));
	token_hash(short_agent, hash);
	rc = db_int(db, SQL_KNOWN_AGENT, ARGS(A(person_id), A((const char *)short_agent), A(person_id),
		arg_bytes(hash, sizeof(hash))), &n);
	if (rc)
		return rc;
	*known = n > 0;
	return db_exec(db, SQL_REMEMBER_AGENT, ARGS(A(person_id), arg_bytes(hash, sizeof(hash)), A(db->now)), NULL);
}
