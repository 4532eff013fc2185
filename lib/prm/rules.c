/* rules.c - the rules of engagement: read, parsed, kept
 *
 * The body of a published version never changes, so what the process has parsed
 * once stays good; every 10 s one statement asks which version is in force.
 */
#include "rules_params.h"

#include <jansson.h>
#include <time.h>

#include "intl.h"
#include "str.h"
#include "trees.h"

#define KEEP_SECONDS 10
#define KEEP_VERSIONS 4
#define MAX_CLAUSES 60
#define MAX_REMINDERS 8

#define RULES_SELECT "SELECT number, status, note, published_at, version, body FROM rules"
static const char SQL_CURRENT[] = RULES_SELECT " WHERE only_one = 2";
static const char SQL_GET[] = RULES_SELECT " WHERE number = ?";

static const struct column row_columns[] = {
	COL(rules, number),
	COL(rules, status),
	COL(rules, note),
	COL(rules, published_at),
	COL(rules, version),
	COL(rules, body),
	COL_END
};

static const struct choice rules_status_choices[] = {
	{ "draft", N_("Draft"), "wait" },
	{ "published", N_("In force"), "good" },
	{ "retired", N_("Replaced"), "quiet" },
	CHOICE_END
};

const struct column rules_columns[] = {
	COL(rules, number, .describe = N_("Version of the rules")),
	COL(rules, status, .describe = N_("State of this version"), .choices = rules_status_choices),
	COL(rules, note, .describe = N_("What changed, for partners"), .max = 500),
	COL(rules, published_at, .describe = N_("In force from here"), .nullable = true),
#define X(kind_, name_, preset_, min_, max_, label_, help_) COL(rules, name_, .describe = label_),
	RULES_PARAMS(X)
#undef X
	COL_END
};

const struct column rules_limit_columns[] = {
	{ .name = "amount", .type = COL_MONEY, .offset = 0, .size = sizeof(struct money),
	  .describe = N_("Up to this value the rules decide at once") },
	COL_END
};

const struct column clause_columns[] = {
	COL(clause, number, .describe = N_("Number of the clause"), .max = 16),
	COL(clause, key, .describe = N_("Stable name of the clause")),
	COL(clause, title, .describe = N_("What it is about")),
	COL(clause, text, .describe = N_("The clause in Markdown, numbers filled in"), .max = 8000),
	COL_END
};

