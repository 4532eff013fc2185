/* deal_import_job.c - imports as background work: the file is kept, a worker does it, the page shows how far */
#include "deal_import.h"

#include <jansson.h>

#include "intl.h"
#include "job.h"
#include "outbox.h"
#include "str.h"
#include "trees.h"

#define SMALL_JOB IMPORT_JOB "-small"     /* done by the request that brought it; by cron when that died */
#define LEASE_SECONDS 120

static const char SQL_USER[] =
	"SELECT p.id AS person_id, m.partner_id, p.name, p.email, p.language, p.zone, f.name AS firm, m.roles + 0 AS roles"
	" FROM person p JOIN membership m ON m.person_id = p.id JOIN partner f ON f.id = m.partner_id"
	" WHERE p.id = ? AND m.firm_key = ? AND p.status = 'active' AND m.status = 'active'";
static const char SQL_GET[] =
	"SELECT id, CAST(JSON_VALUE(input, '$.partner_id') AS SIGNED) AS partner_id, JSON_VALUE(input, '$.name') AS name,"
	" status, JSON_VALUE(input, '$.dry_run') IN ('1', 'true') AS dry_run, done_units, all_units, last_error, result,"
	" JSON_VALUE(result, '$.report') AS report, created_at, finished_at FROM job"
	" WHERE id = ? AND kind IN ('" IMPORT_JOB "', '" SMALL_JOB "') AND JSON_VALUE(input, '$.partner_id') = ?";
static const char SQL_INPUT[] = "SELECT input FROM job WHERE id = ?";

static const struct choice status_choices[] = {
	{ "waiting", N_("Waiting"), "wait" },
	{ "running", N_("Running"), "info" },
	{ "done", N_("Done"), "good" },
	{ "failed", N_("Failed"), "bad" },
	CHOICE_END
};

const struct column import_job_columns[] = {
	COL(import_job, id, .describe = N_("Number of the import")),
	COL(import_job, partner_id, .hidden = true),
	COL(import_job, name, .describe = N_("Name of the file")),
	COL(import_job, status, .choices = status_choices, .describe = N_("State")),
	COL(import_job, dry_run, .describe = N_("Only checked: nothing is registered")),
	COL(import_job, done_units, .describe = N_("Lines done")),
	COL(import_job, all_units, .describe = N_("Lines of the file")),
	COL(import_job, last_error, .nullable = true, .describe = N_("Why it failed"), .max = 500),
	COL(import_job, result, .hidden = true),
	COL(import_job, report, .hidden = true),
	COL(import_job, created_at, .describe = N_("Asked for")),
	COL(import_job, finished_at, .nullable = true, .describe = N_("Ended")),
	COL_END
};

struct importer { int64_t person_id, partner_id, roles; const char *name, *email, *language, *zone, *firm; };
static const struct column importer_columns[] = {
	COL(importer, person_id), COL(importer, partner_id), COL(importer, name), COL(importer, email),
	COL(importer, language), COL(importer, zone), COL(importer, firm), COL(importer, roles), COL_END
};

static char *text_of(struct db *db, json_t *o)
{
	char *text = tree_text(db->arena, o, JSON_COMPACT);

	json_decref(o);
	return text;
}

int deal_import_put(struct db *db, const struct conf *c, const struct user *u, const char *name,
	const void *data, size_t size, bool dry_run, int64_t *job_id)
{
	const char *place, *input;
	size_t lines;
	int rc = deal_import_count(db, data, size, &lines);

	if (!rc && !lines)
		rc = fail(db->err, E_BAD, "%s", _("The file has no lines but its first"));
	if (!rc)
		rc = file_keep(db, c, data, size, &place);
	if (rc)
		return rc;
	input = text_of(db, json_pack("{s:s, s:s, s:b, s:I, s:I}", "place", place, "name", str_or(name, "deals.csv"),
		"dry_run", (int)dry_run, "partner_id", (json_int_t)u->partner_id, "lines", (json_int_t)lines));
	return job_put(db, lines <= IMPORT_AT_ONCE ? SMALL_JOB : IMPORT_JOB, input, u->person_id, job_id);
}

