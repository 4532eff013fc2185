/* mail_body.c - the words of a mail from its outbox row */
#include "mail_body.h"

#include <string.h>

#include "intl.h"
#include "letter.h"
#include "render_html.h"
#include "secret.h"
#include "str.h"

static void end_json(void *json)
{
	json_decref(json);
}

static json_t *mail_data(struct db *db, const struct conf *c, const struct outbox *o, bool show_secret)
{
	json_t *data = json_loads(o->body, 0, NULL);
	const char *sealed, *link;

	if (!json_is_object(data) || arena_on_end(db->arena, end_json, data))
		return NULL;
	json_object_set_new(data, "subject", json_string(o->subject));
	json_object_set_new(data, "base_url", json_string(c->base_url));
	if (!json_object_get(data, "site"))
		json_object_set_new(data, "site", json_string(c->site_name));
	sealed = json_string_value(json_object_get(data, "secret_link"));
	if (show_secret && sealed) {       /* stands sealed in the table, see letter.h */
		if (unseal_text(db, c, LINK_PURPOSE, sealed, &link))
			return NULL;
		json_object_set_new(data, "secret_link", json_string(link));
	}
	if (!show_secret && sealed)
		json_object_set_new(data, "secret_link", json_string(_("(a one-time link, only in the mail itself)")));
	return data;
}

int mail_body(struct db *db, const struct conf *c, const struct outbox *o, const char *kind, bool show_secret,
	const char **out)
{
	json_t *data = mail_data(db, c, o, show_secret);
	const char *before = intl_language();
	size_t size;
	int rc;

	if (!data)
		return fail_detail(db->err, E_BAD, "mail %lld: its data cannot be read", (long long)o->id);
	if (show_secret)        /* the receiver's language; a reader of the log has his own */
		intl_use(str_or(json_string_value(json_object_get(data, "language")), "en"));
	rc = render_template(db->arena, db->err, c, arena_printf(db->arena, "mail/%s.%s.cs", o->template_, kind),
		&data, 1, strcmp(kind, "html") == 0, out, &size);
	intl_use(before);
	return rc;
}
