/* rollup.h - numbers kept in the transaction of what changes them */
#ifndef PRM_ROLLUP_H
#define PRM_ROLLUP_H

#include "db.h"

struct rollup_deal {             /* the part of a deal that is counted; month is taken from created_at */
	int64_t partner_id;
	struct when created_at;
	const char *status;
	struct money amount;
};
/* before NULL: a new deal; after NULL: removed. */
int rollup_deal_change(struct db *db, const struct rollup_deal *before, const struct rollup_deal *after);
/* Counts one row of decision; decision.seconds must hold rollup_decision_seconds() of the same moment. */
int rollup_decision(struct db *db, int64_t partner_id, const char *outcome, bool by_rule, struct when submitted_at);
/* Whole seconds from submission to db->now; 0 when it was never submitted. */
int64_t rollup_decision_seconds(const struct db *db, struct when submitted_at);

struct rollup_report { int64_t compared, wrong; const char *first; };
/* Recomputes every rollup and compares; repair writes the true numbers. */
int rollup_check(struct db *db, bool repair, struct rollup_report *out);

#endif
