/* deal_import.c - many registrations out of one CSV file
 *
 * Lines are taken a hundred at a time, each hundred in one transaction and in memory of
 * its own; a hundred that meets a deadlock is done again as a whole.
 */
#include "deal_import_part.h"

#include <sodium.h>

#include "csv_in.h"
#include "intl.h"
#include "str.h"

#define MAX_REPORT (16u << 20)
#define MAX_RESULT (64u << 20)   /* report, growing by doubling, and what a dry run keeps */

static const char SQL_KNOWN[] =
	"SELECT CONCAT('DR-', id) AS number, IF(outcome IS NULL, 'review', outcome) AS outcome, clause, reason FROM deal"
	" WHERE partner_id = ? AND external_key = ?";

const struct choice import_outcome_choices[] = {
	{ "approved", N_("Approved"), "good" },
	{ "review", N_("A person decides"), "wait" },
	{ "duplicate", N_("Already registered"), "bad" },
	{ "refused", N_("Cannot be registered"), "bad" },
	CHOICE_END
};

const struct column import_line_columns[] = {
	COL(import_line, line, .describe = N_("Line of the file")),
	COL(import_line, customer, .describe = N_("End customer")),
	COL(import_line, external_key, .describe = N_("The line's key"), .max = 80),
	COL(import_line, outcome, .choices = import_outcome_choices, .describe = N_("What it became, or would become")),
	COL(import_line, clause, .nullable = true, .describe = N_("Clause it rests on"), .max = 16),
	COL(import_line, reason, .nullable = true, .describe = N_("In words"), .max = 1000),
	COL(import_line, number, .nullable = true, .describe = N_("Number of the registration")),
	COL(import_line, known, .describe = N_("It was imported before")),
	COL_END
};

const struct column import_counts_columns[] = {
	COL(import_counts, lines, .describe = N_("Lines of the file")),
	COL(import_counts, approved, .describe = N_("Approved")),
	COL(import_counts, review, .describe = N_("Left to a person")),
	COL(import_counts, duplicate, .describe = N_("Registered already")),
	COL(import_counts, refused, .describe = N_("Cannot be registered")),
	COL(import_counts, known, .describe = N_("Imported before: nothing was done now")),
	COL_END
};

static const struct column known_columns[] = {
	COL(import_line, number), COL(import_line, outcome), COL(import_line, clause), COL(import_line, reason), COL_END
};

static const char *const column_names[I_COLUMNS] = {
	[I_CUSTOMER] = "customer", [I_COMPANY] = "company", [I_DOMAIN] = "domain", [I_COUNTRY] = "country",
	[I_FAMILY] = "product_family", [I_PRODUCT] = "product", [I_AMOUNT] = "amount", [I_VALUE] = "est_value",
	[I_CURRENCY] = "currency", [I_CLOSES] = "closes_on", [I_NOTES] = "notes", [I_CONTACT] = "contact_name",
	[I_EMAIL] = "contact_email", [I_KEY] = "external_key", [I_REG_ID] = "reg_id",
};

/* The file being read: rows gather until a hundred are there. */
struct reading {
	struct import_run run;
	struct import_result *out;
	struct arena *chunk, *keep, *before;    /* of one hundred lines; of the result; of the caller */
	struct import_row rows[IMPORT_CHUNK];
	struct import_item items[IMPORT_CHUNK];
	size_t n, done, all;
	struct strbuf report;
	size_t shown_room;
};

/* ---- one line ---- */
static int already(struct import_run *r, struct import_item *item)
{
	int rc = db_row(r->db, SQL_KNOWN, ARGS(A(item->partner_id), A(item->in.external_key)), known_columns, &item->line);

	if (!rc)
		item->line.known = true;
	else if (rc == E_NOTFOUND)
		err_clear(r->db->err);
	return rc;
}

/* What stops a line, as against what stops the import. */
static bool is_refusal(int rc)
{
	return rc == E_INVALID || rc == E_CONFLICT || rc == E_FORBIDDEN;
}

static const char *refusal_of(struct db *db)
{
	const struct err *e = db->err;

	return arena_strdup(db->arena, e->n_fields ? e->fields[0].message : e->message);
}

