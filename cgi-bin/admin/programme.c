/* programme.c - the programme: its face, rules of engagement, product families, regions, calendar */
#include "programme.h"

#include "programme-rules.h"

/* ---- name, zone, colour, hours ---- */
struct programme_input { const char *name, *contact_email, *accent, *zone, *currency, *workdays, *opens, *closes; };

static const struct choice workday_choices[] = {
	{ "mon", N_("Monday"), NULL }, { "tue", N_("Tuesday"), NULL }, { "wed", N_("Wednesday"), NULL },
	{ "thu", N_("Thursday"), NULL }, { "fri", N_("Friday"), NULL }, { "sat", N_("Saturday"), NULL },
	{ "sun", N_("Sunday"), NULL }, CHOICE_END
};

static bool minute_of(const char *text, int *out)
{
	int64_t h, m;

	if (!text || strlen(text) != 5 || text[2] != ':' || !str_to_int((char[]){ text[0], text[1], 0 }, 0, 24, &h) ||
	    !str_to_int(text + 3, 0, 59, &m) || h * 60 + m > 1440)
		return false;
	*out = (int)(h * 60 + m);
	return true;
}

static const char *minute_text(struct arena *a, int minute)
{
	return arena_printf(a, "%02d:%02d", minute / 60, minute % 60);
}

static int check_time(struct req *q, const struct field *f, const void *member)
{
	int minute;

	return minute_of(*(const char *const *)member, &minute) ? OK :
		fail_field(q->err, f->name, "%s", _("Write a time of day, as in 09:00"));
}

/* Links and buttons are drawn in this colour: it must be readable on white (WCAG 2.2 AA). */
static int check_accent(struct req *q, const struct field *f, const void *member)
{
	const char *accent = *(const char *const *)member;
	int contrast = contrast_x100(accent, "#ffffff");

	if (!contrast)
		return fail_field(q->err, f->name, "%s", _("Write a colour, as in #3457c9"));
	if (contrast < CONTRAST_TEXT)
		return fail_field(q->err, f->name, _("This colour cannot be read on white: contrast %d.%d, at least 4.5 is needed. Choose a darker one"),
			contrast / 100, contrast / 10 % 10);
	return OK;
}

static int check_currency(struct req *q, const struct field *f, const void *member)
{
	return currency_known(*(const char *const *)member) ? OK :
		fail_field(q->err, f->name, "%s", _("Write a currency's three letters, as in EUR"));
}

static const struct field programme_fields[] = {
	FIELD(programme_input, name, F_TEXT, .label = N_("Vendor's name"), .required = true, .max = 120,
		.help = N_("As partners know it: on every page and mail.")),
	FIELD(programme_input, contact_email, F_EMAIL, .label = N_("Whom partners write to"), .required = true, .max = 254),
	FIELD(programme_input, accent, F_TEXT, .label = N_("Brand colour"), .required = true, .max = 7, .placeholder = "#3457c9",
		.help = N_("Six digits after #. It must be readable on white."), .check = check_accent),
	FIELD(programme_input, zone, F_ZONE, .label = N_("Time zone of the business calendar"), .required = true),
	FIELD(programme_input, currency, F_CODE, .label = N_("Reporting currency"), .required = true, .max = 3,
		.check = check_currency),
	FIELD(programme_input, workdays, F_CHOICES, .label = N_("Working days"), .required = true, .choices = workday_choices),
	FIELD(programme_input, opens, F_TEXT, .label = N_("The deal desk opens at"), .required = true, .max = 5,
		.check = check_time),
	FIELD(programme_input, closes, F_TEXT, .label = N_("and closes at"), .required = true, .max = 5, .check = check_time),
	FIELD_END
};

static const struct part programme_parts[] = {
	{ .name = "programme", .columns = programme_columns, .describe = N_("The programme") },
	PART_END
};

