/* dashboard.c - a partner's own numbers, the vendor's "Today", and what waits for whom
 *
 * Where the numbers come from is in lib/prm/dashboard.c; here are the words around them.
 */
#include "dashboard.h"
#include "deal.h"
#include "prm.h"
#include "programme.h"
#include "rules.h"

/* ---- up to four numbers ---- */
struct number { const char *key, *label, *note, *trend, *tone, *url; int64_t value, previous; };
static const struct column number_columns[] = {
	COL(number, key, .describe = N_("Stable name of the number")),
	COL(number, label, .describe = N_("Its name in words")),
	COL(number, value, .describe = N_("The number")),
	COL(number, previous, .describe = N_("The same a month or a day before; equal where there is no before")),
	COL(number, url, .describe = N_("The page of the list behind it")),
	COL_END
};
#define MAX_NUMBERS 4

static const char *more_or_less(struct req *q, int64_t now, int64_t before)
{
	return now == before ? NULL : arena_printf(q->arena, "%s%lld", now > before ? "+" : "−",
		(long long)(now > before ? now - before : before - now));
}

/* "€1,250,000.00, $80,000.00": two currencies side by side, the others counted. */
static const char *values_text(struct req *q, const struct dashboard *d, const char *state)
{
	struct strbuf b;
	size_t n = 0;

	strbuf_init(&b, q->arena, 400);
	for (size_t i = 0; i < d->n_values; i++) {
		if (!str_eq(d->values[i].state, state) || !d->values[i].amount.minor || n++ >= 2)
			continue;
		if (b.len)
			strbuf_add(&b, ", ");
		strbuf_add(&b, str_or(money_text(q->arena, d->values[i].amount, q->language), ""));
	}
	if (n > 2)
		return arena_printf(q->arena, P_("%s and %lld more currency", "%s and %lld more currencies", (unsigned long)(n - 2)),
			b.text, (long long)(n - 2));
	return b.text;
}

static size_t partner_numbers(struct req *q, const struct dashboard *d, struct number *n)
{
	n[0] = (struct number){ .key = "open", .label = _("Open registrations"), .value = d->waiting, .previous = d->waiting,
		.url = "/deals?status=submitted,in_review,action_required", .tone = "wait",
		.note = d->with_partner ? arena_printf(q->arena, P_("%lld waits for you", "%lld wait for you",
			(unsigned long)d->with_partner), (long long)d->with_partner) : _("none waits for you") };
	n[1] = (struct number){ .key = "protected", .label = _("Protected now"), .value = d->protected_deals,
		.previous = d->protected_deals, .url = "/deals?status=approved", .note = values_text(q, d, "protected") };
	n[2] = (struct number){ .key = "ending", .label = _("Protection ends in 30 days"), .value = d->ending,
		.previous = d->ending, .url = "/deals?ending=30&sort=protection",
		.note = d->ending ? _("extend or win them") : _("none soon") };
	n[3] = (struct number){ .key = "decided", .label = _("Decided this month"), .value = d->decided,
		.previous = d->decided_before, .url = "/deals", .note = _("compared with last month to this day"),
		.trend = more_or_less(q, d->decided, d->decided_before), .tone = d->decided < d->decided_before ? "wait" : "good" };
	return 4;
}

static size_t vendor_numbers(struct req *q, const struct dashboard *d, struct number *n)
{
	n[0] = (struct number){ .key = "to_decide", .label = _("Waiting for the deal desk"), .value = d->at_desk,
		.previous = d->at_desk, .url = "/deals?mine=queue&sort=due", .tone = "bad",
		.trend = d->overdue ? arena_printf(q->arena, _("%lld overdue"), (long long)d->overdue) : NULL,
		.note = d->overdue ? "" : _("all within their time") };
	n[1] = (struct number){ .key = "decided_today", .label = _("Decided today"), .value = d->decided_today,
		.previous = d->decided_yesterday, .url = "/deals", .note = _("compared with yesterday"),
		.trend = more_or_less(q, d->decided_today, d->decided_yesterday),
		.tone = d->decided_today < d->decided_yesterday ? "wait" : "good" };
	n[2] = (struct number){ .key = "protected", .label = _("Protected now"), .value = d->protected_deals,
		.previous = d->protected_deals, .url = "/deals?status=approved", .note = values_text(q, d, "protected") };
	n[3] = (struct number){ .key = "ending", .label = _("Protection ends in 30 days"), .value = d->ending,
		.previous = d->ending, .url = "/deals?ending=30&sort=protection",
		.note = d->ending ? _("partners are reminded") : _("none soon") };
	return 4;
}

