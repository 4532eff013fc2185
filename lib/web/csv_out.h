/* csv_out.h - rows as a CSV file (RFC 4180)
 *
 * Spreadsheets run what looks like a formula, so a cell that starts with = + - @, a tab or a
 * carriage return gets a leading apostrophe, unless it is a plain number (OWASP, "CSV injection").
 */
#ifndef WEB_CSV_OUT_H
#define WEB_CSV_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"

struct csv_out {
	char *text;            /* on the heap: exports outgrow an arena's block; freed with the arena */
	size_t len, room, max;
	size_t cell;           /* cells written in this line */
	bool overflow;         /* something did not fit into max bytes, or memory was out */
};

/* An empty file of at most max bytes; c itself must live in the arena. bom: for spreadsheets that guess the encoding. */
int csv_out_init(struct csv_out *c, struct arena *a, size_t max, bool bom);
void csv_out_cell(struct csv_out *c, const char *text);   /* NULL is an empty cell */
void csv_out_line(struct csv_out *c);                     /* ends the line: CR LF */

#endif
