/* pipeline.h - what the steps of a request share; nobody outside the pipeline includes it
 *
 *   pipeline.c       the order of the steps
 *   unsafe.c         one transaction, once per key
 *   answer_doc.c     a document becomes an answer
 *   answer_error.c   what could not be done: the form again, a page, a problem
 */
#ifndef WEB_PIPELINE_H
#define WEB_PIPELINE_H

#include "doc.h"
#include "respond.h"
#include "route_match.h"
#include "submission.h"
#include "worker.h"

#define SIGN_IN_URL  "/sign-in"
#define STEP_UP_URL  "/account/step-up"
#define ENROLL_URL   "/account/totp"

struct run {
	struct worker *w;
	const struct env *env;
	struct req q;
	struct doc doc;
	struct answer out;
	struct route_hit hit;
	unsigned char body_hash[32];
	bool stale_cookie;           /* the session cookie names no session */
	const char *flash;           /* JSON from the flash cookie */
	bool handled;                /* the handler was reached: errors are its own */
	bool old_token;              /* the form's token has ended: draw it again with a new one */
	const char *api_body;        /* the document as JSON, once made */
	size_t api_size;
};

/* ---- unsafe.c ---- */
/* Body, token, fields, transaction, handler; the answer is in r->out when it returns OK. */
int unsafe_run(struct run *r);

/* ---- answer_doc.c ---- */
int answer_document(struct run *r);
/* The API's body, before COMMIT, so that it can be stored with it. */
int answer_api_body(struct run *r);
/* {"text":..,"tone":..,"undo_url":..} of the document, NULL without a flash. */
const char *answer_flash(struct run *r);
int answer_again(struct run *r, const struct first_answer *first);
void answer_redirect(struct run *r, const char *where, const char *flash);
/* data: objects a template sees beside Page and User; takes nothing over. */
int answer_page(struct run *r, const struct route *row, const char *template_, const char *title,
	json_t *const *data, size_t n, bool without_db);
/* A new object that ends with the arena; NULL past its cap. */
json_t *run_object(struct run *r);

/* ---- export.c ---- */
/* The route's list as a file, sent piece by piece; the query has been read. */
int export_run(struct run *r);

/* ---- answer_error.c ---- */
/* Never fails: at the worst a page without template or database. */
void answer_error(struct run *r, int rc);

#endif