const struct rules_param rules_params[] = {
#define X(kind_, name_, preset_, min_, max_, label_, help_) \
	{ #name_, PARAM_##kind_, offsetof(struct rules, name_), preset_, min_, max_, label_, help_ },
	RULES_PARAMS(X)
#undef X
	{ .name = NULL }
};

const char *const rules_clause_keys[] = {
	CLAUSE_ELIGIBLE, CLAUSE_SCOPE, CLAUSE_FIRST, CLAUSE_AUTOMATIC, CLAUSE_REVIEW, CLAUSE_VALUE,
	CLAUSE_SAME_NAME, CLAUSE_CLOSE_DATE, CLAUSE_DOMAIN, CLAUSE_ACTION, CLAUSE_PROTECTION,
	CLAUSE_EXTENSION, CLAUSE_EXPIRY, CLAUSE_WITHDRAWAL, CLAUSE_REVOCATION, CLAUSE_REJECTION,
	CLAUSE_DISPUTE, NULL
};

/* ---- parameters ---- */

/* "30,14,7,1": up to eight whole numbers of days, each smaller than the one before. */
static bool reminders_right(struct db *db, const char *text)
{
	char *s = arena_strdup(db->arena, text), *rest = s, *one;
	int64_t last = 366, v;
	int n = 0;

	if (!s)
		return false;
	while (rest && *s && (one = strsep(&rest, ",")) != NULL) {
		if (++n > MAX_REMINDERS || !str_to_int(str_trim(db->arena, one), 1, 365, &v) || v >= last)
			return false;
		last = v;
	}
	return true;
}

static int param_read(struct db *db, const struct rules_param *p, const json_t *v, struct rules *out)
{
	char *member = (char *)out + p->offset;
	int64_t number;

	switch (p->kind) {
	case PARAM_INT:
		number = v ? json_integer_value(v) : p->preset;
		if ((v && !json_is_integer(v)) || number < p->min || number > p->max)
			return fail_field(db->err, p->name, _("%s must be a whole number from %lld to %lld"),
				_(p->label), (long long)p->min, (long long)p->max);
		memcpy(member, &number, sizeof(number));
		return OK;
	case PARAM_BOOL: {
		bool yes = v ? json_is_true(v) : p->preset != 0;

		if (v && !json_is_boolean(v))
			return fail_field(db->err, p->name, _("%s must be yes or no"), _(p->label));
		memcpy(member, &yes, sizeof(yes));
		return OK;
	}
	case PARAM_TEXT: {
		const char *text = v ? json_string_value(v) : "";

		if (!text || str_utf8_length(text) > (size_t)p->max || !reminders_right(db, text))
			return fail_field(db->err, p->name,
				_("%s must be up to eight whole numbers, each smaller than the one before"), _(p->label));
		memcpy(member, &text, sizeof(text));
		return OK;
	}
	}
	return OK;
}

static int limits_read(struct db *db, const json_t *list, struct rules *out)
{
	size_t n = json_array_size(list), i;
	struct money *m = arena_array(db->arena, n + 1, sizeof(*m));
	const json_t *one;

	if (list && !json_is_array(list))
		return fail_field(db->err, RULES_LIMITS, "%s", _("The limits must be a list"));
	if (!m)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the rules"));
	if (n > MAX_RULES_LIMITS)
		return fail_field(db->err, RULES_LIMITS, _("There can be at most %d limits"), MAX_RULES_LIMITS);
	json_array_foreach(list, i, one) {
		const char *currency = json_string_value(json_object_get(one, "currency"));

		if (!currency_known(currency) ||
		    !money_from_decimal(str_or(json_string_value(json_object_get(one, "amount")), ""), currency, &m[i]) ||
		    m[i].minor < 0)
			return fail_field(db->err, RULES_LIMITS, _("Limit %zu is no amount with a currency"), i + 1);
		for (size_t k = 0; k < i; k++)
			if (str_eq(m[k].currency, m[i].currency))
				return fail_field(db->err, RULES_LIMITS, _("%s has two limits"), m[i].currency);
	}
	out->auto_limits = m;
	out->n_auto_limits = n;
	out->auto_limit = n ? m[0] : (struct money){ 0 };
	return OK;
}

static int params_read(struct db *db, const json_t *params, struct rules *out)
{
	const struct rules_param *p;
	const char *name;
	json_t *v;
	int rc = OK, one;

	json_object_foreach((json_t *)params, name, v) {
		for (p = rules_params; p->name && !str_eq(p->name, name); p++)
			;
		if (!p->name && !str_eq(name, RULES_LIMITS))
			rc = fail_field(db->err, "params", _("There is no value called %s"), name);
	}
	for (p = rules_params; p->name; p++) {
		one = param_read(db, p, json_object_get(params, p->name), out);
		rc = one ? one : rc;
	}
	one = limits_read(db, json_object_get(params, RULES_LIMITS), out);
	rc = one ? one : rc;
	if (!rc && out->extension_max && out->extension_from_days > out->protection_days)
		rc = fail_field(db->err, "extension_from_days", "%s",
			_("An extension cannot be asked for before protection begins"));
	return rc;
}

/* ---- clauses ---- */

static int clause_read(struct db *db, const json_t *j, struct clause *out)
{
	const char *field;
	int rc;

	out->number = json_string_value(json_object_get(j, "number"));
	out->key = json_string_value(json_object_get(j, "key"));
	out->title = json_string_value(json_object_get(j, "title"));
	out->text = json_string_value(json_object_get(j, "text"));
	if (str_empty(out->number) || strlen(out->number) > 16 || str_empty(out->key) || strlen(out->key) > 40)
		return fail_field(db->err, "clauses", "%s", _("Every clause needs a number and a key"));
	field = arena_printf(db->arena, "clauses.%s", out->key);
	if (str_empty(out->title) || str_utf8_length(out->title) > MAX_CLAUSE_TITLE)
		return fail_field(db->err, field, _("Clause %s needs a title of at most %d characters"), out->number,
			MAX_CLAUSE_TITLE);
	if (str_empty(out->text) || str_utf8_length(out->text) > MAX_CLAUSE_TEXT)
		return fail_field(db->err, field, _("Clause %s needs a text of at most %d characters"), out->number,
			MAX_CLAUSE_TEXT);
	rc = rules_text_check(db, field, out->title);
	return rc ? rc : rules_text_check(db, field, out->text);
}

static const struct clause *find_clause(const struct rules *r, const char *key)
{
	for (size_t i = 0; i < r->n_clauses; i++)
		if (str_eq(r->clauses[i].key, key))
			return &r->clauses[i];
	return NULL;
}

static int clauses_read(struct db *db, const json_t *list, struct rules *out)
{
	size_t n = json_array_size(list), i;
	struct clause *c = arena_array(db->arena, n + 1, sizeof(*c));
	const json_t *one;
	int rc = OK, bad;

	if (!c)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the rules"));
	if (n > MAX_CLAUSES)
		return fail_field(db->err, "clauses", _("There can be at most %d clauses"), MAX_CLAUSES);
	out->clauses = c;
	out->n_clauses = 0;
	json_array_foreach(list, i, one) {
		bad = clause_read(db, one, &c[i]);
		rc = bad ? bad : rc;
		if (!bad && find_clause(out, c[i].key))
			rc = fail_field(db->err, "clauses", _("Two clauses have the key %s"), c[i].key);
		out->n_clauses = i + 1;
	}
	for (const char *const *key = rules_clause_keys; !rc && *key; key++)
		if (!find_clause(out, *key))
			rc = fail_field(db->err, "clauses", _("The clause %s is missing"), *key);
	return rc;
}

static void free_json(void *j)
{
	json_decref(j);
}

int rules_parse(struct db *db, const char *body, struct rules *out)
{
	json_error_t where;
	json_t *j = json_loads(body, JSON_REJECT_DUPLICATES, &where);
	const json_t *params = json_object_get(j, "params"), *clauses = json_object_get(j, "clauses");
	int rc, bad;

	if (!j)
		return fail_field(db->err, "body", "%s", _("The rules cannot be read"));
	if (arena_on_end(db->arena, free_json, j))
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the rules"));
	if (!json_is_object(params) || !json_is_array(clauses))
		return fail_field(db->err, "body", "%s", _("The rules need values and clauses"));
	out->body = body;
	rc = params_read(db, params, out);
	bad = clauses_read(db, clauses, out);
	return bad ? bad : rc;
}

const struct clause *rules_clause(const struct rules *r, const char *key)
{
	static const struct clause missing = { "0", "missing", "-", "-" };
	const struct clause *c = find_clause(r, key);

	return c ? c : &missing;    /* rules_parse() lets no body pass without the keys of rules.h */
}

bool rules_auto_limit(const struct rules *r, const char *currency, struct money *out)
{
	for (size_t i = 0; i < r->n_auto_limits; i++)
		if (str_eq(r->auto_limits[i].currency, currency)) {
			*out = r->auto_limits[i];
			return true;
		}
	return false;
}

/* ---- reading and keeping ---- */

static struct {
	struct { struct arena *arena; struct rules rules; } version[KEEP_VERSIONS];
	int next, current;                  /* slots */
	int64_t at;                         /* monotonic seconds + 1; 0: not read yet */
} kept;

static int64_t monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec + 1;
}

