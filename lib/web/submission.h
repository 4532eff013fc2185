/* submission.h - a form or API call that comes twice is done once
 *
 * The row is the first thing a transaction writes: its primary key (who, which key) makes a
 * second request wait for the first, and tells it apart from a new one; it also settles a COMMIT
 * whose answer was lost.  The first answer is stored in the same transaction; one that was
 * rolled back leaves no row and can be tried again with the same key.
 */
#ifndef WEB_SUBMISSION_H
#define WEB_SUBMISSION_H

#include "req.h"

#define MAX_STORED_ANSWER (1u << 20)  /* bytes of an API answer kept */
#define SUBMISSION_CLAIM  60          /* seconds after which an unfinished one may be taken over */

struct submission {
	char actor[25];
	unsigned char key[32], request[32];
};
struct first_answer {
	int status;
	const char *location, *flash, *body;
};

/* Who and which key. false when there is no key, so that nothing can be recognised. */
bool submission_of(const struct req *q, const unsigned char request_hash[32], struct submission *out);

/* Inside a transaction, before anything else. OK: go on. E_DUPLICATE: it was done, the answer is
 * in *first. E_CONFLICT: the key was used for something else, or the first one is still at work. */
int submission_open(struct req *q, const struct submission *s, struct first_answer *first);
/* At the end of the same transaction. */
int submission_close(struct req *q, const struct submission *s, const struct first_answer *answer);
/* The answer cannot be repeated (it sets a session): the row goes, a second request runs again. */
int submission_drop(struct req *q, const struct submission *s);

#endif
