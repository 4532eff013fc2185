/* right.c - which role may do what, as one table
 *
 * The table is also what "prm authorisation" prints into doc/authorisation.md.
 */
#include "right.h"

#include "intl.h"
#include "str.h"

#define B(r) RIGHT_BIT(r)
#define N_ROLES 15

static const struct {
	const char *name, *describe;
} rights[RIGHT_COUNT] = {
	[RIGHT_NONE]     = { "RIGHT_NONE", "" },
	[PUBLIC]         = { "PUBLIC", N_("open to everybody, signed in or not") },
	[SIGNED_IN]      = { "SIGNED_IN", N_("open to everybody who is signed in") },
	[DEAL_READ]      = { "DEAL_READ", N_("see deal registrations: of the own firm, or as the vendor") },
	[DEAL_CREATE]    = { "DEAL_CREATE", N_("register, change, withdraw and import deals of the own firm") },
	[DEAL_COMMENT]   = { "DEAL_COMMENT", N_("write comments on deals, which both sides read") },
	[DEAL_DECIDE]    = { "DEAL_DECIDE", N_("approve, reject, return and revoke deal registrations") },
	[DEAL_NOTE]      = { "DEAL_NOTE", N_("read and write internal notes on deals") },
	[PARTNER_READ]   = { "PARTNER_READ", N_("see the list of partner firms") },
	[DASHBOARD_READ] = { "DASHBOARD_READ", N_("see the numbers on the dashboard") },
	[FIRM_PEOPLE]    = { "FIRM_PEOPLE", N_("invite, change and remove people of the own firm") },
	[TOKEN_MANAGE]   = { "TOKEN_MANAGE", N_("create and revoke one's own API tokens") },
	[RULES_EDIT]     = { "RULES_EDIT", N_("edit the rules of engagement, product families, regions and calendar") },
	[PEOPLE_ADMIN]   = { "PEOPLE_ADMIN", N_("manage the vendor's people and the owners of partner firms") },
	[SYSTEM_ADMIN]   = { "SYSTEM_ADMIN", N_("see and mend outgoing messages, jobs and health") },
	[AUDIT_READ]     = { "AUDIT_READ", N_("read the audit log") },
};

#define READER  (B(DEAL_READ) | B(DASHBOARD_READ))
#define STAFF   (READER | B(PARTNER_READ) | B(TOKEN_MANAGE))
/* Whoever writes internal notes writes comments, too: it is one form. */
#define TALKER  (STAFF | B(DEAL_COMMENT) | B(DEAL_NOTE))

/* In the order of enum role. */
static const uint64_t role_rights[N_ROLES] = {
	/* owner */             READER | B(DEAL_CREATE) | B(DEAL_COMMENT) | B(FIRM_PEOPLE) | B(TOKEN_MANAGE),
	/* sales */             READER | B(DEAL_CREATE) | B(DEAL_COMMENT) | B(TOKEN_MANAGE),
	/* engineer */          READER | B(DEAL_COMMENT) | B(TOKEN_MANAGE),
	/* marketing */         READER | B(TOKEN_MANAGE),
	/* finance */           READER | B(TOKEN_MANAGE),
	/* viewer */            READER,
	/* channel_manager */   TALKER | B(DEAL_DECIDE),
	/* deal_desk */         TALKER | B(DEAL_DECIDE),
	/* vendor_marketing */  STAFF,
	/* enablement_author */ B(DASHBOARD_READ) | B(PARTNER_READ) | B(TOKEN_MANAGE),
	/* sales_engineer */    TALKER,
	/* vendor_finance */    STAFF,
	/* legal */             TALKER,
	/* administrator */     TALKER | B(DEAL_DECIDE) | B(RULES_EDIT) | B(PEOPLE_ADMIN) |
	                        B(SYSTEM_ADMIN) | B(AUDIT_READ),
	/* auditor */           STAFF | B(AUDIT_READ),
};

