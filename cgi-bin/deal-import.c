/* deal-import.c - many registrations out of one file: checked first, then imported
 *
 * Small files are done inside the request, large ones by cron/import; the page shows how
 * far it is either way.  What a line becomes is lib/prm/deal_import*.c.
 */
#include "deal-page.h"
#include "deal_import.h"

#include <unistd.h>

const struct field import_fields[] = {
	FIELD(import_input, file, F_FILE, .label = N_("CSV file"), .required = true, .max = MAX_IMPORT,
		.accept = "text/csv,text/plain", .help = N_("The first row names the columns: customer, domain, country, "
		"product_family, amount; also currency, closes_on, notes, contact_name, contact_email, external_key")),
	FIELD(import_input, dry_run, F_BOOL, .label = N_("Only check: register nothing"), .hidden = true),
	FIELD_END
};

const struct part import_part[] = {
	{ "import", import_job_columns, .parts = (const struct part[]){
		{ "counts", import_counts_columns, .optional = true, .describe = N_("What the lines became; null before the end") },
		{ "lines", import_line_columns, .list = true, .describe = N_("The first lines that were not approved") },
		PART_END } },
	PART_END
};

static const char *import_link(struct req *q, int64_t id, const char *tail)
{
	return arena_printf(q->arena, "/deals/imports/%lld%s", (long long)id, tail);
}

int import_page(struct req *q, struct doc *out)
{
	(void)q;
	(void)out;
	return OK;
}

static int put_result(struct req *q, struct doc *out, const struct import_job *job)
{
	struct import_counts counts;
	struct import_line *lines;
	size_t n;
	int rc = deal_import_result(q->db, job, &counts, &lines, &n);

	if (!rc && job->result)
		rc = doc_row(out, "import.counts", import_counts_columns, &counts);
	else if (!rc)
		rc = doc_json(out, "import.counts", NULL);
	if (!rc)
		rc = doc_rows(out, "import.lines", import_line_columns, lines, sizeof(*lines), n);
	if (!rc && job->dry_run && str_eq(job->status, "done") && counts.lines > counts.refused)
		rc = doc_show(out, "import.run_url", import_link(q, job->id, "/run"));
	if (!rc && job->report)
		rc = doc_show(out, "import.report_url", import_link(q, job->id, "/report"));
	return rc;
}

static int put_import(struct req *q, struct doc *out, int64_t id)
{
	struct import_job job;
	int rc = deal_import_get(q->db, q->user, id, &job);

	if (!rc)
		rc = doc_row(out, "import", import_job_columns, &job);
	if (!rc)
		rc = put_result(q, out, &job);
	if (!rc && (str_eq(job.status, "waiting") || str_eq(job.status, "running")))
		rc = doc_show(out, "import.open", "1");
	if (!rc)
		rc = doc_show(out, "import.live_url", import_link(q, id, "/live"));
	return rc ? rc : doc_etag(out, "%lld-%s-%d", (long long)id, job.status, job.done_units);
}

int import_show(struct req *q, struct doc *out)
{
	return put_import(q, out, q->id);
}

static int work_now(struct req *q)
{
	return deal_import_work_small(q->db, q->conf, arena_printf(q->arena, "request %s", q->request_id));
}

int import_upload(struct req *q, struct doc *out)
{
	const struct import_input *in = q->input;
	int64_t id;
	int rc = deal_import_put(q->db, q->conf, q->user, in->file.name, in->file.data, in->file.size, in->dry_run, &id);

	if (rc == E_BAD)                /* the file, not the request: told beside the field */
		return fail_field(q->err, "file", "%s", arena_strdup(q->arena, q->err->message));
	if (!rc)
		rc = work_now(q);
	if (!rc)
		rc = put_import(q, out, id);
	return rc ? rc : doc_created(out, "/deals/imports/%lld", (long long)id);
}

int import_run(struct req *q, struct doc *out)
{
	int64_t id;
	int rc = deal_import_again(q->db, q->user, q->id, &id);

	if (!rc)
		rc = work_now(q);
	if (!rc)
		rc = put_import(q, out, id);
	return rc ? rc : doc_go(out, "/deals/imports/%lld", (long long)id);
}

int import_report(struct req *q, struct doc *out)
{
	struct import_job job;
	int rc = deal_import_get(q->db, q->user, q->id, &job);

	if (rc)
		return rc;
	if (!job.report)
		return fail(q->err, E_NOTFOUND, "%s", _("The report is not there yet"));
	out->raw_type = "text/csv; charset=utf-8";
	out->raw_name = arena_printf(q->arena, "import-%lld.csv", (long long)job.id);
	out->send_file = job.report;
	return OK;
}
