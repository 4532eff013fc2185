/* story.c - eighteen months of registrations, played through the engine with the clock set back
 *
 * Each registration is one story with a fate; what happens next is put on a heap by time.
 * Whatever lies after now has not happened yet, so queues and protections stand as on any
 * working day.
 */
#include "demo_part.h"

#include <math.h>

#include "deal.h"
#include "log.h"
#include "match.h"
#include "rules_edit.h"
#include "str.h"

#define HOUR 3600
#define DAY (24 * (int64_t)HOUR)
#define MAX_ACTIONS (DEMO_DEALS * 6 + DEMO_DAYS + 8)
#define OVERDUE 2               /* stories at the end of the table that the desk has let lie */
#define QUEUED 9
#define RETURNED 5
#define ENDING 14

enum act { NIGHT, RULES_2, RULES_3, REGISTER, DECIDE, ANSWER, REMARK, REPLY, EXTEND, EXTENSION, FATE, N_ACTS };
enum fate { WON, EXPIRED, WITHDRAWN, REVOKED, NONE };
enum kind { PLAIN, LARGE, FREE_MAIL, FAR_CLOSE, RIVAL, DRAFT };
enum desk { APPROVES, REJECTS, RETURNS, SILENT };

struct tale {
	int firm;
	const struct demo_person *person;
	enum kind kind;
	enum fate fate;
	enum desk desk;
	bool extends, talks, answers;
	int64_t deal_id;
	const char *country, *customer, *domain, *family;
	struct money amount;
	struct day closes_on;
	const char *contact, *contact_email, *notes;
};
struct action { struct when at; enum act act; int story; };

struct stage {
	struct demo *d;
	struct arena *step;             /* of one action */
	struct tale story[DEMO_DEALS];
	struct action heap[MAX_ACTIONS];
	size_t n;
};

/* ---- a heap of what is to come ---- */

static bool earlier(const struct action *a, const struct action *b)
{
	return a->at.us != b->at.us ? a->at.us < b->at.us : a->story < b->story;
}

static void put(struct stage *s, struct when at, enum act act, int story)
{
	struct action *h = s->heap, new = { at, act, story };
	size_t i = s->n;

	if (s->n == MAX_ACTIONS || at.us > s->d->now.us)
		return;
	for (s->n++; i && earlier(&new, &h[(i - 1) / 2]); i = (i - 1) / 2)
		h[i] = h[(i - 1) / 2];
	h[i] = new;
}

static struct action take(struct stage *s)
{
	struct action *h = s->heap, first = h[0], last = h[--s->n];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < s->n) {
		if (child + 1 < s->n && earlier(&h[child + 1], &h[child]))
			child++;
		if (!earlier(&h[child], &last))
			break;
		h[i] = h[child];
		i = child;
	}
	h[i] = last;
	return first;
}

/* A moment within office hours, at or after at. */
static struct when office(struct stage *s, struct when at)
{
	struct day day = when_day(at, "UTC");

	while (day_weekday(day) > 4)
		day = day_plus(day, 1);
	if (day.n != when_day(at, "UTC").n)
		at = when_plus(day_start(day, "UTC"), 7 * HOUR + demo_below(&s->d->random, 9 * HOUR));
	return at;
}

static struct when later(struct stage *s, struct when at, int64_t least, int64_t most)
{
	return office(s, when_plus(at, least + demo_below(&s->d->random, (unsigned)(most - least))));
}

/* ---- the stories ---- */

