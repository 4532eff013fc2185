/* mail_body.h - the words of a mail from its outbox row
 *
 * templates/mail/NAME.txt.cs and NAME.html.cs, filled with the row's JSON body plus subject,
 * base_url and site.  A member "secret_link" holds a one-time link: it is in the mail itself
 * and nowhere else.
 */
#ifndef WEB_MAIL_BODY_H
#define WEB_MAIL_BODY_H

#include "conf.h"
#include "db.h"
#include "outbox.h"

/* kind "txt" or "html". show_secret false: secret_link is replaced by a remark. In db->arena. */
int mail_body(struct db *db, const struct conf *c, const struct outbox *o, const char *kind, bool show_secret,
	const char **out);

#endif
