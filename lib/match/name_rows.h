/* name_rows.h - the rows behind name_dict.h; used inside lib/match only */
#ifndef MATCH_NAME_ROWS_H
#define MATCH_NAME_ROWS_H

#include <stddef.h>

struct word_row { unsigned char which; int value; const char *words; };   /* value 0: the row's own */
struct form_row { unsigned class; const char *words; };

extern const struct word_row word_rows[];
extern const size_t N_WORD_ROWS;
extern const struct form_row form_rows[];
extern const size_t N_FORM_ROWS;

#endif
