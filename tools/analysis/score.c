/* score.c - prm-analysis score: how well an outcome is told from the other columns */
#include "topics.h"

#include <math.h>
#include <string.h>

#include "score.h"
#include "str.h"

/* What cannot be said (no second outcome) is null, not NaN. */
static json_t *number(double v)
{
	return isfinite(v) ? json_real(v) : json_null();
}

static json_t *measured(const struct measures *m)
{
	json_t *o = json_object(), *bins = json_array();

	json_object_set_new(o, "auc", number(m->auc));
	json_object_set_new(o, "brier", number(m->brier));
	json_object_set_new(o, "ece", number(m->ece));
	json_object_set_new(o, "logloss", number(m->logloss));
	for (size_t i = 0; i < RELIABILITY_BINS; i++)
		json_array_append_new(bins, json_pack("{s:I, s:f, s:f}", "n", (json_int_t)m->bins[i].n,
			"expected", m->bins[i].expected, "seen", m->bins[i].seen));
	json_object_set_new(o, "reliability", bins);
	return o;
}

static json_t *columns_of(const struct table *t, const struct matrix *m)
{
	static const char *const kinds[] = { "number", "day", "category" };
	json_t *o = json_array();

	for (size_t i = 0; i < t->n_columns; i++) {
		const struct table_column *c = &t->columns[i];
		const char *why = NULL;

		for (size_t k = 0; k < m->n_left_out; k++)
			if (str_eq(m->left_out[k].column, c->name))
				why = m->left_out[k].reason;
		json_array_append_new(o, json_pack("{s:s, s:s, s:I, s:s?}", "name", c->name, "type", kinds[c->kind],
			"missing", (json_int_t)c->n_missing, "left_out", why));
	}
	return o;
}

static json_t *document(const struct table *t, const struct matrix *m, const struct asked *q, const struct score_report *r)
{
	const struct measures *shown = r->boost_better ? &r->boost : &r->logit;
	json_t *o = measured(shown), *models = json_object(), *top = json_array(), *drift = json_array();

	json_object_set_new(o, "rows", json_integer((json_int_t)t->n_rows));
	json_object_set_new(o, "rows_measured", json_integer((json_int_t)shown->n));
	json_object_set_new(o, "positives_measured", json_integer((json_int_t)shown->positives));
	json_object_set_new(o, "split", q->folds ? json_pack("{s:i}", "folds", q->folds) : json_pack("{s:f}", "time", q->time_split));
	json_object_set_new(o, "model", json_string(r->boost_better ? "boosted trees" : "logistic regression"));
	json_object_set_new(models, "logistic_regression", measured(&r->logit));
	json_object_set_new(models, "boosted_trees", measured(&r->boost));
	json_object_set_new(o, "models", models);
	for (size_t i = 0; i < r->n_top; i++)
		json_array_append_new(top, json_pack("{s:s, s:f}", "feature", r->top[i].column, "importance", r->top[i].weight));
	json_object_set_new(o, "top_features", top);
	for (size_t i = 0; i < r->n_drift; i++)
		json_array_append_new(drift, json_pack("{s:s, s:f, s:b}", "feature", r->drift[i].column, "psi", r->drift[i].psi,
			"alarm", r->drift[i].psi > 0.2));
	if (!q->folds)
		json_object_set_new(o, "drift", drift);
	else
		json_decref(drift);
	json_object_set_new(o, "columns", columns_of(t, m));
	json_object_set_new(o, "seconds_per_100000_rows", json_real(r->score_seconds));
	json_object_set_new(o, "seconds_per_explanation", json_real(r->explain_seconds));
	if (t->n_rows < SCORE_LEAST_ROWS)
		json_object_set_new(o, "note", json_sprintf("fewer than %d outcomes: a points rubric is more honest", SCORE_LEAST_ROWS));
	return o;
}

/* Rows whose outcome is missing are left out. */
static void drop_undecided(struct table *t, const struct table_column *target)
{
	size_t kept = 0;

	for (size_t r = 0; r < t->n_rows; r++) {
		if (!target->cells[r])
			continue;
		for (size_t c = 0; c < t->n_columns; c++)
			t->columns[c].cells[kept] = t->columns[c].cells[r];
		kept++;
	}
	t->n_rows = kept;
}

static int outcomes(struct arena *a, struct err *e, struct table *t, const struct asked *q, unsigned char **out)
{
	struct table_column *target = q->target ? table_column(t, q->target) : NULL;
	size_t positives = 0;

	if (!target)
		return fail(e, E_BAD, "%s has no column %s: name the outcome with --target", q->file, str_or(q->target, "for the outcome"));
	drop_undecided(t, target);
	*out = arena_alloc(a, t->n_rows + 1);
	if (!*out)
		return fail(e, E_NOMEM, "no room for the outcomes");
	for (size_t i = 0; i < t->n_rows; i++) {
		(*out)[i] = str_eq(target->cells[i], str_or(q->positive, "1"));
		positives += (*out)[i];
	}
	if (!positives)
		return fail(e, E_BAD, "no row has %s = %s: name the outcome to be told with --positive", q->target, str_or(q->positive, "1"));
	return OK;
}

json_t *topic_score(struct arena *a, struct err *e, const struct asked *q)
{
	struct score_plan plan = { q->folds, q->time_split, (uint64_t)(q->seed ? q->seed : 1) };
	const char *leave_out[66] = { q->target };
	struct score_report report;
	struct matrix m;
	struct table t;
	unsigned char *y = NULL;
	int rc = table_read(a, e, q->file, q->separator, 0, &t);

	memcpy(leave_out + 1, q->exclude, sizeof(q->exclude));
	for (size_t i = 0; !rc && q->exclude[i]; i++)
		if (!table_column(&t, q->exclude[i]))
			rc = fail(e, E_BAD, "%s has no column %s to exclude", q->file, q->exclude[i]);
	if (!rc)
		rc = outcomes(a, e, &t, q, &y);
	for (size_t i = 0; !rc && i < t.n_columns; i++)
		rc = column_type(a, e, &t.columns[i], t.n_rows);
	if (!rc)
		rc = encode(a, e, &t, leave_out, &m);
	if (!rc)
		rc = score_report(a, e, &m, &t, y, &plan, &report);
	return rc ? NULL : document(&t, &m, q, &report);
}