static void customer_make(struct stage *s, struct tale *t)
{
	struct demo *d = s->d;
	struct arena *a = d->db->arena;
	/* mostly at home, now and then across a border */
	const struct demo_country *c = demo_country(demo_chance(&d->random, 88) ? demo_firms[t->firm].country :
		demo_countries[demo_below(&d->random, 8)].code);
	const char *stem, *sector;
	bool taken;

	do {
		stem = demo_pick(&d->random, c->stems);
		sector = demo_pick(&d->random, c->sectors);
		t->customer = arena_printf(a, "%s %s %s", stem, sector, demo_pick(&d->random, c->forms));
		t->family = demo_families[demo_below(&d->random, 10)].code;
		taken = false;
		for (const struct tale *o = s->story; o < t && !taken; o++)
			taken = str_starts(o->customer, arena_printf(a, "%s %s", stem, sector)) && str_eq(o->family, t->family);
	} while (taken);
	t->country = c->code;
	t->domain = demo_email(d, arena_printf(a, "%s %s", stem, sector), "example");
	for (char *p = (char *)t->domain; *p; p++)      /* "kessler.pharma@example" -> "kessler-pharma.example" */
		*p = *p == '.' || *p == '-' || *p == '\'' ? '-' : *p == '@' ? '.' : *p;
	t->contact = demo_name(d, c);
	t->contact_email = demo_email(d, t->contact, t->domain);
	str_copy(t->amount.currency, sizeof(t->amount.currency), c->currency);
	/* 9,000 to 180,000 EUR, small ones more often; large ones past the limit of the rules */
	t->amount.minor = (int64_t)(t->kind == LARGE ? 290 + demo_below(&d->random, 500) :
		9 + demo_below(&d->random, 40) * (1 + demo_below(&d->random, 4))) * 1000 * c->rate_x100;
	if (t->kind == FREE_MAIL) {
		t->domain = "gmail.com";        /* a free mail provider says nothing about whose customer it is */
		t->contact_email = "";
	}
}

/* The same customer and product as an earlier protected story, by another firm. */
static void rival_make(struct stage *s, struct tale *t)
{
	for (int tries = 0; tries < 40 && t > s->story; tries++) {
		const struct tale *o = t - 1 - demo_below(&s->d->random, (unsigned)(t - s->story > 50 ? 50 : t - s->story));

		if (o->firm == t->firm || o->kind != PLAIN)
			continue;
		t->country = o->country;
		t->customer = o->customer;
		t->domain = o->domain;
		t->family = o->family;
		t->amount = o->amount;
		return;
	}
	t->kind = PLAIN;
}

static void story_make(struct stage *s, int i, struct when at)
{
	struct demo_random *r = &s->d->random;
	struct tale *t = &s->story[i];
	unsigned dice = demo_below(r, 100);

	/* the two firms that are shown have more to show */
	t->firm = demo_chance(r, 14) ? (int)demo_below(r, 2) : (int)demo_below(r, DEMO_FIRMS);
	t->person = demo_who(s->d, t->firm, ROLE_SALES, demo_below(r, 2));
	t->kind = dice < 66 ? PLAIN : dice < 74 ? LARGE : dice < 82 ? FREE_MAIL : dice < 87 ? FAR_CLOSE : dice < 97 ? RIVAL : DRAFT;
	dice = demo_below(r, 100);
	t->desk = dice < 70 ? APPROVES : dice < 83 ? REJECTS : RETURNS;
	dice = demo_below(r, 100);
	t->fate = dice < 44 ? WON : dice < 84 ? EXPIRED : dice < 96 ? WITHDRAWN : REVOKED;
	t->extends = demo_chance(r, 22);
	t->talks = demo_chance(r, 30);
	t->answers = true;
	t->notes = demo_pick(r, demo_notes);
	if (i >= DEMO_DEALS - OVERDUE - QUEUED - RETURNED) {
		t->firm = i % 3 ? (int)demo_below(r, DEMO_FIRMS) : (i / 3) % 2;
		t->person = demo_who(s->d, t->firm, ROLE_SALES, 0);
		t->kind = (enum kind)(LARGE + i % 3);
		t->desk = i >= DEMO_DEALS - OVERDUE - QUEUED ? SILENT : RETURNS;
		t->answers = false;
	} else if (i >= DEMO_DEALS - OVERDUE - QUEUED - RETURNED - ENDING) {
		t->firm = i % 2 ? (int)demo_below(r, DEMO_FIRMS) : (i / 2) % 2;
		t->person = demo_who(s->d, t->firm, ROLE_SALES, 1);
		t->kind = PLAIN;
		t->fate = NONE;
		t->extends = false;
	}
	if (t->kind == RIVAL)
		rival_make(s, t);
	if (t->kind != RIVAL)
		customer_make(s, t);
	t->closes_on = day_plus(when_day(at, "UTC"), t->kind == FAR_CLOSE ? 600 : 40 + (int)demo_below(r, 200));
}

