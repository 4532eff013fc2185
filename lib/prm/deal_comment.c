/* deal_comment.c - comments, evidence files, and the story they make with the events */
#include "deal_part.h"

#include "event.h"
#include "file.h"
#include "intl.h"
#include "str.h"

#define MAX_STORY 500
#define MAX_DEAL_FILES 30

static const char SQL_COMMENT[] =
	"INSERT INTO comment (noun, noun_id, at, person_id, audience, text) VALUES ('deal', ?, ?, ?, ?, ?)";
static const char SQL_STORY[] =
	"SELECT 'event' AS kind, e.seq AS id, e.at, e.actor_name AS who, e.what, e.from_state, e.to_state, e.text,"
	" IFNULL(e.rules_number, 0) AS rules_number, e.clause, e.audience = 'vendor' AS internal FROM event e"
	" WHERE e.noun = 'deal' AND e.noun_id = ? AND (e.audience = 'partner' OR (? AND e.audience = 'vendor'))"
	" UNION ALL "
	"SELECT 'comment', c.id, c.at, p.name, 'commented', NULL, NULL, c.text, 0, NULL, c.audience = 'internal'"
	" FROM comment c JOIN person p ON p.id = c.person_id"
	" WHERE c.noun = 'deal' AND c.noun_id = ? AND (c.audience = 'shared' OR ?)"
	" UNION ALL "
	"SELECT 'file', f.id, f.at, p.name, 'file', NULL, NULL, f.name, 0, NULL, 0 FROM file f JOIN person p ON p.id = f.person_id"
	" WHERE f.noun = 'deal' AND f.noun_id = ?"
	" ORDER BY at, kind, id LIMIT ?";

static const struct choice kind_choices[] = {
	{ "event", N_("Something happened"), NULL },
	{ "comment", N_("Comment"), NULL },
	{ "file", N_("File"), NULL },
	CHOICE_END
};

const struct column story_columns[] = {
	COL(story, kind, .choices = kind_choices, .describe = N_("event, comment or file")),
	COL(story, id, .describe = N_("Its number among those of its kind")),
	COL(story, at, .describe = N_("When")),
	COL(story, who, .describe = N_("Who; \"Portal\" for a rule or the clock"), .max = 120),
	COL(story, what, .describe = N_("What happened, as a stable name"), .max = 40),
	COL(story, from_state, .nullable = true, .describe = N_("State before"), .max = 24),
	COL(story, to_state, .nullable = true, .describe = N_("State after"), .max = 24),
	COL(story, text, .nullable = true, .describe = N_("In words; of a file its name"), .max = 4000),
	COL(story, rules_number, .describe = N_("Version of the rules it rests on; 0: none")),
	COL(story, clause, .nullable = true, .describe = N_("Clause it rests on"), .max = 16),
	COL(story, internal, .describe = N_("Only the vendor's people see it")),
	COL_END
};

int deal_story(struct db *db, const struct user *u, int64_t id, struct story **out, size_t *count)
{
	bool internal = user_may(u, DEAL_NOTE);

	return DB_ROWS(db, SQL_STORY, ARGS(A(id), A(internal), A(id), A(internal), A(id), A(MAX_STORY)), story_columns,
		struct story, MAX_STORY, out, count);
}

/* For the audit log: that it happened; what it says stands with the comment or file. */
static int note_event(struct db *db, const struct user *u, const struct deal *d, const char *what, const char *text)
{
	struct event e = { .partner_id = d->partner_id, .noun = "deal", .noun_id = d->id, .what = what, .text = text };

	return event_add(db, u, TO_AUDIT, &e);
}

int deal_comment(struct db *db, const struct user *u, int64_t id, const char *text, bool internal)
{
	struct deal d;
	int rc = deal_get(db, u, id, &d);

	if (rc)
		return rc;
	if (internal && !user_may(u, DEAL_NOTE))
		return fail(db->err, E_FORBIDDEN, "%s", _("Internal notes are for the vendor's people"));
	rc = db_exec(db, SQL_COMMENT, ARGS(A(id), A(db->now), A(u->person_id), A(internal ? "internal" : "shared"), A(text)), NULL);
	if (!rc && !internal)
		rc = deal_mail(db, u->vendor ? MAIL_REGISTRANT : MAIL_DESK, &d, "deal-comment", text);
	return rc ? rc : note_event(db, u, &d, internal ? "noted" : "commented", NULL);
}

int deal_file_add(struct db *db, const struct conf *c, const struct user *u, int64_t id, const struct file *f,
	const void *data, int64_t *file_id)
{
	struct deal d;
	int64_t n = 0;
	int rc = deal_get(db, u, id, &d);

	if (!rc)
		rc = file_count(db, "deal", id, &n);
	if (rc)
		return rc;
	if (n >= MAX_DEAL_FILES)
		return fail_field(db->err, "file", _("A registration takes %d files at the most"), MAX_DEAL_FILES);
	rc = file_add(db, c, u, "deal", id, f, data, file_id);
	return rc ? rc : note_event(db, u, &d, "file_added", f->name);
}

int deal_file_get(struct db *db, const struct user *u, int64_t id, int64_t file_id, struct file *out)
{
	struct deal d;
	int rc = deal_get(db, u, id, &d);

	return rc ? rc : file_get(db, "deal", id, file_id, out);
}
