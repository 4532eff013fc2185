/* member.c - who works where, in which roles */
#include "member.h"

#include "api_token.h"
#include "event.h"
#include "intl.h"
#include "letter.h"
#include "link_token.h"
#include "log.h"
#include "person.h"
#include "session_store.h"
#include "str.h"

/* Until somebody accepts, their row tells what was typed and nothing of an account. */
#define NAME "COALESCE(m.invited_name, p.name)"
#define EMAIL "COALESCE(m.invited_email, p.email)"
#define STATUS "IF(m.status = 'active', p.status, m.status)"
#define SQL_MEMBER \
	"SELECT m.id, IF(m.invited_name IS NULL, m.person_id, 0) AS person_id, m.person_id AS account_id, m.partner_id," \
	" m.version, " NAME " AS name, " EMAIL " AS email, m.roles, COALESCE(f.name, g.name, '') AS firm," \
	" " STATUS " AS status, m.invited_name IS NULL AND p.totp_secret IS NOT NULL AS has_totp, m.since," \
	" IF(m.invited_name IS NULL, p.last_sign_in_at, NULL) AS last_sign_in_at" \
	" FROM membership m JOIN person p ON p.id = m.person_id LEFT JOIN partner f ON f.id = m.partner_id" \
	" LEFT JOIN programme g ON g.id = 1 AND m.partner_id IS NULL"
/* Everybody for the vendor, else one's own firm. */
#define SQL_SCOPE " WHERE (? = 1 OR m.firm_key = ?)"
#define SCOPE_ARGS(u) A((int)(u)->vendor), A((u)->vendor ? (int64_t)-1 : (u)->partner_id)
#define SQL_FILTER \
	" AND (? = '' OR " NAME " LIKE ? OR " EMAIL " LIKE ? OR f.name LIKE ?)" \
	" AND (? = '' OR FIND_IN_SET(?, m.roles)) AND (? = '' AND m.status <> 'ended' OR ? <> '' AND" \
	" " STATUS " = ?) AND (? = '' OR (? = 'vendor') = (m.firm_key = 0))" \
	" AND (? = 0 OR m.firm_key = ?)"

static const char SQL_LIST[] = SQL_MEMBER SQL_SCOPE SQL_FILTER;
static const char SQL_COUNT[] =
	"SELECT COUNT(*) FROM membership m JOIN person p ON p.id = m.person_id"
	" LEFT JOIN partner f ON f.id = m.partner_id" SQL_SCOPE SQL_FILTER;
static const char SQL_GET[] = SQL_MEMBER SQL_SCOPE " AND m.id = ?";
static const char SQL_PERSON[] = "SELECT id, name, email, language, status FROM person WHERE email = ?";
static const char SQL_ACCOUNT[] = "SELECT id, name, email, language, status FROM person WHERE id = ?";
static const char SQL_ADD_PERSON[] =
	"INSERT INTO person (email, name, status, language, created_at) VALUES (?, ?, 'invited', ?, ?)";
/* Somebody who left comes back by the same row. */
static const char SQL_ADD[] =
	"INSERT INTO membership (person_id, partner_id, roles, status, since, invited_name, invited_email)"
	" VALUES (?, ?, ?, 'invited', ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE version = version + 1, roles = IF(status = 'ended', VALUES(roles), roles),"
	" since = IF(status = 'ended', VALUES(since), since), id = IF(status = 'ended', LAST_INSERT_ID(id), id),"
	" invited_name = IF(status = 'ended', VALUES(invited_name), invited_name),"
	" invited_email = IF(status = 'ended', VALUES(invited_email), invited_email),"
	" status = IF(status = 'ended', 'invited', status)";
static const char SQL_IS_MEMBER[] =
	"SELECT COUNT(*) FROM membership WHERE person_id = ? AND firm_key = ? AND status <> 'ended'";
static const char SQL_FIRM[] = "SELECT name FROM partner WHERE id = ? AND status <> 'terminated'";
static const char SQL_ROLES[] = "UPDATE membership SET roles = ?, version = version + 1 WHERE id = ? AND version = ?";
static const char SQL_END[] =
	"UPDATE membership SET status = 'ended', version = version + 1 WHERE id = ? AND version = ? AND status <> 'ended'";
