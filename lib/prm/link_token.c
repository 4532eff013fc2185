/* link_token.c - one-time links in mails */
#include "link_token.h"

#include "intl.h"
#include "secret.h"

static const char SQL_END_KIND[] =
	"UPDATE link_token SET used_at = ? WHERE person_id = ? AND kind = ? AND membership_id <=> ?"
	" AND used_at IS NULL";
static const char SQL_END_ALL[] = "UPDATE link_token SET used_at = ? WHERE person_id = ? AND used_at IS NULL";
static const char SQL_ADD[] =
	"INSERT INTO link_token (hash, kind, person_id, email, membership_id, created_at, expires_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char SQL_FIND[] =
	"SELECT t.person_id, t.membership_id, t.email, p.name, p.email AS person_email, p.language, p.status,"
	" p.totp_secret IS NOT NULL AS has_totp FROM link_token t JOIN person p ON p.id = t.person_id"
	" LEFT JOIN membership m ON m.id = t.membership_id"
	" WHERE t.hash = ? AND t.kind = ? AND t.used_at IS NULL AND t.expires_at > ? AND p.status <> 'disabled'"
	" AND (m.id IS NULL OR m.status <> 'ended')";
static const char SQL_USE[] =
	"UPDATE link_token SET used_at = ? WHERE hash = ? AND kind = ? AND used_at IS NULL AND expires_at > ?";
#define JOIN "UPDATE membership SET status = 'active', invited_name = NULL, invited_email = NULL, version = version + 1"
static const char SQL_JOIN[] = JOIN " WHERE id = ? AND status = 'invited'";
static const char SQL_JOIN_FIRST[] = JOIN " WHERE person_id = ? AND status = 'invited' ORDER BY id LIMIT 1";

static const struct column link_token_columns[] = {
	COL(link_token, person_id), COL(link_token, membership_id), COL(link_token, email), COL(link_token, name),
	COL(link_token, person_email), COL(link_token, language), COL(link_token, status), COL(link_token, has_totp), COL_END
};

static int gone(struct db *db)
{
	fail(db->err, E_NOTFOUND, _("This link no longer works: it was used, or its time is over."));
	return fail_hint(db->err, _("Ask for a new one."));
}

static int add(struct db *db, const char *kind, int64_t person_id, int64_t membership_id, const char *email,
	int seconds, const char **token)
{
	unsigned char hash[HASH_SIZE];
	int rc;

	*token = token_new(db->arena, "");
	if (!*token)
		return fail_detail(db->err, E_NOMEM, "link token");
	token_hash(*token, hash);
	rc = db_exec(db, SQL_END_KIND, ARGS(A(db->now), A(person_id), A(kind), arg_id(membership_id)), NULL);
	if (rc)
		return rc;
	return db_exec(db, SQL_ADD, ARGS(arg_bytes(hash, sizeof(hash)), A(kind), A(person_id), A(email),
		arg_id(membership_id), A(db->now), A(when_plus(db->now, seconds))), NULL);
}

int link_token_add(struct db *db, const char *kind, int64_t person_id, const char *email, int seconds,
	const char **token)
{
	return add(db, kind, person_id, 0, email, seconds, token);
}

int link_token_add_member(struct db *db, const char *kind, int64_t person_id, int64_t membership_id, int seconds,
	const char **token)
{
	return add(db, kind, person_id, membership_id, NULL, seconds, token);
}

int link_token_find(struct db *db, const char *kind, const char *token, struct link_token *out)
{
	unsigned char hash[HASH_SIZE];
	int rc;

	token_hash(token, hash);
	rc = db_row(db, SQL_FIND, ARGS(arg_bytes(hash, sizeof(hash)), A(kind), A(db->now)), link_token_columns, out);
	return rc == E_NOTFOUND ? gone(db) : rc;
}

int link_token_use(struct db *db, const char *kind, const char *token)
{
	unsigned char hash[HASH_SIZE];
	struct db_done done = { 0, 0 };
	int rc;

	token_hash(token, hash);
	rc = db_exec(db, SQL_USE, ARGS(A(db->now), arg_bytes(hash, sizeof(hash)), A(kind), A(db->now)), &done);
	return rc ? rc : done.affected == 1 ? OK : gone(db);
}

int link_token_join(struct db *db, const struct link_token *t)
{
	struct db_done done;
	int rc;

	if (!t->membership_id)
		return db_exec(db, SQL_JOIN_FIRST, ARGS(A(t->person_id)), NULL);
	rc = db_exec(db, SQL_JOIN, ARGS(A(t->membership_id)), &done);
	return rc || done.affected ? rc : gone(db);
}

int link_token_end_all(struct db *db, int64_t person_id)
{
	return db_exec(db, SQL_END_ALL, ARGS(A(db->now), A(person_id)), NULL);
}
