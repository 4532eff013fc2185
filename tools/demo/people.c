/* people.c - the vendor's programme, its staff, forty firms and their people */
#include "demo_part.h"

#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>

#include "audit.h"
#include "match.h"
#include "password.h"
#include "str.h"

static const char SQL_PROGRAMME[] =
	"INSERT INTO programme (id, name, zone, currency, accent, workdays, open_minute, close_minute, contact_email)"
	" VALUES (1, 'Halvard Security', 'Europe/Berlin', 'EUR', '#3457c9', 31, 540, 1080, 'partners@halvard.example')";
static const char SQL_HOLIDAY[] = "INSERT INTO holiday (day, name) VALUES (?, ?)";
static const char SQL_FAMILY[] = "INSERT INTO product_family (code, name) VALUES (?, ?)";
static const char SQL_REGION[] = "INSERT INTO region (code, name) VALUES (?, ?)";
static const char SQL_COUNTRY[] = "INSERT INTO region_country (country, region_id) VALUES (?, ?)";
static const char SQL_PERSON[] =
	"INSERT INTO person (email, name, password_hash, status, language, zone, password_changed_at, created_at)"
	" VALUES (?, ?, ?, 'active', 'en', ?, ?, ?)";
static const char SQL_MEMBERSHIP[] =
	"INSERT INTO membership (person_id, partner_id, roles, since) VALUES (?, ?, ?, ?)";
static const char SQL_FIRM[] =
	"INSERT INTO partner (name, domain, country, city, manager_id, since) VALUES (?, ?, ?, ?, ?, ?)";
static const char SQL_ENROLLMENT[] =
	"INSERT INTO enrollment (partner_id, type, tier, since) VALUES (?, ?, ?, ?)";
static const char SQL_PASSWORD[] = "UPDATE person SET password_hash = ?, password_changed_at = ? WHERE id = ?";
static const char SQL_TOKEN_GONE[] = "DELETE FROM api_token WHERE hash = ?";
static const char SQL_TOKEN[] =
	"INSERT INTO api_token (hash, hint, person_id, membership_id, name, scopes, created_at, expires_at)"
	" VALUES (?, ?, ?, ?, 'Demo', ?, ?, ?)";
static const char SQL_ACCOUNT[] =
	"SELECT x.id, m.id AS membership_id, IFNULL(m.partner_id, 0) AS partner_id, x.name, x.email"
	" FROM person x JOIN membership m ON m.person_id = x.id LEFT JOIN partner p ON p.id = m.partner_id"
	" WHERE m.firm_key = IF(? = '', 0, m.partner_id) AND (? = '' OR p.domain = ?) AND FIND_IN_SET(?, m.roles)"
	" AND m.status = 'active' AND x.status = 'active' ORDER BY m.roles <> ?, x.id LIMIT 1";   /* rather one who is nothing else */

static int list_insert(struct demo *d, const char *sql, const struct demo_pair *p)
{
	int rc = OK;

	for (; !rc && p->code; p++)
		rc = db_exec(d->db, sql, ARGS(A(p->code), A(p->name)), NULL);
	return rc;
}

static int regions_insert(struct demo *d)
{
	int rc = OK;

	for (const struct demo_pair *p = demo_regions; !rc && p->code; p++) {
		char *rest = arena_strdup(d->db->arena, p->more), *one;
		struct db_done done;

		rc = db_exec(d->db, SQL_REGION, ARGS(A(p->code), A(p->name)), &done);
		while (!rc && rest && (one = strsep(&rest, ",")) != NULL)
			rc = db_exec(d->db, SQL_COUNTRY, ARGS(A(one), A(done.id)), NULL);
	}
	return rc;
}

int demo_programme(struct demo *d)
{
	int rc = db_exec(d->db, SQL_PROGRAMME, NO_ARGS, NULL);

	if (!rc)
		rc = list_insert(d, SQL_HOLIDAY, demo_holidays);
	if (!rc)
		rc = list_insert(d, SQL_FAMILY, demo_families);
	return rc ? rc : regions_insert(d);
}

const char *demo_name(struct demo *d, const struct demo_country *c)
{
	const char *given = demo_pick(&d->random, c->given);

	return arena_printf(d->db->arena, "%s %s", given, demo_pick(&d->random, c->family));
}

const char *demo_email(struct demo *d, const char *name, const char *domain)
{
	char *key = match_name_key(d->db->arena, name, "");
	char *s = arena_strdup(d->db->arena, key);

	for (char *p = s; p && *p; p++)
		if (*p == ' ')
			*p = '.';
	return arena_printf(d->db->arena, "%s@%s", s, domain);
}

static bool email_taken(const struct demo *d, const char *email)
{
	for (size_t i = 0; i < d->n_people; i++)
		if (str_eq(d->people[i].email, email))
			return true;
	return false;
}