int deal_import_get(struct db *db, const struct user *u, int64_t job_id, struct import_job *out)
{
	int rc = db_row(db, SQL_GET, ARGS(A(job_id), A(arena_printf(db->arena, "%lld", (long long)u->partner_id))),
		import_job_columns, out);

	return rc == E_NOTFOUND ? fail(db->err, rc, "%s", _("This import could not be found")) : rc;
}

struct stored { const char *input; };
static const struct column stored_columns[] = {
	{ .name = "input", .type = COL_JSON, .offset = offsetof(struct stored, input), .size = sizeof(const char *) }, COL_END
};

int deal_import_again(struct db *db, const struct user *u, int64_t job_id, int64_t *new_id)
{
	struct import_job old;
	struct stored row;
	const char *input;
	json_t *o;
	bool small;
	int rc = deal_import_get(db, u, job_id, &old);

	if (!rc)
		rc = db_row(db, SQL_INPUT, ARGS(A(job_id)), stored_columns, &row);
	if (rc)
		return rc;
	if (!old.dry_run || !str_eq(old.status, "done"))
		return fail(db->err, E_CONFLICT, "%s", _("Only a file that was checked can be imported"));
	o = json_loads(str_or(row.input, "{}"), 0, NULL);
	json_object_set_new(o, "dry_run", json_false());
	small = json_integer_value(json_object_get(o, "lines")) <= IMPORT_AT_ONCE;
	input = text_of(db, o);
	return job_put(db, small ? SMALL_JOB : IMPORT_JOB, input, u->person_id, new_id);
}

/* ---- the worker ---- */
static int importer_of(struct db *db, int64_t person_id, int64_t partner_id, struct user *out)
{
	struct importer i;
	int rc = db_row(db, SQL_USER, ARGS(A(person_id), A(partner_id)), importer_columns, &i);

	if (rc)
		return rc == E_NOTFOUND ? fail(db->err, E_FORBIDDEN, "%s", _("Whoever asked for this import no longer works there")) : rc;
	*out = (struct user){ .person_id = i.person_id, .partner_id = i.partner_id, .name = i.name, .email = i.email,
		.firm = i.firm, .language = i.language, .zone = i.zone, .roles = (unsigned)i.roles,
		.rights = rights_of_roles((unsigned)i.roles) };
	return user_may(out, DEAL_CREATE) ? OK :
		fail(db->err, E_FORBIDDEN, "%s", _("Whoever asked for this import may no longer register deals"));
}

struct ticking { struct db *db; int64_t id; const char *worker; };

static int tick(void *arg, size_t done, size_t all)
{
	struct ticking *t = arg;

	return job_progress(t->db, t->id, t->worker, (int)done, (int)all);
}

static json_t *counts_json(const struct import_counts *c)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "lines", (json_int_t)c->lines, "approved", (json_int_t)c->approved,
		"review", (json_int_t)c->review, "duplicate", (json_int_t)c->duplicate, "refused", (json_int_t)c->refused,
		"known", (json_int_t)c->known);
}

static const char *result_text(struct db *db, const struct import_result *r, const char *report)
{
	json_t *lines = json_array();

	for (size_t i = 0; i < r->n_shown; i++) {
		const struct import_line *l = &r->shown[i];

		json_array_append_new(lines, json_pack("{s:I, s:s, s:s, s:s, s:s*, s:s*, s:s*, s:b}", "line", (json_int_t)l->line,
			"customer", str_or(l->customer, ""), "external_key", str_or(l->external_key, ""), "outcome", l->outcome,
			"clause", l->clause, "reason", l->reason, "number", l->number, "known", (int)l->known));
	}
	return text_of(db, json_pack("{s:o, s:o, s:s}", "counts", counts_json(&r->counts), "lines", lines, "report", report));
}

static int mail_done(struct db *db, const struct user *u, const struct import_options *o, int64_t id, const struct import_counts *c)
{
	json_t *body = counts_json(c);
	struct outbox m = { .channel = "mail", .address = u->email, .template_ = "deal-imported" };
	const char *before = intl_language();

	json_object_set_new(body, "language", json_string(str_or(u->language, "en")));
	json_object_set_new(body, "name", json_string(u->name));
	json_object_set_new(body, "file", json_string(o->name));
	json_object_set_new(body, "url", json_string(arena_printf(db->arena, "/deals/imports/%lld", (long long)id)));
	intl_use(str_or(u->language, "en"));
	m.subject = arena_printf(db->arena, _("%s was imported"), o->name);
	intl_use(before);
	m.body = text_of(db, body);
	m.dedup_key = arena_printf(db->arena, "deal-imported-%lld", (long long)id);
	return outbox_put(db, &m);
}

