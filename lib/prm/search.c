/* search.c - one box over everything the user may see: one statement */
#include "search.h"

#include "intl.h"
#include "rules_params.h"
#include "secret.h"
#include "str.h"

/* Prefixes use the indexes; "contains" is asked of one firm's rows or of the few partners and people. */
#define DEAL(where) \
	"(SELECT 'deal' AS kind, d.id, d.customer AS title, CONCAT('DR-', d.id, ' · ', p.name) AS detail, d.status AS `key`" \
	" FROM deal d JOIN partner p ON p.id = d.partner_id WHERE " where " LIMIT 10)"
#define PERSON(where) \
	"(SELECT 'person', x.id, x.name, x.email, '' FROM membership m JOIN person x ON x.id = m.person_id" \
	" WHERE m.status = 'active' AND (x.name LIKE ? OR x.email LIKE ?) AND " where " ORDER BY x.name, x.id LIMIT 10)"

static const char SQL_FIRM[] =
	DEAL("d.partner_id = ? AND (d.customer LIKE ? OR d.domain LIKE ? OR d.id = ?) ORDER BY d.created_at DESC, d.id DESC")
	" UNION ALL " PERSON("m.firm_key = ?");

/* The three ways to a deal, each over its own index. */
#define SENT " AND d.status <> 'draft'"         /* drafts are their firm's alone */
#define DEALS_ANY(own) \
	DEAL("d.id = ?" SENT own) " UNION " DEAL("d.customer LIKE ?" SENT own " ORDER BY d.customer, d.id") " UNION " \
	DEAL("d.domain_key LIKE ?" SENT own " ORDER BY d.domain_key")
#define PARTNERS(own) \
	"(SELECT 'partner', p.id, p.name, CONCAT_WS(' · ', NULLIF(p.city, ''), p.country, NULLIF(p.domain, '')), p.status" \
	" FROM partner p WHERE ? AND (p.name LIKE ? OR p.domain LIKE ?)" own " ORDER BY p.name, p.id LIMIT 10)"
#define OWN " AND p.manager_id = ?"
#define PEOPLE_OWN " AND (m.firm_key = 0 OR m.partner_id IN (SELECT id FROM partner WHERE manager_id = ?))"
static const char SQL_ALL[] = DEALS_ANY("") " UNION ALL " PARTNERS("") " UNION ALL " PERSON("?");
static const char SQL_OWN[] = DEALS_ANY(OWN) " UNION ALL " PARTNERS(OWN) " UNION ALL " PERSON("?" PEOPLE_OWN);

const struct choice found_choices[] = {
	{ "deal", N_("Deals"), NULL },
	{ "partner", N_("Partners"), NULL },
	{ "person", N_("People"), NULL },
	{ "clause", N_("Rules of engagement"), NULL },
	CHOICE_END
};

const struct column found_columns[] = {
	COL(found, kind, .describe = N_("What was found"), .choices = found_choices),
	COL(found, id, .describe = N_("Its number; 0 for a clause")),
	COL(found, title, .describe = N_("Its name")),
	COL(found, detail, .describe = N_("More about it"), .max = 400),
	COL(found, key, .describe = N_("State of a deal or partner, key of a clause"), .max = 64),
	COL_END
};

/* The pattern's own characters of LIKE taken literally. */
static const char *pattern(struct arena *a, const char *before, const char *text)
{
	struct strbuf b;

	strbuf_init(&b, a, 4 * MAX_SEARCH + 2);
	strbuf_add(&b, before);
	for (; *text; text++) {
		if (strchr("%_\\", *text))
			strbuf_addc(&b, '\\');
		strbuf_addc(&b, *text);
	}
	strbuf_addc(&b, '%');
	return b.text;
}

/* "DR-1042", "dr1042" or "1042" -> 1042; 0 when it is no number of a deal. */
static int64_t deal_number(const char *text)
{
	int64_t id = 0;

	if (strncasecmp(text, "dr", 2) == 0)
		text += text[2] == '-' ? 3 : 2;
	return str_to_int(text, 1, INT64_MAX, &id) ? id : 0;
}

/* Some words around the place, never half a character. */
static const char *excerpt(struct arena *a, const char *text, const char *place)
{
	const char *from = place && place - text > 60 ? place - 60 : text;
	char cut[201];

	while (from > text && from[-1] != ' ')
		from--;
	str_cut(cut, sizeof(cut) - 1, from);
	return arena_printf(a, "%s%s%s", from > text ? "… " : "", cut, strlen(from) > strlen(cut) ? " …" : "");
}

/* Clauses whose title or text has the words; the rules are in the process's memory. */
static int clauses_find(struct db *db, const struct user *u, const char *text, struct found *out, size_t *n)
{
	struct rules r;
	size_t found = 0;
	int rc = rules_current(db, &r);

	if (rc == E_NOTFOUND) {
		err_clear(db->err);
		return OK;
	}
	for (size_t i = 0; !rc && i < r.n_clauses && found < MAX_FOUND_EACH; i++) {
		const struct clause *c = &r.clauses[i];
		const char *words = rules_clause_text(db, &r, c, str_or(u->language, "en"));

		const char *place = strcasestr(words, text);

		if (strcasestr(c->title, text) || place) {
			out[(*n)++] = (struct found){ "clause", 0, arena_printf(db->arena, "%s %s", c->number, c->title),
				excerpt(db->arena, words, place), c->key };
			found++;
		}
	}
	return rc;
}

static int rows_find(struct db *db, const struct user *u, const char *text, struct found **out, size_t *n)
{
	const char *has = pattern(db->arena, "%", text), *starts = pattern(db->arena, "", text);
	int64_t id = deal_number(text), me = u->person_id;
	bool partners = user_may(u, PARTNER_READ), people = partners || user_may(u, PEOPLE_ADMIN);
	size_t max = 5 * MAX_FOUND_EACH;

	if (!u->vendor)
		return DB_ROWS(db, SQL_FIRM, ARGS(A(u->partner_id), A(has), A(has), A(id), A(has), A(has), A(u->partner_id)),
			found_columns, struct found, max, out, n);
	if (u->own_partners_only)
		return DB_ROWS(db, SQL_OWN, ARGS(A(id), A(me), A(starts), A(me), A(starts), A(me), A(partners), A(has),
			A(has), A(me), A(has), A(has), A(people), A(me)), found_columns, struct found, max, out, n);
	return DB_ROWS(db, SQL_ALL, ARGS(A(id), A(starts), A(starts), A(partners), A(has), A(has), A(has), A(has),
		A(people)), found_columns, struct found, max, out, n);
}

int search_all(struct db *db, const struct user *u, const char *text, struct found **out, size_t *count)
{
	struct found *rows = NULL, *all = arena_array(db->arena, 7 * MAX_FOUND_EACH, sizeof(*all));
	size_t n = 0;
	int rc = OK;

	if (!all)
		return fail(db->err, E_NOMEM, "%s", _("There was no room to search"));
	if (u->person_id)
		rc = rows_find(db, u, text, &rows, &n);
	if (n)
		memcpy(all, rows, n * sizeof(*all));
	*out = all;
	*count = n;
	return rc ? rc : clauses_find(db, u, text, all, count);
}
