/* deal_import_command.c - prm import-deals: a file from the vendor's old system
 *
 * With --partner-column each line belongs to the firm of that external key; firms that
 * are not there yet are made.  With --truth the lines are compared with a column that
 * says which ones are the same customer and product (doc/matching.md).
 */
#include <getopt.h>

#include "deal_import_part.h"
#include "intl.h"
#include "str.h"

static const char SQL_PERSON[] =
	"SELECT p.id AS person_id, IFNULL(MAX(m.partner_id), 0) AS partner_id, p.name, p.email FROM person p"
	" JOIN membership m ON m.person_id = p.id AND m.status = 'active' WHERE p.email = ? AND p.status = 'active' GROUP BY p.id";

static const struct column person_columns[] = {
	COL(user, person_id), COL(user, partner_id), COL(user, name), COL(user, email), COL_END
};

#define MAX_WORDS 32

struct import_command { struct import_options o; const char *file, *as, *report; };

static int usage(void)
{
	fputs("usage: prm import-deals FILE --as EMAIL [--dry-run] [--partner-column NAME] [--create-families]\n"
	      "                        [--truth NAME] [--report FILE]\n", stderr);
	return 2;
}

static int read_options(int argc, char **argv, struct import_command *c)
{
	static const struct option options[] = {
		{ "as", required_argument, NULL, 'a' }, { "dry-run", no_argument, NULL, 'd' },
		{ "partner-column", required_argument, NULL, 'p' }, { "create-families", no_argument, NULL, 'f' },
		{ "truth", required_argument, NULL, 't' }, { "report", required_argument, NULL, 'r' }, { NULL, 0, NULL, 0 }
	};
	char *words[MAX_WORDS + 1] = { (char *)(uintptr_t)"import-deals" };
	int opt, n = 1;

	for (int i = 0; i < argc && n < MAX_WORDS; i++)
		words[n++] = argv[i];
	optind = 1;
	while ((opt = getopt_long(n, words, "", options, NULL)) != -1)
		switch (opt) {
		case 'a': c->as = optarg; break;
		case 'd': c->o.dry_run = true; break;
		case 'p': c->o.partner_column = optarg; break;
		case 'f': c->o.create_families = true; break;
		case 't': c->o.truth_column = optarg; break;
		case 'r': c->report = optarg; break;
		default: return -1;
		}
	c->file = optind == n - 1 ? words[optind] : NULL;
	return c->file && c->as ? 0 : -1;
}

static char *slurp(const char *path, size_t *size)
{
	FILE *in = fopen(path, "rbe");
	char *data = in ? malloc(MAX_IMPORT + 1) : NULL;

	*size = data ? fread(data, 1, MAX_IMPORT + 1, in) : 0;
	if (in)
		fclose(in);
	if (data && *size > MAX_IMPORT) {
		free(data);
		data = NULL;
	}
	return data;
}

static int write_report(const char *path, const struct import_result *r)
{
	FILE *out = path ? fopen(path, "wbe") : NULL;
	bool bad;

	if (!path)
		return 0;
	bad = !out || fwrite(r->report, 1, r->report_size, out) != r->report_size;
	if (out)
		bad = fclose(out) || bad;
	if (bad)
		fprintf(stderr, "prm: cannot write %s\n", path);
	return bad;
}

static void print_counts(const struct import_command *c, const struct import_counts *n)
{
	printf("%lld lines: %lld approved, %lld for a person, %lld duplicates, %lld refused, %lld known before%s\n",
		(long long)n->lines, (long long)n->approved, (long long)n->review, (long long)n->duplicate,
		(long long)n->refused, (long long)n->known, c->o.dry_run ? " (dry run: nothing was written)" : "");
	if (c->o.truth_column)
		printf("true conflicts %lld, caught %lld, missed %lld; flagged %lld, wrongly %lld\n",
			(long long)n->true_conflicts, (long long)n->caught, (long long)(n->true_conflicts - n->caught),
			(long long)n->flagged, (long long)n->wrong);
}

static int show_progress(void *arg, size_t done, size_t all)
{
	(void)arg;
	fprintf(stderr, "\r%zu / %zu", done, all);
	if (done == all)
		fputc('\n', stderr);
	return OK;
}

int deal_import_command(struct db *db, int argc, char **argv)
{
	struct import_command c = { .o = { .progress = show_progress } };
	struct import_result result;
	struct user u = { .address = "" };
	size_t size;
	char *data;
	int rc;

	if (read_options(argc, argv, &c))
		return usage();
	rc = db_row(db, SQL_PERSON, ARGS(A(c.as)), person_columns, &u);
	if (rc == E_NOTFOUND) {
		fprintf(stderr, "prm: nobody active is called %s\n", c.as);
		return 1;
	}
	data = slurp(c.file, &size);
	if (!data) {
		fprintf(stderr, "prm: cannot read %s, or it is larger than %u MB\n", c.file, MAX_IMPORT >> 20);
		return 1;
	}
	u.rights = RIGHT_BIT(DEAL_CREATE) | RIGHT_BIT(DEAL_READ);
	c.o.name = c.file;
	if (!rc)
		rc = deal_import(db, &u, data, size, &c.o, &result);
	free(data);
	if (rc) {
		fprintf(stderr, "prm: %s%s%s\n", db->err->message, *db->err->detail ? ": " : "", db->err->detail);
		return 1;
	}
	print_counts(&c, &result.counts);
	return write_report(c.report, &result);
}
