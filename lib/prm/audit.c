/* audit.c - proves that nobody changed, removed or moved an event */
#include <sodium.h>

#include "audit.h"
#include "intl.h"
#include "outbox.h"
#include "str.h"

static const char SQL_WALK[] =
	"SELECT seq, at, actor_id, actor_name, partner_id, noun, noun_id, what, from_state, to_state,"
	" rules_number, clause, text, audience, address, hash FROM event WHERE seq <= ? ORDER BY seq";
static const char SQL_MAX[] = "SELECT MAX(seq) FROM event";
static const char SQL_HEAD[] = "SELECT seq, hash FROM event_head WHERE id = 1";
static const char SQL_HEAD_LOCKED[] = "SELECT seq, hash FROM event_head WHERE id = 1 FOR UPDATE";
static const char SQL_CHECKPOINTS[] = "SELECT seq, at, hash, signature FROM event_checkpoint ORDER BY seq";
static const char SQL_LAST[] = "SELECT seq, at, hash, signature FROM event_checkpoint ORDER BY seq DESC LIMIT 1";
static const char SQL_CHECKPOINT[] =
	"INSERT INTO event_checkpoint (seq, at, hash, signature) VALUES (?, ?, ?, ?)";
static const char SQL_AUDITORS[] =
	"SELECT DISTINCT p.email FROM person p JOIN membership m ON m.person_id = p.id"
	" WHERE m.firm_key = 0 AND m.status = 'active' AND p.status = 'active' AND FIND_IN_SET('auditor', m.roles)";

#define MAX_CHECKPOINTS 100000   /* one a day for 270 years */
#define MAX_AUDITORS 20

struct link {
	struct event e;
	struct bytes hash;
};
#define LINK(m) { .name = #m, .type = COLUMN_TYPE(((struct event *)0)->m), \
	.offset = offsetof(struct link, e) + offsetof(struct event, m), .size = sizeof(((struct event *)0)->m) }
static const struct column link_columns[] = {
	LINK(seq), LINK(at), LINK(actor_id), LINK(actor_name), LINK(partner_id), LINK(noun), LINK(noun_id),
	LINK(what), LINK(from_state), LINK(to_state), LINK(rules_number), LINK(clause), LINK(text),
	LINK(audience), LINK(address), COL(link, hash), COL_END
};

struct head { int64_t seq; struct bytes hash; };
static const struct column head_columns[] = { COL(head, seq), COL(head, hash), COL_END };

const struct column checkpoint_columns[] = {
	COL(checkpoint, seq, .describe = N_("Length of the chain")),
	COL(checkpoint, at, .describe = N_("When it was signed")),
	COL(checkpoint, hash, .hidden = true), COL(checkpoint, signature, .hidden = true), COL_END
};

struct address { const char *email; };
static const struct column address_columns[] = { COL(address, email), COL_END };

/* ---- one link ---- */

static void add_int(crypto_generichash_state *s, int64_t v)
{
	unsigned char b[8];

	for (int i = 0; i < 8; i++)
		b[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
	crypto_generichash_update(s, b, sizeof(b));
}

static void add_text(crypto_generichash_state *s, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	add_int(s, text ? (int64_t)n : -1);
	if (n)
		crypto_generichash_update(s, (const unsigned char *)text, n);
}

void event_hash(const unsigned char prev[HASH_SIZE], const struct event *e, unsigned char hash[HASH_SIZE])
{
	crypto_generichash_state s;

	crypto_generichash_init(&s, NULL, 0, HASH_SIZE);
	crypto_generichash_update(&s, prev, HASH_SIZE);
	crypto_generichash_update(&s, (const unsigned char *)"prm event chain1", 16);
	add_int(&s, e->seq);
	add_int(&s, e->at.us);
	add_int(&s, e->actor_id);
	add_text(&s, e->actor_name);
	add_int(&s, e->partner_id);
	add_text(&s, e->noun);
	add_int(&s, e->noun_id);
	add_text(&s, e->what);
	add_text(&s, e->from_state);
	add_text(&s, e->to_state);
	add_int(&s, e->rules_number);
	add_text(&s, e->clause);
	add_text(&s, e->text);
	add_text(&s, e->audience);
	add_text(&s, e->address);
	crypto_generichash_final(&s, hash, HASH_SIZE);
}

/* ---- checkpoints ---- */

const char *checkpoint_text(struct db *db, const struct checkpoint *k)
{
	const char *hash = str_hex(db->arena, k->hash.data, k->hash.size);
	const char *at = when_iso(db->arena, k->at);

	return hash && at ? arena_printf(db->arena, "prm-portal audit checkpoint 1\n%" PRId64 "\n%s\n%s\n",
		k->seq, hash, at) : NULL;
}

static int key_pair(struct db *db, const struct conf *c, unsigned char *public_key, unsigned char *secret_key)
{
	unsigned char seed[crypto_sign_SEEDBYTES];

	if (conf_key(c, "audit", seed))
		return fail_detail(db->err, E_INTERNAL, "no key for audit");
	crypto_sign_seed_keypair(public_key, secret_key, seed);
	sodium_memzero(seed, sizeof(seed));
	return OK;
}

const char *audit_public_key(struct db *db, const struct conf *c)
{
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];

	if (key_pair(db, c, public_key, secret_key))
		return NULL;
	sodium_memzero(secret_key, sizeof(secret_key));
	return str_hex(db->arena, public_key, sizeof(public_key));
}

