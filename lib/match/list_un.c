/* list_un.c - the consolidated list of the United Nations' Security Council, from its XML */
#include "screen_part.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "str.h"

static bool is_named(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name);
}

/* The text within the first child of that name, in a, trimmed; "" for none. */
static char *text_of(struct arena *a, const xmlNode *parent, const char *name)
{
	for (const xmlNode *n = parent->children; n; n = n->next)
		if (is_named(n, name)) {
			xmlChar *s = xmlNodeGetContent(n);
			char *copy = str_trim(a, s ? (const char *)s : "");

			xmlFree(s);
			return copy;
		}
	return arena_strdup(a, "");
}

static char *whole_name(struct arena *a, const xmlNode *n)
{
	static const char *const parts[] = { "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME" };
	char *name = arena_strdup(a, "");

	for (size_t i = 0; name && i < sizeof(parts) / sizeof(parts[0]); i++) {
		char *part = text_of(a, n, parts[i]);

		if (part && *part)
			name = arena_printf(a, "%s%s%s", name, *name ? " " : "", part);
	}
	return name;
}

static int add_aliases(struct lists *l, const struct listed *entry, const xmlNode *n)
{
	int rc = lists_name(l, entry, text_of(l->a, n, "NAME_ORIGINAL_SCRIPT"), true, false);

	for (const xmlNode *c = n->children; c && !rc; c = c->next)
		if (is_named(c, "INDIVIDUAL_ALIAS") || is_named(c, "ENTITY_ALIAS"))
			rc = lists_name(l, entry, text_of(l->a, c, "ALIAS_NAME"), true, str_eq(text_of(l->a, c, "QUALITY"), "Low"));
	return rc;
}

static const char *country_of(struct arena *a, const xmlNode *n)
{
	for (const xmlNode *c = n->children; c; c = c->next)
		if (is_named(c, "NATIONALITY"))
			return text_of(a, c, "VALUE");
	for (const xmlNode *c = n->children; c; c = c->next)
		if (is_named(c, "ENTITY_ADDRESS") || is_named(c, "INDIVIDUAL_ADDRESS"))
			return text_of(a, c, "COUNTRY");
	return "";
}

static int add_entry(struct lists *l, const xmlNode *n)
{
	struct listed entry = { .list = "UN", .id = text_of(l->a, n, "REFERENCE_NUMBER"), .name = whole_name(l->a, n),
		.programme = text_of(l->a, n, "UN_LIST_TYPE"), .country = country_of(l->a, n),
		.kind = is_named(n, "INDIVIDUAL") ? LISTED_INDIVIDUAL : LISTED_ENTITY };
	const struct listed *kept;

	if (!entry.id || !entry.name || !entry.programme || !entry.country)
		return fail(l->e, E_NOMEM, "no room for the list of the United Nations");
	kept = lists_entry(l, &entry);
	return kept ? add_aliases(l, kept, n) : (int)l->e->rc;
}

static int add_all(struct lists *l, const xmlNode *root, const char *path)
{
	size_t before = l->n_entries;

	for (const xmlNode *group = root->children; group; group = group->next)
		for (const xmlNode *n = group->children; n; n = n->next)
			if (is_named(n, "INDIVIDUAL") || is_named(n, "ENTITY")) {
				int rc = add_entry(l, n);

				if (rc)
					return rc;
			}
	return l->n_entries > before ? OK : fail(l->e, E_BAD, "%s names nobody; no list was loaded", path);
}

int list_un(struct lists *l, const char *dir)
{
	char *path = arena_printf(l->a, "%s/UN_consolidated.xml", dir), *text;
	size_t size = 0;
	const xmlNode *root;
	xmlDoc *doc;
	int rc;

	if (!path)
		return fail(l->e, E_NOMEM, "no room for the lists");
	text = listed_text(l->a, l->e, path, &size);
	if (!text)
		return (int)l->e->rc;
	doc = xmlReadMemory(text, (int)size, "list.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!doc)
		return fail(l->e, E_BAD, "%s is cut or damaged: it is not whole XML; no list was loaded", path);
	root = xmlDocGetRootElement(doc);
	if (!root || !is_named(root, "CONSOLIDATED_LIST"))
		rc = fail(l->e, E_BAD, "%s is not the consolidated list of the United Nations; no list was loaded", path);
	else
		rc = add_all(l, root, path);
	xmlFreeDoc(doc);
	return rc;
}
