/* deal_ground.c - what every decision stands on: rules in force, programme, calendar */
#include "deal_part.h"

#include "intl.h"

int deal_ground(struct db *db, struct ground *g)
{
	int rc;

	memset(g, 0, sizeof(*g));
	rc = rules_current(db, &g->rules);
	if (rc == E_NOTFOUND)
		return fail(db->err, E_CONFLICT, "%s", _("No rules of engagement are published yet: nothing can be decided"));
	if (!rc)
		rc = programme_get(db, &g->programme);
	return rc ? rc : programme_calendar(db, &g->calendar);
}

struct when deal_protection_end(const struct ground *g, struct when from, int64_t days)
{
	return day_end(day_plus(when_day(from, g->programme.zone), (int)days), g->programme.zone);
}
