/* audit.h - the chain of events: how a row is hashed, how a checkpoint is signed
 *
 * hash(n) = BLAKE2b-256( hash(n-1) || row(n) ), hash(0) = 32 zero bytes.
 *
 * row(n) is, without padding:
 *   16 bytes  "prm event chain1"
 *   int64     seq
 *   int64     at, microseconds since 1970-01-01T00:00:00Z
 *   int64     actor_id      (NULL: 0)
 *   text      actor_name
 *   int64     partner_id    (NULL: 0)
 *   text      noun
 *   int64     noun_id
 *   text      what
 *   text      from_state
 *   text      to_state
 *   int64     rules_number  (NULL: 0)
 *   text      clause
 *   text      text
 *   text      audience
 *   text      address
 * int64 is 8 bytes, two's complement, most significant first.  text is its length in
 * bytes as int64, then the UTF-8 bytes; SQL NULL is length -1 and nothing behind it.
 *
 * A checkpoint says "the chain had this hash at this length".  Signed is
 *   "prm-portal audit checkpoint 1\n" seq "\n" hash in lower-case hex "\n" time as 2027-03-14T09:30:00Z "\n"
 * with Ed25519; the key pair comes from the seed conf_key(c, "audit").  A chain alone does not
 * show that its end was cut off: rows that went missing behind the last checkpoint are seen by
 * comparing with the checkpoint mailed to the auditors.
 */
#ifndef PRM_AUDIT_H
#define PRM_AUDIT_H

#include "event.h"
#include "secret.h"

/* One link: hash of e behind prev. All texts of e as they are stored. */
void event_hash(const unsigned char prev[HASH_SIZE], const struct event *e, unsigned char hash[HASH_SIZE]);

struct checkpoint {
	int64_t seq;
	struct when at;
	struct bytes hash, signature;
};
extern const struct column checkpoint_columns[];
/* The newest checkpoint; E_NOTFOUND before the first. */
int audit_last_checkpoint(struct db *db, struct checkpoint *out);
/* What was signed, in the arena: for the mail to the auditors. */
const char *checkpoint_text(struct db *db, const struct checkpoint *k);
/* The public key that checks it, lower-case hex. */
const char *audit_public_key(struct db *db, const struct conf *c);

#endif