/* Everybody has some password nobody knows; those of the accounts file get theirs later. */
static int person_add(struct demo *d, const char *hash, int firm, const char *name, const char *email,
	const char *zone, const char *roles, struct when since)
{
	struct demo_person *p = &d->people[d->n_people];
	struct db_done done;
	int rc;

	if (d->n_people == DEMO_PEOPLE)
		return OK;
	*p = (struct demo_person){ .firm = firm, .name = name, .email = email, .zone = zone, .language = "en",
		.roles = roles_of(roles), .partner_id = firm < 0 ? 0 : d->firm_ids[firm] };
	rc = db_exec(d->db, SQL_PERSON, ARGS(A(email), A(name), A(hash), A(zone), A(since), A(since)), &done);
	p->id = done.id;
	if (!rc)
		rc = db_exec(d->db, SQL_MEMBERSHIP, ARGS(A(p->id), arg_id(p->partner_id), A(roles), A(since)), &done);
	p->membership_id = done.id;
	d->n_people++;
	return rc;
}

static int firm_people(struct demo *d, const char *hash, int i, struct when since)
{
	static const char *const roles[] = { "owner,sales", "sales", "engineer", "sales", "marketing", "viewer" };
	const struct demo_firm *f = &demo_firms[i];
	const struct demo_country *c = demo_country(f->country);
	unsigned n = i < 2 ? 6 : 2 + demo_below(&d->random, 3);
	int rc = OK;

	for (unsigned k = 0; !rc && k < n; k++) {
		const char *name, *email;

		do {
			name = demo_name(d, c);
			email = demo_email(d, name, f->domain);
		} while (email_taken(d, email));
		rc = person_add(d, hash, i, name, email, c->zone, roles[k], when_plus(since, 86400 * (int64_t)k));
	}
	return rc;
}

static int firm_add(struct demo *d, const char *hash, int i)
{
	const struct demo_firm *f = &demo_firms[i];
	const struct demo_person *manager = demo_who(d, -1, ROLE_CHANNEL_MANAGER, (unsigned)f->manager);
	char *rest = arena_strdup(d->db->arena, f->types), *type, iso[24];
	struct day since;
	struct db_done done;
	int rc;

	snprintf(iso, sizeof(iso), "%d-%02u-%02u", f->since, 1 + demo_below(&d->random, 10), 1 + demo_below(&d->random, 28));
	if (!day_from_iso(iso, &since))
		return E_INTERNAL;
	if (f->since >= 2024)           /* newer than the story has days: nobody registers before joining */
		since = day_plus(when_day(d->now, "UTC"), -DEMO_DAYS - 30);
	rc = db_exec(d->db, SQL_FIRM, ARGS(A(f->name), A(f->domain), A(f->country), A(f->city), A(manager->id), A(since)),
		&done);
	d->firm_ids[i] = done.id;
	while (!rc && rest && (type = strsep(&rest, ",")) != NULL)
		rc = db_exec(d->db, SQL_ENROLLMENT, ARGS(A(d->firm_ids[i]), A(type), A(f->tier), A(since)), NULL);
	return rc ? rc : firm_people(d, hash, i, day_start(since, "Europe/Berlin"));
}

int demo_people(struct demo *d)
{
	struct when since = when_plus(d->now, -(DEMO_DAYS + 60) * (int64_t)86400);
	const char *hash;
	int rc = password_hash(d->db, d->conf, token_new(d->db->arena, ""), &hash);

	for (int i = 0; !rc && i < DEMO_STAFF; i++)
		rc = person_add(d, hash, -1, demo_staff[i].name, demo_staff[i].email, "Europe/Berlin", demo_staff[i].roles,
			since);
	for (int i = 0; !rc && i < DEMO_FIRMS; i++)
		rc = firm_add(d, hash, i);
	return rc;
}

const struct demo_person *demo_who(const struct demo *d, int firm, unsigned roles, unsigned n)
{
	const struct demo_person *last = NULL;

	for (size_t i = 0; i < d->n_people; i++)
		if (d->people[i].firm == firm && (d->people[i].roles & roles)) {
			last = &d->people[i];
			if (!n--)
				break;
		}
	return last;
}

void demo_user(const struct demo *d, const struct demo_person *p, struct user *out)
{
	*out = (struct user){ .person_id = p->id, .partner_id = p->partner_id, .vendor = p->firm < 0, .name = p->name,
		.email = p->email, .firm = p->firm < 0 ? "Halvard Security" : demo_firms[p->firm].name,
		.language = p->language, .zone = p->zone, .theme = "auto", .roles = p->roles,
		.rights = rights_of_roles(p->roles), .stepped_up_at = d->db->now, .address = "192.0.2.17", .agent = "demo" };
	out->own_partners_only = (p->roles & ROLE_CHANNEL_MANAGER) != 0;
}

/* ---- the accounts file ---- */

struct account { int64_t id, membership_id, partner_id; const char *name, *email; };
static const struct column account_columns[] = {
	COL(account, id), COL(account, membership_id), COL(account, partner_id), COL(account, name), COL(account, email),
	COL_END
};

