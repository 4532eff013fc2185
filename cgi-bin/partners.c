/* partners.c - the vendor's view of its partner firms
 *
 * A channel manager sees the firms they look after, others all; partners never come here.
 */
#include "deal.h"
#include "event.h"
#include "partner_edit.h"
#include "prm.h"

static const struct view partner_view = {
	.rows = "partners", .orders = partner_orders, .title = N_("Partners"),
	.empty = N_("No partner matches. Firms appear here once they are in the programme."),
	.columns = (const struct view_column[]){
		{ "name", N_("Firm"), SHOW_LINK, .on = true, .card = true, .sort_up = "name", .sort_down = "name-down" },
		{ "status", N_("State"), SHOW_BADGE, .on = true, .card = true },
		{ "tier", N_("Tier"), SHOW_BADGE, .on = true },
		{ "types", N_("Works as"), SHOW_TEXT, .on = false },
		{ "country", N_("Country"), SHOW_TEXT, .on = true },
		{ "city", N_("Seat"), SHOW_TEXT, .on = false },
		{ "manager", N_("Channel manager"), SHOW_TEXT, .on = true },
		{ "open_deals", N_("Open"), SHOW_NUMBER, .on = true, .card = true },
		{ "protected_deals", N_("Protected"), SHOW_NUMBER, .on = true, .card = true },
		{ "since", N_("Partner since"), SHOW_DAY, .on = true, .sort_up = "oldest", .sort_down = "newest" },
		{ "domain", N_("Web domain"), SHOW_TEXT, .on = false },
		{ .name = NULL } },
	.saved = (const struct saved_view[]){ { N_("All"), "" }, { N_("Mine"), "mine=me" },
		{ N_("Suspended"), "status=suspended" }, { .label = NULL } },
};

static const struct choice mine_choices[] = { { "me", N_("Those I look after"), NULL }, CHOICE_END };

static const struct field partner_filters[] = {
	FIELD(partner_filter, q, F_TEXT, .label = N_("Name, domain or town")),
	FIELD(partner_filter, status, F_CHOICES, .label = N_("State"), .choices = partner_status_choices),
	FIELD(partner_filter, country, F_COUNTRY, .label = N_("Country")),
	FIELD(partner_filter, tier, F_CHOICES, .label = N_("Tier"), .choices = partner_tier_choices),
	FIELD(partner_filter, type, F_CHOICES, .label = N_("Works as"), .choices = partner_type_choices),
	FIELD(partner_filter, mine, F_CHOICE, .label = N_("Whose"), .choices = mine_choices),
	FIELD_END
};

/* "reseller,msp" -> "Reseller, Managed service provider" */
static const char *types_text(struct req *q, const char *types)
{
	char *rest = arena_strdup(q->arena, types), *one;
	struct strbuf b;

	strbuf_init(&b, q->arena, 400);
	while (rest && *rest && (one = strsep(&rest, ",")) != NULL) {
		const struct choice *c = choice_find(partner_type_choices, one);

		strbuf_addf(&b, "%s%s", b.len ? ", " : "", c ? _(c->label) : one);
	}
	return b.text;
}

static const struct field country_field = { .name = "country", .type = F_COUNTRY };

static int list_partners(struct req *q, struct doc *out)
{
	struct partner *rows;
	const char *next;
	int64_t total;
	size_t n;
	int rc = partner_list(q->db, q->user, q->input, q->page, &rows, &n, &next, &total);

	if (!rc)
		rc = doc_rows(out, "partners", partner_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; i < n && !rc; i++) {
		const char *at = doc_item(out, "partners", i);

		rc = doc_show(out, arena_printf(q->arena, "%s.url", at), arena_printf(q->arena, "/partners/%lld", (long long)rows[i].id));
		doc_show(out, arena_printf(q->arena, "%s.types_text", at), types_text(q, rows[i].types));
		doc_show(out, arena_printf(q->arena, "%s.country_text", at), field_value_text(q, &country_field, rows[i].country));
	}
	return rc ? rc : view_show(out, &partner_view, next, total);
}

/* ---- the record ---- */
struct people_part { int64_t people; };
static const struct column people_columns[] = {
	COL(people_part, people, .describe = N_("People who can sign in for the firm")), COL_END
};

static const struct part partner_list_parts[] = {
	{ .name = "partners", .columns = partner_columns, .list = true, .describe = N_("Partner firms") },
	PART_END
};
static const struct part partner_parts[] = {
	{ .name = "partner", .columns = partner_columns, .describe = N_("A partner firm"), .parts = (const struct part[]){
		{ .name = "deals", .columns = partner_fact_columns, .list = true,
		  .describe = N_("Its registrations by state and currency") },
		{ .name = "team", .columns = people_columns, .describe = N_("Its people") },
		PART_END } },
	PART_END
};

static const struct { const char *what, *title, *tone, *icon; } sayings[] = {
	{ "suspended", N_("Partnership suspended"), "bad", "ban" },
	{ "activated", N_("Partnership active again"), "good", "check" },
	{ "added", N_("Joined the programme"), "good", "plus" },
};

