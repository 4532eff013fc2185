/* letter.h - mails to one person about their own account
 *
 * Put into the outbox in the caller's transaction; the words are templates/mail/NAME.*.cs.
 */
#ifndef PRM_LETTER_H
#define PRM_LETTER_H

#include <jansson.h>
#include "db.h"

#define LINK_PURPOSE "link"     /* secret_link of an outbox row is sealed for this: mail_body() opens it */

struct letter {
	const char *to, *name, *language;
	const char *template_;
	const char *subject;          /* N_(); "%s" in it is the vendor's name */
	const char *page;             /* path of a page to link to, or NULL: member "link" */
	const char *secret_path;      /* path with a one-time token, or NULL: member "secret_link" */
	int secret_seconds;           /* how long it works */
};

/* more: further members of the template's data; may be NULL; the reference is stolen. */
int letter_put(struct db *db, const struct conf *c, const struct letter *l, json_t *more);

#endif
