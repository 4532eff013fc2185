/* render_tree.c - documents become the tree a template reads
 *
 * ClearSilver's own way takes two allocations and two copies a value, and as many
 * steps to give them back: more than drawing the page.  Its node is public
 * (neo_hdf.h); here nodes are laid out in the request's arena and point at the
 * documents' texts.
 */
#include "render_tree.h"

#include <stdio.h>
#include <string.h>

#define MAX_TREE 24             /* nesting of data */

struct maker { struct arena *a; HDF *top; };

/* Only fixed names may be keys: what could be a path in HDF is left out. */
static size_t key_length(const char *key)
{
	const char *s = key;

	for (; *s; s++)
		if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
		      *s == '_' || *s == '-'))
			return 0;
	return (size_t)(s - key);
}

static bool named(const HDF *node, const char *name, size_t n)
{
	return (size_t)node->name_len == n && !memcmp(node->name, name, n);
}

/* Documents name the same things in about the same order: begin behind the last one found. */
static HDF *find(HDF *first, HDF **hint, const char *name, size_t n)
{
	HDF *node;

	for (node = *hint; node; node = node->next)
		if (named(node, name, n))
			return *hint = node->next, node;
	for (node = first; node && node != *hint; node = node->next)
		if (named(node, name, n))
			return *hint = node->next, node;
	return NULL;
}

static HDF *append(struct maker *m, HDF *into, const char *name, size_t n)
{
	HDF *node = ARENA_NEW(m->a, HDF);

	if (!node)
		return NULL;
	node->name = (char *)(uintptr_t)name;
	node->name_len = (int)n;
	node->top = m->top;
	if (into->last_child)
		into->last_child->next = node;
	else
		into->child = node;
	into->last_child = node;
	return node;
}

static int fill(struct maker *m, HDF *into, json_t *value, int depth);

static int put(struct maker *m, HDF *node, json_t *value, int depth)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		node->value = (char *)(uintptr_t)json_string_value(value);
		return 0;
	case JSON_INTEGER:
		node->value = arena_printf(m->a, "%lld", (long long)json_integer_value(value));
		return node->value ? 0 : -1;
	case JSON_REAL:
		node->value = arena_printf(m->a, "%.15g", json_real_value(value));
		return node->value ? 0 : -1;
	case JSON_TRUE:
		node->value = (char *)(uintptr_t)"1";
		return 0;
	default:
		return fill(m, node, value, depth);
	}
}

static int add(struct maker *m, HDF *into, HDF *before, HDF **hint, const char *name, json_t *value, int depth)
{
	size_t n = key_length(name);
	HDF *node;

	/* what is not there is false, too */
	if (!n || json_is_null(value) || json_is_false(value))
		return 0;
	node = before ? find(before, hint, name, n) : NULL;
	if (!node)
		node = append(m, into, name, n);
	return node ? put(m, node, value, depth - 1) : -1;
}

static const char *index_name(struct arena *a, size_t i)
{
	static const char names[100][4] = {
		"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
		"19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35",
		"36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52",
		"53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65", "66", "67", "68", "69",
		"70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "80", "81", "82", "83", "84", "85", "86",
		"87", "88", "89", "90", "91", "92", "93", "94", "95", "96", "97", "98", "99"
	};

	return i < 100 ? names[i] : arena_printf(a, "%zu", i);
}

static int fill(struct maker *m, HDF *into, json_t *value, int depth)
{
	HDF *before = into->child, *hint = before;
	const char *key;
	json_t *one;
	size_t i;
	int rc = 0;

	if (!depth)
		return -1;
	if (json_is_object(value)) {
		json_object_foreach(value, key, one)
			if (!rc)
				rc = add(m, into, before, &hint, key, one, depth);
		return rc;
	}
	json_array_foreach(value, i, one) {
		key = index_name(m->a, i);
		if (!key || add(m, into, before, &hint, key, one, depth))
			return -1;
	}
	return 0;
}

HDF *hdf_tree(struct arena *a, json_t *const *data, size_t n)
{
	struct maker m = { a, ARENA_NEW(a, HDF) };

	if (!m.top)
		return NULL;
	m.top->top = m.top;
	for (size_t i = 0; i < n; i++)
		if (json_is_object(data[i]) && fill(&m, m.top, data[i], MAX_TREE))
			return NULL;
	return m.top;
}
