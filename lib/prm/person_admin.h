/* person_admin.h - the first administrator of a new installation
 *
 * There are no default accounts: the installer names one person, who sets their own password.
 */
#ifndef PRM_PERSON_ADMIN_H
#define PRM_PERSON_ADMIN_H

#include "conf.h"
#include "db.h"

/* Makes the programme's row where there is none, the person and an invitation. *link is the address to open,
 * good for 7 days. E_CONFLICT when an active administrator exists: they invite further ones. */
int person_first_admin(struct db *db, const struct conf *c, const char *email, const char *name, const char **link);

#endif