static int show_programme(struct req *q, struct doc *out)
{
	struct programme_input *in = q->input;
	struct programme p;
	struct strbuf days;
	int rc = programme_read(q->db, &p), contrast;

	if (!rc)
		rc = doc_row(out, "programme", programme_columns, &p);
	if (rc || q->face == FACE_JSON)
		return rc ? rc : doc_etag(out, "%lld", (long long)p.version);
	strbuf_init(&days, q->arena, 60);
	for (int i = 0; i < 7; i++)
		if (p.workdays & 1 << i)
			strbuf_addf(&days, "%s%s", days.len ? "," : "", workday_choices[i].value);
	*in = (struct programme_input){ .name = p.name, .contact_email = p.contact_email, .accent = p.accent, .zone = p.zone,
		.currency = p.currency, .workdays = days.text, .opens = minute_text(q->arena, p.open_minute),
		.closes = minute_text(q->arena, p.close_minute) };
	contrast = contrast_x100(p.accent, "#ffffff");
	doc_show(out, "contrast", arena_printf(q->arena, "%d.%d", contrast / 100, contrast / 10 % 10));
	return doc_etag(out, "%lld", (long long)p.version);
}

static int save_programme(struct req *q, struct doc *out)
{
	const struct programme_input *in = q->input;
	struct programme p;
	int rc = programme_read(q->db, &p);

	if (rc)
		return rc;
	if (q->version)
		p.version = q->version;
	p.name = in->name;
	p.contact_email = in->contact_email;
	p.accent = in->accent;
	p.zone = in->zone;
	p.currency = in->currency;
	p.workdays = 0;
	for (int i = 0; i < 7; i++)
		if (strstr(in->workdays, workday_choices[i].value))
			p.workdays |= 1 << i;
	minute_of(in->opens, &p.open_minute);
	minute_of(in->closes, &p.close_minute);
	if (p.open_minute >= p.close_minute)
		return fail_field(q->err, "closes", "%s", _("The desk must close after it opens"));
	rc = programme_save(q->db, q->user, &p);
	if (rc)
		return rc;
	p.version++;
	doc_row(out, "programme", programme_columns, &p);
	doc_flash(out, "good", "%s", _("Saved. Pages follow within a minute."));
	return doc_go(out, "/admin/programme");
}

/* ---- product families ---- */
struct family_input { const char *code, *name; bool active; };
static const struct field family_new_fields[] = {
	FIELD(family_input, name, F_TEXT, .label = N_("Name"), .required = true, .max = 120),
	FIELD(family_input, code, F_CODE, .label = N_("Code"), .required = true, .max = 40,
		.help = N_("As programs name it. It never changes.")),
	FIELD_END
};
static const struct field family_fields[] = {
	FIELD(family_input, name, F_TEXT, .label = N_("Name"), .required = true, .max = 120),
	FIELD(family_input, active, F_BOOL, .label = N_("Can be registered")),
	FIELD_END
};
static const struct part families_parts[] = {
	{ .name = "families", .columns = family_columns, .list = true, .describe = N_("Product families") }, PART_END
};
static const struct part family_parts[] = {
	{ .name = "family", .columns = family_columns, .describe = N_("A product family") }, PART_END
};

static int list_families(struct req *q, struct doc *out)
{
	struct family *rows;
	size_t n;
	int rc = family_list(q->db, false, &rows, &n);

	return rc ? rc : doc_rows(out, "families", family_columns, rows, sizeof(*rows), n);
}

static int find_family(struct req *q, struct family *out)
{
	struct family *rows;
	size_t n;
	int rc = family_list(q->db, false, &rows, &n);

	for (size_t i = 0; i < n && !rc; i++)
		if (rows[i].id == q->id) {
			*out = rows[i];
			return OK;
		}
	return rc ? rc : fail(q->err, E_NOTFOUND, "%s", _("There is no such product family"));
}

static int show_family(struct req *q, struct doc *out)
{
	struct family_input *in = q->input;
	struct family f;
	int rc = find_family(q, &f);

	if (!rc)
		rc = doc_row(out, "family", family_columns, &f);
	if (rc)
		return rc;
	in->name = f.name;
	in->active = f.active;
	doc_show(out, "Form.back_url", "/admin/programme/families");
	doc_show(out, "Form.back_label", _("Product families"));
	return doc_etag(out, "%lld", (long long)f.version);
}

