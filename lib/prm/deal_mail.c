/* deal_mail.c - mails about registrations
 *
 * A mail says what happened, one thing to do and why it was sent.  Those to the
 * partner never carry what only the vendor may know.
 */
#include "deal_part.h"

#include <jansson.h>

#include "intl.h"
#include "outbox.h"
#include "str.h"
#include "trees.h"

static const char SQL_PERSON[] =
	"SELECT name, email, language, zone FROM person WHERE id = ? AND status <> 'disabled'";

struct receiver { const char *name, *email, *language, *zone; };
static const struct column receiver_columns[] = {
	COL(receiver, name), COL(receiver, email), COL(receiver, language), COL(receiver, zone), COL_END
};

static const struct { const char *template, *subject; } subjects[] = {
	{ "deal-approved", N_("{customer} is protected for you ({number})") },
	{ "deal-queued", N_("{customer} waits for the deal desk ({number})") },
	{ "deal-waiting", N_("To decide: {customer} ({number})") },
	{ "deal-duplicate", N_("{customer} is registered already ({number})") },
	{ "deal-rejected", N_("{customer} was not approved ({number})") },
	{ "deal-action-required", N_("{customer}: the deal desk needs something from you ({number})") },
	{ "deal-notice", N_("Protection of {customer} will be revoked ({number})") },
	{ "deal-kept", N_("Protection of {customer} goes on ({number})") },
	{ "deal-revoked", N_("Protection of {customer} was revoked ({number})") },
	{ "deal-reminder", N_("Protection of {customer} ends soon ({number})") },
	{ "deal-expired", N_("Protection of {customer} has ended ({number})") },
	{ "deal-extension-asked", N_("Extension asked for: {customer} ({number})") },
	{ "deal-extension", N_("Protection of {customer} was extended ({number})") },
	{ "deal-extension-refused", N_("Protection of {customer} was not extended ({number})") },
	{ "deal-comment", N_("New comment on {customer} ({number})") },
};

static const char *subject_pattern(const char *template)
{
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		if (str_eq(subjects[i].template, template))
			return _(subjects[i].subject);
	return "{customer} ({number})";
}

static const char *subject_of(struct db *db, const char *template, const struct deal *d)
{
	const char *p = subject_pattern(template);
	struct strbuf b;

	strbuf_init(&b, db->arena, 500);
	while (*p) {
		if (str_starts(p, "{customer}")) {
			strbuf_add(&b, d->customer);
			p += strlen("{customer}");
		} else if (str_starts(p, "{number}")) {
			strbuf_add(&b, d->number);
			p += strlen("{number}");
		} else {
			strbuf_addc(&b, *p++);
		}
	}
	return b.text;
}

static int receiver_of(struct db *db, enum mail_to to, const struct deal *d, struct receiver *out)
{
	int64_t id = to == MAIL_REGISTRANT ? d->person_id : d->manager_id;
	struct programme p;
	int rc = id ? db_row(db, SQL_PERSON, ARGS(A(id)), receiver_columns, out) : E_NOTFOUND;

	if (rc != E_NOTFOUND || to == MAIL_REGISTRANT)
		return rc;
	rc = programme_get(db, &p);
	if (rc)
		return rc;
	*out = (struct receiver){ p.name, p.contact_email, "en", p.zone };
	return str_empty(p.contact_email) ? E_NOTFOUND : OK;
}

static void put(json_t *o, const char *name, const char *value)
{
	if (!str_empty(value))
		json_object_set_new(o, name, json_string(value));
}

static void put_when(struct db *db, json_t *o, const char *name, struct when w, const struct receiver *r)
{
	if (!when_none(w))
		put(o, name, when_text(db->arena, w, r->zone, r->language));
}

static const char *body_of(struct db *db, const struct deal *d, const struct receiver *r, const char *extra)
{
	json_t *o = json_object();
	char *text;

	put(o, "language", r->language);
	put(o, "name", r->name);
	put(o, "number", d->number);
	put(o, "customer", d->customer);
	put(o, "partner", d->partner);
	put(o, "family", str_empty(d->family) ? d->product_family : d->family);
	put(o, "registrant", d->registrant);
	put(o, "url", deal_url(db, d));
	put(o, "reason", d->reason);
	put(o, "clause", d->clause);
	put(o, "rules_number", d->rules_number ? arena_printf(db->arena, "%d", d->rules_number) : NULL);
	put(o, "asked", d->asked);
	put(o, "extra", extra);
	put_when(db, o, "due", d->decision_due_at, r);
	put_when(db, o, "until", d->protected_until, r);
	put_when(db, o, "revoke_at", d->revoke_at, r);
	if (!when_none(d->protected_until))
		put(o, "until_in", when_distance(db->arena, d->protected_until, db->now));
	if (d->amount.currency[0])
		put(o, "amount", money_text(db->arena, d->amount, r->language));
	text = tree_text(db->arena, o, JSON_COMPACT);
	json_decref(o);
	return text;
}

int deal_mail(struct db *db, enum mail_to to, const struct deal *d, const char *template, const char *extra)
{
	const char *before = intl_language();
	struct receiver r;
	struct outbox o = { .channel = "mail", .template_ = template };
	int rc = receiver_of(db, to, d, &r);

	if (rc) {
		if (rc == E_NOTFOUND)           /* nobody to tell: the page tells */
			err_clear(db->err);
		return rc == E_NOTFOUND ? OK : rc;
	}
	intl_use(r.language);
	o.address = r.email;
	o.subject = subject_of(db, template, d);
	o.body = body_of(db, d, &r, extra);
	intl_use(before);
	/* The version makes a repeated transaction put it once, and a later one again. */
	o.dedup_key = arena_printf(db->arena, "%s-%lld-%lld-%lld", template, (long long)d->id, (long long)d->version,
		(long long)db->now.us);
	if (!o.subject || !o.body || !o.dedup_key)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the mail about this registration"));
	return outbox_put(db, &o);
}
