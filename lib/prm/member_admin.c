/* member_admin.c - firms a person acts for; what administrators do to a person */
#include "api_token.h"
#include "event.h"
#include "intl.h"
#include "link_token.h"
#include "log.h"
#include "member.h"
#include "person.h"
#include "session_store.h"
#include "totp.h"

#define MAX_FIRM_CHOICES 5000   /* of a select */

static const char SQL_FIRMS[] =
	"SELECT m.id, m.partner_id, COALESCE(f.name, g.name, '') AS name, m.roles FROM membership m"
	" LEFT JOIN partner f ON f.id = m.partner_id LEFT JOIN programme g ON g.id = 1 AND m.partner_id IS NULL"
	" WHERE m.person_id = ? AND m.status = 'active' AND (f.id IS NULL OR f.status <> 'terminated')"
	" ORDER BY m.firm_key <> 0, name";
static const char SQL_ONE_FIRM[] =
	"SELECT m.id, m.partner_id, COALESCE(f.name, g.name, '') AS name, m.roles FROM membership m"
	" LEFT JOIN partner f ON f.id = m.partner_id LEFT JOIN programme g ON g.id = 1 AND m.partner_id IS NULL"
	" WHERE m.id = ? AND m.person_id = ? AND m.status = 'active' AND (f.id IS NULL OR f.status <> 'terminated')";
static const char SQL_ALL_FIRMS[] =
	"SELECT CAST(id AS CHAR) AS value, name AS label FROM partner WHERE status <> 'terminated' ORDER BY name LIMIT ?";
static const char SQL_LAST_FIRM[] = "UPDATE person SET last_membership_id = ? WHERE id = ?";
static const char SQL_DISABLE[] =
	"UPDATE person SET status = 'disabled', version = version + 1 WHERE id = ? AND status <> 'disabled'";
/* Whoever never set a password is still invited. */
static const char SQL_ENABLE[] =
	"UPDATE person SET status = IF(password_hash IS NULL, 'invited', 'active'), version = version + 1"
	" WHERE id = ? AND status = 'disabled'";
static const char SQL_OTHER_ADMINISTRATORS[] =
	"SELECT COUNT(*) FROM membership m JOIN person p ON p.id = m.person_id WHERE m.firm_key = 0"
	" AND m.status = 'active' AND p.status = 'active' AND FIND_IN_SET('administrator', m.roles) AND p.id <> ?";

const struct column firm_columns[] = {
	COL(firm, id, .describe = N_("Number of the membership")),
	COL(firm, partner_id, .describe = N_("Number of the firm; 0 for the vendor")),
	COL(firm, name, .describe = N_("Name of the firm")),
	COL(firm, roles, .describe = N_("Roles there, comma-joined")),
	COL_END
};

int firm_list(struct db *db, const struct user *u, struct firm **out, size_t *count)
{
	return DB_ROWS(db, SQL_FIRMS, ARGS(A(u->person_id)), firm_columns, struct firm, MAX_PAGE_ROWS, out, count);
}

static const struct column choice_columns[] = { COL(choice, value), COL(choice, label), COL_END };

int firm_choices(struct db *db, const struct user *u, const struct choice **out)
{
	struct choice *rows = NULL, *set;
	size_t n = 0;
	int rc = DB_ROWS(db, SQL_ALL_FIRMS, ARGS(A(MAX_FIRM_CHOICES)), choice_columns, struct choice, MAX_FIRM_CHOICES,
		&rows, &n);

	set = rc ? NULL : arena_array(db->arena, n + 2, sizeof(*set));
	if (!set)
		return rc ? rc : fail_detail(db->err, E_NOMEM, "firms");
	set[0] = (struct choice){ "0", u->firm, NULL };
	for (size_t i = 0; i < n; i++)
		set[i + 1] = (struct choice){ rows[i].value, rows[i].label, NULL };
	*out = set;
	return OK;
}

int member_accept(struct db *db, const char *token, const char *address)
{
	struct link_token t = { .person_id = 0 };
	struct user u = { .address = address };
	int rc = link_token_find(db, "membership", token, &t);

	if (!rc)
		rc = link_token_use(db, "membership", token);
	if (!rc)
		rc = link_token_join(db, &t);
	if (rc)
		return rc;
	u.person_id = t.person_id;
	u.name = t.name;
	LOG(LOG_NOTE, "privilege_permissions_changed", LOG_NUM("by", t.person_id), LOG_NUM("membership", t.membership_id));
	return event_add(db, &u, TO_AUDIT, &(struct event){ .noun = "membership", .noun_id = t.membership_id,
		.what = "invitation_accepted", .text = t.name });
}

int firm_switch(struct db *db, const struct user *u, int64_t membership_id, const char **token)
{
	struct firm f = { .id = 0 };
	int rc = db_row(db, SQL_ONE_FIRM, ARGS(A(membership_id), A(u->person_id)), firm_columns, &f);

	if (!rc)
		rc = session_rotate(db, u, f.id, false, token);
	if (!rc)
		rc = db_exec(db, SQL_LAST_FIRM, ARGS(A(f.id), A(u->person_id)), NULL);
	if (rc)
		return rc;
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "session", .noun_id = u->person_id,
		.partner_id = f.partner_id, .what = "firm_switched", .text = f.name });
}

static int note(struct db *db, const struct user *u, int64_t person_id, const char *what, const char *from,
	const char *to)
{
	LOG(LOG_NOTE, "user_updated", LOG_NUM("by", u->person_id), LOG_NUM("person", person_id), LOG_TEXT("what", what));
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "person", .noun_id = person_id,
		.what = what, .from_state = from, .to_state = to });
}

int person_disable(struct db *db, const struct user *u, int64_t person_id)
{
	struct db_done done = { 0, 0 };
	int64_t others = 0;
	int rc;

	if (person_id == u->person_id)
		return fail(db->err, E_CONFLICT, _("You cannot disable yourself."));
	rc = db_int(db, SQL_OTHER_ADMINISTRATORS, ARGS(A(person_id)), &others);
	if (!rc && !others)
		return fail(db->err, E_CONFLICT, _("The programme needs an administrator who can sign in."));
	if (!rc)
		rc = db_exec(db, SQL_DISABLE, ARGS(A(person_id)), &done);
	if (!rc && done.affected != 1)
		return fail(db->err, E_CONFLICT, _("This person is disabled already."));
	if (!rc)
		rc = session_end_all(db, person_id);
	if (!rc)
		rc = token_revoke_all(db, person_id, 0);
	if (!rc)
		rc = link_token_end_all(db, person_id);
	return rc ? rc : note(db, u, person_id, "disabled", "active", "disabled");
}

int person_enable(struct db *db, const struct user *u, int64_t person_id)
{
	struct db_done done = { 0, 0 };
	int rc = db_exec(db, SQL_ENABLE, ARGS(A(person_id)), &done);

	if (!rc && done.affected != 1)
		return fail(db->err, E_CONFLICT, _("This person can sign in already."));
	return rc ? rc : note(db, u, person_id, "enabled", "disabled", "active");
}

int person_end_sessions(struct db *db, const struct user *u, int64_t person_id)
{
	int rc = session_end_all(db, person_id);

	return rc ? rc : note(db, u, person_id, "sessions_ended", NULL, NULL);
}

int person_reset_factor(struct db *db, const struct conf *c, const struct user *u, int64_t person_id)
{
	int rc = totp_remove(db, u, person_id);

	if (!rc)
		rc = session_end_all(db, person_id);
	return rc ? rc : person_tell(db, c, person_id, "factor_removed");
}