int audit_last_checkpoint(struct db *db, struct checkpoint *out)
{
	return db_row(db, SQL_LAST, NO_ARGS, checkpoint_columns, out);
}

/* Each auditor gets the signed head: a copy outside the house. */
static int mail_checkpoint(struct db *db, const struct conf *c, const struct checkpoint *k)
{
	const char *signature = str_hex(db->arena, k->signature.data, k->signature.size);
	const char *key = audit_public_key(db, c), *hash = str_hex(db->arena, k->hash.data, k->hash.size);
	const char *at = when_iso(db->arena, k->at);
	struct address *to = NULL;
	size_t n = 0;
	int rc = DB_ROWS(db, SQL_AUDITORS, NO_ARGS, address_columns, struct address, MAX_AUDITORS, &to, &n);

	if (!rc && (!signature || !key || !hash || !at))
		return fail_detail(db->err, E_NOMEM, "checkpoint mail");
	for (size_t i = 0; !rc && i < n; i++) {
		struct outbox o = { .channel = "mail", .address = to[i].email, .template_ = "audit-checkpoint",
			.subject = arena_printf(db->arena, _("Audit checkpoint at %lld events"), (long long)k->seq),
			.body = arena_printf(db->arena, "{\"seq\":\"%" PRId64 "\",\"hash\":\"%s\",\"at\":\"%s\","
				"\"signature\":\"%s\",\"key\":\"%s\"}", k->seq, hash, at, signature, key),
			.dedup_key = arena_printf(db->arena, "checkpoint-%" PRId64 "-%s", k->seq, to[i].email) };

		rc = outbox_put(db, &o);
	}
	return rc;
}

static int sign_head(struct db *db, void *arg)
{
	const struct conf *c = arg;
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];
	unsigned char signature[crypto_sign_BYTES];
	struct checkpoint k = { .at = { db->now.us / 1000000 * 1000000 } };
	struct head head = { 0, { NULL, 0 } };
	const char *text;
	int rc = db_row(db, SQL_HEAD_LOCKED, NO_ARGS, head_columns, &head);

	if (rc)
		return rc;
	k.seq = head.seq;
	k.hash = head.hash;
	text = checkpoint_text(db, &k);
	if (!text)
		return fail_detail(db->err, E_NOMEM, "checkpoint");
	rc = key_pair(db, c, public_key, secret_key);
	if (rc)
		return rc;
	crypto_sign_detached(signature, NULL, (const unsigned char *)text, strlen(text), secret_key);
	sodium_memzero(secret_key, sizeof(secret_key));
	k.signature = (struct bytes){ signature, sizeof(signature) };
	rc = db_exec(db, SQL_CHECKPOINT, ARGS(A(k.seq), A(k.at), arg_bytes(k.hash.data, k.hash.size),
		arg_bytes(signature, sizeof(signature))), NULL);
	if (rc == E_DUPLICATE) {      /* nothing happened since the last one */
		err_clear(db->err);
		return OK;
	}
	return rc ? rc : mail_checkpoint(db, c, &k);
}

int audit_checkpoint(struct db *db, const struct conf *c)
{
	return db_in_transaction(db) ? sign_head(db, (void *)(uintptr_t)c) :
		db_transaction(db, sign_head, (void *)(uintptr_t)c);
}

/* ---- verification ---- */

