/* doc_path.c - "deals.3.decision": where a member stands in a document, and what a text is there */
#include "doc_part.h"

#include <string.h>

#include "str.h"

json_t *json_text(const char *s)
{
	json_t *v = s ? json_string(s) : json_null();

	return v ? v : json_null();
}

static bool is_index(const char *s, size_t n, size_t *out)
{
	size_t v = 0;

	if (!n || n > 6)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		v = v * 10 + (size_t)(s[i] - '0');
	}
	*out = v;
	return v < MAX_EXPORT_ROWS;
}

static json_t *in_array(json_t *list, const char *s, size_t n, bool make)
{
	size_t i;

	if (!is_index(s, n, &i))
		return NULL;
	while (make && json_array_size(list) <= i)
		if (json_array_append_new(list, json_object()))
			return NULL;
	return json_array_get(list, i);
}

/* One step down. What is made is an array when an index follows. */
static json_t *step(json_t *node, const char *s, size_t n, const char *rest, bool make)
{
	char name[MAX_KEY];
	json_t *child;
	size_t i;

	if (json_is_array(node))
		return in_array(node, s, n, make);
	if (!json_is_object(node) || !n || n >= sizeof(name))
		return NULL;
	memcpy(name, s, n);
	name[n] = '\0';
	child = json_object_get(node, name);
	if (!make || (child && !json_is_null(child)))
		return child;
	child = rest && is_index(rest, strcspn(rest, "."), &i) ? json_array() : json_object();
	return json_object_set_new(node, name, child) ? NULL : child;
}

static json_t *walk(json_t *node, const char *path, bool make)
{
	while (node && path && *path) {
		size_t n = strcspn(path, ".");
		const char *rest = path[n] ? path + n + 1 : NULL;

		node = step(node, path, n, rest, make);
		path = rest;
	}
	return node;
}

json_t *doc_find(json_t *root, const char *path)
{
	return walk(root, path, false);
}

json_t *doc_object(json_t *root, const char *path)
{
	json_t *node = walk(root, path, true);

	return json_is_object(node) ? node : NULL;
}

json_t *doc_parent(json_t *root, const char *path, const char **name)
{
	const char *dot = strrchr(path, '.');
	char parent[400];

	*name = dot ? dot + 1 : path;
	if (!dot)
		return root;
	if ((size_t)(dot - path) >= sizeof(parent))
		return NULL;
	memcpy(parent, path, (size_t)(dot - path));
	parent[dot - path] = '\0';
	return doc_object(root, parent);
}
