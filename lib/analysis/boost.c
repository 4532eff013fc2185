/* boost.c - gradient boosted trees, by xgboost's C API */
#include "model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xgboost/c_api.h>

#define MAX_ROUNDS 300
#define PATIENCE   20           /* rounds without a better log loss */

struct boost {
	BoosterHandle booster;
	int rounds;
};

static const char *const settings[][2] = {
	{ "objective", "binary:logistic" }, { "eval_metric", "logloss" }, { "tree_method", "hist" },
	{ "eta", "0.1" }, { "max_depth", "4" }, { "min_child_weight", "8" }, { "lambda", "4" },
	{ "subsample", "0.8" }, { "colsample_bytree", "0.5" }, { "seed", "20" }, { "verbosity", "0" },
	{ "nthread", "2" },
};

static int failed(struct err *e)
{
	return fail_detail(e, E_INTERNAL, "xgboost: %.400s", XGBGetLastError());
}

static void end_booster(void *p)
{
	struct boost *b = p;

	if (b->booster)
		XGBoosterFree(b->booster);
}

/* The rows, copied together; y as labels when labelled. */
static int data_of(struct err *e, const struct rows *r, bool labelled, DMatrixHandle *out)
{
	size_t f = r->m->n_features;
	float *x = malloc(r->n * f * sizeof(*x) + 1), *y = malloc(r->n * sizeof(*y) + 1);
	int rc = OK;

	*out = NULL;
	if (!x || !y) {
		rc = fail(e, E_NOMEM, "no room for the rows");
	} else {
		for (size_t i = 0; i < r->n; i++) {
			memcpy(x + i * f, r->m->x + r->at[i] * f, f * sizeof(*x));
			y[i] = r->y ? (float)r->y[r->at[i]] : 0;
		}
		if (XGDMatrixCreateFromMat(x, r->n, f, NAN, out) ||
		    (labelled && XGDMatrixSetFloatInfo(*out, "label", y, r->n)))
			rc = failed(e);
	}
	free(x);
	free(y);
	return rc;
}

/* "[7]\tlate-logloss:0.281": the number behind the last colon. */
static double loss_of(const char *text)
{
	const char *at = strrchr(text, ':');

	return at ? strtod(at + 1, NULL) : NAN;
}

static int train_until(struct err *e, struct boost *b, DMatrixHandle train, DMatrixHandle late)
{
	const char *name = "late", *text;
	double best = INFINITY;
	int best_round = 0;

	for (int i = 0; i < MAX_ROUNDS && i - best_round < PATIENCE; i++) {
		double loss;

		if (XGBoosterUpdateOneIter(b->booster, i, train) ||
		    XGBoosterEvalOneIter(b->booster, i, &late, &name, 1, &text))
			return failed(e);
		loss = loss_of(text);
		if (loss < best) {
			best = loss;
			best_round = i;
		}
	}
	b->rounds = best_round + 1;
	return OK;
}

static int train_for(struct err *e, struct boost *b, DMatrixHandle train, int rounds)
{
	for (int i = 0; i < rounds; i++)
		if (XGBoosterUpdateOneIter(b->booster, i, train))
			return failed(e);
	b->rounds = rounds;
	return OK;
}

static int fit(struct err *e, struct boost *b, DMatrixHandle train, DMatrixHandle late, int rounds)
{
	DMatrixHandle known[] = { train, late };

	if (XGBoosterCreate(known, late ? 2 : 1, &b->booster))
		return failed(e);
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (XGBoosterSetParam(b->booster, settings[i][0], settings[i][1]))
			return failed(e);
	return late ? train_until(e, b, train, late) : train_for(e, b, train, rounds);
}

int boost_fit(struct arena *a, struct err *e, const struct rows *train, const struct rows *late, int *rounds,
	struct boost **out)
{
	DMatrixHandle of_train = NULL, of_late = NULL;
	struct boost *b = ARENA_NEW(a, struct boost);
	int rc = b && !arena_on_end(a, end_booster, b) ? OK : fail(e, E_NOMEM, "no room for a model");

	if (!rc)
		rc = data_of(e, train, true, &of_train);
	if (!rc && late)
		rc = data_of(e, late, true, &of_late);
	if (!rc)
		rc = fit(e, b, of_train, of_late, *rounds);
	if (of_train)
		XGDMatrixFree(of_train);
	if (of_late)
		XGDMatrixFree(of_late);
	if (!rc)
		*rounds = b->rounds;
	*out = b;
	return rc;
}

/* type 1: margins, 2: contributions */
static int predict(struct err *e, struct boost *b, const struct rows *rows, int type, const float **out, bst_ulong *n)
{
	const bst_ulong *shape;
	bst_ulong dimensions;
	DMatrixHandle data;
	char config[160];
	int rc = data_of(e, rows, false, &data);

	snprintf(config, sizeof(config), "{\"type\":%d,\"training\":false,\"iteration_begin\":0,\"iteration_end\":%d,"
		"\"strict_shape\":true}", type, b->rounds);
	*n = 0;
	if (!rc && XGBoosterPredictFromDMatrix(b->booster, data, config, &shape, &dimensions, out))
		rc = failed(e);
	for (bst_ulong i = 0; !rc && i < dimensions; i++)
		*n = i ? *n * shape[i] : shape[i];
	if (data)
		XGDMatrixFree(data);
	return rc;
}

int boost_margins(struct err *e, struct boost *b, const struct rows *rows, double *out)
{
	const float *margins;
	bst_ulong n;
	int rc = predict(e, b, rows, 1, &margins, &n);

	for (size_t i = 0; !rc && i < rows->n && i < n; i++)
		out[i] = (double)margins[i];
	return rc;
}

int boost_reasons(struct err *e, struct boost *b, const struct rows *rows, float *out)
{
	const float *reasons;
	bst_ulong n;
	int rc = predict(e, b, rows, 2, &reasons, &n);

	if (!rc && n != rows->n * (rows->m->n_features + 1))
		return fail_detail(e, E_INTERNAL, "xgboost: %lu contributions", (unsigned long)n);
	if (!rc)
		memcpy(out, reasons, n * sizeof(*out));
	return rc;
}
