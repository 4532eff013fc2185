/* deal_precheck.c - would this registration meet another: told while typing, never who */
#include "deal_part.h"

#include "intl.h"
#include "str.h"

static void say(struct precheck *out, const char *answer, const char *sentence)
{
	out->answer = answer;
	out->sentence = sentence;
}

static int answer_of(struct db *db, const struct ground *g, const struct facts *f, struct precheck *out)
{
	const struct found *hold = f->domain_key ? f->domain_hold : f->name_hold;

	if (hold && hold->partner_id == f->partner_id) {
		say(out, "yours", arena_printf(db->arena, _("Your firm has this customer registered already: DR-%lld."),
			(long long)hold->deal_id));
	} else if (f->open && f->open->partner_id == f->partner_id) {
		say(out, "yours", arena_printf(db->arena, _("Your firm's registration DR-%lld of this customer waits for its decision."),
			(long long)f->open->deal_id));
	} else if (f->domain_hold) {
		out->protected_until = f->domain_hold->until;
		say(out, "protected", arena_printf(db->arena, _("Protected for another registration until %s."),
			when_date_text(db->arena, f->domain_hold->until, g->programme.zone, intl_language())));
	} else if (f->name_hold) {
		say(out, "likely_conflict", _("A customer of this name is protected: the deal desk would compare the two."));
	} else if (f->open) {
		say(out, "likely_conflict", _("An earlier registration of this customer waits for its decision."));
	} else if (!f->domain_key && f->domain_given) {
		say(out, "clear", _("Nobody holds this name. The domain does not say whose customer it is, so a person would decide."));
	} else {
		say(out, "clear", _("Nobody holds this customer for these products and this region."));
	}
	return out->sentence ? OK : E_NOMEM;
}

int deal_precheck(struct db *db, const struct user *u, const struct deal_input *in, struct precheck *out)
{
	struct ground g;
	struct facts f;
	struct deal d = { .partner_id = u->partner_id };
	int rc = deal_ground(db, &g);

	memset(out, 0, sizeof(*out));
	deal_fill(&d, in);
	if (!rc)
		rc = deal_scope_look(db, &d);
	if (rc)
		return rc;
	if (!d.family_id || !d.region_id || (!*d.name_key && !d.domain_key)) {
		say(out, "incomplete", _("Give the customer, country and product family to see whether somebody holds it."));
		return OK;
	}
	rc = deal_facts(db, &g, &d, false, &f);
	return rc ? rc : answer_of(db, &g, &f, out);
}