/* Locked, so that two owners cannot remove each other at the same moment. */
static const char SQL_KEEPERS[] =
	"SELECT m.id FROM membership m JOIN person p ON p.id = m.person_id WHERE m.firm_key = ? AND m.status = 'active'"
	" AND p.status = 'active' AND FIND_IN_SET(?, m.roles) FOR UPDATE";

const struct choice member_status_choices[] = {
	{ "invited", N_("Invited"), "wait" },
	{ "active", N_("Active"), "good" },
	{ "disabled", N_("Disabled"), "bad" },
	{ "ended", N_("Left"), "quiet" },
	CHOICE_END
};
const struct choice partner_role_choices[] = {
	{ "owner",     N_("Owner: everything, also people"), NULL },
	{ "sales",     N_("Sales: registers deals"), NULL },
	{ "engineer",  N_("Engineer"), NULL },
	{ "marketing", N_("Marketing"), NULL },
	{ "finance",   N_("Finance"), NULL },
	{ "viewer",    N_("Viewer: reads only"), NULL },
	CHOICE_END
};
const struct choice vendor_role_choices[] = {
	{ "channel_manager",   N_("Channel manager: own partners"), NULL },
	{ "deal_desk",         N_("Deal desk: decides all deals"), NULL },
	{ "vendor_marketing",  N_("Partner marketing"), NULL },
	{ "enablement_author", N_("Enablement author"), NULL },
	{ "sales_engineer",    N_("Sales engineer"), NULL },
	{ "vendor_finance",    N_("Partner finance"), NULL },
	{ "legal",             N_("Legal"), NULL },
	{ "administrator",     N_("Administrator"), NULL },
	{ "auditor",           N_("Auditor: reads everything, also the audit log"), NULL },
	CHOICE_END
};

const struct column member_columns[] = {
	COL(member, id, .describe = N_("Number of the membership")),
	COL(member, person_id, .describe = N_("Number of the person; 0 until they accept")),
	COL(member, account_id, .hidden = true),
	COL(member, partner_id, .describe = N_("Number of the firm; 0 for the vendor")),
	COL(member, version, .describe = N_("Changes with every change")),
	COL(member, name, .max = 120, .describe = N_("Name")),
	COL(member, email, .max = 254, .describe = N_("Sign-in name")),
	COL(member, roles, .max = 200, .describe = N_("Roles, comma-joined")),
	COL(member, firm, .max = 200, .describe = N_("Firm")),
	COL(member, status, .choices = member_status_choices, .describe = N_("Whether they can sign in")),
	COL(member, has_totp, .describe = N_("Whether a second factor is set up")),
	COL(member, since, .describe = N_("When they were added")),
	COL(member, last_sign_in_at, .nullable = true, .describe = N_("Last sign-in")),
	COL_END
};

const struct list_order member_orders[] = {
	{ "name", N_("Name"), NAME, "m.id", false, "name" },
	{ "name-down", N_("Name, Z first"), NAME, "m.id", true, "name" },
	{ "newest", N_("Newest first"), "m.since", "m.id", true, "since" },
	{ .name = NULL }
};

int member_list(struct db *db, const struct user *u, const struct member_filter *f, const struct page *p,
	struct member **out, size_t *count, const char **next, int64_t *total)
{
	const char *q = str_or(f->q, ""), *like = arena_printf(db->arena, "%%%s%%", q);
	const char *role = str_or(f->role, ""), *status = str_or(f->status, ""), *side = str_or(f->side, "");
	const struct arg args[] = { SCOPE_ARGS(u), A(q), A(like), A(like), A(like), A(role), A(role), A(status), A(status),
		A(status), A(side), A(side), A(f->partner_id), A(f->partner_id) };
	const size_t n = sizeof(args) / sizeof(args[0]);
	int rc = db_int(db, SQL_COUNT, args, n, total);

	if (rc)
		return rc;
	return list_rows(db, SQL_LIST, args, n, p, member_columns, sizeof(struct member), out, count, next);
}

int member_get(struct db *db, const struct user *u, int64_t id, struct member *out)
{
	return db_row(db, SQL_GET, ARGS(SCOPE_ARGS(u), A(id)), member_columns, out);
}

static int note(struct db *db, const struct user *u, const struct member *m, const char *what, const char *from,
	const char *to)
{
	const char *text = arena_printf(db->arena, "%s%s%s%s%s", m->name, from || to ? ": " : "", str_or(from, ""),
		from && to ? " -> " : "", str_or(to, ""));

	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "membership", .noun_id = m->id,
		.partner_id = m->partner_id, .what = what, .text = text });
}

