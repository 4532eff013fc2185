/* rules_edit.c - the rules of engagement from draft to published */
#include "rules_edit.h"

#include <jansson.h>

#include "event.h"
#include "intl.h"
#include "str.h"
#include "trees.h"

#define MAX_VERSIONS 500

static const char SQL_VERSIONS[] =
	"SELECT r.number, r.status, r.note, IFNULL(p.name, '') AS person, r.created_at, r.published_at, r.version"
	" FROM rules r LEFT JOIN person p ON p.id = r.person_id WHERE ? OR r.status <> 'draft'"
	" ORDER BY r.number DESC LIMIT 500";
static const char SQL_DRAFT[] =
	"SELECT number, status, note, published_at, version, body FROM rules WHERE only_one = 1";
static const char SQL_START[] =
	"INSERT INTO rules (number, status, body, created_at, person_id)"
	" SELECT (SELECT MAX(number) + 1 FROM rules), 'draft', body, ?, ? FROM rules WHERE only_one = 2";
static const char SQL_SAVE[] =
	"UPDATE rules SET body = ?, person_id = ?, version = version + 1 WHERE only_one = 1 AND version = ?";
static const char SQL_DROP[] = "DELETE FROM rules WHERE only_one = 1 AND version = ?";
static const char SQL_RETIRE[] = "UPDATE rules SET status = 'retired', version = version + 1 WHERE only_one = 2";
static const char SQL_PUBLISH[] =
	"UPDATE rules SET status = 'published', note = ?, published_at = ?, person_id = ?, version = version + 1"
	" WHERE number = ? AND status = 'draft' AND version = ?";

static const struct choice version_choices[] = {
	{ "draft", N_("Draft"), "wait" },
	{ "published", N_("In force"), "good" },
	{ "retired", N_("Replaced"), "quiet" },
	CHOICE_END
};

const struct column rules_version_columns[] = {
	COL(rules_version, number, .describe = N_("Version of the rules")),
	COL(rules_version, status, .describe = N_("State of this version"), .choices = version_choices),
	COL(rules_version, note, .describe = N_("What changed, for partners"), .max = 500),
	COL(rules_version, person, .describe = N_("Who edited it last")),
	COL(rules_version, created_at, .describe = N_("When the draft was begun")),
	COL(rules_version, published_at, .describe = N_("In force from here"), .nullable = true),
	COL(rules_version, version, .describe = N_("Rises with each change")),
	COL_END
};

static const struct column draft_columns[] = {
	COL(rules, number),
	COL(rules, status),
	COL(rules, note),
	COL(rules, published_at),
	COL(rules, version),
	COL(rules, body),
	COL_END
};

int rules_versions(struct db *db, bool drafts, struct rules_version **out, size_t *count)
{
	return DB_ROWS(db, SQL_VERSIONS, ARGS(A(drafts)), rules_version_columns, struct rules_version,
		MAX_VERSIONS, out, count);
}

int rules_draft_get(struct db *db, struct rules *out)
{
	int rc = db_row(db, SQL_DRAFT, NO_ARGS, draft_columns, out);

	if (rc == E_NOTFOUND)
		return fail(db->err, E_NOTFOUND, "%s", _("There is no draft of the rules"));
	return rc ? rc : rules_parse(db, out->body, out);
}

int rules_draft_start(struct db *db, const struct user *u)
{
	struct event e = { .noun = "rules", .what = "draft_started", .to_state = "draft" };
	struct rules draft = { 0 };
	int rc = rules_draft_get(db, &draft);

	if (rc != E_NOTFOUND)
		return rc;
	err_clear(db->err);
	rc = db_exec(db, SQL_START, ARGS(A(db->now), A(u->person_id)), NULL);
	if (rc == E_DUPLICATE) {        /* somebody began one in the same moment */
		err_clear(db->err);
		return OK;
	}
	if (!rc)
		rc = rules_draft_get(db, &draft);
	e.noun_id = e.rules_number = draft.number;
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}

/* ---- the body, put together ---- */

static json_t *limits_json(struct arena *a, const struct rules *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->n_auto_limits; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "currency", r->auto_limits[i].currency,
			"amount", money_decimal(a, r->auto_limits[i])));
	return list;
}