static int register_line(struct import_run *r, struct import_item *item)
{
	struct deal d;
	int rc;

	r->user.partner_id = item->partner_id;
	rc = deal_register_on(r->db, &r->user, &r->ground, &item->in, "import", &d);
	if (rc) {
		if (is_refusal(rc))
			item->refusal = refusal_of(r->db);
		return is_refusal(rc) ? OK : rc;
	}
	r->ground.eligible = item->partner_id;
	item->line.outcome = d.outcome;
	item->line.clause = d.clause;
	item->line.reason = d.reason;
	item->line.number = d.number;
	item->met = d.met;
	return OK;
}

static int do_line(struct import_run *r, const struct import_row *row, struct import_item *item)
{
	int rc = import_item(r, row, item);

	err_clear(r->db->err);
	if (!rc && !item->refusal) {
		rc = item->partner_id ? already(r, item) : E_NOTFOUND;
		if (rc == E_NOTFOUND)
			rc = r->o->dry_run ? import_judge(r, item) : register_line(r, item);
	}
	if (!rc && item->refusal) {
		item->line.outcome = "refused";
		item->line.reason = item->refusal;
	}
	err_clear(r->db->err);
	return rc;
}

static int do_chunk(struct db *db, void *arg)
{
	struct reading *g = arg;
	int rc = OK;

	g->run.ground.eligible = 0;
	db->now = when_now();
	for (size_t i = 0; i < g->n && !rc; i++)
		rc = do_line(&g->run, &g->rows[i], &g->items[i]);
	return rc;
}

/* ---- what is told ---- */
static void count(struct import_counts *c, const struct import_line *l)
{
	c->lines++;
	c->known += l->known;
	c->approved += str_eq(l->outcome, "approved");
	c->review += str_eq(l->outcome, "review");
	c->duplicate += str_eq(l->outcome, "duplicate");
	c->refused += str_eq(l->outcome, "refused");
}

static void compare(struct reading *g, const struct import_row *row, const struct import_item *item)
{
	struct import_counts *c = &g->out->counts;
	bool flagged = item->met != NULL, truth;

	if (!g->run.truths || item->refusal || str_empty(row->v[I_TRUTH]))
		return;
	truth = truth_seen(g->run.truths, g->keep, row->v[I_TRUTH]);
	c->true_conflicts += truth;
	c->flagged += flagged;
	c->caught += truth && flagged;
	c->wrong += !truth && flagged;
}

/* A cell; what a spreadsheet would run as a formula becomes text. */
static void cell(struct strbuf *b, const char *text, char end)
{
	strbuf_addc(b, '"');
	if (text && *text && strchr("=+-@\t\r", *text))
		strbuf_addc(b, '\'');
	for (const char *p = str_or(text, ""); *p; p++) {
		if (*p == '"')
			strbuf_addc(b, '"');
		strbuf_addc(b, *p);
	}
	strbuf_addc(b, '"');
	strbuf_addc(b, end);
}

static void tell(struct reading *g, const struct import_item *item)
{
	const struct import_line *l = &item->line;
	struct import_result *out = g->out;

	count(&out->counts, l);
	strbuf_addf(&g->report, "%lld,", (long long)l->line);
	cell(&g->report, l->external_key, ',');
	cell(&g->report, l->customer, ',');
	cell(&g->report, l->outcome, ',');
	cell(&g->report, l->clause, ',');
	cell(&g->report, l->number, ',');
	cell(&g->report, l->reason, '\n');
	if (str_eq(l->outcome, "approved") || out->n_shown >= IMPORT_SHOWN)
		return;
	out->shown[out->n_shown++] = (struct import_line){ l->line, arena_strdup(g->keep, l->customer),
		arena_strdup(g->keep, l->external_key), arena_strdup(g->keep, l->outcome), arena_strdup(g->keep, l->clause),
		arena_strdup(g->keep, l->reason), arena_strdup(g->keep, l->number), l->known };
}

/* ---- a hundred lines ---- */
static int flush(struct reading *g)
{
	struct db *db = g->run.db;
	int rc;

	if (!g->n)
		return OK;
	db->arena = g->chunk;
	rc = deal_ground(db, &g->run.ground);
	g->run.ground.quiet = true;
	if (!rc)
		rc = family_list(db, true, &g->run.families, &g->run.n_families);
	/* A dry run writes nothing, not even an account: no transaction is needed. */
	if (!rc)
		rc = g->run.o->dry_run ? do_chunk(db, g) : db_transaction(db, do_chunk, g);
	for (size_t i = 0; i < g->n && !rc; i++) {
		compare(g, &g->rows[i], &g->items[i]);
		tell(g, &g->items[i]);
	}
	db->arena = g->before;
	arena_reset(g->chunk);
	g->done += g->n;
	g->n = 0;
	if (!rc && g->report.overflow)
		rc = fail(db->err, E_TOOLARGE, "%s", _("The report of this file is too large"));
	return rc || !g->run.o->progress ? rc : g->run.o->progress(g->run.o->progress_arg, g->done, g->all);
}

