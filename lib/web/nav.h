/* nav.h - where a person can go
 *
 * One static table of the features there are; a person sees the entries of their side whose
 * right they hold.
 */
#ifndef WEB_NAV_H
#define WEB_NAV_H

#include <jansson.h>
#include "user.h"

/* Arrays of {label,url,icon[,active]}; section is the route's. NULL: memory is out. */
json_t *nav_entries(const struct user *u, const char *section);
json_t *nav_new_menu(const struct user *u);

#endif