struct walk {
	unsigned char hash[HASH_SIZE];
	int64_t seq;
	const struct checkpoint *points;
	size_t n_points, point;
	struct audit_report *report;
};

static int found(struct audit_report *r, int64_t seq, const char *problem)
{
	if (!r->first_bad) {
		r->first_bad = seq;
		r->problem = problem;
	}
	return E_CONFLICT;
}

static int check_link(void *row, void *arg)
{
	const struct link *l = row;
	struct walk *w = arg;

	if (l->e.seq != w->seq + 1)
		return found(w->report, w->seq + 1, N_("an event is missing or moved"));
	event_hash(w->hash, &l->e, w->hash);
	w->seq++;
	w->report->events = w->seq;
	if (l->hash.size != HASH_SIZE || sodium_memcmp(w->hash, l->hash.data, HASH_SIZE))
		return found(w->report, w->seq, N_("an event was changed"));
	if (w->point < w->n_points && w->points[w->point].seq == w->seq) {
		const struct checkpoint *k = &w->points[w->point++];

		if (k->hash.size != HASH_SIZE || sodium_memcmp(w->hash, k->hash.data, HASH_SIZE))
			return found(w->report, w->seq, N_("the chain differs from its signed checkpoint"));
	}
	return OK;
}

static int check_signatures(struct db *db, const struct conf *c, const struct walk *w)
{
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];
	int rc = key_pair(db, c, public_key, secret_key);

	sodium_memzero(secret_key, sizeof(secret_key));
	for (size_t i = 0; !rc && i < w->n_points; i++) {
		const struct checkpoint *k = &w->points[i];
		const char *text = checkpoint_text(db, k);

		if (!text)
			return fail_detail(db->err, E_NOMEM, "checkpoint");
		if (k->signature.size != crypto_sign_BYTES || crypto_sign_verify_detached(k->signature.data,
				(const unsigned char *)text, strlen(text), public_key))
			rc = found(w->report, k->seq ? k->seq : 1, N_("a checkpoint's signature is wrong"));
	}
	return rc;
}

/* The end of the chain: what the head row and the checkpoints say must be there. */
static int check_end(struct walk *w, const struct head *head)
{
	if (w->seq < head->seq)
		return found(w->report, w->seq + 1, N_("events are missing at the end"));
	if (head->hash.size != HASH_SIZE || sodium_memcmp(w->hash, head->hash.data, HASH_SIZE))
		return found(w->report, w->seq, N_("the head of the chain was changed"));
	if (w->point < w->n_points)
		return found(w->report, w->seq + 1, N_("events before a signed checkpoint are missing"));
	return OK;
}

/* Nothing is locked, so the head may move on meanwhile: the newest event is looked up
 * before the head, which then can only be ahead of it. */
static int check_beyond(struct db *db, struct walk *w)
{
	struct head head = { 0, { NULL, 0 } };
	int64_t newest = 0;
	int rc = db_int(db, SQL_MAX, NO_ARGS, &newest);

	if (!rc)
		rc = db_row(db, SQL_HEAD, NO_ARGS, head_columns, &head);
	if (!rc && newest > head.seq)
		rc = found(w->report, head.seq + 1, N_("the head of the chain was set back"));
	return rc;
}

static int verify(struct db *db, const struct conf *c, struct audit_report *out)
{
	struct walk w = { .report = out };
	struct checkpoint *points = NULL;
	struct head head = { 0, { NULL, 0 } };
	int rc = DB_ROWS(db, SQL_CHECKPOINTS, NO_ARGS, checkpoint_columns, struct checkpoint, MAX_CHECKPOINTS,
		&points, &w.n_points);

	w.points = points;
	while (w.point < w.n_points && points[w.point].seq == 0)   /* the empty chain */
		w.point++;
	if (!rc && c)
		rc = check_signatures(db, c, &w);
	if (!rc)
		rc = db_row(db, SQL_HEAD, NO_ARGS, head_columns, &head);
	if (!rc)
		rc = db_each(db, SQL_WALK, ARGS(A(head.seq)), link_columns, sizeof(struct link), check_link, &w);
	if (!rc)
		rc = check_end(&w, &head);
	return rc ? rc : check_beyond(db, &w);
}

int audit_verify(struct db *db, const struct conf *c, struct audit_report *out)
{
	int rc;

	*out = (struct audit_report){ 0, 0, NULL };
	rc = verify(db, c, out);
	if (out->first_bad) {
		err_clear(db->err);
		return OK;
	}
	return rc;
}