static int put_numbers(struct req *q, struct doc *out, const struct dashboard *d)
{
	struct number n[MAX_NUMBERS];
	size_t count = q->user->vendor ? vendor_numbers(q, d, n) : partner_numbers(q, d, n);
	int rc = doc_rows(out, "dashboard.numbers", number_columns, n, sizeof(n[0]), count);

	for (size_t i = 0; i < count && !rc; i++) {
		static const char list[] = "dashboard.numbers";

		rc = doc_show_in(out, list, i, "note", n[i].note);
		doc_show_in(out, list, i, "trend", n[i].trend);
		doc_show_in(out, list, i, "tone", n[i].tone);
	}
	return rc;
}

/* ---- pictures: a title that says the finding ---- */

/* "1 Nov 2026" without its day. */
static const char *month_text(struct req *q, struct day month)
{
	const char *text = str_or(day_text(q->arena, month, q->language), ""), *space = strchr(text, ' ');

	return *text >= '0' && *text <= '9' && space ? space + 1 : text;
}

static const char *pipeline_finding(struct req *q, const struct dashboard *d)
{
	const char *now = month_text(q, d->months[DASHBOARD_MONTHS - 1].month);
	const char *before = month_text(q, d->months[DASHBOARD_MONTHS - 2].month);

	if (!d->registered && !d->registered_before)
		return _("No registrations in the last two months");
	return arena_printf(q->arena, P_("%lld registration in %s so far, %lld in %s", "%lld registrations in %s so far, %lld in %s",
		(unsigned long)d->registered), (long long)d->registered, now, (long long)d->registered_before, before);
}

static const char *decisions_finding(struct req *q, const struct dashboard *d)
{
	int64_t all = d->by_rule + d->by_person;

	if (!all)
		return _("Nothing was decided in the last 14 days");
	if (!d->by_person)
		return _("All decisions of the last 14 days were made by rule");
	return arena_printf(q->arena, _("%lld of 100 decisions are made by rule; people take %lld h in the mean"),
		(long long)(100 * d->by_rule / all), (long long)((d->seconds / d->by_person + 1800) / 3600));
}

static const char *ages_finding(struct req *q, const struct dashboard *d)
{
	if (!d->at_desk)
		return _("Nothing waits for the deal desk");
	return arena_printf(q->arena, _("%lld of %lld have waited less than a day"),
		(long long)d->ages[0].n + (long long)d->ages[1].n, (long long)d->at_desk);
}

static int put_pictures(struct req *q, struct doc *out, const struct dashboard *d)
{
	static const char *const ages[DASHBOARD_AGES] = { N_("under 4 h"), N_("under 1 d"), N_("under 2 d"), N_("longer") };
	int rc = doc_rows(out, "dashboard.pipeline", month_figures_columns, d->months, sizeof(d->months[0]), DASHBOARD_MONTHS);

	if (!rc)
		rc = doc_rows(out, "dashboard.decisions", day_figures_columns, d->days, sizeof(d->days[0]), DASHBOARD_DAYS);
	if (!rc)
		rc = doc_rows(out, "dashboard.ages", age_figures_columns, d->ages, sizeof(d->ages[0]), DASHBOARD_AGES);
	if (!rc)
		rc = doc_rows(out, "dashboard.values", value_figures_columns, d->values, sizeof(d->values[0]), d->n_values);
	if (rc || q->face == FACE_JSON)
		return rc;
	for (size_t i = 0; i < DASHBOARD_MONTHS; i++)
		doc_show_in(out, "dashboard.pipeline", i, "name", month_text(q, d->months[i].month));
	for (size_t i = 0; i < DASHBOARD_AGES; i++)
		doc_show_in(out, "dashboard.ages", i, "name", _(ages[i]));
	doc_show(out, "finding.pipeline", pipeline_finding(q, d));
	doc_show(out, "finding.decisions", decisions_finding(q, d));
	return doc_show(out, "finding.ages", ages_finding(q, d));
}

