/* event.c - events written, and read back as a timeline */
#include "audit.h"
#include "intl.h"
#include "str.h"

static const char SQL_HEAD[] = "SELECT seq, hash FROM event_head WHERE id = 1 FOR UPDATE";
static const char SQL_ADD[] =
	"INSERT INTO event (seq, at, actor_id, actor_name, partner_id, noun, noun_id, what, from_state, to_state,"
	" rules_number, clause, text, audience, address, hash)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char SQL_MOVE_HEAD[] = "UPDATE event_head SET seq = ?, hash = ? WHERE id = 1 AND seq = ?";

#define SQL_EVENT \
	"SELECT e.seq, e.at, e.actor_id, e.actor_name, e.partner_id, e.noun, e.noun_id, e.what, e.from_state," \
	" e.to_state, e.rules_number, e.clause, e.text, e.audience, e.address FROM event e"

static const char SQL_TIMELINE[] = SQL_EVENT
	" WHERE e.noun = ? AND e.noun_id = ? AND (e.audience = 'partner' AND e.partner_id = ?"
	" OR ? AND e.audience IN ('partner', 'vendor'))"
	" ORDER BY e.seq LIMIT ?";

const struct column event_columns[] = {
	COL(event, seq, .describe = N_("Place in the chain")),
	COL(event, at, .describe = N_("When it happened")),
	COL(event, actor_id, .describe = N_("Person; 0 for the portal itself")),
	COL(event, actor_name, .describe = N_("Who, by the name of that time")),
	COL(event, partner_id, .describe = N_("Firm concerned; 0 for none")),
	COL(event, noun, .describe = N_("What it happened to")),
	COL(event, noun_id, .describe = N_("Its id")),
	COL(event, what, .describe = N_("What happened")),
	COL(event, from_state, .nullable = true, .describe = N_("State before")),
	COL(event, to_state, .nullable = true, .describe = N_("State after")),
	COL(event, rules_number, .describe = N_("Version of the rules it rests on; 0 for none")),
	COL(event, clause, .nullable = true, .describe = N_("Clause it rests on")),
	COL(event, text, .nullable = true, .max = 2000, .describe = N_("In words")),
	COL(event, audience, .describe = N_("partner, vendor or audit: who can see it")),
	COL(event, address, .nullable = true, .describe = N_("Client address")),
	COL_END
};

static const char *const audiences[] = {
	[TO_PARTNER] = "partner", [TO_VENDOR] = "vendor", [TO_AUDIT] = "audit"
};

struct head { int64_t seq; struct bytes hash; };
static const struct column head_columns[] = { COL(head, seq), COL(head, hash), COL_END };

/* s as its column will hold it: at most max characters. */
static const char *cut_text(struct db *db, const char *s, size_t max)
{
	char *out;

	if (!s || str_utf8_length(s) <= max)
		return s;
	out = arena_alloc(db->arena, max + 1);
	if (!out)
		return NULL;
	str_cut(out, max, s);
	return out;
}

static void complete(struct db *db, const struct user *u, enum audience to, struct event *e)
{
	bool person = u && u->person_id;

	e->at = db->now;
	e->actor_id = person ? u->person_id : 0;
	e->actor_name = cut_text(db, person ? u->name : "Portal", 120);
	e->from_state = cut_text(db, e->from_state, 24);
	e->to_state = cut_text(db, e->to_state, 24);
	e->clause = cut_text(db, e->clause, 16);
	e->text = cut_text(db, e->text, 2000);
	e->audience = audiences[to];
	if (!e->address)
		e->address = u && !str_empty(u->address) ? cut_text(db, u->address, 45) : NULL;
}

int event_add(struct db *db, const struct user *u, enum audience to, const struct event *given)
{
	unsigned char hash[HASH_SIZE];
	struct event e = *given;
	struct head head = { 0, { NULL, 0 } };
	int rc;

	if (!db_in_transaction(db))
		return fail_detail(db->err, E_INTERNAL, "event %s %s outside a transaction", e.noun, e.what);
	complete(db, u, to, &e);
	rc = db_row(db, SQL_HEAD, NO_ARGS, head_columns, &head);
	if (rc)
		return rc == E_NOTFOUND ? fail_detail(db->err, E_INTERNAL, "event_head is empty") : rc;
	if (head.hash.size != HASH_SIZE)
		return fail_detail(db->err, E_INTERNAL, "event_head.hash has %zu bytes", head.hash.size);
	e.seq = head.seq + 1;
	event_hash(head.hash.data, &e, hash);
	rc = db_exec(db, SQL_ADD, ARGS(A(e.seq), A(e.at), arg_id(e.actor_id), A(e.actor_name), arg_id(e.partner_id),
		A(e.noun), A(e.noun_id), A(e.what), A(e.from_state), A(e.to_state), arg_id(e.rules_number),
		A(e.clause), A(e.text), A(e.audience), A(e.address), arg_bytes(hash, sizeof(hash))), NULL);
	if (rc)
		return rc;
	return db_change_one(db, SQL_MOVE_HEAD, ARGS(A(e.seq), arg_bytes(hash, sizeof(hash)), A(head.seq)));
}

int event_timeline(struct db *db, const struct user *u, const char *noun, int64_t noun_id,
	size_t max, struct event **out, size_t *count)
{
	/* -1 is nobody's partner: on the vendor's side the second half of the condition decides. */
	int64_t partner = u->vendor ? -1 : u->partner_id;

	return DB_ROWS(db, SQL_TIMELINE, ARGS(A(noun), A(noun_id), A(partner), A(u->vendor), A((int64_t)max)),
		event_columns, struct event, max, out, count);
}
