/* deal_import_check.c - the dry run: what each line would become, with nothing written
 *
 * The engine judges each line by what stands in the tables and by what the lines before
 * it would hold; those are kept in a table of open addresses.
 */
#include "deal_import_part.h"

#include "intl.h"
#include "str.h"

struct slot { const char *key; int64_t partner_id; size_t line; };
struct scopes { struct arena *arena; size_t room; struct slot *slots; };

static size_t hash_of(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);        /* FNV-1a */

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return (size_t)(h ^ (h >> 32));
}

int64_t import_stand_in(const char *text)
{
	return -1 - (int64_t)(hash_of(text) & 0x7fffffff);
}

struct scopes *scopes_new(struct arena *a, size_t lines)
{
	struct scopes *s = ARENA_NEW(a, struct scopes);

	if (!s)
		return NULL;
	s->arena = a;
	for (s->room = 64; s->room < lines * 6; s->room *= 2)   /* three keys a line, half empty */
		;
	s->slots = arena_array(a, s->room, sizeof(*s->slots));
	return s->slots ? s : NULL;
}

/* The slot of key, or the empty one where it belongs. */
static struct slot *slot_of(struct scopes *s, const char *key)
{
	size_t i = hash_of(key) & (s->room - 1);

	while (s->slots[i].key && !str_eq(s->slots[i].key, key))
		i = (i + 1) & (s->room - 1);
	return &s->slots[i];
}

static const char *scope_key(struct arena *a, const char *kind, const struct deal *d, const char *text)
{
	return arena_printf(a, "%s %lld %lld %s", kind, (long long)d->family_id, (long long)d->region_id, text);
}

static const struct slot *look(struct import_run *r, const char *kind, const struct deal *d, const char *text)
{
	const char *key = text ? scope_key(r->db->arena, kind, d, text) : NULL;
	const struct slot *slot = key ? slot_of(r->scopes, key) : NULL;

	return slot && slot->key ? slot : NULL;
}

static void keep(struct import_run *r, const char *kind, const struct deal *d, const char *text, size_t line)
{
	const char *key = text ? scope_key(r->scopes->arena, kind, d, text) : NULL;
	struct slot *slot = key ? slot_of(r->scopes, key) : NULL;

	if (slot && !slot->key)
		*slot = (struct slot){ key, d->partner_id, line };
}

struct overlay { struct found domain, name, open; size_t line; };

/* Adds what the lines before would hold to what the tables say. */
static void overlay(struct import_run *r, const struct deal *d, struct facts *f, struct overlay *o)
{
	const struct { const char *kind; const char *text; struct found *found; const struct found **fact; } all[] = {
		{ "domain", d->domain_key, &o->domain, &f->domain_hold },
		{ "name", d->name_key, &o->name, &f->name_hold },
		{ "open", d->domain_key, &o->open, &f->open },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct slot *s = *all[i].fact ? NULL : look(r, all[i].kind, d, all[i].text);

		if (!s)
			continue;
		*all[i].found = (struct found){ .what = all[i].kind, .deal_id = -(int64_t)s->line, .partner_id = s->partner_id,
			.until = deal_protection_end(&r->ground, r->db->now, r->ground.rules.protection_days) };
		*all[i].fact = all[i].found;
	}
}

static int judged(struct import_run *r, struct import_item *item, const struct deal *d, const struct verdict *v)
{
	bool approved = str_eq(v->outcome, "approved");

	item->line.outcome = v->outcome;
	item->line.clause = rules_clause(&r->ground.rules, v->clause_key)->number;
	item->line.reason = v->reason;
	item->met = v->because ? v->because->what : NULL;
	if (v->because && v->because->deal_id < 0) {
		item->met = "line";
		item->line.reason = arena_printf(r->db->arena, _("Line %lld of this file registers the same customer."),
			(long long)-v->because->deal_id);
	}
	if (approved)
		keep(r, "domain", d, d->domain_key, (size_t)item->line.line);
	if (approved && v->hold_name)
		keep(r, "name", d, d->name_key, (size_t)item->line.line);
	if (str_eq(v->outcome, "review"))
		keep(r, "open", d, d->domain_key, (size_t)item->line.line);
	return item->line.reason ? OK : E_NOMEM;
}

int import_judge(struct import_run *r, struct import_item *item)
{
	struct deal d = { .partner_id = item->partner_id };
	struct overlay over = { .line = 0 };
	struct verdict v;
	struct facts f;
	int rc;

	deal_fill(&d, &item->in);
	rc = deal_scope_look(r->db, &d);
	if (rc)
		return rc;
	if (!d.family_id && r->o->create_families)
		d.family_id = import_stand_in(d.product_family);
	if (!d.region_id || !*d.name_key || !d.family_id) {
		item->refusal = !d.region_id ? _("The country lies in none of the programme's regions") : !*d.name_key ?
			_("The customer's name has no letters") : _("The product family is none of the programme's");
		return OK;
	}
	rc = deal_facts(r->db, &r->ground, &d, false, &f);
	if (rc)
		return rc;
	overlay(r, &d, &f, &over);
	rc = deal_judge(r->db->arena, &r->ground.rules, &f, &v);
	return rc ? rc : judged(r, item, &d, &v);
}

/* ---- truth, for measurements ---- */
struct truths { struct scopes *set; };

struct truths *truths_new(struct arena *a, size_t lines)
{
	struct truths *t = ARENA_NEW(a, struct truths);

	if (t)
		t->set = scopes_new(a, lines);
	return t && t->set ? t : NULL;
}

bool truth_seen(struct truths *t, struct arena *a, const char *text)
{
	struct slot *slot = slot_of(t->set, text);

	if (slot->key)
		return true;
	slot->key = arena_strdup(a, text);
	return false;
}