static int add_family(struct req *q, struct doc *out)
{
	const struct family_input *in = q->input;
	struct family f = { .code = in->code, .name = in->name, .active = true, .version = 1 };
	int rc = family_save(q->db, q->user, &f, &f.id);

	if (rc)
		return rc;
	doc_row(out, "family", family_columns, &f);
	doc_flash(out, "good", _("%s can be registered from now on."), f.name);
	return q->face == FACE_JSON ? doc_created(out, "/admin/programme/families/%lld", (long long)f.id) :
		doc_go(out, "/admin/programme/families");
}

static int save_family(struct req *q, struct doc *out)
{
	const struct family_input *in = q->input;
	struct family f;
	int rc = find_family(q, &f);

	if (rc)
		return rc;
	if (q->version)
		f.version = q->version;
	f.name = in->name;
	f.active = in->active;
	rc = family_save(q->db, q->user, &f, &f.id);
	if (rc)
		return rc;
	f.version++;
	doc_row(out, "family", family_columns, &f);
	doc_flash(out, "good", "%s", _("Saved."));
	return doc_go(out, "/admin/programme/families");
}

/* ---- regions ---- */
struct region_input { const char *code, *name, *countries; };
static const struct field country_field = { .name = "country", .type = F_COUNTRY };

/* "de, AT" -> "DE,AT"; NULL with the field's error when one is no country. */
static const char *countries_read(struct req *q, const char *text)
{
	char *rest = arena_strdup(q->arena, text), *one;
	struct strbuf b;

	strbuf_init(&b, q->arena, 1200);
	while (rest && (one = strsep(&rest, ", \n\t")) != NULL) {
		for (char *c = one; *c; c++)
			*c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
		if (!*one)
			continue;
		if (strlen(one) != 2 || str_eq(field_value_text(q, &country_field, one), one)) {
			fail_field(q->err, "countries", _("\"%.20s\" is no country's code of two letters"), one);
			return NULL;
		}
		strbuf_addf(&b, "%s%s", b.len ? "," : "", one);
	}
	return b.text;
}

#define COUNTRIES_FIELD \
	FIELD(region_input, countries, F_LONGTEXT, .label = N_("Countries"), .required = true, .max = 1000, \
		.help = N_("Codes of two letters with commas: DE, AT, CH. A country named here leaves the region it was in."))
static const struct field region_new_fields[] = {
	FIELD(region_input, name, F_TEXT, .label = N_("Name"), .required = true, .max = 120),
	FIELD(region_input, code, F_CODE, .label = N_("Code"), .required = true, .max = 40,
		.help = N_("As programs name it. It never changes.")),
	COUNTRIES_FIELD,
	FIELD_END
};
static const struct field region_fields[] = {
	FIELD(region_input, name, F_TEXT, .label = N_("Name"), .required = true, .max = 120),
	COUNTRIES_FIELD,
	FIELD_END
};
static const struct part regions_parts[] = {
	{ .name = "regions", .columns = region_columns, .list = true, .describe = N_("Sales regions") }, PART_END
};
static const struct part region_parts[] = {
	{ .name = "region", .columns = region_columns, .describe = N_("A sales region") }, PART_END
};

static const char *country_names(struct req *q, const char *codes)
{
	char *rest = arena_strdup(q->arena, codes), *one;
	struct strbuf b;

	strbuf_init(&b, q->arena, 8000);
	while (rest && *rest && (one = strsep(&rest, ",")) != NULL)
		strbuf_addf(&b, "%s%s", b.len ? ", " : "", field_value_text(q, &country_field, one));
	return b.text;
}

static int list_regions(struct req *q, struct doc *out)
{
	struct region *rows;
	size_t n;
	int rc = region_list(q->db, &rows, &n);

	if (!rc)
		rc = doc_rows(out, "regions", region_columns, rows, sizeof(*rows), n);
	for (size_t i = 0; i < n && !rc && q->face == FACE_HTML; i++)
		rc = doc_show_in(out, "regions", i, "countries_text",
			country_names(q, rows[i].countries));
	return rc;
}

static int find_region(struct req *q, struct region *out)
{
	struct region *rows;
	size_t n;
	int rc = region_list(q->db, &rows, &n);

	for (size_t i = 0; i < n && !rc; i++)
		if (rows[i].id == q->id) {
			*out = rows[i];
			return OK;
		}
	return rc ? rc : fail(q->err, E_NOTFOUND, "%s", _("There is no such region"));
}