/* ---- invitation ---- */

struct invited { int64_t id; const char *name, *email, *language, *status; };
static const struct column invited_columns[] = {
	COL(invited, id), COL(invited, name), COL(invited, email), COL(invited, language), COL(invited, status), COL_END
};
struct named_firm { const char *name; };
static const struct column named_firm_columns[] = { COL(named_firm, name), COL_END };

static int check_roles(struct db *db, int64_t partner_id, unsigned roles)
{
	unsigned fit = partner_id ? ROLES_PARTNER : ROLES_VENDOR;

	if (!roles)
		return fail_field(db->err, "roles", _("Choose at least one role."));
	if (roles & ~fit)
		return fail_field(db->err, "roles", _("This role belongs to the other side of the programme."));
	return OK;
}

static int find_or_add_person(struct db *db, const struct invitation *in, const char *email, struct invited *p)
{
	struct db_done done = { 0, 0 };
	int rc = db_row(db, SQL_PERSON, ARGS(A(email)), invited_columns, p);

	if (rc != E_NOTFOUND)
		return rc;
	err_clear(db->err);
	rc = db_exec(db, SQL_ADD_PERSON, ARGS(A(email), A(in->name), A(str_or(in->language, "en")), A(db->now)), &done);
	if (rc)       /* somebody invited them this very moment: the next run finds the row */
		return rc == E_DUPLICATE ? E_RETRY : rc;
	*p = (struct invited){ done.id, in->name, email, str_or(in->language, "en"), "invited" };
	return OK;
}

/* Somebody who is disabled gets no letter; the inviter is not told so. */
static int send_invitation(struct db *db, const struct conf *c, const struct user *u, const struct invited *p,
	int64_t id, const char *firm)
{
	bool known = str_eq(p->status, "active");
	struct letter l = { .to = p->email, .name = p->name, .language = p->language,
		.template_ = known ? "membership-asked" : "invitation",
		.subject = known ? N_("A firm invites you at %s") : N_("Your invitation to %s"),
		.secret_seconds = INVITATION_SECONDS };
	const char *token;
	int rc;

	if (str_eq(p->status, "disabled"))
		return OK;
	rc = link_token_add_member(db, known ? "membership" : "invitation", p->id, id, INVITATION_SECONDS, &token);
	if (rc)
		return rc;
	l.secret_path = arena_printf(db->arena, known ? "/account/membership/%s" : "/invitation/%s", token);
	return letter_put(db, c, &l, json_pack("{s:s, s:s}", "inviter", u ? u->name : "", "firm", firm));
}

static int firm_name(struct db *db, const struct user *u, int64_t partner_id, const char **name)
{
	struct named_firm f = { NULL };
	int rc;

	*name = u->firm;
	if (partner_id == u->partner_id)
		return OK;
	rc = db_row(db, SQL_FIRM, ARGS(A(partner_id)), named_firm_columns, &f);
	*name = f.name;
	return rc;
}

int member_invite(struct db *db, const struct conf *c, const struct user *u, const struct invitation *in, int64_t *id)
{
	int64_t partner_id = u->vendor ? in->partner_id : u->partner_id, already = 0;
	const char *email = email_key(db, in->email), *roles = roles_text(db->arena, in->roles, false), *firm;
	struct invited p = { .id = 0 };
	struct db_done done = { 0, 0 };
	struct member m = { .partner_id = partner_id };
	int rc = check_roles(db, partner_id, in->roles);

	if (!rc)
		rc = firm_name(db, u, partner_id, &firm);
	if (!rc)
		rc = find_or_add_person(db, in, email, &p);
	if (!rc)
		rc = db_int(db, SQL_IS_MEMBER, ARGS(A(p.id), A(partner_id)), &already);
	if (!rc && already)
		rc = fail_field(db->err, "email", _("This person is already on the list."));
	if (!rc)
		rc = db_exec(db, SQL_ADD, ARGS(A(p.id), arg_id(partner_id), A(roles), A(db->now), A(in->name),
			A(email)), &done);
	if (!rc)
		rc = send_invitation(db, c, u, &p, done.id, firm);
	if (rc)
		return rc;
	*id = m.id = done.id;
	m.name = in->name;
	LOG(LOG_NOTE, "privilege_permissions_changed", LOG_NUM("by", u->person_id), LOG_NUM("person", p.id),
		LOG_NUM("firm", partner_id), LOG_TEXT("roles", roles));
	return note(db, u, &m, "invited", NULL, roles);
}

