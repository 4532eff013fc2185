/* submission.c - a form or API call that comes twice is done once */
#include "submission.h"

#include <sodium.h>

#include "intl.h"
#include "str.h"

static const char sql_open[] =
	"INSERT INTO submission (actor, key_hash, request_hash, created_at) VALUES (?, ?, ?, ?)";
static const char sql_read[] =
	"SELECT request_hash, created_at, status, location, flash, body FROM submission"
	" WHERE actor = ? AND key_hash = ?";
static const char sql_take_over[] =
	"UPDATE submission SET created_at = ? WHERE actor = ? AND key_hash = ? AND status = 0 AND created_at = ?";
static const char sql_close[] =
	"UPDATE submission SET status = ?, location = ?, flash = ?, body = ? WHERE actor = ? AND key_hash = ?";
static const char sql_drop[] = "DELETE FROM submission WHERE actor = ? AND key_hash = ?";

struct row {
	struct bytes request_hash;
	struct when created_at;
	int status;
	const char *location, *flash, *body;
};
static const struct column row_columns[] = {
	COL(row, request_hash), COL(row, created_at), COL(row, status), COL(row, location), COL(row, flash),
	COL(row, body, .max = MAX_STORED_ANSWER), COL_END
};

bool submission_of(const struct req *q, const unsigned char request_hash[32], struct submission *out)
{
	const struct user *u = q->user;

	if (str_empty(q->idempotency_key))
		return false;
	if (u->token_id)
		snprintf(out->actor, sizeof(out->actor), "t%lld", (long long)u->token_id);
	else if (u->person_id)
		snprintf(out->actor, sizeof(out->actor), "p%lld", (long long)u->person_id);
	else
		str_copy(out->actor, sizeof(out->actor), "-");
	crypto_generichash(out->key, 32, (const unsigned char *)q->idempotency_key, strlen(q->idempotency_key), NULL, 0);
	memcpy(out->request, request_hash, 32);
	return true;
}

#define WHOSE(s) A((const char *)(s)->actor), arg_bytes((s)->key, 32)

/* The row is there and committed: what does it say? */
static int read_first(struct req *q, const struct submission *s, struct first_answer *first)
{
	struct row row = { .status = 0 };
	int rc = db_row(q->db, sql_read, ARGS(WHOSE(s)), row_columns, &row);

	if (rc)
		return rc == E_NOTFOUND ? fail_detail(q->err, E_RETRY, "submission went away") : rc;
	if (row.request_hash.size != 32 || sodium_memcmp(row.request_hash.data, s->request, 32) != 0)
		return q->face == FACE_JSON ?
			fail(q->err, E_INVALID, _("This Idempotency-Key was used for another request.")) :
			fail(q->err, E_CONFLICT, _("This form was already sent once, with other answers. If these are meant as a second one, send them again."));
	if (row.status) {
		*first = (struct first_answer){ row.status, row.location, row.flash, row.body };
		return E_DUPLICATE;
	}
	if (q->db->now.us - row.created_at.us > (int64_t)SUBMISSION_CLAIM * 1000000)
		return db_change_one(q->db, sql_take_over, ARGS(A(q->db->now), WHOSE(s), A(row.created_at)));
	q->err->retry_after = 5;
	return fail(q->err, E_CONFLICT, _("The same request is still being worked on. Please wait a moment."));
}

int submission_open(struct req *q, const struct submission *s, struct first_answer *first)
{
	int rc = db_exec(q->db, sql_open, ARGS(WHOSE(s), arg_bytes(s->request, 32), A(q->db->now)), NULL);

	if (rc != E_DUPLICATE)
		return rc;
	err_clear(q->err);
	return read_first(q, s, first);
}

int submission_close(struct req *q, const struct submission *s, const struct first_answer *answer)
{
	const char *body = answer->body && strlen(answer->body) <= MAX_STORED_ANSWER ? answer->body : NULL;

	return db_exec(q->db, sql_close,
		ARGS(A(answer->status), A(answer->location), A(answer->flash), A(body), WHOSE(s)), NULL);
}

int submission_drop(struct req *q, const struct submission *s)
{
	return db_exec(q->db, sql_drop, ARGS(WHOSE(s)), NULL);
}
