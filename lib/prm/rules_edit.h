/* rules_edit.h - the rules of engagement from draft to published
 *
 * States: draft -> published -> retired.  There is at most one draft and one published
 * version (a unique key of the table); a published body never changes again.  Everything
 * runs in the caller's transaction and writes its event.
 */
#ifndef PRM_RULES_EDIT_H
#define PRM_RULES_EDIT_H

#include <jansson.h>
#include "rules_params.h"

struct rules_version {
	int number;
	const char *status, *note, *person;     /* person: who edited it last; "" for the portal */
	struct when created_at, published_at;
	int64_t version;
};
extern const struct column rules_version_columns[];
/* Newest first; drafts only when asked for. */
int rules_versions(struct db *db, bool drafts, struct rules_version **out, size_t *count);

int rules_draft_get(struct db *db, struct rules *out);              /* E_NOTFOUND: there is none */
/* A copy of the published version as the next number; OK when there is a draft already. */
int rules_draft_start(struct db *db, const struct user *u);
/* Parameters and limits of values replace those of the draft. E_INVALID with field errors, E_STALE. */
int rules_draft_params(struct db *db, const struct user *u, int64_t version, const struct rules *values);
int rules_draft_clause(struct db *db, const struct user *u, int64_t version, const char *key,
	const char *title, const char *text);
int rules_draft_drop(struct db *db, const struct user *u, int64_t version);
/* Retires the published version and publishes the draft. note says what changed, to partners. */
int rules_publish(struct db *db, const struct user *u, int64_t version, const char *note);

/* One difference. A value: before and after in words. A clause: the title, and the text as parts. */
struct diff_part { const char *op, *text; };        /* op: "same", "del", "ins" */
struct rules_change {
	const char *kind;               /* "value", "clause", "clause_new", "clause_gone" */
	const char *number, *label;     /* of a clause; label of a value */
	const char *before, *after;     /* of a value */
	struct diff_part *parts;
	size_t n_parts;
};
/* Differences from one version to another, values first. */
int rules_diff(struct db *db, const struct rules *from, const struct rules *to,
	struct rules_change **out, size_t *count);
/* The same as an array for pages: {kind, number, label, before, after, parts: [{op, text}]}. */
json_t *changes_json(const struct rules_change *list, size_t n);
/* Word by word; past 800 words a text counts as replaced whole. */
int text_diff(struct db *db, const char *before, const char *after, struct diff_part **out, size_t *count);

#endif
