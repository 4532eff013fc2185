/* choice.h - a closed set of values with the words people read
 *
 * One table serves a form's select, a list's filter, a badge and the API's enum.
 */
#ifndef BASE_CHOICE_H
#define BASE_CHOICE_H

struct choice {
	const char *value;   /* NULL ends the table */
	const char *label;   /* N_() */
	const char *tone;    /* badge: "good", "wait", "bad", "quiet", "info"; may be NULL */
};
#define CHOICE_END { NULL, NULL, NULL }

/* The row of value, or NULL. */
const struct choice *choice_find(const struct choice *set, const char *value);

#endif