const struct choice role_choices[] = {
	{ "owner",             N_("Owner"), NULL },
	{ "sales",             N_("Sales"), NULL },
	{ "engineer",          N_("Engineer"), NULL },
	{ "marketing",         N_("Marketing"), NULL },
	{ "finance",           N_("Finance"), NULL },
	{ "viewer",            N_("Viewer"), NULL },
	{ "channel_manager",   N_("Channel manager"), NULL },
	{ "deal_desk",         N_("Deal desk"), NULL },
	{ "vendor_marketing",  N_("Partner marketing"), NULL },
	{ "enablement_author", N_("Enablement author"), NULL },
	{ "sales_engineer",    N_("Sales engineer"), NULL },
	{ "vendor_finance",    N_("Partner finance"), NULL },
	{ "legal",             N_("Legal"), NULL },
	{ "administrator",     N_("Administrator"), NULL },
	{ "auditor",           N_("Auditor"), NULL },
	CHOICE_END
};

const struct choice scope_choices[] = {
	{ "deals:read",     N_("Read deals"), NULL },
	{ "deals:write",    N_("Register and change deals"), NULL },
	{ "deals:decide",   N_("Decide deals"), NULL },
	{ "dashboard:read", N_("Read the dashboard"), NULL },
	{ "partners:read",  N_("Read the list of partners"), NULL },
	{ "people:manage",  N_("Manage people of the firm and own tokens"), NULL },
	{ "audit:read",     N_("Read the audit log"), NULL },
	{ "admin",          N_("Administer the programme"), NULL },
	CHOICE_END
};

/* In the order of scope_choices. */
static const uint64_t scope_rights[] = {
	B(DEAL_READ),
	B(DEAL_READ) | B(DEAL_CREATE) | B(DEAL_COMMENT),
	B(DEAL_READ) | B(DEAL_DECIDE) | B(DEAL_COMMENT) | B(DEAL_NOTE),
	B(DASHBOARD_READ),
	B(PARTNER_READ),
	B(FIRM_PEOPLE) | B(TOKEN_MANAGE),
	B(AUDIT_READ),
	B(RULES_EDIT) | B(PEOPLE_ADMIN) | B(SYSTEM_ADMIN) | B(AUDIT_READ) | B(TOKEN_MANAGE),
};

uint64_t rights_of_roles(unsigned roles)
{
	uint64_t all = 0;

	for (size_t i = 0; i < N_ROLES; i++)
		if (roles & 1u << i)
			all |= role_rights[i];
	return all;
}

uint64_t rights_of_scopes(unsigned scopes)
{
	uint64_t all = 0;

	for (size_t i = 0; i < sizeof(scope_rights) / sizeof(scope_rights[0]); i++)
		if (scopes & 1u << i)
			all |= scope_rights[i];
	return all;
}

const char *right_name(enum right r)
{
	return (unsigned)r < RIGHT_COUNT ? rights[r].name : "";
}

const char *right_describe(enum right r)
{
	return (unsigned)r < RIGHT_COUNT ? rights[r].describe : "";
}

static unsigned choice_bit(const struct choice *set, const char *value)
{
	for (unsigned i = 0; set[i].value; i++)
		if (str_eq(set[i].value, value))
			return 1u << i;
	return 0;
}

unsigned role_bit(const char *value)
{
	return choice_bit(role_choices, value);
}

unsigned scope_bit(const char *value)
{
	return choice_bit(scope_choices, value);
}

static unsigned bits_of(const char *list, const struct choice *set)
{
	unsigned bits = 0;
	char word[MAX_NAME];

	while (list && *list) {
		size_t n = strcspn(list, ",");

		if (n > 0 && n < sizeof(word)) {
			memcpy(word, list, n);
			word[n] = '\0';
			bits |= choice_bit(set, word);
		}
		list += n + (list[n] == ',');
	}
	return bits;
}

unsigned roles_of(const char *list)
{
	return bits_of(list, role_choices);
}

unsigned scopes_of(const char *list)
{
	return bits_of(list, scope_choices);
}

static char *bits_text(struct arena *a, const struct choice *set, unsigned bits, bool label)
{
	struct strbuf b;

	strbuf_init(&b, a, 1000);
	for (unsigned i = 0; set[i].value; i++) {
		if (!(bits & 1u << i))
			continue;
		if (b.len)
			strbuf_add(&b, label ? ", " : ",");
		strbuf_add(&b, label ? intl_text(set[i].label) : set[i].value);
	}
	return b.overflow ? NULL : b.text;
}

char *roles_text(struct arena *a, unsigned roles, bool label)
{
	return bits_text(a, role_choices, roles, label);
}

char *scopes_text(struct arena *a, unsigned scopes, bool label)
{
	return bits_text(a, scope_choices, scopes, label);
}
