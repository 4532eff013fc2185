/* page.c - what every template sees besides its document: Page, User, Nav, NewMenu */
#include "page.h"

#include <ctype.h>
#include <sys/stat.h>

#include "intl.h"
#include "nav.h"
#include "partner.h"
#include "token.h"

static void put(json_t *o, const char *name, const char *text)
{
	if (!str_empty(text))
		json_object_set_new(o, name, json_string(text));
}

/* ---- assets ---- */

static void make_asset(struct asset *a, const struct conf *c, const char *file)
{
	char path[1024];
	struct stat st;

	snprintf(path, sizeof(path), "%s/vendor/%s", c->htdocs_dir, file);
	if (stat(path, &st))
		snprintf(a->url, sizeof(a->url), "/vendor/%s", file);
	else
		snprintf(a->url, sizeof(a->url), "/vendor/%s?v=%llx", file,
			(unsigned long long)st.st_mtim.tv_sec * 1000 + (unsigned long long)st.st_mtim.tv_nsec / 1000000);
}

void page_assets(struct worker *w)
{
	make_asset(&w->css, w->conf, "portal.css");
	make_asset(&w->js, w->conf, "portal.js");
	make_asset(&w->charts_js, w->conf, "charts.js");
	make_asset(&w->sprite, w->conf, "icons.svg");
}

/* ---- members ---- */

/* The programme's name and colour; what cannot be had is the configuration's. */
static void put_brand(struct req *q, json_t *page, bool without_db)
{
	struct programme p = { .name = NULL };
	struct err before = *q->err;

	if (without_db || programme_get(q->db, &p)) {
		p.name = p.accent = NULL;
		*q->err = before;
	}
	put(page, "site", str_or(p.name, q->conf->site_name));
	put(page, "accent_css", p.accent && *p.accent == '#' ?
		arena_printf(q->arena, "/brand.css?v=%s", p.accent + 1) : "/brand.css");
}

static const char *direction(const char *language)
{
	static const char *const rtl[] = { "ar", "he", "fa", "ur" };

	for (size_t i = 0; i < sizeof(rtl) / sizeof(rtl[0]); i++)
		if (str_starts(language, rtl[i]))
			return "rtl";
	return "ltr";
}

static void put_flash(json_t *page, const char *flash)
{
	json_t *o = flash ? json_loads(flash, JSON_REJECT_DUPLICATES, NULL) : NULL;

	if (json_is_object(o))
		json_object_set(page, "flash", o);
	json_decref(o);
}

static json_t *make_page(struct worker *w, struct req *q, const struct page_facts *facts)
{
	json_t *page = json_object();
	const struct route *r = facts->route;
	const char *now = when_iso(q->arena, q->db->now), *title = facts->title;

	if (!title && r)
		title = r->view && r->view->title && !r->title ? _(r->view->title) : r->title ? _(r->title) : NULL;
	if (w->conf->development)
		page_assets(w);
	put(page, "title", title);
	put(page, "path", q->path);
	put(page, "url", *q->raw_query ? arena_printf(q->arena, "%s?%s", q->path, q->raw_query) : q->path);
	put(page, "lang", intl_language());
	put(page, "dir", direction(intl_language()));
	put(page, "theme", str_or(q->user->theme, "auto"));
	put(page, "section", r ? r->section : NULL);
	put(page, "request_id", q->request_id);
	put(page, "csrf", token_make(q->arena, w->token_key, q->user->session_hash, q->db->now));
	if (q->partial)
		put(page, "partial", "1");
	put(page, "now_iso", now);
	put(page, "year", now ? arena_strndup(q->arena, now, 4) : NULL);
	put(page, "css", w->css.url);
	put(page, "js", w->js.url);
	put(page, "charts_js", w->charts_js.url);
	put(page, "sprite", w->sprite.url);
	put_brand(q, page, facts->without_db);
	put_flash(page, facts->flash);
	return page;
}

/* First letters of the first and last word: "Anna Maria Rossi" -> "AR" */
static const char *initials(struct arena *a, const char *name)
{
	struct strbuf b;
	const char *first = name, *last = strrchr(name, ' ');

	strbuf_init(&b, a, 16);
	for (int i = 0; i < 2; i++) {
		const char *s = i ? last ? last + 1 : NULL : first;
		size_t n = 1;

		if (!s || !*s)
			continue;
		while (((unsigned char)s[n] & 0xc0) == 0x80)
			n++;
		if (n == 1)
			strbuf_addc(&b, (char)toupper((unsigned char)*s));
		else
			strbuf_addn(&b, s, n);
	}
	return b.text;
}

/* "12\tNordlicht GmbH\n..." as a list, the one acted for marked. */
static json_t *make_firms(struct req *q)
{
	json_t *list = json_array();

	for (const char *s = str_or(q->user->firms, ""); *s; s += strcspn(s, "\n"), s += *s == '\n') {
		size_t n = strcspn(s, "\n"), id = strcspn(s, "\t");
		json_t *o;

		if (id >= n)
			continue;
		o = json_pack("{s:s%, s:s%}", "id", s, id, "name", s + id + 1, n - id - 1);
		if (o && strtoll(s, NULL, 10) == q->user->membership_id)
			json_object_set_new(o, "current", json_string("1"));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *make_user(struct req *q)
{
	const struct user *u = q->user;
	json_t *o = json_object(), *may = json_object();

	for (int r = SIGNED_IN + 1; r < RIGHT_COUNT; r++)
		if (user_may(u, (enum right)r))
			put(may, right_name((enum right)r), "1");
	put(o, "name", u->name);
	put(o, "email", u->email);
	put(o, "initials", initials(q->arena, str_or(u->name, "")));
	put(o, "firm", u->firm);
	if (u->vendor)
		put(o, "vendor", "1");
	put(o, "roles_text", roles_text(q->arena, u->roles, true));
	put(o, "zone", u->zone);
	put(o, "language", u->language);
	put(o, "theme", u->theme);
	json_object_set_new(o, "may", may);
	json_object_set_new(o, "firms", make_firms(q));
	return o;
}

int page_make(struct worker *w, struct req *q, const struct page_facts *facts, json_t *into)
{
	const char *section = facts->route ? facts->route->section : NULL;
	int bad = json_object_set_new(into, "Page", make_page(w, q, facts));

	if (q->user->person_id && !q->partial) {
		bad |= json_object_set_new(into, "User", make_user(q));
		bad |= json_object_set_new(into, "Nav", nav_entries(q->user, section));
		bad |= json_object_set_new(into, "NewMenu", nav_new_menu(q->user));
	}
	return bad ? fail_detail(q->err, E_NOMEM, "page") : OK;
}
