/* nav.c - where a person can go */
#include "nav.h"

#include "intl.h"
#include "str.h"

enum side { PARTNERS, VENDOR, EVERYBODY };

struct nav_row {
	const char *label, *url, *icon, *section;
	enum right right;
	enum side side;
};

/* The first five of a side stand in the phone's bottom bar. */
static const struct nav_row rows[] = {
	{ N_("Home"),      "/dashboard",       "home",      "dashboard", DASHBOARD_READ, PARTNERS },
	{ N_("Deals"),     "/deals",           "briefcase", "deals",     DEAL_READ,      PARTNERS },
	{ N_("Rules"),     "/rules",           "gavel",     "rules",     SIGNED_IN,      PARTNERS },
	{ N_("People"),    "/users",           "users",     "users",     FIRM_PEOPLE,    PARTNERS },

	{ N_("Today"),     "/dashboard",       "today",     "dashboard", DASHBOARD_READ, VENDOR },
	{ N_("Partners"),  "/partners",        "building",  "partners",  PARTNER_READ,   VENDOR },
	{ N_("Deals"),     "/deals",           "briefcase", "deals",     DEAL_READ,      VENDOR },
	{ N_("Rules"),     "/rules",           "gavel",     "rules",     SIGNED_IN,      VENDOR },
	{ N_("Programme"), "/admin/programme", "sliders",   "programme", RULES_EDIT,     VENDOR },
	{ N_("People"),    "/admin/people",    "users",     "people",    PEOPLE_ADMIN,   VENDOR },
	{ N_("System"),    "/admin/system",    "server",    "system",    SYSTEM_ADMIN,   VENDOR },
	{ N_("Audit"),     "/admin/system/audit", "history", "audit",   AUDIT_READ,     VENDOR },
};

static const struct nav_row new_rows[] = {
	{ N_("Register a deal"), "/deals/new",  "briefcase", NULL, DEAL_CREATE, PARTNERS },
	{ N_("Invite a person"), "/users/new",  "user-plus", NULL, FIRM_PEOPLE, PARTNERS },
};

static bool shown(const struct nav_row *r, const struct user *u)
{
	/* whoever has all of System reaches the audit log from there */
	if (r->right == AUDIT_READ && user_may(u, SYSTEM_ADMIN))
		return false;
	return user_may(u, r->right) && (r->side == EVERYBODY || (r->side == VENDOR) == u->vendor);
}

static json_t *entries(const struct nav_row *r, size_t n, const struct user *u, const char *section)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n && u->person_id; i++) {
		json_t *entry;

		if (!shown(&r[i], u))
			continue;
		entry = json_pack("{s:s, s:s, s:s}", "label", _(r[i].label), "url", r[i].url, "icon", r[i].icon);
		if (entry && section && str_eq(r[i].section, section))
			json_object_set_new(entry, "active", json_string("1"));
		json_array_append_new(list, entry);
	}
	return list;
}

json_t *nav_entries(const struct user *u, const char *section)
{
	return entries(rows, sizeof(rows) / sizeof(rows[0]), u, section);
}

json_t *nav_new_menu(const struct user *u)
{
	return entries(new_rows, sizeof(new_rows) / sizeof(new_rows[0]), u, NULL);
}
