/* list_ofac.c - the lists of the United States: OFAC's SDN and consolidated, and the denied persons
 *
 * Files and fields as OFAC's "Data format of SDN list" says them.  An alias in quotes within
 * the remarks ("a.k.a. 'BNC'") is a weak one.  Remarks too long for their field go on in the comments file.
 */
#include "screen_part.h"

#include <stdio.h>
#include <string.h>

#include "str.h"

enum { PRIM_ID, PRIM_NAME, PRIM_KIND, PRIM_PROGRAMME, PRIM_REMARKS = 11, PRIM_FIELDS };
enum { ALT_ID, ALT_NAME = 3, ALT_FIELDS = 5 };
enum { ADD_ID, ADD_COUNTRY = 4, ADD_FIELDS = 6 };
enum { COMMENT_ID, COMMENT_TEXT, COMMENT_FIELDS };
enum { DENIED_NAME, DENIED_COUNTRY = 4, DENIED_BEGIN = 6, DENIED_FIELDS = 12 };

struct ofac {
	struct lists *l;
	const char *list, *path;
	size_t first;              /* its first entry */
	const char **remarks;      /* by entry, while they are put together */
	size_t room;
};

static enum listed_kind kind_of(const char *s)
{
	return str_eq(s, "individual") ? LISTED_INDIVIDUAL : str_eq(s, "vessel") ? LISTED_VESSEL
		: str_eq(s, "aircraft") ? LISTED_AIRCRAFT : LISTED_ENTITY;
}

static bool keep_remarks(struct ofac *o, size_t i, const char *text)
{
	if (i >= o->room) {
		size_t room = o->room ? o->room * 2 : 4096;
		const char **more = arena_array(o->l->a, room, sizeof(*more));

		if (!more)
			return false;
		if (o->room)
			memcpy(more, o->remarks, o->room * sizeof(*more));
		o->remarks = more;
		o->room = room;
	}
	o->remarks[i] = text;
	return true;
}

static int on_prim(void *arg, char **f)
{
	struct ofac *o = arg;
	struct listed entry = { .list = o->list, .id = f[PRIM_ID], .name = f[PRIM_NAME], .programme = f[PRIM_PROGRAMME],
		.country = "", .kind = kind_of(f[PRIM_KIND]) };

	if (!lists_entry(o->l, &entry))
		return (int)o->l->e->rc;
	if (!keep_remarks(o, o->l->n_entries - 1 - o->first, f[PRIM_REMARKS]))
		return fail(o->l->e, E_NOMEM, "no room for %s", o->path);
	return OK;
}

