/* api_token.c - API tokens */
#include "api_token.h"

#include "event.h"
#include "intl.h"
#include "log.h"
#include "secret.h"
#include "str.h"

static const char SQL_OPEN[] =
	"SELECT COUNT(*) FROM api_token WHERE person_id = ? AND revoked_at IS NULL AND expires_at > ?";
static const char SQL_ADD[] =
	"INSERT INTO api_token (hash, hint, person_id, membership_id, name, scopes, created_at, expires_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
static const char SQL_LIST[] =
	"SELECT id, name, hint, scopes, IF(revoked_at IS NOT NULL, 'revoked', IF(expires_at <= ?, 'expired', 'active'))"
	" AS status, created_at, expires_at, used_at FROM api_token WHERE person_id = ? AND membership_id = ?"
	" ORDER BY id DESC LIMIT ?";
static const char SQL_REVOKE[] =
	"UPDATE api_token SET revoked_at = ? WHERE id = ? AND person_id = ? AND revoked_at IS NULL";
static const char SQL_REVOKE_ALL[] =
	"UPDATE api_token SET revoked_at = ? WHERE person_id = ? AND (? = 0 OR membership_id = ?)"
	" AND revoked_at IS NULL";

const struct choice api_token_status_choices[] = {
	{ "active", N_("Active"), "good" },
	{ "expired", N_("Expired"), "quiet" },
	{ "revoked", N_("Revoked"), "quiet" },
	CHOICE_END
};

const struct column api_token_columns[] = {
	COL(api_token, id, .describe = N_("Number of the token")),
	COL(api_token, name, .max = 80, .describe = N_("What it is for")),
	COL(api_token, hint, .max = 8, .describe = N_("Its last characters")),
	COL(api_token, scopes, .max = 300, .describe = N_("What it lets through, comma-joined")),
	COL(api_token, status, .choices = api_token_status_choices, .describe = N_("Whether it works")),
	COL(api_token, created_at, .describe = N_("When it was made")),
	COL(api_token, expires_at, .describe = N_("When it ends")),
	COL(api_token, used_at, .nullable = true, .describe = N_("Last use, to the minute")),
	COL_END
};

/* "admin" also counts as a step-up, so it is only for those whose rights need one. */
static bool may_give(const struct user *u, unsigned bit)
{
	uint64_t rights = rights_of_scopes(bit);

	if (bit == scope_bit("admin"))
		rights = RIGHT_BIT(RULES_EDIT) | RIGHT_BIT(PEOPLE_ADMIN) | RIGHT_BIT(SYSTEM_ADMIN);
	else if (bit == scope_bit("deals:write"))
		rights = RIGHT_BIT(DEAL_CREATE);
	else if (bit == scope_bit("deals:decide"))
		rights = RIGHT_BIT(DEAL_DECIDE);
	return (u->rights & rights) != 0;
}

int token_scopes(struct db *db, const struct user *u, const struct choice **out)
{
	struct choice *set = arena_array(db->arena, 33, sizeof(*set));
	size_t n = 0;

	if (!set)
		return fail_detail(db->err, E_NOMEM, "scopes");
	for (size_t i = 0; scope_choices[i].value; i++)
		if (may_give(u, 1u << i))
			set[n++] = scope_choices[i];
	*out = set;
	return OK;
}

static int check_scopes(struct db *db, const struct user *u, unsigned scopes)
{
	if (!scopes)
		return fail_field(db->err, "scopes", _("Choose what the token may do."));
	for (size_t i = 0; scope_choices[i].value; i++)
		if ((scopes & 1u << i) && !may_give(u, 1u << i))
			return fail_field(db->err, "scopes", _("You cannot give more than you may do yourself."));
	return OK;
}

int token_add(struct db *db, const struct user *u, const char *name, unsigned scopes, int days,
	const char **secret, int64_t *id)
{
	unsigned char hash[HASH_SIZE];
	struct db_done done = { 0, 0 };
	int64_t open = 0;
	const char *list, *hint;
	int rc = check_scopes(db, u, scopes);

	if (!rc && (days < 1 || days > TOKEN_DAYS_MAX))
		rc = fail_field(db->err, "days", _("A token works for 1 to %d days."), TOKEN_DAYS_MAX);
	if (!rc)
		rc = db_int(db, SQL_OPEN, ARGS(A(u->person_id), A(db->now)), &open);
	if (rc)
		return rc;
	if (open >= TOKENS_MAX)
		return fail(db->err, E_CONFLICT, _("You have %d tokens already. Revoke one first."), TOKENS_MAX);
	*secret = token_new(db->arena, API_TOKEN_PREFIX);
	list = scopes_text(db->arena, scopes, false);
	if (!*secret || !list)
		return fail_detail(db->err, E_NOMEM, "token");
	token_hash(*secret, hash);
	hint = *secret + strlen(*secret) - 4;
	rc = db_exec(db, SQL_ADD, ARGS(arg_bytes(hash, sizeof(hash)), A(hint), A(u->person_id), A(u->membership_id),
		A(name), A(list), A(db->now), A(when_plus(db->now, (int64_t)days * 86400))), &done);
	if (rc)
		return rc;
	*id = done.id;
	LOG(LOG_NOTE, "authn_token_created", LOG_NUM("person", u->person_id), LOG_NUM("token", done.id));
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "token", .noun_id = done.id,
		.partner_id = u->partner_id, .what = "created",
		.text = arena_printf(db->arena, "%s: %s, %d days", name, list, days) });
}

int token_list(struct db *db, const struct user *u, struct api_token **out, size_t *count)
{
	return DB_ROWS(db, SQL_LIST, ARGS(A(db->now), A(u->person_id), A(u->membership_id), A(MAX_PAGE_ROWS)),
		api_token_columns, struct api_token, MAX_PAGE_ROWS, out, count);
}

int token_revoke(struct db *db, const struct user *u, int64_t id)
{
	struct db_done done = { 0, 0 };
	int rc = db_exec(db, SQL_REVOKE, ARGS(A(db->now), A(id), A(u->person_id)), &done);

	if (rc)
		return rc;
	if (done.affected != 1)
		return fail(db->err, E_NOTFOUND, _("This token does not exist, or was revoked already."));
	LOG(LOG_NOTE, "authn_token_revoked", LOG_NUM("person", u->person_id), LOG_NUM("token", id));
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "token", .noun_id = id,
		.partner_id = u->partner_id, .what = "revoked" });
}

int token_revoke_all(struct db *db, int64_t person_id, int64_t membership_id)
{
	return db_exec(db, SQL_REVOKE_ALL, ARGS(A(db->now), A(person_id), A(membership_id), A(membership_id)), NULL);
}
