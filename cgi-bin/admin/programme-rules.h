/* programme-rules.h - the part of the programme's pages that edits the rules of engagement */
#ifndef ADMIN_PROGRAMME_RULES_H
#define ADMIN_PROGRAMME_RULES_H

#include "prm.h"
#include "rules_params.h"

/* One member a parameter, as the form gives them. */
#define TYPE_INT int64_t
#define TYPE_BOOL bool
#define TYPE_TEXT const char *
struct values_input {
#define X(kind_, name_, preset_, min_, max_, label_, help_) TYPE_##kind_ name_;
	RULES_PARAMS(X)
#undef X
	const char *auto_limits;
};
struct clause_input { const char *title, *text; };
struct publish_input { const char *note; };

extern const struct field values_fields[], clause_fields[], publish_fields[];
extern const struct part rules_overview_parts[], draft_parts[];

handler show_rules_overview, start_draft, drop_draft, publish_draft;
handler edit_values, save_values, edit_clause, save_clause;

#endif