/* 32 bytes that follow from the installation's key: the same at each run, different on each host. */
static int derived(struct demo *d, const char *what, const char *email, unsigned char out[32])
{
	unsigned char key[32];
	crypto_generichash_state s;

	if (conf_key(d->conf, "demo", key))
		return fail_detail(d->db->err, E_INTERNAL, "the installation has no key file");
	crypto_generichash_init(&s, key, sizeof(key), 32);
	crypto_generichash_update(&s, (const unsigned char *)what, strlen(what));
	crypto_generichash_update(&s, (const unsigned char *)email, strlen(email));
	crypto_generichash_final(&s, out, 32);
	sodium_memzero(key, sizeof(key));
	return OK;
}

/* Four words and a number: 4 x 6 + 7 bits, for a demo that listens on this machine only. */
static const char *phrase(struct arena *a, const unsigned char b[32])
{
	static const char *const words[64] = { "amber", "anchor", "april", "autumn", "barley", "basalt", "beacon", "birch",
		"bridge", "bronze", "canyon", "cedar", "cinder", "clover", "cobalt", "copper", "coral", "cotton", "crystal",
		"delta", "ember", "falcon", "feather", "fjord", "forest", "garnet", "glacier", "granite", "harbour", "hazel",
		"heron", "indigo", "island", "ivory", "jasper", "juniper", "kestrel", "lantern", "lemon", "linen", "maple",
		"marble", "meadow", "mercury", "nutmeg", "ocean", "olive", "opal", "orchard", "pepper", "prairie", "quartz",
		"raven", "river", "saffron", "sierra", "silver", "spruce", "sunset", "thistle", "timber", "velvet", "walnut",
		"willow" };

	return arena_printf(a, "%s-%s-%s-%s-%d", words[b[0] & 63], words[b[1] & 63], words[b[2] & 63], words[b[3] & 63],
		b[4] % 90 + 10);
}

static int token_put(struct demo *d, const struct account *p, const char *role, const char *token)
{
	uint64_t rights = rights_of_roles(role_bit(role));
	unsigned char hash[HASH_SIZE];
	unsigned scopes = 0;
	int rc;

	for (const struct choice *c = scope_choices; c->value; c++)
		if (rights_of_scopes(scope_bit(c->value)) & rights)
			scopes |= scope_bit(c->value);
	token_hash(token, hash);
	rc = db_exec(d->db, SQL_TOKEN_GONE, ARGS(arg_bytes(hash, sizeof(hash))), NULL);
	return rc ? rc : db_exec(d->db, SQL_TOKEN, ARGS(arg_bytes(hash, sizeof(hash)), A(token + strlen(token) - 8),
		A(p->id), A(p->membership_id), A(scopes_text(d->db->arena, scopes, false)), A(d->now),
		A(when_plus(d->now, 365 * (int64_t)86400))), NULL);
}

static int account_line(struct demo *d, FILE *f, const char *role, const char *domain)
{
	struct arena *a = d->db->arena;
	struct account p = { 0 };
	unsigned char secret[32];
	const char *password, *token, *hash;
	int rc = db_row(d->db, SQL_ACCOUNT, ARGS(A(domain), A(domain), A(domain), A(role), A(role)), account_columns, &p);

	if (!rc)
		rc = derived(d, "password", p.email, secret);
	if (rc)
		return rc;
	password = phrase(a, secret);
	rc = password_hash(d->db, d->conf, password, &hash);
	if (!rc)
		rc = db_exec(d->db, SQL_PASSWORD, ARGS(A(hash), A(d->now), A(p.id)), NULL);
	if (!rc)
		rc = derived(d, "token", p.email, secret);
	if (rc)
		return rc;
	token = arena_printf(a, API_TOKEN_PREFIX "%s", str_base64url(a, secret, sizeof(secret)));
	fprintf(f, "%s\t%s\t%s\t%s\n", role, p.email, password, token);
	return token_put(d, &p, role, token);
}

int demo_accounts(struct demo *d, const char *file)
{
	static const struct { const char *role; int firm; } shown[] = {
		{ "owner", 0 }, { "owner", 1 }, { "sales", 0 }, { "sales", 1 }, { "engineer", 0 }, { "channel_manager", -1 },
		{ "deal_desk", -1 }, { "administrator", -1 }, { "auditor", -1 }
	};
	const char *new_file = arena_printf(d->db->arena, "%s.new", file);
	mode_t mask = umask(077);
	FILE *f = fopen(new_file, "w");
	int rc = OK;

	umask(mask);
	if (!f)
		return fail_detail(d->db->err, E_INTERNAL, "%s: %s", new_file, strerror(errno));
	for (size_t i = 0; !rc && i < sizeof(shown) / sizeof(shown[0]); i++)
		rc = account_line(d, f, shown[i].role, shown[i].firm < 0 ? "" : demo_firms[shown[i].firm].domain);
	if (fclose(f) && !rc)
		rc = fail_detail(d->db->err, E_INTERNAL, "%s: %s", new_file, strerror(errno));
	if (!rc && rename(new_file, file))
		rc = fail_detail(d->db->err, E_INTERNAL, "%s: %s", file, strerror(errno));
	return rc;
}