static int put_timeline(struct req *q, struct doc *out)
{
	struct event *e;
	size_t n;
	json_t *list = json_array();
	int rc = event_timeline(q->db, q->user, "partner", q->id, MAX_PAGE_ROWS, &e, &n);

	if (!rc)
		rc = doc_show_json(out, "timeline", list);
	for (size_t i = 0; i < n && !rc; i++) {
		const char *title = e[i].what, *tone = "", *icon = "info";

		for (size_t k = 0; k < sizeof(sayings) / sizeof(sayings[0]); k++)
			if (str_eq(sayings[k].what, e[i].what)) {
				title = _(sayings[k].title);
				tone = sayings[k].tone;
				icon = sayings[k].icon;
			}
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s*, s:s, s:s, s:s, s:s}", "title", title, "tone", tone,
			"icon", icon, "text", e[i].text, "who", e[i].actor_name, "at", when_iso(q->arena, e[i].at), "at_text",
			when_text(q->arena, e[i].at, q->user->zone, q->language), "at_in", when_distance(q->arena, e[i].at, q->db->now)));
	}
	return rc;
}

static int put_facts(struct req *q, struct doc *out, const struct partner_record *r)
{
	int rc = doc_rows(out, "partner.deals", partner_fact_columns, r->facts, sizeof(*r->facts), r->n_facts);

	if (!rc)
		rc = doc_int(out, "partner.team.people", r->people);
	for (size_t i = 0; i < r->n_facts && !rc; i++) {
		const char *at = doc_item(out, "partner.deals", i);
		const struct choice *c = choice_find(deal_status_choices, r->facts[i].status);

		rc = doc_show(out, arena_printf(q->arena, "%s.status_text", at), c ? _(c->label) : r->facts[i].status);
		doc_show(out, arena_printf(q->arena, "%s.status_tone", at), c ? c->tone : "quiet");
		doc_show(out, arena_printf(q->arena, "%s.url", at), arena_printf(q->arena, "/deals?q=%s&status=%s",
			str_url(q->arena, r->partner.name), r->facts[i].status));
	}
	return rc;
}

static int show_partner(struct req *q, struct doc *out)
{
	struct partner_record r;
	int rc = partner_record(q->db, q->user, q->id, &r);

	if (!rc)
		rc = doc_row(out, "partner", partner_columns, &r.partner);
	if (!rc)
		rc = put_facts(q, out, &r);
	if (rc)
		return rc;
	doc_etag(out, "%lld", (long long)r.partner.version);
	if (q->face == FACE_JSON)
		return OK;
	doc_show(out, "partner.types_text", types_text(q, r.partner.types));
	doc_show(out, "partner.country_text", field_value_text(q, &country_field, r.partner.country));
	doc_show(out, "partner.deals_url", arena_printf(q->arena, "/deals?q=%s", str_url(q->arena, r.partner.name)));
	doc_show(out, "partner.url", arena_printf(q->arena, "/partners/%lld", (long long)q->id));
	if (user_may(q->user, PEOPLE_ADMIN))
		doc_show(out, str_eq(r.partner.status, "active") ? "may.suspend" :
			str_eq(r.partner.status, "suspended") ? "may.activate" : "may.nothing", "1");
	return put_timeline(q, out);
}

/* ---- what an administrator changes ---- */
struct reason_input { const char *reason; };
static const struct field reason_fields[] = {
	FIELD(reason_input, reason, F_LONGTEXT, .label = N_("Reason"), .required = true, .max = 1000,
		.help = N_("The partner reads it in the timeline.")),
	FIELD_END
};

static int suspend_partner(struct req *q, struct doc *out)
{
	int rc = partner_suspend(q->db, q->user, q->id, q->version, INPUT(q, reason_input)->reason);

	if (rc)
		return rc;
	doc_flash(out, "good", _("Suspended. What is protected stays so; nothing new can be registered."));
	if (q->face == FACE_JSON)
		return show_partner(q, out);
	return doc_go(out, "/partners/%lld", (long long)q->id);
}

static int activate_partner(struct req *q, struct doc *out)
{
	int rc = partner_activate(q->db, q->user, q->id, q->version, INPUT(q, reason_input)->reason);

	if (rc)
		return rc;
	doc_flash(out, "good", _("Active again: the firm can register deals."));
	if (q->face == FACE_JSON)
		return show_partner(q, out);
	return doc_go(out, "/partners/%lld", (long long)q->id);
}

static const struct route routes[] = {
	{ GET, "/partners", list_partners, PARTNER_READ, "layout/list.cs", partner_filters, sizeof(struct partner_filter),
	  .title = N_("Partners"), .view = &partner_view, .returns = partner_list_parts, .section = "partners" },
	{ GET, "/partners/{id}", show_partner, PARTNER_READ, "partner/show.cs", .title = N_("Partner"),
	  .returns = partner_parts, .section = "partners" },
	{ POST, "/partners/{id}/suspend", suspend_partner, PEOPLE_ADMIN, NULL, reason_fields, sizeof(struct reason_input),
	  STEP_UP, N_("Suspend the partnership"), .returns = partner_parts, .section = "partners", .redraw = "/partners/{id}" },
	{ POST, "/partners/{id}/activate", activate_partner, PEOPLE_ADMIN, NULL, reason_fields, sizeof(struct reason_input),
	  STEP_UP, N_("Activate the partnership again"), .returns = partner_parts, .section = "partners",
	  .redraw = "/partners/{id}" },
	ROUTE_END
};

PROGRAM(partners, "partners", routes)