static int take_row(const struct csv_row *row, void *arg)
{
	struct reading *g = arg;
	struct import_row *mine = &g->rows[g->n];

	if (!row->values[I_CUSTOMER] && !row->values[I_COMPANY])
		return fail(g->run.db->err, E_BAD, "%s", _("The file has no column \"customer\": the first row names the columns"));
	mine->line = row->line;
	for (size_t i = 0; i < I_COLUMNS; i++) {
		mine->v[i] = row->values[i] ? str_trim(g->chunk, row->values[i]) : NULL;
		if (row->values[i] && !mine->v[i])
			return fail(g->run.db->err, E_NOMEM, "%s", _("There was no room for this file"));
	}
	return ++g->n == IMPORT_CHUNK ? flush(g) : OK;
}

static void names_of(const struct import_options *o, const char *names[I_COLUMNS + 1])
{
	for (size_t i = 0; i < I_COLUMNS; i++)
		names[i] = column_names[i];
	/* A name no file has: the columns keep their places. */
	names[I_PARTNER] = o && o->partner_column ? o->partner_column : "\x01partner";
	names[I_TRUTH] = o && o->truth_column ? o->truth_column : "\x01truth";
	names[I_COLUMNS] = NULL;
}

static int count_row(const struct csv_row *row, void *arg)
{
	(void)row;
	(void)arg;
	return OK;
}

int deal_import_count(struct db *db, const void *data, size_t size, size_t *lines)
{
	const char *names[I_COLUMNS + 1];

	names_of(NULL, names);
	return csv_read(db->arena, db->err, data, size, names, 0, count_row, NULL, lines);
}

static void end_arena(void *arena)
{
	arena_free(arena);
}

static int begin(struct reading *g, struct db *db, const struct user *u, const void *data, size_t size,
	const struct import_options *o, struct import_result *out)
{
	unsigned char hash[16];
	int rc;

	memset(out, 0, sizeof(*out));
	g->run = (struct import_run){ .db = db, .user = *u, .o = o };
	g->out = out;
	g->before = db->arena;
	g->keep = arena_new(MAX_RESULT);
	if (!g->keep || arena_on_end(db->arena, end_arena, g->keep))
		return fail(db->err, E_NOMEM, "%s", _("There was no room for this file"));
	rc = deal_import_count(db, data, size, &g->all);
	if (rc)
		return rc;
	crypto_generichash(hash, sizeof(hash), data, size, NULL, 0);
	g->run.key_base = arena_printf(db->arena, "import-%.12s", str_or(str_hex(db->arena, hash, sizeof(hash)), ""));
	g->chunk = arena_new(MAX_ARENA);
	out->shown = arena_array(g->keep, IMPORT_SHOWN, sizeof(*out->shown));
	strbuf_init(&g->report, g->keep, MAX_REPORT);
	strbuf_add(&g->report, "line,external_key,customer,outcome,clause,number,reason\n");
	if (o->dry_run)
		g->run.scopes = scopes_new(g->keep, g->all);
	if (o->truth_column)
		g->run.truths = truths_new(g->keep, g->all);
	return g->chunk && out->shown && (!o->dry_run || g->run.scopes) && (!o->truth_column || g->run.truths) ? OK :
		fail(db->err, E_NOMEM, "%s", _("There was no room for this file"));
}

int deal_import(struct db *db, const struct user *u, const void *data, size_t size,
	const struct import_options *o, struct import_result *out)
{
	struct arena *before = db->arena;
	const char *names[I_COLUMNS + 1];
	struct reading *g = ARENA_NEW(db->arena, struct reading);
	int rc = g ? begin(g, db, u, data, size, o, out) : E_NOMEM;

	names_of(o, names);
	if (!rc)
		rc = csv_read(before, db->err, data, size, names, 0, take_row, g, NULL);
	if (!rc)
		rc = flush(g);
	db->arena = before;
	if (g)
		arena_free(g->chunk);
	if (rc)
		return rc;
	out->report = g->report.text;
	out->report_size = g->report.len;
	return OK;
}
