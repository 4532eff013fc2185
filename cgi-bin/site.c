/* site.c - what anybody can see: welcome, rules of engagement, search, the brand's colour, health */
#include "markdown.h"
#include "migrate.h"
#include "prm.h"
#include "programme.h"
#include "rules_edit.h"
#include "search.h"

/* ---- welcome ---- */
static int home(struct req *q, struct doc *out)
{
	struct programme p;
	struct rules r;
	int rc;

	if (q->user->person_id)
		return doc_go(out, "/dashboard");
	rc = programme_get(q->db, &p);
	if (rc == E_NOTFOUND) {         /* a new installation */
		err_clear(q->err);
		return OK;
	}
	if (!rc)
		rc = rules_current(q->db, &r);
	if (rc == E_NOTFOUND) {
		err_clear(q->err);
		return doc_show(out, "programme.name", p.name);
	}
	if (rc)
		return rc;
	doc_show(out, "programme.name", p.name);
	doc_show(out, "programme.contact_email", p.contact_email);
	doc_show(out, "rules.protection_days", rules_param_text(q->db, &r, "protection_days", q->language));
	doc_show(out, "rules.decision_days", rules_param_text(q->db, &r, "decision_days", q->language));
	doc_show(out, "rules.auto_limit", r.n_auto_limits ? money_text(q->arena, r.auto_limit, q->language) : NULL);
	return OK;
}

/* ---- rules ---- */
struct rules_query { int64_t version; };
static const struct field rules_fields[] = {
	FIELD(rules_query, version, F_INT, .label = N_("Version"), .min = 1, .max = 1000000,
		.help = N_("Without it: the rules in force")),
	FIELD_END
};

static const struct part rules_parts[] = {
	{ .name = "rules", .columns = rules_columns, .describe = N_("One version of the rules of engagement"),
	  .parts = (const struct part[]){
		{ .name = "auto_limits", .columns = rules_limit_columns, .list = true,
		  .describe = N_("Up to which value the rules decide at once, by currency") },
		{ .name = "clauses", .columns = clause_columns, .list = true, .describe = N_("The clauses, in their order") },
		PART_END } },
	PART_END
};

static int put_clauses(struct req *q, struct doc *out, const struct rules *r)
{
	struct clause *c = arena_memdup(q->arena, r->clauses, (r->n_clauses + 1) * sizeof(*c));
	int rc;

	if (!c)
		return fail(q->err, E_NOMEM, "%s", _("There was no room for the rules"));
	for (size_t i = 0; i < r->n_clauses; i++)
		c[i].text = rules_clause_text(q->db, r, &r->clauses[i], q->language);
	rc = doc_rows(out, "rules.clauses", clause_columns, c, sizeof(*c), r->n_clauses);
	for (size_t i = 0; i < r->n_clauses && !rc && q->face == FACE_HTML; i++)
		rc = doc_show_in(out, "rules.clauses", i, "text_html",
			markdown_html(q->arena, c[i].text));
	return rc;
}

/* What this version changed, and all versions there were. */
static int put_history(struct req *q, struct doc *out, const struct rules *r)
{
	struct rules_version *all, *this = NULL, *before = NULL;
	struct rules old = { 0 };
	struct rules_change *changes;
	size_t n, n_changes = 0;
	int rc = rules_versions(q->db, false, &all, &n);

	if (rc)
		return rc;
	rc = doc_rows(out, "versions", rules_version_columns, all, sizeof(*all), n);
	for (size_t i = 0; i < n; i++) {
		if (all[i].number == r->number)
			this = &all[i];
		if (all[i].number < r->number && !before)
			before = &all[i];
	}
	if (!this || !before)
		return rc;
	if (!rc)
		rc = rules_get(q->db, before->number, &old);
	if (!rc)
		rc = rules_diff(q->db, &old, r, &changes, &n_changes);
	return rc ? rc : doc_show_json(out, "changes", changes_json(changes, n_changes));
}

static int show_rules(struct req *q, struct doc *out)
{
	struct rules r = { 0 };
	int64_t number = INPUT(q, rules_query)->version;
	int rc = number ? rules_get(q->db, (int)number, &r) : rules_current(q->db, &r);

	/* a draft is nobody's business before it is published */
	if (!rc && str_eq(r.status, "draft"))
		return fail(q->err, E_NOTFOUND, _("There is no version %d of the rules"), r.number);
	if (!rc)
		rc = doc_row(out, "rules", rules_columns, &r);
	if (!rc)
		rc = doc_rows(out, "rules.auto_limits", rules_limit_columns, r.auto_limits, sizeof(*r.auto_limits),
			r.n_auto_limits);
	if (!rc)
		rc = put_clauses(q, out, &r);
	return rc || q->face == FACE_JSON ? rc : put_history(q, out, &r);
}