static int show_region(struct req *q, struct doc *out)
{
	struct region_input *in = q->input;
	struct region r;
	int rc = find_region(q, &r);

	if (!rc)
		rc = doc_row(out, "region", region_columns, &r);
	if (rc)
		return rc;
	in->name = r.name;
	in->countries = r.countries;
	doc_show(out, "Form.back_url", "/admin/programme/regions");
	doc_show(out, "Form.back_label", _("Regions"));
	return doc_etag(out, "%lld", (long long)r.version);
}

static int add_region(struct req *q, struct doc *out)
{
	const struct region_input *in = q->input;
	struct region r = { .code = in->code, .name = in->name, .countries = countries_read(q, in->countries), .version = 1 };
	int rc = r.countries ? region_save(q->db, q->user, &r, &r.id) : E_INVALID;

	if (rc)
		return rc;
	doc_row(out, "region", region_columns, &r);
	doc_flash(out, "good", "%s", _("The region is there."));
	return q->face == FACE_JSON ? doc_created(out, "/admin/programme/regions/%lld", (long long)r.id) :
		doc_go(out, "/admin/programme/regions");
}

static int save_region(struct req *q, struct doc *out)
{
	const struct region_input *in = q->input;
	struct region r;
	int rc = find_region(q, &r);

	if (rc)
		return rc;
	if (q->version)
		r.version = q->version;
	r.name = in->name;
	r.countries = countries_read(q, in->countries);
	rc = r.countries ? region_save(q->db, q->user, &r, &r.id) : E_INVALID;
	if (rc)
		return rc;
	r.version++;
	doc_row(out, "region", region_columns, &r);
	doc_flash(out, "good", "%s", _("Saved. Registrations keep the region they were made in."));
	return doc_go(out, "/admin/programme/regions");
}

/* ---- business calendar ---- */
struct holiday_input { struct day day; const char *name; };
static const struct field holiday_fields[] = {
	FIELD(holiday_input, day, F_DATE, .label = N_("Day"), .required = true),
	FIELD(holiday_input, name, F_TEXT, .label = N_("What is celebrated"), .required = true, .max = 120),
	FIELD_END
};
struct day_input { struct day day; };
static const struct field day_fields[] = {
	FIELD(day_input, day, F_DATE, .label = N_("Day"), .required = true), FIELD_END
};
static const struct part holidays_parts[] = {
	{ .name = "holidays", .columns = holiday_columns, .list = true, .describe = N_("Days without business") }, PART_END
};

static int list_holidays(struct req *q, struct doc *out)
{
	struct holiday *rows;
	size_t n;
	int rc = holiday_list(q->db, &rows, &n);

	return rc ? rc : doc_rows(out, "holidays", holiday_columns, rows, sizeof(*rows), n);
}

static int holidays_done(struct req *q, struct doc *out)
{
	int rc = q->face == FACE_JSON ? list_holidays(q, out) : OK;

	return rc ? rc : doc_go(out, "/admin/programme/calendar");
}

static int add_holiday(struct req *q, struct doc *out)
{
	const struct holiday_input *in = q->input;
	struct holiday h = { in->day, in->name };
	int rc = holiday_add(q->db, q->user, &h);

	if (rc)
		return rc;
	doc_flash(out, "good", "%s", _("Added. Clocks that run already keep their end."));
	return holidays_done(q, out);
}

static int remove_holiday(struct req *q, struct doc *out)
{
	int rc = holiday_remove(q->db, q->user, INPUT(q, day_input)->day);

	if (rc)
		return rc;
	doc_flash(out, "good", "%s", _("Removed."));
	return holidays_done(q, out);
}