/* When the i-th registration comes in: the programme grows, and the last of the table are set by hand. */
static struct when begins(struct stage *s, int i)
{
	struct when now = s->d->now;
	int left = DEMO_DEALS - 1 - i;
	double share;

	if (left < OVERDUE)
		return when_plus(now, -(5 * DAY + left * 7 * HOUR));
	if (left < OVERDUE + QUEUED)
		return when_plus(now, -(1 + left - OVERDUE) * 3 * (int64_t)HOUR - demo_below(&s->d->random, HOUR));
	if (left < OVERDUE + QUEUED + RETURNED)
		return when_plus(now, -(4 + left - OVERDUE - QUEUED) * DAY);
	if (left < OVERDUE + QUEUED + RETURNED + ENDING)
		return when_plus(now, -90 * DAY + (1 + 2 * (left - OVERDUE - QUEUED - RETURNED)) * DAY);
	share = (double)demo_below(&s->d->random, 100000) / 100000;
	if (demo_chance(&s->d->random, 60))     /* half of them evenly spread, half ever more often */
		share = 1 - sqrt(share);
	return office(s, when_plus(day_start(when_day(when_plus(now, -(int64_t)(share * DEMO_DAYS * (double)DAY)), "UTC"), "UTC"),
		7 * HOUR + demo_below(&s->d->random, 10 * HOUR)));
}

/* ---- acts; each runs in one transaction with the clock at its moment ---- */

static void actor(const struct stage *s, struct db *db, const struct demo_person *p, struct user *out)
{
	demo_user(s->d, p, out);
	out->stepped_up_at = db->now;
}

static const struct demo_person *desk_person(struct stage *s)
{
	return demo_who(s->d, -1, ROLE_DEAL_DESK, demo_below(&s->d->random, 2));
}

static void input_of(const struct tale *t, struct deal_input *in)
{
	*in = (struct deal_input){ .customer = t->customer, .domain = t->domain, .country = t->country,
		.product_family = t->family, .amount = t->amount, .closes_on = t->closes_on, .notes = t->notes,
		.contact_name = t->contact, .contact_email = t->contact_email };
}

static void fate_set(struct stage *s, struct db *db, int i)
{
	struct tale *t = &s->story[i];

	if (t->extends)
		put(s, later(s, db->now, 62 * DAY, 88 * DAY), EXTEND, i);
	if (t->fate == WON)
		put(s, later(s, db->now, (t->extends ? 91 : 15) * DAY, (t->extends ? 115 : 86) * DAY), FATE, i);
	if (t->fate == WITHDRAWN || t->fate == REVOKED)
		put(s, later(s, db->now, 10 * DAY, 60 * DAY), FATE, i);
}

/* What follows from the state the registration is in now. */
static void follow(struct stage *s, struct db *db, int i, const struct deal *deal)
{
	struct tale *t = &s->story[i];

	if (str_eq(deal->status, "approved"))
		fate_set(s, db, i);
	if (str_eq(deal->status, "in_review") && t->desk != SILENT)
		put(s, later(s, db->now, HOUR, demo_chance(&s->d->random, 92) ? 26 * HOUR : 70 * HOUR), DECIDE, i);
	if (str_eq(deal->status, "action_required") && t->answers)
		put(s, later(s, db->now, 4 * HOUR, 5 * DAY), ANSWER, i);
}

static int register_it(struct stage *s, struct db *db, int i, const struct user *u)
{
	struct tale *t = &s->story[i];
	struct deal_input in;
	int rc;

	input_of(t, &in);
	rc = t->kind == DRAFT ? deal_draft(db, u, &in, &t->deal_id) :
		deal_register(db, u, &in, demo_chance(&s->d->random, 20) ? "api" : "page", &t->deal_id);
	if (!rc && t->talks)
		put(s, later(s, db->now, HOUR, 30 * HOUR), REMARK, i);
	return rc;
}

