/* letter.c - mails to one person about their own account */
#include "letter.h"

#include "intl.h"
#include "outbox.h"
#include "partner.h"
#include "secret.h"
#include "str.h"
#include "trees.h"

static int set(json_t *body, const char *name, const char *value)
{
	return json_object_set_new(body, name, json_string(value ? value : ""));
}

static int fill(struct db *db, const struct conf *c, const struct letter *l, const char *site, json_t *body)
{
	const char *sealed;
	int rc;

	if (set(body, "name", l->name) || set(body, "language", str_or(l->language, "en")) || set(body, "site", site))
		return fail_detail(db->err, E_NOMEM, "letter");
	if (l->page && set(body, "link", arena_printf(db->arena, "%s%s", c->base_url, l->page)))
		return fail_detail(db->err, E_NOMEM, "letter");
	if (!l->secret_path)
		return OK;
	/* The outbox is a table too: a one-time link stands in it sealed. */
	rc = seal_text(db, c, LINK_PURPOSE, arena_printf(db->arena, "%s%s", c->base_url, l->secret_path),
		l->secret_seconds, &sealed);
	if (!rc && set(body, "secret_link", sealed))
		rc = fail_detail(db->err, E_NOMEM, "letter");
	return rc;
}

static const char *subject_in(struct db *db, const struct letter *l, const char *site)
{
	const char *before = intl_language(), *subject, *at;

	intl_use(str_or(l->language, "en"));
	subject = intl_text(l->subject);
	at = strstr(subject, "%s");
	if (at)
		subject = arena_printf(db->arena, "%.*s%s%s", (int)(at - subject), subject, site, at + 2);
	intl_use(before);
	return subject;
}

int letter_put(struct db *db, const struct conf *c, const struct letter *l, json_t *more)
{
	struct programme programme = { .name = NULL };
	json_t *body = more ? more : json_object();
	const char *site = c->site_name;
	char *text = NULL;
	int rc = programme_get(db, &programme);

	if (rc == OK)
		site = str_or(programme.name, site);
	else if (rc == E_NOTFOUND)
		err_clear(db->err);
	if (rc == OK || rc == E_NOTFOUND)
		rc = body ? fill(db, c, l, site, body) : fail_detail(db->err, E_NOMEM, "letter");
	if (!rc) {
		text = tree_text(db->arena, body, JSON_COMPACT);
		rc = text ? OK : fail_detail(db->err, E_NOMEM, "letter");
	}
	if (!rc) {
		struct outbox o = { .channel = "mail", .address = l->to, .subject = subject_in(db, l, site),
			.template_ = l->template_, .body = text,
			.dedup_key = token_new(db->arena, "letter-") };

		rc = o.subject && o.body && o.dedup_key ? outbox_put(db, &o) :
			fail_detail(db->err, E_NOMEM, "letter");
	}
	json_decref(body);
	return rc;
}
