/* rules.h - the rules of engagement: one source for the document and the engine
 *
 * rules.body is JSON: {"params": {...}, "clauses": [{"number":"2.1","key":"first_registration",
 * "title":"...","text":"Markdown with {protection_days}"}]}.  The page prints the clauses with the
 * parameters filled in; the engine reads the same parameters and cites the same clauses by key.
 */
#ifndef PRM_RULES_H
#define PRM_RULES_H

#include "user.h"

struct clause { const char *number, *key, *title, *text; };

struct rules {
	int number;                     /* version */
	const char *status;             /* draft, published, retired */
	const char *note;
	struct when published_at;
	int64_t version;                /* compare-and-set */
	/* parameters, each with bounds checked when edited (rules_params[]) */
	int64_t protection_days;        /* 90 */
	int64_t decision_days;          /* business days the desk has: 2 */
	int64_t extension_days;         /* 30 */
	int64_t extension_max;          /* 1 */
	int64_t extension_from_days;    /* may be asked this many days before the end: 30 */
	bool extension_by_rule;         /* granted without a person when evidence is given */
	int64_t resubmissions_max;      /* 3 */
	int64_t closes_within_days;     /* expected close at most so far ahead: 365 */
	int64_t revoke_notice_days;     /* 5 */
	struct money auto_limit;        /* up to this value the rule decides; other currencies: auto_limits */
	const struct money *auto_limits;/* one a currency, auto_limit included */
	size_t n_auto_limits;
	bool require_domain;            /* without a domain a person decides */
	bool review_same_name;          /* an equal name with another domain goes to a person */
	const char *reminder_days;      /* "30,14,7,1" */
	const struct clause *clauses;
	size_t n_clauses;
	const char *body;               /* as stored */
};
extern const struct column rules_columns[];     /* for documents: version and parameters */
extern const struct column rules_limit_columns[];   /* of auto_limits */
extern const struct column clause_columns[];

/* Keys every rules body must have a clause for; the engine cites them. */
#define CLAUSE_ELIGIBLE      "eligible"           /* who may register */
#define CLAUSE_SCOPE         "scope"              /* account x family x region */
#define CLAUSE_FIRST         "first_registration" /* first complete registration holds */
#define CLAUSE_AUTOMATIC     "automatic"          /* decided at once when ... */
#define CLAUSE_REVIEW        "review"             /* else by the desk within ... */
#define CLAUSE_VALUE         "value"              /* above the limit a person decides */
#define CLAUSE_SAME_NAME     "same_name"          /* same name, other domain */
#define CLAUSE_CLOSE_DATE    "close_date"         /* expected close too far ahead */
#define CLAUSE_DOMAIN        "domain"             /* domain needed, no free-mail hosts */
#define CLAUSE_ACTION        "action_required"    /* incomplete: what is asked, resubmissions */
#define CLAUSE_PROTECTION    "protection"         /* how long, from when */
#define CLAUSE_EXTENSION     "extension"
#define CLAUSE_EXPIRY        "expiry"
#define CLAUSE_WITHDRAWAL    "withdrawal"
#define CLAUSE_REVOCATION    "revocation"
#define CLAUSE_REJECTION     "rejection"
#define CLAUSE_DISPUTE       "dispute"

/* The published rules, cached in the process for 10 s by number (one statement else). E_NOTFOUND before the first. */
int rules_current(struct db *db, struct rules *out);
int rules_get(struct db *db, int number, struct rules *out);
int rules_parse(struct db *db, const char *body, struct rules *out);   /* E_INVALID with field errors */
const struct clause *rules_clause(const struct rules *r, const char *key);     /* never NULL for the keys above */
/* Up to which value the rule decides in this currency; false: a person does, whatever the value. */
bool rules_auto_limit(const struct rules *r, const char *currency, struct money *out);
/* Clause text with parameters filled in, Markdown, in the arena. */
const char *rules_clause_text(struct db *db, const struct rules *r, const struct clause *c, const char *language);

#endif