static int decide_it(struct stage *s, struct db *db, struct tale *t, const struct deal *deal, const struct user *u)
{
	if (t->desk == APPROVES)
		return deal_approve(db, u, deal->id, deal->version, "", t->kind == LARGE ? CLAUSE_VALUE :
			t->kind == FAR_CLOSE ? CLAUSE_CLOSE_DATE : CLAUSE_REVIEW);
	if (t->desk == REJECTS)
		return deal_reject(db, u, deal->id, deal->version, demo_pick(&s->d->random, demo_refusals), CLAUSE_REJECTION);
	t->desk = APPROVES;             /* what comes back is mended */
	return deal_return(db, u, deal->id, deal->version,
		"Please say how you arrived at the value, and name a contact at the customer.", "amount,contact_name,contact_email,notes");
}

static int answer_it(struct db *db, struct tale *t, struct deal *deal, const struct user *u)
{
	struct deal_input in;
	int rc;

	input_of(t, &in);
	in.notes = "Sizing workshop held on site; the value follows from our offer of last week.";
	rc = deal_edit(db, u, deal->id, deal->version, &in);
	if (!rc)
		rc = deal_get(db, u, deal->id, deal);
	return rc ? rc : str_eq(deal->status, "action_required") ? deal_submit(db, u, deal->id, deal->version) : OK;
}

static int fate_it(struct stage *s, struct db *db, struct tale *t, const struct deal *deal, const struct user *u)
{
	if (t->fate == WON)
		return deal_convert(db, u, deal->id, deal->version);
	if (t->fate == WITHDRAWN)
		return deal_withdraw(db, u, deal->id, deal->version, demo_pick(&s->d->random, demo_withdrawals));
	return deal_revoke(db, u, deal->id, deal->version, "The customer confirmed in writing that they work with another partner.",
		false);
}

static int rules_change(struct stage *s, struct db *db, enum act act)
{
	const struct demo_person *admin = demo_who(s->d, -1, ROLE_ADMINISTRATOR, 0);
	struct rules draft = { 0 };
	struct money *limits;
	struct user u;
	int rc;

	actor(s, db, admin, &u);
	rc = rules_draft_start(db, &u);
	if (!rc)
		rc = rules_draft_get(db, &draft);
	if (rc)
		return rc;
	draft.extension_by_rule = act == RULES_3;
	limits = arena_memdup(db->arena, draft.auto_limits, draft.n_auto_limits * sizeof(*limits));
	for (size_t i = 0; limits && act == RULES_3 && i < draft.n_auto_limits; i++)
		limits[i].minor += limits[i].minor / 10;
	draft.auto_limits = limits;
	rc = rules_draft_params(db, &u, draft.version, &draft);
	return rc ? rc : rules_publish(db, &u, 0, act == RULES_2 ?
		"A person reads every extension from now on, after some were asked for without news." :
		"Extensions that say what is new are granted at once again, and more is decided without a person: limits rise by a tenth.");
}

struct playing { struct stage *s; const struct action *a; };

static int play(struct db *db, void *arg)
{
	struct stage *s = ((struct playing *)arg)->s;
	const struct action *a = ((struct playing *)arg)->a;
	struct tale *t = &s->story[a->story < 0 ? 0 : a->story];
	struct user partner, desk, manager;
	struct deal deal = { 0 };
	int rc = OK;

	if (a->act == RULES_2 || a->act == RULES_3)
		return rules_change(s, db, a->act);
	actor(s, db, t->person, &partner);
	actor(s, db, desk_person(s), &desk);
	actor(s, db, demo_who(s->d, -1, ROLE_CHANNEL_MANAGER, (unsigned)demo_firms[t->firm].manager), &manager);
	if (a->act == REGISTER)
		rc = register_it(s, db, a->story, &partner);
	if (!rc)
		rc = deal_get(db, &partner, t->deal_id, &deal);
	if (rc)
		return rc;
	switch (a->act) {
	case DECIDE:
		rc = str_eq(deal.status, "in_review") ? decide_it(s, db, t, &deal, &desk) : OK;
		break;
	case ANSWER:
		rc = str_eq(deal.status, "action_required") ? answer_it(db, t, &deal, &partner) : OK;
		break;
	case EXTEND:
		if (str_eq(deal.status, "approved"))
			rc = deal_extend(db, &partner, deal.id, deal.version, demo_pick(&s->d->random, demo_evidence));
		if (!rc)
			put(s, later(s, db->now, 2 * HOUR, 30 * HOUR), EXTENSION, a->story);
		return rc;
	case EXTENSION:
		return deal.extension_pending ? deal_extension_decide(db, &desk, deal.id, deal.version, true, "") : OK;
	case REMARK:
		if (str_eq(deal.status, "draft"))
			return OK;      /* its firm's alone */
		put(s, later(s, db->now, HOUR, 20 * HOUR), REPLY, a->story);
		return deal_comment(db, &manager, deal.id, demo_pick(&s->d->random, demo_comments), demo_chance(&s->d->random, 20));
	case REPLY:
		return deal_comment(db, &partner, deal.id, demo_pick(&s->d->random, demo_answers), false);
	case FATE:
		return str_eq(deal.status, "approved") ?
			fate_it(s, db, t, &deal, t->fate == REVOKED ? &desk : &partner) : OK;
	default:
		break;
	}
	if (!rc)
		rc = deal_get(db, &partner, t->deal_id, &deal);
	if (!rc)
		follow(s, db, a->story, &deal);
	return rc;
}