#define AT "/admin/programme"
#define MINE .section = "programme"
#define INTO(s) sizeof(struct s)
static const struct route routes[] = {
	{ GET, AT, show_programme, RULES_EDIT, "admin/programme/show.cs", programme_fields, INTO(programme_input),
	  .title = N_("Programme"), .returns = programme_parts, MINE },
	{ POST, AT, save_programme, RULES_EDIT, NULL, programme_fields, INTO(programme_input), STEP_UP, N_("Save"),
	  .returns = programme_parts, .redraw = AT, MINE },

	{ GET, AT "/rules", show_rules_overview, RULES_EDIT, "admin/programme/rules.cs", .title = N_("Rules of engagement"),
	  .returns = rules_overview_parts, MINE },
	{ POST, AT "/rules/draft", start_draft, RULES_EDIT, NULL, .flags = STEP_UP, .title = N_("Begin a draft"),
	  .returns = draft_parts, .redraw = AT "/rules", MINE },
	{ POST, AT "/rules/drop", drop_draft, RULES_EDIT, NULL, .flags = STEP_UP, .title = N_("Throw the draft away"),
	  .returns = draft_parts, .redraw = AT "/rules", MINE },
	{ POST, AT "/rules/publish", publish_draft, RULES_EDIT, NULL, publish_fields, INTO(publish_input), STEP_UP,
	  N_("Publish"), .returns = rules_overview_parts, .redraw = AT "/rules", MINE },
	{ GET, AT "/rules/values", edit_values, RULES_EDIT, "admin/programme/values.cs", values_fields, INTO(values_input),
	  PAGE_ONLY, N_("Values of the rules"), MINE },
	{ POST, AT "/rules/values", save_values, RULES_EDIT, NULL, values_fields, INTO(values_input), STEP_UP,
	  N_("Save in the draft"), .returns = draft_parts, .redraw = AT "/rules/values", MINE },
	{ GET, AT "/rules/clauses/{key}", edit_clause, RULES_EDIT, "admin/programme/clause.cs", clause_fields,
	  INTO(clause_input), PAGE_ONLY, N_("Clause"), MINE },
	{ POST, AT "/rules/clauses/{key}", save_clause, RULES_EDIT, NULL, clause_fields, INTO(clause_input), STEP_UP,
	  N_("Save in the draft"), .returns = draft_parts, .redraw = AT "/rules/clauses/{key}", MINE },

	{ GET, AT "/families", list_families, RULES_EDIT, "admin/programme/families.cs", .title = N_("Product families"),
	  .returns = families_parts, MINE },
	{ POST, AT "/families", add_family, RULES_EDIT, NULL, family_new_fields, INTO(family_input), STEP_UP,
	  N_("Add product family"), .returns = family_parts, .redraw = AT "/families", .creates = true, MINE },
	{ GET, AT "/families/{id}", show_family, RULES_EDIT, "layout/form.cs", family_fields, INTO(family_input),
	  .title = N_("Product family"), .returns = family_parts, MINE },
	{ POST, AT "/families/{id}", save_family, RULES_EDIT, NULL, family_fields, INTO(family_input), STEP_UP, N_("Save"),
	  .returns = family_parts, .redraw = AT "/families/{id}", MINE },

	{ GET, AT "/regions", list_regions, RULES_EDIT, "admin/programme/regions.cs", .title = N_("Regions"),
	  .returns = regions_parts, MINE },
	{ POST, AT "/regions", add_region, RULES_EDIT, NULL, region_new_fields, INTO(region_input), STEP_UP,
	  N_("Add region"), .returns = region_parts, .redraw = AT "/regions", .creates = true, MINE },
	{ GET, AT "/regions/{id}", show_region, RULES_EDIT, "layout/form.cs", region_fields, INTO(region_input),
	  .title = N_("Region"), .returns = region_parts, MINE },
	{ POST, AT "/regions/{id}", save_region, RULES_EDIT, NULL, region_fields, INTO(region_input), STEP_UP, N_("Save"),
	  .returns = region_parts, .redraw = AT "/regions/{id}", MINE },

	{ GET, AT "/calendar", list_holidays, RULES_EDIT, "admin/programme/calendar.cs", .title = N_("Business calendar"),
	  .returns = holidays_parts, MINE },
	{ POST, AT "/calendar", add_holiday, RULES_EDIT, NULL, holiday_fields, INTO(holiday_input), STEP_UP,
	  N_("Add holiday"), .returns = holidays_parts, .redraw = AT "/calendar", MINE },
	{ POST, AT "/calendar/remove", remove_holiday, RULES_EDIT, NULL, day_fields, INTO(day_input), STEP_UP, N_("Remove"),
	  .returns = holidays_parts, .redraw = AT "/calendar", MINE },
	ROUTE_END
};

PROGRAM(admin_programme, "admin/programme", routes)
