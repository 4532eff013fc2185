/* route_check.h - a table that cannot be right does not start; and what a table says */
#ifndef WEB_ROUTE_CHECK_H
#define WEB_ROUTE_CHECK_H

#include <stdio.h>
#include "route.h"

/* Writes one line per fault to out; how many there were. */
int routes_check(const struct program *programs, FILE *out);
/* One JSON object per row and line: program, method, pattern, page, api, right, flags. 0 or -1. */
int routes_print(const struct program *programs, FILE *out);
/* Parses and draws every template of the rows with no data; how many failed. */
int routes_check_templates(const struct program *programs, const struct conf *c, FILE *out);

#endif