int member_resend(struct db *db, const struct conf *c, const struct user *u, int64_t id)
{
	struct member m = { .id = 0 };
	struct invited p = { .id = 0 };
	int rc = member_get(db, u, id, &m);

	if (!rc)
		rc = db_row(db, SQL_ACCOUNT, ARGS(A(m.account_id)), invited_columns, &p);
	if (rc)
		return rc;
	if (!str_eq(m.status, "invited"))
		return fail(db->err, E_CONFLICT, _("This invitation was accepted already."));
	rc = send_invitation(db, c, u, &p, m.id, m.firm);
	return rc ? rc : note(db, u, &m, "invited_again", NULL, NULL);
}

/* ---- roles, and leaving ---- */

struct keeper { int64_t id; };
static const struct column keeper_columns[] = { COL(keeper, id), COL_END };

/* Whether m is the only one left who can manage its firm. */
static int refuse_last(struct db *db, const struct member *m)
{
	const char *role = m->partner_id ? "owner" : "administrator";
	struct keeper *k = NULL;
	size_t n = 0;
	int rc = DB_ROWS(db, SQL_KEEPERS, ARGS(A(m->partner_id), A(role)), keeper_columns, struct keeper,
		MAX_PAGE_ROWS, &k, &n);

	if (rc || n != 1 || k[0].id != m->id)
		return rc;
	return fail(db->err, E_CONFLICT, m->partner_id ?
		_("A firm needs an owner. Make somebody else owner first.") :
		_("The programme needs an administrator. Make somebody else administrator first."));
}

static unsigned keeper_bit(const struct member *m)
{
	return m->partner_id ? ROLE_OWNER : ROLE_ADMINISTRATOR;
}

int member_roles(struct db *db, const struct user *u, int64_t id, int64_t version, unsigned roles)
{
	struct member m = { .id = 0 };
	const char *text = roles_text(db->arena, roles, false);
	int rc = member_get(db, u, id, &m);

	if (!rc)
		rc = check_roles(db, m.partner_id, roles);
	if (!rc && str_eq(m.status, "ended"))
		rc = fail(db->err, E_CONFLICT, _("This person has left. Invite them again."));
	if (!rc && (roles_of(m.roles) & keeper_bit(&m)) && !(roles & keeper_bit(&m)))
		rc = refuse_last(db, &m);
	if (!rc)
		rc = db_change_one(db, SQL_ROLES, ARGS(A(text), A(id), A(version ? version : m.version)));
	if (rc)
		return rc;
	LOG(LOG_NOTE, "privilege_permissions_changed", LOG_NUM("by", u->person_id), LOG_NUM("person", m.account_id),
		LOG_NUM("firm", m.partner_id), LOG_TEXT("from", m.roles), LOG_TEXT("roles", text));
	return note(db, u, &m, "roles_changed", m.roles, text);
}

int member_end(struct db *db, const struct user *u, int64_t id, int64_t version)
{
	struct member m = { .id = 0 };
	int rc = member_get(db, u, id, &m);

	if (!rc && (roles_of(m.roles) & keeper_bit(&m)))
		rc = refuse_last(db, &m);
	if (!rc && m.account_id == u->person_id && m.partner_id == u->partner_id)
		rc = fail(db->err, E_CONFLICT, _("You cannot remove yourself. Ask another one of your firm."));
	if (!rc && str_eq(m.status, "ended"))
		rc = fail(db->err, E_CONFLICT, _("This person has left already."));
	if (!rc)
		rc = db_change_one(db, SQL_END, ARGS(A(id), A(version ? version : m.version)));
	if (!rc)
		rc = session_end_membership(db, id);
	if (!rc)
		rc = token_revoke_all(db, m.account_id, id);
	if (rc)
		return rc;
	LOG(LOG_NOTE, "privilege_permissions_changed", LOG_NUM("by", u->person_id), LOG_NUM("person", m.account_id),
		LOG_NUM("firm", m.partner_id), LOG_TEXT("roles", ""));
	return note(db, u, &m, "ended", m.roles, NULL);
}
