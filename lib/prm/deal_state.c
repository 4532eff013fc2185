/* deal_state.c - the states of a registration and the moves between them
 *
 * Field guide 2.1.  The table is the state machine: code, page and documentation follow it.
 */
#include "deal_part.h"

#include "intl.h"
#include "str.h"

const struct choice deal_status_choices[] = {
	{ "draft", N_("Draft"), "quiet" },
	{ "submitted", N_("Submitted"), "info" },
	{ "in_review", N_("Waiting for the deal desk"), "wait" },
	{ "action_required", N_("Waiting for the partner"), "wait" },
	{ "approved", N_("Protected"), "good" },
	{ "converted", N_("Won"), "good" },
	{ "expired", N_("Protection ended"), "quiet" },
	{ "withdrawn", N_("Withdrawn"), "quiet" },
	{ "revoked", N_("Protection revoked"), "bad" },
	{ "rejected", N_("Rejected"), "bad" },
	{ "duplicate", N_("Already registered"), "bad" },
	CHOICE_END
};

const struct choice deal_outcome_choices[] = {
	{ "approved", N_("Approved"), "good" },
	{ "review", N_("A person decides"), "wait" },
	{ "duplicate", N_("Already registered"), "bad" },
	{ "rejected", N_("Rejected"), "bad" },
	{ "action_required", N_("Something is missing"), "wait" },
	{ "revoked", N_("Protection revoked"), "bad" },
	CHOICE_END
};

const struct choice deal_owner_choices[] = {
	{ "partner", N_("The partner"), NULL },
	{ "desk", N_("The deal desk"), NULL },
	{ "nobody", N_("Nobody"), NULL },
	CHOICE_END
};

const struct deal_move deal_moves[] = {
	{ "", "save", "draft", DEAL_CREATE },
	{ "", "submit", "submitted", DEAL_CREATE },
	{ "draft", "submit", "submitted", DEAL_CREATE },
	{ "draft", "withdraw", "withdrawn", DEAL_CREATE },
	{ "submitted", "approve", "approved", RIGHT_NONE },
	{ "submitted", "queue", "in_review", RIGHT_NONE },
	{ "submitted", "duplicate", "duplicate", RIGHT_NONE },
	{ "in_review", "approve", "approved", DEAL_DECIDE },
	{ "in_review", "reject", "rejected", DEAL_DECIDE },
	{ "in_review", "duplicate", "duplicate", DEAL_DECIDE },
	{ "in_review", "return", "action_required", DEAL_DECIDE },
	{ "in_review", "withdraw", "withdrawn", DEAL_CREATE },
	{ "action_required", "submit", "submitted", DEAL_CREATE },
	{ "action_required", "reject", "rejected", DEAL_DECIDE },
	{ "action_required", "withdraw", "withdrawn", DEAL_CREATE },
	{ "approved", "extend", "approved", DEAL_CREATE },
	{ "approved", "convert", "converted", DEAL_CREATE },
	{ "approved", "withdraw", "withdrawn", DEAL_CREATE },
	{ "approved", "notice", "approved", DEAL_DECIDE },
	{ "approved", "keep", "approved", DEAL_DECIDE },
	{ "approved", "revoke", "revoked", DEAL_DECIDE },
	{ "approved", "expire", "expired", RIGHT_NONE },
	{ NULL, NULL, NULL, RIGHT_NONE }
};

struct next { const char *status, *owner, *step; };

static const struct next nexts[] = {
	{ "draft", "partner", N_("Complete the draft and register it") },
	{ "submitted", "desk", N_("The rules decide") },
	{ "in_review", "desk", N_("The deal desk decides") },
	{ "action_required", "partner", N_("Answer what the deal desk asked for") },
	{ "approved", "partner", N_("Close the deal before protection ends") },
	{ "converted", "nobody", N_("Nothing more to do") },
	{ "expired", "partner", N_("Register again when there is news from the customer") },
	{ "withdrawn", "nobody", N_("Nothing more to do") },
	{ "revoked", "partner", N_("Ask the deal desk, or register again later") },
	{ "rejected", "partner", N_("Register again when the reason no longer stands") },
	{ "duplicate", "partner", N_("Ask again after the protection ends, or talk to your channel manager") },
	{ NULL, NULL, NULL }
};

const struct choice deal_field_choices[] = {
	{ "customer", N_("End customer"), NULL },
	{ "domain", N_("Customer's web domain"), NULL },
	{ "country", N_("Country"), NULL },
	{ "product_family", N_("Product family"), NULL },
	{ "amount", N_("Expected value"), NULL },
	{ "closes_on", N_("Expected close"), NULL },
	{ "contact_name", N_("Contact at the customer"), NULL },
	{ "contact_email", N_("Contact's e-mail"), NULL },
	{ "notes", N_("What you have done so far"), NULL },
	CHOICE_END
};

const struct deal_move *deal_move_find(const char *from, const char *event)
{
	for (const struct deal_move *m = deal_moves; m->from; m++)
		if (str_eq(m->from, from) && str_eq(m->event, event))
			return m;
	return NULL;
}

bool deal_may(const struct user *u, const struct deal *d, const char *event)
{
	const struct deal_move *m = deal_move_find(d->status, event);

	return m && m->right != RIGHT_NONE && user_may(u, m->right);
}

static const char *words(const char *status)
{
	const struct choice *c = choice_find(deal_status_choices, status);

	return c ? _(c->label) : status;
}

int deal_step(struct db *db, const struct user *u, struct deal *d, const char *event)
{
	const struct deal_move *m = deal_move_find(str_or(d->status, ""), event);

	if (!m)
		return fail(db->err, E_CONFLICT, _("%s cannot be changed so: its state is \"%s\""), d->number, words(d->status));
	if (u && (m->right == RIGHT_NONE || !user_may(u, m->right)))
		return fail(db->err, E_FORBIDDEN, "%s", _("You may not do this with a registration"));
	if (!str_eq(m->from, m->to))
		d->status_since = db->now;
	d->status = m->to;
	return OK;
}

void deal_next_of(struct deal *d)
{
	for (const struct next *n = nexts; n->status; n++)
		if (str_eq(n->status, d->status)) {
			d->next_step = _(n->step);
			d->next_owner = n->owner;
		}
	if (d->extension_pending) {
		d->next_step = _("The deal desk answers the extension");
		d->next_owner = "desk";
	}
}

int deal_states_print(FILE *out)
{
	fputs("| from | event | to | by |\n|---|---|---|---|\n", out);
	for (const struct deal_move *m = deal_moves; m->from; m++)
		fprintf(out, "| %s | %s | %s | %s |\n", str_or(m->from, "(new)"), m->event, m->to,
			m->right == RIGHT_NONE ? "rule or clock" : right_name(m->right));
	return ferror(out) ? -1 : 0;
}
