/* person_admin.c - the first administrator of a new installation */
#include "person_admin.h"

#include "event.h"
#include "intl.h"
#include "link_token.h"
#include "str.h"

#include <string.h>

static const char ADMINS[] =
	"SELECT COUNT(*) FROM membership m JOIN person p ON p.id = m.person_id "
	"WHERE m.firm_key = 0 AND m.status = 'active' AND FIND_IN_SET('administrator', m.roles) AND p.status = 'active'";
static const char MAKE_PROGRAMME[] =
	"INSERT IGNORE INTO programme (id, name, zone, currency, accent) VALUES (1, ?, 'Europe/Berlin', 'EUR', '#1f5fae')";
static const char MAKE_PERSON[] =
	"INSERT INTO person (email, name, status, created_at) VALUES (?, ?, 'invited', ?) "
	"ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)";
static const char MAKE_MEMBER[] =
	"INSERT INTO membership (person_id, partner_id, roles, status, since) VALUES (?, NULL, 'administrator', 'active', ?) "
	"ON DUPLICATE KEY UPDATE roles = CONCAT(roles, ',administrator'), status = 'active'";

struct first_admin { const struct conf *conf; const char *email, *name; const char *link; };

static int make(struct db *db, void *arg)
{
	struct event e = { .noun = "person", .what = "first_administrator" };
	struct first_admin *f = arg;
	struct db_done person;
	const char *token;
	int64_t admins;
	int rc = db_int(db, ADMINS, NO_ARGS, &admins);

	if (!rc && admins)
		return fail(db->err, E_CONFLICT, _("There is an administrator already, who can invite others"));
	if (!rc)
		rc = db_exec(db, MAKE_PROGRAMME, ARGS(A(f->conf->site_name)), NULL);
	if (!rc)
		rc = db_exec(db, MAKE_PERSON, ARGS(A(f->email), A(f->name), A(db->now)), &person);
	if (!rc)
		rc = db_exec(db, MAKE_MEMBER, ARGS(A(person.id), A(db->now)), NULL);
	if (!rc)
		rc = link_token_add(db, "invitation", person.id, NULL, INVITATION_SECONDS, &token);
	if (rc)
		return rc;
	f->link = arena_printf(db->arena, "%s/invitation/%s", f->conf->base_url, token);
	e.noun_id = person.id;
	return event_add(db, NULL, TO_AUDIT, &e);
}

int person_first_admin(struct db *db, const struct conf *c, const char *email, const char *name, const char **link)
{
	struct first_admin f = { .conf = c, .email = email, .name = name };
	int rc;

	if (!email || !strchr(email, '@') || str_empty(name))
		return fail(db->err, E_INVALID, _("An e-mail address and a name are needed"));
	rc = db_transaction(db, make, &f);
	*link = f.link;
	return rc;
}
