/* names.c - prm-analysis names: are the two names of each row of one person, firm or ship? */
#include "topics.h"

#include <strings.h>

#include "names.h"
#include "str.h"
#include "table.h"

struct counts { json_int_t tp, fp, fn, tn; };

static bool is_yes(const char *s)
{
	return s && (!strcasecmp(s, "true") || !strcasecmp(s, "yes") || !strcasecmp(s, "1") || !strcasecmp(s, "t"));
}

static void count(struct counts *c, bool said, bool true_one)
{
	json_int_t *at = said ? (true_one ? &c->tp : &c->fp) : (true_one ? &c->fn : &c->tn);

	++*at;
}

static json_t *share(json_int_t part, json_int_t of)
{
	return of ? json_real((double)part / (double)of) : json_null();
}

static void measured(json_t *o, const struct counts *c)
{
	json_object_set_new(o, "precision", share(c->tp, c->tp + c->fp));
	json_object_set_new(o, "recall", share(c->tp, c->tp + c->fn));
	json_object_set_new(o, "f1", share(2 * c->tp, 2 * c->tp + c->fp + c->fn));
	json_object_set_new(o, "counts", json_pack("{s:I, s:I, s:I, s:I}", "tp", c->tp, "fp", c->fp, "fn", c->fn, "tn", c->tn));
}

/* Texts may be words that mean "missing" elsewhere; here they are no names either. */
static double score_row(struct arena *a, const char *name1, const char *name2, enum name_kind kind)
{
	const struct name *x = name_prepare(a, str_or(name1, ""), kind), *y = name_prepare(a, str_or(name2, ""), kind);

	return x && y ? name_compare(x, y) : 0;
}

static json_t *compare_rows(struct arena *a, const struct table *t, const struct table_column *const c[4], double threshold)
{
	json_t *o = json_object(), *rows = json_array();
	struct counts counts = { 0 };

	json_object_set_new(o, "rows", json_integer((json_int_t)t->n_rows));
	json_object_set_new(o, "threshold", json_real(threshold));
	for (size_t i = 0; i < t->n_rows; i++) {
		const char *schema = c[2] ? c[2]->cells[i] : NULL;
		double score = score_row(a, c[0]->cells[i], c[1]->cells[i], name_kind_of(schema));
		json_t *row = json_pack("{s:I, s:s?, s:s?, s:s?, s:f, s:b}", "row", (json_int_t)i + 1,
			"name1", shown(a, c[0]->cells[i]), "name2", shown(a, c[1]->cells[i]), "schema", shown(a, schema), "score", score, "match", score >= threshold);

		if (c[3]) {
			json_object_set_new(row, "truth", json_boolean(is_yes(c[3]->cells[i])));
			count(&counts, score >= threshold, is_yes(c[3]->cells[i]));
		}
		json_array_append_new(rows, row);
	}
	if (c[3])
		measured(o, &counts);
	json_object_set_new(o, "pairs", rows);
	return o;
}

json_t *topic_names(struct arena *a, struct err *e, const struct asked *q)
{
	const struct table_column *c[4];
	struct table t;
	int rc = table_read(a, e, q->file, q->separator, '#', &t);

	if (rc)
		return NULL;
	c[0] = table_column(&t, "name1");
	c[1] = table_column(&t, "name2");
	c[2] = table_column(&t, "schema");
	c[3] = q->truth ? table_column(&t, q->truth) : NULL;
	if (!c[0] || !c[1])
		rc = fail(e, E_BAD, "%s needs the columns name1 and name2", q->file);
	else if (q->truth && !c[3])
		rc = fail(e, E_BAD, "%s has no column %s to take the truth from", q->file, q->truth);
	return rc ? NULL : compare_rows(a, &t, c, q->threshold > 0 ? q->threshold : NAME_MATCH);
}