/* ---- what waits: clock, why, one button ---- */

static const char *clock_of(struct req *q, const struct waiting *w, const char **tone)
{
	struct when now = q->db->now;
	bool late = !when_none(w->due) && w->due.us < now.us;

	*tone = late ? "bad" : "wait";
	if (str_eq(w->kind, "decision"))
		return arena_printf(q->arena, late ? _("was due %s") : _("due %s"), when_distance(q->arena, w->due, now));
	if (str_eq(w->kind, "ending")) {
		*tone = w->due.us - now.us < INT64_C(7) * 86400 * 1000000 ? "wait" : "quiet";
		return arena_printf(q->arena, _("ends %s"), when_distance(q->arena, w->due, now));
	}
	if (str_eq(w->kind, "draft")) {
		*tone = "quiet";
		return arena_printf(q->arena, _("begun %s"), when_distance(q->arena, w->since, now));
	}
	return arena_printf(q->arena, _("asked %s"), when_distance(q->arena, w->since, now));
}

/* From when on more time can be asked for; none: never, or nobody asks here. */
static struct when extend_from(struct req *q, const struct waiting *w)
{
	struct deal d = { .protected_until = w->due, .extensions = w->extensions };
	struct when from = { 0 };

	if (!str_eq(w->kind, "ending") || !user_may(q->user, DEAL_CREATE))
		return from;
	if (deal_extend_from(q->db, &d, &from))
		err_clear(q->err);
	return from;
}

/* The one button that clears it, for those who may. */
static const char *button_of(struct req *q, const struct waiting *w, struct when extend, const char **url)
{
	const struct user *u = q->user;
	static const struct { const char *kind, *label, *page; bool vendor; enum right right; } buttons[] = {
		{ "decision", N_("Decide"), "/decide", true, DEAL_DECIDE },
		{ "extension", N_("Decide"), "/decide", true, DEAL_DECIDE },
		{ "answer", N_("Answer"), "/edit", false, DEAL_CREATE },
		{ "ending", N_("Ask for more time"), "/extend", false, DEAL_CREATE },
		{ "draft", N_("Complete"), "/edit", false, DEAL_CREATE },
	};

	for (size_t i = 0; i < sizeof(buttons) / sizeof(buttons[0]); i++)
		if (str_eq(w->kind, buttons[i].kind) && u->vendor == buttons[i].vendor && user_may(u, buttons[i].right) &&
		    (!str_eq(w->kind, "ending") || (!when_none(extend) && extend.us <= q->db->now.us))) {
			*url = arena_printf(q->arena, "/deals/%lld%s", (long long)w->deal_id, buttons[i].page);
			return _(buttons[i].label);
		}
	*url = arena_printf(q->arena, "/deals/%lld", (long long)w->deal_id);
	return _("Open");
}

static const char *why_of(struct req *q, const struct waiting *w, struct when extend)
{
	struct programme p;
	struct strbuf b;

	strbuf_init(&b, q->arena, 3000);
	if (q->user->vendor)
		strbuf_addf(&b, "%s · ", w->partner);
	if (w->family)
		strbuf_addf(&b, "%s · ", w->family);
	if (w->amount.currency[0])
		strbuf_addf(&b, "%s · ", money_text(q->arena, w->amount, q->language));
	if (w->reason && *w->reason)
		strbuf_add(&b, w->reason);
	if (extend.us > q->db->now.us && programme_get(q->db, &p) == OK)
		strbuf_addf(&b, _("more time can be asked for from %s"), when_date_text(q->arena, extend, p.zone, q->language));
	if (b.len > 4 && str_eq(b.text + b.len - 4, " · "))
		b.text[b.len - 4] = '\0';
	return b.text;
}

