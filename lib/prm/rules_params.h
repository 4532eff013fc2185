/* rules_params.h - what an administrator may set in the rules of engagement, said once
 *
 * RULES_PARAMS(X) expands X(kind, name, preset, min, max, label, help) for each parameter that is a
 * member of struct rules; rules.c makes rules_params[] of it, the page that edits rules its
 * field table.  Kinds: INT (int64_t), BOOL, TEXT (const char *).
 */
#ifndef PRM_RULES_PARAMS_H
#define PRM_RULES_PARAMS_H

#include "rules.h"

#define RULES_PARAMS(X) \
	X(INT, protection_days, 90, 7, 365, N_("Protection, in days"), \
		N_("How long an approved registration holds its customer, product family and region.")) \
	X(INT, decision_days, 2, 1, 20, N_("Time to decide, in business days"), \
		N_("How long the deal desk has, on the programme's calendar.")) \
	X(INT, extension_days, 30, 1, 180, N_("Length of an extension, in days"), \
		N_("Added to the end of protection.")) \
	X(INT, extension_max, 1, 0, 10, N_("Extensions of one registration"), \
		N_("0: protection is never extended.")) \
	X(INT, extension_from_days, 30, 1, 180, N_("Extension may be asked for, days before the end"), \
		N_("Earlier requests are turned down with the date they can be made from.")) \
	X(BOOL, extension_by_rule, 1, 0, 1, N_("Grant extensions without a person"), \
		N_("When the partner says what is new. Otherwise the deal desk decides.")) \
	X(INT, resubmissions_max, 3, 0, 10, N_("Resubmissions"), \
		N_("How often a partner may answer a request for more information.")) \
	X(INT, closes_within_days, 365, 30, 1095, N_("Expected close at most so many days ahead"), \
		N_("A later close goes to the deal desk.")) \
	X(INT, revoke_notice_days, 5, 0, 30, N_("Notice before protection is revoked, in business days"), \
		N_("What a partner is given to put things right.")) \
	X(BOOL, require_domain, 1, 0, 1, N_("A web domain is needed to decide by rule"), \
		N_("Without one the deal desk decides.")) \
	X(BOOL, review_same_name, 1, 0, 1, N_("Same name, other domain: a person decides"), \
		N_("Otherwise two customers of one name and different domains count as two.")) \
	X(TEXT, reminder_days, 0, 0, 40, N_("Reminders, days before protection ends"), \
		N_("Up to eight whole numbers, largest first: 30,14,7,1"))

enum param_kind { PARAM_INT, PARAM_BOOL, PARAM_TEXT };
struct rules_param {
	const char *name;
	enum param_kind kind;
	size_t offset;              /* in struct rules */
	int64_t preset;             /* what a body that does not say it means */
	int64_t min, max;
	const char *label, *help;   /* N_() */
};
extern const struct rules_param rules_params[];     /* name NULL ends */

/* "auto_limits" is the one parameter that is a list: as text "EUR 50000.00, USD 55000.00". */
#define RULES_LIMITS "auto_limits"
#define MAX_RULES_LIMITS 24
/* "EUR 50,000; USD 60000.50" or one a line -> sorted amounts; E_INVALID with the field's error. */
int rules_limits_parse(struct db *db, const char *text, struct money **out, size_t *count);
char *rules_limits_text(struct arena *a, const struct rules *r, const char *language);  /* "€50,000.00 or $55,000.00" */
char *rules_limits_lines(struct arena *a, const struct rules *r);    /* one a line, as rules_limits_parse() reads them */

/* The value of a parameter as people read it: "90", "yes", "30, 14, 7 and 1"; NULL when there is none of that name. */
const char *rules_param_text(struct db *db, const struct rules *r, const char *name, const char *language);

/* ---- clause texts ----
 * {name} prints a parameter, {name day|days} its number with the right word, and
 * {if name}...{else}...{end} what holds only while a parameter is set (no nesting). */
#define MAX_CLAUSE_TITLE 120
#define MAX_CLAUSE_TEXT 4000
/* E_INVALID for the field when a placeholder is unknown or an {if} does not end. */
int rules_text_check(struct db *db, const char *field, const char *text);
/* "{protection_days}, {if require_domain}, ..." for the editor's help. */
const char *rules_text_names(struct arena *a);

/* What the process keeps is read anew next time. */
void rules_forget(void);

/* Keys a body must have, in the order they are printed; ends with NULL. */
extern const char *const rules_clause_keys[];

#endif