/* ---- search ---- */
struct search_query { const char *q; };
static const struct field search_fields[] = {
	FIELD(search_query, q, F_TEXT, .label = N_("Search"), .max = MAX_SEARCH,
		.help = N_("A customer, a domain, a number, a partner, a person, or a word of the rules")),
	FIELD_END
};

static const struct part search_parts[] = {
	{ .name = "found", .columns = found_columns, .list = true, .describe = N_("What was found, at most ten of a kind") },
	PART_END
};

static const char *found_url(struct req *q, const struct found *f)
{
	if (str_eq(f->kind, "clause"))
		return arena_printf(q->arena, "/rules#c%.*s", (int)strcspn(f->title, " "), f->title);
	if (str_eq(f->kind, "person"))
		return q->user->vendor ? user_may(q->user, PEOPLE_ADMIN) ?
			arena_printf(q->arena, "/admin/people/%lld", (long long)f->id) : NULL :
			user_may(q->user, FIRM_PEOPLE) ? arena_printf(q->arena, "/users/%lld", (long long)f->id) : NULL;
	return arena_printf(q->arena, "/%ss/%lld", f->kind, (long long)f->id);
}

/* The page shows them in groups; the API one list. */
static int put_groups(struct req *q, struct doc *out, const struct found *found, size_t n)
{
	json_t *groups = json_array();

	for (const struct choice *c = found_choices; c->value; c++) {
		json_t *items = json_array();

		for (size_t i = 0; i < n; i++)
			if (str_eq(found[i].kind, c->value))
				json_array_append_new(items, json_pack("{s:s, s:s*, s:s*}", "title", found[i].title,
					"detail", found[i].detail, "url", found_url(q, &found[i])));
		if (json_array_size(items))
			json_array_append_new(groups, json_pack("{s:s, s:s, s:o}", "kind", c->value, "label", _(c->label),
				"items", items));
		else
			json_decref(items);
	}
	return doc_show_json(out, "groups", groups);
}

static int search(struct req *q, struct doc *out)
{
	const char *text = INPUT(q, search_query)->q;
	struct found *found;
	size_t n = 0;
	int rc = doc_show(out, "q", text);

	if (str_empty(text) || str_utf8_length(text) < MIN_SEARCH) {
		doc_show(out, "too_short", str_empty(text) ? NULL : "1");
		return rc ? rc : doc_rows(out, "found", found_columns, NULL, sizeof(*found), 0);
	}
	if (!rc)
		rc = search_all(q->db, q->user, text, &found, &n);
	if (!rc)
		rc = doc_rows(out, "found", found_columns, found, sizeof(*found), n);
	doc_show(out, "searched", "1");
	return rc || q->face == FACE_JSON ? rc : put_groups(q, out, found, n);
}

/* ---- for machines ---- */
static int brand(struct req *q, struct doc *out)
{
	struct programme p = { .accent = NULL };
	const char *css = "";
	int rc = programme_get(q->db, &p);

	if (rc && rc != E_NOTFOUND)
		return rc;
	err_clear(q->err);
	/* only a colour of six digits gets in, so nothing else can */
	if (contrast_x100(p.accent, "#000000"))
		css = arena_printf(q->arena, ":root { --prm-accent: %s; --prm-accent-text: %s; }\n", p.accent,
			accent_text(p.accent));
	return doc_raw(out, "text/css; charset=utf-8", NULL, css, strlen(css));
}

/* Answers only when the database does. */
static int health(struct req *q, struct doc *out)
{
	int64_t applied;
	int rc = migrate_version(q->db, &applied);
	char *text = arena_printf(q->arena, "ok %lld\n", (long long)applied);

	return rc ? rc : doc_raw(out, "text/plain; charset=utf-8", NULL, text, strlen(text));
}

static const struct route routes[] = {
	{ GET, "/", home, PUBLIC, "site/home.cs", .flags = PAGE_ONLY | CACHE, .title = N_("Partner portal") },
	{ GET, "/rules", show_rules, PUBLIC, "site/rules.cs", rules_fields, sizeof(struct rules_query), CACHE,
	  N_("Rules of engagement"), .returns = rules_parts, .section = "rules" },
	{ GET, "/search", search, SIGNED_IN, "site/search.cs", search_fields, sizeof(struct search_query),
	  .title = N_("Search"), .returns = search_parts },
	{ GET, "/brand.css", brand, PUBLIC, NULL, .flags = PAGE_ONLY | CACHE, .title = N_("Brand colour") },
	{ GET, "/healthz", health, PUBLIC, NULL, .flags = PAGE_ONLY, .title = N_("Health") },
	ROUTE_END
};

PROGRAM(site, "site", routes)