static int put_waiting(struct req *q, struct doc *out, const struct waiting *w, size_t n)
{
	int rc = doc_rows(out, "dashboard.waiting", waiting_columns, w, sizeof(*w), n);

	for (size_t i = 0; i < n && !rc && q->face == FACE_HTML; i++) {
		static const char list[] = "dashboard.waiting";
		struct when extend = extend_from(q, &w[i]);
		const char *tone, *url, *button = button_of(q, &w[i], extend, &url);

		rc = doc_show_in(out, list, i, "clock", clock_of(q, &w[i], &tone));
		doc_show_in(out, list, i, "clock_tone", tone);
		doc_show_in(out, list, i, "button", button);
		doc_show_in(out, list, i, "button_url", url);
		doc_show_in(out, list, i, "why", why_of(q, &w[i], extend));
		doc_show_in(out, list, i, "url", arena_printf(q->arena, "/deals/%lld", (long long)w[i].deal_id));
		if (q->user->vendor && w[i].clause && w[i].rules_number)
			doc_show_in(out, list, i, "clause_url",
				arena_printf(q->arena, "/rules?version=%d#c%s", w[i].rules_number, w[i].clause));
	}
	return rc;
}

static const struct part dashboard_parts[] = {
	{ .name = "dashboard", .describe = N_("The firm's numbers; on the vendor's side those of all firms one looks after"),
	  .parts = (const struct part[]){
		{ .name = "numbers", .columns = number_columns, .list = true, .describe = N_("At most four") },
		{ .name = "pipeline", .columns = month_figures_columns, .list = true,
		  .describe = N_("Registrations of the last 12 months by what has become of them") },
		{ .name = "decisions", .columns = day_figures_columns, .list = true, .describe = N_("Decisions of the last 14 days") },
		{ .name = "ages", .columns = age_figures_columns, .list = true,
		  .describe = N_("How long the deal desk's queue has waited (vendor's side)") },
		{ .name = "values", .columns = value_figures_columns, .list = true,
		  .describe = N_("Expected value by state, one row a currency: never added up") },
		{ .name = "waiting", .columns = waiting_columns, .list = true, .describe = N_("What waits, and for whom") },
		PART_END } },
	PART_END
};
static const struct part waiting_parts[] = {
	{ .name = "dashboard", .describe = N_("What waits"), .parts = (const struct part[]){
		{ .name = "waiting", .columns = waiting_columns, .list = true, .describe = N_("What waits, and for whom") },
		PART_END } },
	PART_END
};

static int show_dashboard(struct req *q, struct doc *out)
{
	struct dashboard d;
	struct waiting *w = NULL;
	size_t n = 0;
	int rc = dashboard_figures(q->db, q->user, &d);

	if (!rc)
		rc = dashboard_waiting(q->db, q->user, &w, &n);
	if (!rc)
		rc = put_numbers(q, out, &d);
	if (!rc)
		rc = put_pictures(q, out, &d);
	if (q->user->vendor) {
		out->template_ = "dashboard/today.cs";
		doc_show(out, "Page.title", _("Today"));
	}
	return rc ? rc : put_waiting(q, out, w, n);
}

/* Polled: unchanged after one point query. Clocks go on, so the minute-hand of ten counts, too. */
static int show_waiting(struct req *q, struct doc *out)
{
	struct waiting *w;
	int64_t mark;
	size_t n;
	int rc = dashboard_mark(q->db, q->user, &mark);

	if (rc)
		return rc;
	doc_etag(out, "%lld-%lld-%lld", (long long)mark, (long long)(q->db->now.us / 600000000), (long long)q->user->person_id);
	if (q->if_none_match && out->etag && strstr(q->if_none_match, out->etag))
		return OK;
	rc = dashboard_waiting(q->db, q->user, &w, &n);
	return rc ? rc : put_waiting(q, out, w, n);
}

static const struct route routes[] = {
	{ GET, "/dashboard", show_dashboard, DASHBOARD_READ, "dashboard/partner.cs", .title = N_("Home"),
	  .returns = dashboard_parts, .section = "dashboard" },
	{ GET, "/dashboard/waiting", show_waiting, DASHBOARD_READ, "dashboard/live.cs", .flags = LIVE,
	  .title = N_("What waits"), .returns = waiting_parts, .section = "dashboard" },
	ROUTE_END
};

PROGRAM(dashboard, "dashboard", routes)