void rules_forget(void)
{
	kept.at = 0;
}

/* Reads one row and its body. Stored rules that cannot be parsed are our own fault. */
static int rules_read(struct db *db, const char *sql, const struct arg *args, size_t n, struct rules *out)
{
	int rc = db_row(db, sql, args, n, row_columns, out);

	if (rc)
		return rc;
	rc = rules_parse(db, out->body, out);
	if (rc == E_INVALID)
		return fail_detail(db->err, E_INTERNAL, "rules %d cannot be parsed: %s", out->number,
			db->err->n_fields ? db->err->fields[0].message : "");
	return rc;
}

static bool keep_in(const struct db *db, const struct rules *r)
{
	struct err e;
	struct db keeper = *db;
	int slot = kept.next;
	struct rules *k = &kept.version[slot].rules;
	struct arena *a;

	arena_free(kept.version[slot].arena);
	kept.version[slot].arena = a = keeper.arena = arena_new(512u << 10);
	*k = *r;
	err_clear(&e);
	keeper.err = &e;
	if (!a || !(k->body = arena_strdup(a, r->body)) || !(k->note = arena_strdup(a, r->note)) ||
	    !(k->status = arena_strdup(a, r->status)) || rules_parse(&keeper, k->body, k)) {
		k->number = 0;
		return false;
	}
	kept.current = slot;
	kept.next = (slot + 1) % KEEP_VERSIONS;
	kept.at = monotonic();
	return true;
}

/* Parses the row once more into memory of the process. false: there is none; the caller's copy serves. */
static bool keep(const struct db *db, const struct rules *r)
{
	struct arena *request = trees_pause();
	bool done = keep_in(db, r);

	trees_resume(request);
	return done;
}

int rules_current(struct db *db, struct rules *out)
{
	int rc;

	if (!kept.at || monotonic() - kept.at >= KEEP_SECONDS) {
		struct rules row = { 0 };

		rc = db_row(db, SQL_CURRENT, NO_ARGS, row_columns, &row);
		if (rc == E_NOTFOUND)
			return fail(db->err, E_NOTFOUND, "%s", _("No rules of engagement have been published yet"));
		if (rc)
			return rc;
		kept.at = 0;
		for (int i = 0; i < KEEP_VERSIONS; i++)
			if (kept.version[i].rules.number == row.number && str_eq(kept.version[i].rules.body, row.body)) {
				kept.current = i;
				kept.at = monotonic();
			}
		if (!kept.at && !keep(db, &row)) {
			*out = row;
			return rules_parse(db, row.body, out);
		}
	}
	*out = kept.version[kept.current].rules;
	return OK;
}

int rules_get(struct db *db, int number, struct rules *out)
{
	int rc = rules_read(db, SQL_GET, ARGS(A(number)), out);

	return rc == E_NOTFOUND ? fail(db->err, E_NOTFOUND, _("There is no version %d of the rules"), number) : rc;
}
