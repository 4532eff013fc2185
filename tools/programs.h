/* programs.h - every program of the portal, for the one binary
 *
 * The tables are generated from the lists in cgi-bin/local.mk and cron/local.mk.
 */
#ifndef TOOLS_PROGRAMS_H
#define TOOLS_PROGRAMS_H

#include "route.h"

struct cron_program;

extern const struct program *const program_table[];          /* ends with NULL */
extern const struct cron_program *const cron_table[];        /* ends with NULL */

#endif