/* The entry of that id, or -1; the rows come in the order of the ids, mostly, so begin where the last was. */
static long entry_of(const struct ofac *o, const char *id)
{
	size_t low = o->first, high = o->l->n_entries;
	int64_t wanted, seen;

	if (!str_to_int(id, 0, INT64_MAX, &wanted))
		return -1;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (!str_to_int(o->l->entries[middle]->id, 0, INT64_MAX, &seen))
			return -1;
		if (seen == wanted)
			return (long)middle;
		if (seen < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static int stray(struct ofac *o, const char *id)
{
	return fail(o->l->e, E_BAD, "%s speaks of entry %s, which is not in the list beside it: one of the two is cut; "
		"no list was loaded", o->path, id);
}

static int on_alt(void *arg, char **f)
{
	struct ofac *o = arg;
	long at = entry_of(o, f[ALT_ID]);

	return at < 0 ? stray(o, f[ALT_ID]) : lists_name(o->l, o->l->entries[at], f[ALT_NAME], true, false);
}

static int on_add(void *arg, char **f)
{
	struct ofac *o = arg;
	long at = entry_of(o, f[ADD_ID]);

	if (at < 0)
		return stray(o, f[ADD_ID]);
	if (str_empty(o->l->entries[at]->country))
		o->l->entries[at]->country = f[ADD_COUNTRY];
	return OK;
}

static int on_comment(void *arg, char **f)
{
	struct ofac *o = arg;
	long at = entry_of(o, f[COMMENT_ID]);
	char *whole;

	if (at < 0)
		return stray(o, f[COMMENT_ID]);
	whole = arena_printf(o->l->a, "%s%s", o->remarks[(size_t)at - o->first], f[COMMENT_TEXT]);
	if (!whole)
		return fail(o->l->e, E_NOMEM, "no room for %s", o->path);
	o->remarks[(size_t)at - o->first] = whole;
	return OK;
}

/* "a.k.a. 'BNC'; f.k.a. 'OLD'" */
static int weak_aliases(struct ofac *o, const struct listed *entry, const char *remarks)
{
	for (const char *at = strstr(remarks, ".k.a. '"); at; at = strstr(at, ".k.a. '")) {
		const char *start = at + 7, *end = start;
		char *text;
		int rc;

		while (*end && !(*end == '\'' && (!end[1] || strchr(";.,)", end[1]))))
			end++;
		text = arena_strndup(o->l->a, start, (size_t)(end - start));
		rc = text ? lists_name(o->l, entry, text, true, true) : fail(o->l->e, E_NOMEM, "no room for %s", o->path);
		if (rc)
			return rc;
		at = end;
	}
	return OK;
}

struct ofac_file { const char *name; size_t fields; bool must_end, may_lack; int (*row)(void *arg, char **fields); };

static int read_files(struct ofac *o, const char *dir, const struct ofac_file *files, size_t n)
{
	o->first = o->l->n_entries;
	for (size_t i = 0; i < n; i++) {
		int rc;

		o->path = arena_printf(o->l->a, "%s/%s", dir, files[i].name);
		if (!o->path)
			return fail(o->l->e, E_NOMEM, "no room for the lists");
		rc = listed_rows(o->l, o->path, ',', files[i].fields, files[i].must_end, files[i].row, o);
		if (rc == E_NOTFOUND && i && !files[i].may_lack)
			return fail(o->l->e, E_BAD, "%s is missing; no list was loaded", o->path);
		if (rc && !(rc == E_NOTFOUND && files[i].may_lack))
			return rc;
	}
	for (size_t i = o->first; i < o->l->n_entries; i++) {
		int rc = weak_aliases(o, o->l->entries[i], o->remarks[i - o->first]);

		if (rc)
			return rc;
	}
	return OK;
}

int list_ofac(struct lists *l, const char *dir)
{
	static const struct ofac_file files[] = {
		{ "sdn.csv", PRIM_FIELDS, true, false, on_prim }, { "alt.csv", ALT_FIELDS, true, false, on_alt },
		{ "add.csv", ADD_FIELDS, true, true, on_add }, { "sdn_comments.csv", COMMENT_FIELDS, false, true, on_comment },
	};
	struct ofac o = { .l = l, .list = "OFAC SDN" };

	return read_files(&o, dir, files, sizeof(files) / sizeof(files[0]));
}

int list_ofac_consolidated(struct lists *l, const char *dir)
{
	static const struct ofac_file files[] = {
		{ "cons_prim.csv", PRIM_FIELDS, true, false, on_prim }, { "cons_alt.csv", ALT_FIELDS, true, false, on_alt },
		{ "cons_add.csv", ADD_FIELDS, true, true, on_add }, { "cons_comments.csv", COMMENT_FIELDS, false, true, on_comment },
	};
	struct ofac o = { .l = l, .list = "OFAC consolidated" };

	return read_files(&o, dir, files, sizeof(files) / sizeof(files[0]));
}

struct denied { struct lists *l; size_t row; };

/* The list says not whether it is a person: the name tells. */
static int on_denied(void *arg, char **f)
{
	struct denied *d = arg;
	const struct name *name;
	struct listed entry = { .list = "BIS DPL", .name = f[DENIED_NAME], .programme = "denied persons", .country = f[DENIED_COUNTRY] };

	if (!d->row++)
		return str_eq(f[DENIED_NAME], "Name") ? OK : fail(d->l->e, E_BAD, "dpl.txt does not begin with the names of its fields");
	entry.id = arena_printf(d->l->a, "%zu of %s", d->row - 1, f[DENIED_BEGIN]);
	name = name_prepare(d->l->a, f[DENIED_NAME], NAME_ENTITY);
	if (!entry.id || !name)
		return fail(d->l->e, E_NOMEM, "no room for dpl.txt");
	entry.kind = name->kind == NAME_PERSON ? LISTED_INDIVIDUAL : LISTED_ENTITY;
	return lists_entry(d->l, &entry) ? OK : (int)d->l->e->rc;
}

int list_denied(struct lists *l, const char *dir)
{
	struct denied d = { .l = l };
	char *path = arena_printf(l->a, "%s/dpl.txt", dir);

	if (!path)
		return fail(l->e, E_NOMEM, "no room for the lists");
	return listed_rows(l, path, '\t', DENIED_FIELDS, false, on_denied, &d);
}
