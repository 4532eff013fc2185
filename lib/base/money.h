/* money.h - exact amounts
 *
 * An amount is a whole number of the currency's minor unit (ISO 4217: cents for
 * EUR, whole yen for JPY, thousandths for KWD).  Never a double.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>
#include "arena.h"

struct money {
	int64_t minor;       /* in minor units; |minor| <= 10^15 */
	char currency[4];    /* ISO 4217; "" means no amount */
};

bool currency_known(const char *code);
int currency_digits(const char *code);             /* digits of the minor unit, 0..3 */
/* "1234.5" (a point, no grouping) as it stands in JSON and SQL; false when it is no
 * amount, has too many digits behind the point or is out of range. */
bool money_from_decimal(const char *text, const char *currency, struct money *out);
/* As people type it: "1,234.50", "1.234,50", "12 000", "12k" is refused. */
bool money_from_input(const char *text, const char *currency, struct money *out);
char *money_decimal(struct arena *a, struct money m);                    /* "1234.50" */
char *money_text(struct arena *a, struct money m, const char *language); /* "€1,234.50" */
/* false on overflow or different currencies. */
bool money_add(struct money a, struct money b, struct money *out);

#endif
