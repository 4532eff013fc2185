/* right.h - roles and what they may do
 *
 * A route names one right.  A role is a set of rights (table in right.c, printed into
 * doc/authorisation.md).  One person can hold several roles.
 */
#ifndef PRM_RIGHT_H
#define PRM_RIGHT_H

#include <stdbool.h>
#include <stdint.h>
#include "choice.h"
#include "limits.h"

enum right {
	RIGHT_NONE,          /* a route row without a right: refused at start-up */
	PUBLIC,              /* nobody need be signed in */
	SIGNED_IN,           /* any session or token */
	DEAL_READ,           /* registrations: partner's own firm, or the vendor's view */
	DEAL_CREATE,         /* register, change, withdraw, ask for an extension, import (partner side) */
	DEAL_COMMENT,        /* write in the story both sides share */
	DEAL_DECIDE,         /* approve, reject, return, revoke (deal desk, administrator; channel manager: own partners) */
	DEAL_NOTE,           /* internal notes: read and write (vendor side) */
	PARTNER_READ,        /* vendor's list of partners */
	DASHBOARD_READ,
	FIRM_PEOPLE,         /* people of one's own partner firm (owner) */
	TOKEN_MANAGE,        /* one's own API tokens */
	RULES_EDIT,          /* rules of engagement, product families, regions, calendar */
	PEOPLE_ADMIN,        /* vendor's people and partners' owners */
	SYSTEM_ADMIN,        /* outbox, jobs, health */
	AUDIT_READ,          /* audit log (auditor, administrator) */
	RIGHT_COUNT
};

/* Roles are bits; also the SET column membership.roles, in this order. */
enum role {
	ROLE_OWNER = 1 << 0, ROLE_SALES = 1 << 1, ROLE_ENGINEER = 1 << 2, ROLE_MARKETING = 1 << 3,
	ROLE_FINANCE = 1 << 4, ROLE_VIEWER = 1 << 5,
	/* vendor side */
	ROLE_CHANNEL_MANAGER = 1 << 6, ROLE_DEAL_DESK = 1 << 7, ROLE_VENDOR_MARKETING = 1 << 8,
	ROLE_ENABLEMENT_AUTHOR = 1 << 9, ROLE_SALES_ENGINEER = 1 << 10, ROLE_VENDOR_FINANCE = 1 << 11,
	ROLE_LEGAL = 1 << 12, ROLE_ADMINISTRATOR = 1 << 13, ROLE_AUDITOR = 1 << 14
};
#define ROLES_PARTNER 0x3fu
#define ROLES_VENDOR  0x7fc0u
#define RIGHT_BIT(r) ((uint64_t)1 << (r))

uint64_t rights_of_roles(unsigned roles);
const char *right_name(enum right r);            /* "DEAL_READ" */
const char *right_describe(enum right r);        /* what it allows, for pages and docs */
extern const struct choice role_choices[];       /* value "owner", ..., in bit order */
unsigned role_bit(const char *value);            /* 0 when there is none */
/* "owner,sales" of the bits, in the arena's words for people when label is set. */
struct arena;
char *roles_text(struct arena *a, unsigned roles, bool label);

/* API scopes: each a name and the rights it lets through. */
extern const struct choice scope_choices[];      /* "deals:read", "deals:write", "deals:decide", "dashboard:read", "partners:read", "people:manage", "audit:read", "admin" */
unsigned scope_bit(const char *value);
uint64_t rights_of_scopes(unsigned scopes);
/* Bits of a comma-joined list (unknown words count for nothing), and the other way round. */
unsigned roles_of(const char *list);
unsigned scopes_of(const char *list);
char *scopes_text(struct arena *a, unsigned scopes, bool label);

#endif