static int work_on(struct db *db, const struct conf *c, const char *worker, const struct job *job)
{
	json_t *in = json_loads(str_or(job->input, "{}"), 0, NULL);
	const char *place = arena_strdup(db->arena, json_string_value(json_object_get(in, "place"))), *data, *report;
	struct ticking t = { db, job->id, worker };
	struct import_options o = { .dry_run = json_is_true(json_object_get(in, "dry_run")), .progress = tick, .progress_arg = &t,
		.name = str_or(arena_strdup(db->arena, json_string_value(json_object_get(in, "name"))), "deals.csv") };
	int64_t partner_id = json_integer_value(json_object_get(in, "partner_id"));
	struct import_result result;
	struct user u;
	size_t size;
	int rc = place ? file_load(db, c, place, MAX_IMPORT, &data, &size) : E_NOTFOUND;

	json_decref(in);
	if (!rc)
		rc = importer_of(db, job->person_id, partner_id, &u);
	if (rc)
		return rc;
	intl_use(str_or(u.language, "en"));
	rc = deal_import(db, &u, data, size, &o, &result);
	if (!rc)
		rc = file_keep(db, c, result.report, result.report_size, &report);
	if (!rc)
		rc = job_done(db, job->id, worker, result_text(db, &result, report));
	return rc || o.dry_run || result.counts.lines <= IMPORT_AT_ONCE ? rc : mail_done(db, &u, &o, job->id, &result.counts);
}

static int work_kind(struct db *db, const struct conf *c, const char *worker, const char *kind)
{
	struct job job;
	int rc = job_claim(db, kind, worker, LEASE_SECONDS, &job), bad;

	if (rc)
		return rc;
	bad = work_on(db, c, worker, &job);
	/* the lease ran out, or the database is away: somebody takes it up again, where it stopped */
	if (!bad || bad == E_STALE || bad == E_AWAY || bad == E_RETRY)
		return bad == E_STALE ? OK : bad;
	return job_failed(db, job.id, worker, arena_strdup(db->arena, *db->err->message ? db->err->message : rc_title((enum rc)bad)));
}

int deal_import_work(struct db *db, const struct conf *c, const char *worker)
{
	int rc = work_kind(db, c, worker, SMALL_JOB);

	return rc == E_NOTFOUND ? work_kind(db, c, worker, IMPORT_JOB) : rc;
}

int deal_import_work_small(struct db *db, const struct conf *c, const char *worker)
{
	int rc = work_kind(db, c, worker, SMALL_JOB);

	err_clear(db->err);
	return rc == E_NOTFOUND ? OK : rc;
}

/* ---- the result, read back ---- */
static const char *member(struct db *db, json_t *o, const char *name)
{
	return arena_strdup(db->arena, json_string_value(json_object_get(o, name)));
}

int deal_import_result(struct db *db, const struct import_job *job, struct import_counts *counts,
	struct import_line **lines, size_t *n)
{
	json_t *o = json_loads(str_or(job->result, "{}"), 0, NULL), *list = json_object_get(o, "lines"), *l, *c;
	size_t i;

	*n = 0;
	*lines = arena_array(db->arena, json_array_size(list) + 1, sizeof(**lines));
	c = json_object_get(o, "counts");
#define COUNT(name) counts->name = json_integer_value(json_object_get(c, #name))
	COUNT(lines), COUNT(approved), COUNT(review), COUNT(duplicate), COUNT(refused), COUNT(known);
#undef COUNT
	json_array_foreach(list, i, l)
		if (*lines)
			(*lines)[(*n)++] = (struct import_line){ .line = json_integer_value(json_object_get(l, "line")),
				.customer = member(db, l, "customer"), .external_key = member(db, l, "external_key"),
				.outcome = member(db, l, "outcome"), .clause = member(db, l, "clause"), .reason = member(db, l, "reason"),
				.number = member(db, l, "number"), .known = json_is_true(json_object_get(l, "known")) };
	json_decref(o);
	return *lines ? OK : E_NOMEM;
}
