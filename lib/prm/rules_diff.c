/* rules_diff.c - what changed between two versions of the rules, word by word */
#include "rules_edit.h"

#include "intl.h"
#include "str.h"

#define MAX_WORDS 800

/* Words with the space after them, so that parts can be joined again. */
static size_t words_of(struct arena *a, const char *text, const char **out)
{
	size_t n = 0;

	while (*text && n < MAX_WORDS) {
		size_t len = strcspn(text, " \n");

		len += strspn(text + len, " \n");
		out[n++] = arena_strndup(a, text, len);
		text += len;
	}
	return *text ? MAX_WORDS + 1 : n;
}

struct parts { struct arena *arena; struct diff_part *p; size_t n, room; };

static void part_add(struct parts *parts, const char *op, const char *text)
{
	struct diff_part *last = parts->n ? &parts->p[parts->n - 1] : NULL;

	if (last && str_eq(last->op, op))
		last->text = arena_printf(parts->arena, "%s%s", last->text, text);
	else if (parts->n < parts->room)
		parts->p[parts->n++] = (struct diff_part){ op, text };
}

/* Longest common subsequence (Hirschberg 1975 describes the table; texts here are short enough to keep it). */
static void walk(struct parts *out, const uint16_t *len, const char **a, size_t n, const char **b, size_t m)
{
	size_t i = 0, j = 0, w = m + 1;

	while (i < n && j < m)
		if (str_eq(a[i], b[j])) {
			part_add(out, "same", a[i]);
			i++, j++;
		} else if (len[(i + 1) * w + j] >= len[i * w + j + 1])
			part_add(out, "del", a[i++]);
		else
			part_add(out, "ins", b[j++]);
	while (i < n)
		part_add(out, "del", a[i++]);
	while (j < m)
		part_add(out, "ins", b[j++]);
}

int text_diff(struct db *db, const char *before, const char *after, struct diff_part **out, size_t *count)
{
	const char **a = arena_array(db->arena, MAX_WORDS, sizeof(*a)), **b = arena_array(db->arena, MAX_WORDS, sizeof(*b));
	struct parts parts = { .arena = db->arena, .room = 2 * MAX_WORDS };
	size_t n, m, w;
	uint16_t *len;

	parts.p = arena_array(db->arena, parts.room, sizeof(*parts.p));
	if (!a || !b || !parts.p)
		return fail(db->err, E_NOMEM, "%s", _("There was no room to compare"));
	n = words_of(db->arena, before, a);
	m = words_of(db->arena, after, b);
	if (n > MAX_WORDS || m > MAX_WORDS) {
		part_add(&parts, "del", before);
		part_add(&parts, "ins", after);
	} else {
		w = m + 1;
		len = arena_array(db->arena, (n + 1) * w, sizeof(*len));
		if (!len)
			return fail(db->err, E_NOMEM, "%s", _("There was no room to compare"));
		for (size_t i = n; i-- > 0; )
			for (size_t j = m; j-- > 0; )
				len[i * w + j] = str_eq(a[i], b[j]) ? (uint16_t)(len[(i + 1) * w + j + 1] + 1) :
					len[(i + 1) * w + j] > len[i * w + j + 1] ? len[(i + 1) * w + j] :
					len[i * w + j + 1];
		walk(&parts, len, a, n, b, m);
	}
	*out = parts.p;
	*count = parts.n;
	return OK;
}

static const struct clause *same_key(const struct rules *r, const char *key)
{
	for (size_t i = 0; i < r->n_clauses; i++)
		if (str_eq(r->clauses[i].key, key))
			return &r->clauses[i];
	return NULL;
}

/* Title and text as one, so that a changed title shows too. */
static const char *whole(struct db *db, const struct clause *c)
{
	return arena_printf(db->arena, "%s\n%s", c->title, c->text);
}

static int clause_changes(struct db *db, const struct rules *from, const struct rules *to,
	struct rules_change *list, size_t *n)
{
	int rc = OK;

	for (size_t i = 0; !rc && i < to->n_clauses; i++) {
		const struct clause *now = &to->clauses[i], *old = same_key(from, now->key);
		struct rules_change c = { .kind = old ? "clause" : "clause_new", .number = now->number,
			.label = now->title };
		const char *before = old ? whole(db, old) : "", *after = whole(db, now);

		if (str_eq(before, after))
			continue;
		rc = text_diff(db, before, after, &c.parts, &c.n_parts);
		list[(*n)++] = c;
	}
	for (size_t i = 0; !rc && i < from->n_clauses; i++)
		if (!same_key(to, from->clauses[i].key))
			list[(*n)++] = (struct rules_change){ .kind = "clause_gone", .number = from->clauses[i].number,
				.label = from->clauses[i].title };
	return rc;
}

static void value_change(struct db *db, const struct rules *from, const struct rules *to, const char *name,
	const char *label, struct rules_change *list, size_t *n)
{
	const char *language = intl_language();
	const char *before = rules_param_text(db, from, name, language), *after = rules_param_text(db, to, name, language);

	if (!str_eq(before, after))
		list[(*n)++] = (struct rules_change){ .kind = "value", .number = "", .label = label, .before = before,
			.after = after };
}

int rules_diff(struct db *db, const struct rules *from, const struct rules *to,
	struct rules_change **out, size_t *count)
{
	struct rules_change *list = arena_array(db->arena, 32 + from->n_clauses + to->n_clauses, sizeof(*list));

	if (!list)
		return fail(db->err, E_NOMEM, "%s", _("There was no room to compare"));
	*out = list;
	*count = 0;
	for (const struct rules_param *p = rules_params; p->name; p++)
		value_change(db, from, to, p->name, _(p->label), list, count);
	value_change(db, from, to, RULES_LIMITS, _("Values decided without a person"), list, count);
	return clause_changes(db, from, to, list, count);
}

json_t *changes_json(const struct rules_change *list, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++) {
		const struct rules_change *c = &list[i];
		json_t *parts = json_array();

		for (size_t k = 0; k < c->n_parts; k++)
			json_array_append_new(parts, json_pack("{s:s, s:s}", "op", c->parts[k].op, "text", c->parts[k].text));
		json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:o}", "kind", c->kind, "number", c->number,
			"label", c->label, "before", c->before, "after", c->after, "parts", parts));
	}
	return all;
}
