/* unsafe.c - what changes something: one transaction, once per key */
#include "pipeline.h"

#include <sodium.h>
#include <unistd.h>

#include "intl.h"
#include "log.h"
#include "request.h"
#include "token.h"

/* The form's token: drawn by us, for this session, not too long ago. It is the one-time key, too. */
static int check_token(struct run *r)
{
	struct req *q = &r->q;
	const char *token = params_get(&q->form, "_token");

	if (q->face == FACE_JSON || (q->route->flags & REPLAYABLE))
		return OK;
	q->idempotency_key = token;
	switch (token_check(token, r->w->token_key, q->user->session_hash, q->db->now)) {
	case TOKEN_GOOD:
		return OK;
	case TOKEN_OLD:
		break;
	case TOKEN_BAD:
		LOG(LOG_NOTE, "csrf_fail", LOG_TEXT("route", q->route->pattern), LOG_NUM("user", q->user->person_id),
			LOG_TEXT("address", q->address), LOG_TEXT("request", q->request_id));
		break;
	}
	/* The sender is one of our own pages (session_same_origin), so its answers can be shown
	 * again: signing in anew in another tab is the usual reason. */
	r->old_token = true;
	fail(q->err, E_FORBIDDEN, _("This page was open for too long, so nothing was saved."));
	return fail_hint(q->err, _("Your answers are still here: please send them again."));
}

/* An API call without a key gets one of its own, so that at least a lost COMMIT can be settled. */
static int make_key(struct run *r)
{
	unsigned char raw[24];

	if (r->q.face != FACE_JSON || r->q.idempotency_key)
		return OK;
	randombytes_buf(raw, sizeof(raw));
	r->q.idempotency_key = str_base64url(r->q.arena, raw, sizeof(raw));
	return r->q.idempotency_key ? OK : fail_detail(r->q.err, E_NOMEM, "key");
}

static int read_fields(struct run *r)
{
	struct req *q = &r->q;

	if (!q->route->fields)
		return OK;
	q->input = arena_alloc(q->arena, q->route->input_size);
	return q->input ? fields_read(q, q->route->fields, q->input) : fail_detail(q->err, E_NOMEM, "input");
}

static int handle(struct run *r)
{
	int rc = doc_init(&r->doc, &r->q);

	r->api_body = NULL;
	r->handled = true;
	return rc ? rc : r->q.route->handler(&r->q, &r->doc);
}

/* What a second request with the same key will be answered. */
static int close_submission(struct run *r, const struct submission *s)
{
	const struct doc *d = &r->doc;
	struct first_answer answer = { d->status ? d->status : 200, d->location, answer_flash(r), r->api_body };

	/* a session's secret is stored nowhere: whoever signs in twice is signed in twice */
	if (d->set_session)
		return submission_drop(&r->q, s);
	return submission_close(&r->q, s, &answer);
}

/* ---- one transaction around it all ---- */

static int run_once(struct run *r, const struct submission *s, struct first_answer *first, bool *again)
{
	struct db *db = r->q.db;
	int rc = db_begin(db);

	*again = false;
	if (rc)
		return rc;
	if (s) {
		rc = submission_open(&r->q, s, first);
		*again = rc == E_DUPLICATE;
	}
	if (!rc)
		rc = handle(r);
	if (!rc)
		rc = answer_api_body(r);
	if (!rc && s)
		rc = close_submission(r, s);
	if (!rc)
		return db_commit(db);
	db_rollback(db);
	return rc;
}

static void wait_a_little(int tries)
{
	uint32_t most = 4000u << tries;

	usleep(1000 + randombytes_uniform(most));
}

static int run_transaction(struct run *r, const struct submission *s)
{
	struct first_answer first = { 0, NULL, NULL, NULL };
	bool again = false, uncertain = false, lost = false;
	int rc = OK;

	for (int tries = 1; tries <= MAX_TX_TRIES; tries++) {
		err_clear(r->q.err);
		rc = run_once(r, s, &first, &again);
		if (again)
			return answer_again(r, &first);
		if (rc == E_UNCERTAIN && s && !uncertain) {
			/* our own key tells whether it was carried out: the row is there, or it is not */
			uncertain = true;
			LOG(LOG_TROUBLE, "commit_uncertain", LOG_TEXT("route", r->q.route->pattern),
				LOG_TEXT("request", r->q.request_id));
			db_drop(r->q.db);
			continue;
		}
		if (rc == E_AWAY && !lost && !uncertain) {
			/* the connection broke before COMMIT was sent, so nothing was kept */
			lost = true;
			db_drop(r->q.db);
			continue;
		}
		if (rc != E_RETRY)
			break;
		wait_a_little(tries);
	}
	if (rc == E_AWAY && uncertain)
		return fail_detail(r->q.err, E_UNCERTAIN, "database away after a COMMIT without answer");
	return rc ? rc : answer_document(r);
}

/* ---- handlers with transactions of their own ---- */

static int claim(struct run *r, const struct submission *s, struct first_answer *first, bool *again)
{
	struct db *db = r->q.db;
	int rc = db_begin(db);

	*again = false;
	if (rc)
		return rc;
	rc = submission_open(&r->q, s, first);
	*again = rc == E_DUPLICATE;
	if (rc) {
		db_rollback(db);
		return rc;
	}
	return db_commit(db);
}

static int run_own(struct run *r, const struct submission *s)
{
	struct first_answer first = { 0, NULL, NULL, NULL };
	bool again = false;
	int rc = s ? claim(r, s, &first, &again) : OK;

	if (again)
		return answer_again(r, &first);
	if (rc)
		return rc;
	rc = handle(r);
	if (!rc)
		rc = answer_api_body(r);
	if (db_in_transaction(r->q.db))
		db_rollback(r->q.db);
	if (s && rc) {
		struct err why = *r->q.err;

		/* not done, so it may be tried again with the same key */
		submission_drop(&r->q, s);
		*r->q.err = why;
	} else if (s) {
		rc = close_submission(r, s);
	}
	return rc ? rc : answer_document(r);
}

int unsafe_run(struct run *r)
{
	struct req *q = &r->q;
	struct submission s;
	bool keyed;
	int rc = request_body(q, r->env, r->body_hash);

	if (!rc)
		rc = check_token(r);
	if (!rc)
		rc = make_key(r);
	if (!rc)
		rc = read_fields(r);
	if (rc)
		return rc;
	if (q->route->flags & REPLAYABLE) {
		rc = handle(r);
		return rc ? rc : answer_document(r);
	}
	keyed = submission_of(q, r->body_hash, &s);
	if (q->route->flags & NO_TX)
		return run_own(r, keyed ? &s : NULL);
	return run_transaction(r, keyed ? &s : NULL);
}
