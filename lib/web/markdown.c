/* markdown.c - Markdown as safe HTML, by cmark-gfm */
#include "markdown.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <ctype.h>
#include <string.h>

#include "str.h"

#define OPTIONS   (CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES)
#define MAX_SLUG  80
#define MAX_HEADS 200    /* headings that get an address of their own */

struct slugs { size_t n; char text[MAX_HEADS][MAX_SLUG]; };

static void add_slug(char out[MAX_SLUG], size_t *n, const char *s)
{
	for (; s && *s && *n < MAX_SLUG - 8; s++) {
		unsigned char c = (unsigned char)*s;

		if (isalnum(c) && c < 0x80)
			out[(*n)++] = (char)tolower(c);
		else if (out[*n - 1] != '-')
			out[(*n)++] = '-';
	}
	out[*n] = '\0';
}

/* "3.2 Protection" is s-3-2-protection; one that was there before gets a number. */
static void slug_of(cmark_node *heading, struct slugs *all, char out[MAX_SLUG])
{
	cmark_iter *it = cmark_iter_new(heading);
	cmark_event_type event;
	size_t n = 2, same = 1;

	memcpy(out, "s-", 3);
	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(node);

		if (event == CMARK_EVENT_ENTER && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
			add_slug(out, &n, cmark_node_get_literal(node));
	}
	cmark_iter_free(it);
	for (; n > 2 && out[n - 1] == '-'; n--)
		out[n - 1] = '\0';
	for (size_t i = 0; i < all->n; i++)
		same += str_eq(all->text[i], out);
	if (all->n < MAX_HEADS)
		str_copy(all->text[all->n++], MAX_SLUG, out);
	if (same > 1)
		snprintf(out + n, MAX_SLUG - n, "-%zu", same);
}

/* The node's children move into a block whose tags are ours. */
static void replace_heading(cmark_node *heading, struct slugs *all)
{
	cmark_node *block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK), *child;
	int level = cmark_node_get_heading_level(heading);
	char slug[MAX_SLUG], open[MAX_SLUG + 32], end[16];

	level = level < 6 ? level + 1 : 6;
	slug_of(heading, all, slug);
	snprintf(open, sizeof(open), "<h%d id=\"%s\">", level, slug);
	snprintf(end, sizeof(end), "</h%d>", level);
	cmark_node_set_on_enter(block, open);
	cmark_node_set_on_exit(block, end);
	while ((child = cmark_node_first_child(heading)))
		if (!cmark_node_append_child(block, child))
			cmark_node_unlink(child);
	cmark_node_replace(heading, block);
	cmark_node_free(heading);
}

static void prepare(cmark_node *document)
{
	struct slugs *all = calloc(1, sizeof(*all));
	cmark_iter *it = cmark_iter_new(document);
	cmark_event_type event;

	while (all && (event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);

		if (event != CMARK_EVENT_EXIT)
			continue;
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
			replace_heading(node, all);
	}
	cmark_iter_free(it);
	free(all);
}

/* align="" is no HTML of today and style="" is against our policy.  (Taking the alignment from
 * the node leaks in cmark-gfm 0.29.)  Text holds no bare "<", so only cells are met here. */
static void drop_alignment(char *html)
{
	char *to = html;

	for (const char *s = html; *s;) {
		bool cell = str_starts(s, "<th align=\"") || str_starts(s, "<td align=\"");
		const char *end = cell ? strchr(s + 11, '"') : NULL;

		if (!end) {
			*to++ = *s++;
			continue;
		}
		memmove(to, s, 3);
		to += 3;
		s = end + 1;
	}
	*to = '\0';
}

static void attach(cmark_parser *parser, const char *name)
{
	cmark_syntax_extension *extension = cmark_find_syntax_extension(name);

	if (extension)
		cmark_parser_attach_syntax_extension(parser, extension);
}

char *markdown_html(struct arena *a, const char *text)
{
	size_t n = text ? strlen(text) : 0;
	cmark_parser *parser;
	cmark_node *document;
	char *html, *out;

	if (n > MAX_MARKDOWN)
		return NULL;
	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(OPTIONS);
	attach(parser, "table");
	attach(parser, "strikethrough");
	cmark_parser_feed(parser, text ? text : "", n);
	document = cmark_parser_finish(parser);
	prepare(document);
	html = cmark_render_html(document, OPTIONS, cmark_parser_get_syntax_extensions(parser));
	drop_alignment(html);
	out = arena_strdup(a, html);
	free(html);
	cmark_node_free(document);
	cmark_parser_free(parser);
	return out;
}