/* The nightly duties, as cron/expire does them. */
static int night(struct db *db)
{
	size_t done;
	int rc;

	do {
		rc = deal_expire_due(db, 100, &done);
	} while (!rc && done == 100);
	do {
		rc = rc ? rc : deal_remind_due(db, 100, &done);
	} while (!rc && done == 100);
	return rc;
}

static int perform(struct stage *s, const struct action *a)
{
	struct db db = *s->d->db;
	struct playing p = { s, a };
	int rc;

	arena_reset(s->step);
	db.arena = s->step;
	db.now = a->at;
	/* the engine looks at the clock again once it holds the customer's lock */
	setenv("PRM_NOW", str_or(when_iso(s->step, a->at), ""), 1);
	rc = a->act == NIGHT ? night(&db) : db_transaction(&db, play, &p);
	if (rc == E_CONFLICT || rc == E_STALE) {        /* a refusal of the engine is part of the story */
		LOG(LOG_NOTE, "demo_refused", LOG_NUM("act", a->act), LOG_TEXT("why", db.err->message));
		err_clear(db.err);
		return OK;
	}
	return rc;
}

static int compare_times(const void *a, const void *b)
{
	const struct when *x = a, *y = b;

	return x->us < y->us ? -1 : x->us > y->us;
}

static void prepare(struct stage *s)
{
	struct when at[DEMO_DEALS], now = s->d->now;
	int by_hand = OVERDUE + QUEUED + RETURNED + ENDING;

	for (int i = 0; i < DEMO_DEALS; i++)
		at[i] = begins(s, i);
	/* in their order, so that a rival comes after the one it follows */
	qsort(at, (size_t)(DEMO_DEALS - by_hand), sizeof(at[0]), compare_times);
	for (int i = 0; i < DEMO_DEALS; i++) {
		story_make(s, i, at[i]);
		put(s, at[i], REGISTER, i);
	}
	for (int i = DEMO_DAYS; i > 0; i--)
		put(s, when_plus(day_start(when_day(when_plus(now, -i * DAY), "UTC"), "UTC"), 3 * HOUR), NIGHT, -1);
	put(s, office(s, when_plus(now, -330 * DAY)), RULES_2, -1);
	put(s, office(s, when_plus(now, -120 * DAY)), RULES_3, -1);
}

int demo_story(struct demo *d)
{
	struct stage *s = arena_alloc(d->db->arena, sizeof(*s));
	const char *clock = arena_strdup(d->db->arena, getenv("PRM_NOW"));
	int rc = OK;

	if (!s)
		return E_NOMEM;
	s->d = d;
	s->step = arena_new(MAX_ARENA);
	if (!s->step)
		return E_NOMEM;
	prepare(s);
	while (!rc && s->n) {
		struct action a = take(s);

		rc = perform(s, &a);
		if (rc)
			LOG(LOG_TROUBLE, "demo_stopped", LOG_NUM("act", a.act), LOG_NUM("story", a.story),
				LOG_TEXT("why", d->db->err->message), LOG_TEXT("detail", d->db->err->detail));
	}
	arena_free(s->step);
	if (clock)
		setenv("PRM_NOW", clock, 1);
	else
		unsetenv("PRM_NOW");
	return rc;
}