static json_t *params_json(struct arena *a, const struct rules *r)
{
	json_t *o = json_object();

	for (const struct rules_param *p = rules_params; p->name; p++) {
		const char *member = (const char *)r + p->offset, *text;
		int64_t number;
		bool yes;

		switch (p->kind) {
		case PARAM_INT:
			memcpy(&number, member, sizeof(number));
			json_object_set_new(o, p->name, json_integer(number));
			break;
		case PARAM_BOOL:
			memcpy(&yes, member, sizeof(yes));
			json_object_set_new(o, p->name, json_boolean(yes));
			break;
		case PARAM_TEXT:
			memcpy(&text, member, sizeof(text));
			json_object_set_new(o, p->name, json_string(str_or(text, "")));
			break;
		}
	}
	json_object_set_new(o, RULES_LIMITS, limits_json(a, r));
	return o;
}

static json_t *clauses_json(const struct rules *r, const struct clause *changed)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->n_clauses; i++) {
		const struct clause *c = &r->clauses[i];

		if (changed && str_eq(changed->key, c->key))
			c = changed;
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "number", r->clauses[i].number,
			"key", c->key, "title", c->title, "text", c->text));
	}
	return list;
}

/* Checks the new body as a whole and stores it. */
static int draft_save(struct db *db, const struct user *u, const struct rules *draft, json_t *params, json_t *clauses)
{
	struct event e = { .noun = "rules", .noun_id = draft->number, .what = "draft_changed",
		.rules_number = draft->number };
	json_t *j = json_pack("{s:o, s:o}", "params", params, "clauses", clauses);
	const char *body = tree_text(db->arena, j, JSON_INDENT(1));
	struct rules checked = { 0 };
	int rc;

	json_decref(j);
	if (!body)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the rules"));
	rc = rules_parse(db, body, &checked);
	if (!rc)
		rc = db_change_one(db, SQL_SAVE, ARGS(A(body), A(u->person_id), A(draft->version)));
	return rc ? rc : event_add(db, u, TO_AUDIT, &e);
}

static int draft_at(struct db *db, int64_t version, struct rules *out)
{
	int rc = rules_draft_get(db, out);

	if (!rc && version && out->version != version)
		return fail(db->err, E_STALE, "%s", _("Somebody changed the draft meanwhile"));
	return rc;
}

int rules_draft_params(struct db *db, const struct user *u, int64_t version, const struct rules *values)
{
	struct rules draft = { 0 };
	int rc = draft_at(db, version, &draft);

	return rc ? rc : draft_save(db, u, &draft, params_json(db->arena, values), clauses_json(&draft, NULL));
}

int rules_draft_clause(struct db *db, const struct user *u, int64_t version, const char *key,
	const char *title, const char *text)
{
	struct rules draft = { 0 };
	struct clause changed = { .key = key, .title = title, .text = text };
	int rc = draft_at(db, version, &draft);

	if (!rc)
		rc = rules_text_check(db, "title", title);
	if (!rc)
		rc = rules_text_check(db, "text", text);
	return rc ? rc : draft_save(db, u, &draft, params_json(db->arena, &draft), clauses_json(&draft, &changed));
}

int rules_draft_drop(struct db *db, const struct user *u, int64_t version)
{
	struct event e = { .noun = "rules", .what = "draft_dropped", .from_state = "draft" };
	struct rules draft = { 0 };
	int rc = draft_at(db, version, &draft);

	if (!rc)
		rc = db_change_one(db, SQL_DROP, ARGS(A(draft.version)));
	e.noun_id = draft.number;
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}

int rules_publish(struct db *db, const struct user *u, int64_t version, const char *note)
{
	struct event e = { .noun = "rules", .what = "published", .from_state = "draft", .to_state = "published",
		.text = note };
	struct rules draft = { 0 };
	int rc = draft_at(db, version, &draft);

	if (!rc)
		rc = db_exec(db, SQL_RETIRE, NO_ARGS, NULL);
	if (!rc)
		rc = db_change_one(db, SQL_PUBLISH, ARGS(A(note), A(db->now), A(u->person_id), A(draft.number),
			A(draft.version)));
	rules_forget();
	e.noun_id = e.rules_number = draft.number;
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}
