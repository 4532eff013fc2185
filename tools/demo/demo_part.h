/* demo_part.h - what the files of the demo data share; nobody else includes it */
#ifndef DEMO_PART_H
#define DEMO_PART_H

#include "demo.h"
#include "user.h"

#define DEMO_FIRMS 40
#define DEMO_PEOPLE 220
#define DEMO_STAFF 10
#define DEMO_DEALS 600
#define DEMO_DAYS 548               /* 18 months */

/* ---- names.c: tables ---- */
struct demo_country {
	const char *code, *language, *zone, *currency;
	int rate_x100;                  /* amounts are made in EUR and multiplied */
	const char *const *given, *const *family;       /* NULL ends each */
	const char *const *stems, *const *sectors;      /* of customers' names */
	const char *const *forms;
};
extern const struct demo_country demo_countries[];          /* code NULL ends */
const struct demo_country *demo_country(const char *code);

struct demo_firm { const char *name, *domain, *country, *city, *types, *tier; int manager, since; };
extern const struct demo_firm demo_firms[DEMO_FIRMS];
struct demo_staff { const char *name, *email, *roles; };
extern const struct demo_staff demo_staff[DEMO_STAFF];
struct demo_pair { const char *code, *name, *more; };
extern const struct demo_pair demo_families[], demo_regions[], demo_holidays[];    /* code NULL ends */
extern const char *const demo_notes[], *const demo_evidence[], *const demo_refusals[], *const demo_comments[],
	*const demo_answers[], *const demo_withdrawals[];   /* NULL ends */

/* ---- the random numbers: the same for every installation ---- */
struct demo_random { uint64_t state; };
unsigned demo_below(struct demo_random *r, unsigned n);      /* 0 .. n-1 */
bool demo_chance(struct demo_random *r, unsigned percent);
const char *demo_pick(struct demo_random *r, const char *const *list);

/* ---- people.c ---- */
struct demo_person {
	int64_t id, membership_id, partner_id;
	int firm;                       /* index, -1: the vendor's */
	const char *name, *email, *zone, *language;
	unsigned roles;
};
struct demo {
	struct db *db;
	const struct conf *conf;
	struct demo_random random;
	struct when now;
	int64_t firm_ids[DEMO_FIRMS];
	struct demo_person people[DEMO_PEOPLE];
	size_t n_people;
};
/* Programme, calendar, product families, regions; staff, firms and their people. */
int demo_programme(struct demo *d);
int demo_people(struct demo *d);
/* The lines of the accounts file; passwords and tokens of those people are set to what it says. */
int demo_accounts(struct demo *d, const char *file);
/* The n-th person of a firm (-1: vendor) with one of the roles; NULL when there is none. */
const struct demo_person *demo_who(const struct demo *d, int firm, unsigned roles, unsigned n);
void demo_user(const struct demo *d, const struct demo_person *p, struct user *out);
/* A person's name in the country's manner, in the arena; an address of it at the domain. */
const char *demo_name(struct demo *d, const struct demo_country *c);
const char *demo_email(struct demo *d, const char *name, const char *domain);

/* ---- story.c ---- */
int demo_story(struct demo *d);

#endif
