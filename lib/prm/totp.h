/* totp.h - the second factor: time-based codes (RFC 6238) and recovery codes
 *
 * A code works once: the last time step accepted is kept.  Recovery codes have 120 random
 * bits (ASVS 5.0 V6.5.2: 112 allow a plain keyed hash) and work once.
 */
#ifndef PRM_TOTP_H
#define PRM_TOTP_H

#include "user.h"

#define TOTP_SECRET_SIZE 20
#define TOTP_STEP 30           /* seconds */
#define RECOVERY_CODES 10
#define RECOVERY_CHARS 24      /* of base32: five bits each */

/* Whether code is right at one step around now that is newer than last_step; *step is that one. */
bool totp_match(const unsigned char *secret, size_t size, const char *code, struct when now, int64_t last_step,
	int64_t *step);

/* ---- enrolment: a secret is proposed, shown, and kept once a code proves it ---- */
/* A new secret sealed for u for 15 minutes: the form's hidden value. */
int totp_propose(struct db *db, const struct conf *c, const struct user *u, const char **sealed);
/* What the person types into an authenticator: base32 in groups of four; the otpauth: URI. */
int totp_proposed(struct db *db, const struct conf *c, const struct user *u, const char *sealed,
	const char **typed, const char **uri);
/* A QR code as an SVG document. */
int qr_svg(struct db *db, const char *text, const char **svg);
/* Keeps the secret; *codes: RECOVERY_CODES texts, shown once. E_INVALID on field "code". */
int totp_enrol(struct db *db, const struct conf *c, const struct user *u, const char *sealed, const char *code,
	const char *const **codes);
/* Takes the factor off a person: their own, or by an administrator. */
int totp_remove(struct db *db, const struct user *u, int64_t person_id);
/* A new set of recovery codes; the old ones end. */
int recovery_make(struct db *db, const struct conf *c, const struct user *u, const char *const **codes);
int recovery_left(struct db *db, int64_t person_id, int64_t *left);

/* ---- use: inside the transaction of what the code opens ---- */
/* A code of either kind; uses it up. E_AUTH when it is wrong, old or used. *recovery: it was one of those. */
int factor_use(struct db *db, const struct conf *c, int64_t person_id, const char *code, bool *recovery);

#endif
