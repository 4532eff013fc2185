/* catalog.c - product families and regions: the axes of a registration's scope */
#include "programme.h"

#include "event.h"
#include "intl.h"
#include "str.h"

#define MAX_CATALOG 200
#define MAX_COUNTRIES 250

static const char SQL_FAMILIES[] =
	"SELECT id, version, code, name, active FROM product_family WHERE active OR NOT ? ORDER BY name, id LIMIT 200";
static const char SQL_FAMILY_ADD[] = "INSERT INTO product_family (code, name, active) VALUES (?, ?, ?)";
static const char SQL_FAMILY_SAVE[] =
	"UPDATE product_family SET name = ?, active = ?, version = version + 1 WHERE id = ? AND version = ?";
static const char SQL_REGIONS[] =
	"SELECT r.id, r.version, r.code, r.name, IFNULL((SELECT GROUP_CONCAT(c.country ORDER BY c.country)"
	" FROM region_country c WHERE c.region_id = r.id), '') AS countries FROM region r ORDER BY r.name, r.id LIMIT 200";
static const char SQL_REGION_ADD[] = "INSERT INTO region (code, name) VALUES (?, ?)";
static const char SQL_REGION_SAVE[] = "UPDATE region SET name = ?, version = version + 1 WHERE id = ? AND version = ?";
static const char SQL_COUNTRY_PUT[] =
	"INSERT INTO region_country (country, region_id) VALUES (?, ?) ON DUPLICATE KEY UPDATE region_id = VALUES(region_id)";
static const char SQL_COUNTRIES_LEFT[] =
	"SELECT COUNT(*) FROM region_country WHERE region_id = ? AND NOT FIND_IN_SET(country, ?)";

const struct column family_columns[] = {
	COL(family, id, .describe = N_("Number of the product family")),
	COL(family, version, .describe = N_("Rises with each change")),
	COL(family, code, .describe = N_("As the API names it"), .max = 40),
	COL(family, name, .describe = N_("As people know it")),
	COL(family, active, .describe = N_("Can be registered")),
	COL_END
};

const struct column region_columns[] = {
	COL(region, id, .describe = N_("Number of the region")),
	COL(region, version, .describe = N_("Rises with each change")),
	COL(region, code, .describe = N_("As the API names it"), .max = 40),
	COL(region, name, .describe = N_("As people know it")),
	COL(region, countries, .describe = N_("Its countries, ISO 3166-1 alpha-2, comma-joined"), .max = 1000),
	COL_END
};

int family_list(struct db *db, bool active_only, struct family **out, size_t *count)
{
	return DB_ROWS(db, SQL_FAMILIES, ARGS(A(active_only)), family_columns, struct family, MAX_CATALOG, out, count);
}

int family_save(struct db *db, const struct user *u, const struct family *f, int64_t *id)
{
	struct event e = { .noun = "product_family", .noun_id = f->id, .what = f->id ? "changed" : "added",
		.text = f->name };
	struct db_done done = { 0 };
	int rc;

	if (f->id)
		rc = db_change_one(db, SQL_FAMILY_SAVE, ARGS(A(f->name), A(f->active), A(f->id), A(f->version)));
	else
		rc = db_exec(db, SQL_FAMILY_ADD, ARGS(A(f->code), A(f->name), A(f->active)), &done);
	if (rc == E_DUPLICATE)
		return fail_field(db->err, "code", _("There is a product family %s already"), f->code);
	*id = f->id ? f->id : done.id;
	e.noun_id = *id;
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}

int region_list(struct db *db, struct region **out, size_t *count)
{
	return DB_ROWS(db, SQL_REGIONS, NO_ARGS, region_columns, struct region, MAX_CATALOG, out, count);
}

/* Puts each country into the region; one that was in it and is not named any more must go to another. */
static int countries_save(struct db *db, int64_t id, const char *countries)
{
	char *s = arena_strdup(db->arena, str_or(countries, "")), *rest = s, *one;
	int64_t left = 0;
	int rc, n = 0;

	if (!s)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the countries"));
	rc = db_int(db, SQL_COUNTRIES_LEFT, ARGS(A(id), A(str_or(countries, ""))), &left);
	if (!rc && left)
		return fail_field(db->err, "countries", "%s",
			_("A country cannot be left without a region: add it to another region instead"));
	while (!rc && rest && *s && (one = strsep(&rest, ",")) != NULL)
		if (*one && ++n <= MAX_COUNTRIES)
			rc = db_exec(db, SQL_COUNTRY_PUT, ARGS(A(one), A(id)), NULL);
	return rc;
}

int region_save(struct db *db, const struct user *u, const struct region *r, int64_t *id)
{
	struct event e = { .noun = "region", .what = r->id ? "changed" : "added", .text = r->name };
	struct db_done done = { 0 };
	int rc;

	if (r->id)
		rc = db_change_one(db, SQL_REGION_SAVE, ARGS(A(r->name), A(r->id), A(r->version)));
	else
		rc = db_exec(db, SQL_REGION_ADD, ARGS(A(r->code), A(r->name)), &done);
	if (rc == E_DUPLICATE)
		return fail_field(db->err, "code", _("There is a region %s already"), r->code);
	*id = r->id ? r->id : done.id;
	e.noun_id = *id;
	if (!rc)
		rc = countries_save(db, *id, r->countries);
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}
