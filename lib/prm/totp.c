/* totp.c - the second factor: time-based codes and recovery codes */
#include <ctype.h>
#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>

#include "event.h"
#include "intl.h"
#include "log.h"
#include "partner.h"
#include "secret.h"
#include "str.h"
#include "totp.h"

#define PROPOSAL_SECONDS 900
#define TOTP_DIGITS 6
#define TOTP_SKEW 1           /* steps a clock may be off */
#define QR_QUIET 4            /* modules of white around it */

static const char SQL_FACTOR[] = "SELECT totp_secret, totp_last_step FROM person WHERE id = ?";
static const char SQL_STEP[] =
	"UPDATE person SET totp_last_step = ? WHERE id = ? AND totp_last_step < ? AND totp_secret IS NOT NULL";
static const char SQL_KEEP[] =
	"UPDATE person SET totp_secret = ?, totp_last_step = ?, version = version + 1 WHERE id = ?";
static const char SQL_REMOVE[] =
	"UPDATE person SET totp_secret = NULL, version = version + 1 WHERE id = ? AND totp_secret IS NOT NULL";
static const char SQL_RECOVERY_END[] = "DELETE FROM recovery_code WHERE person_id = ?";
static const char SQL_RECOVERY_ADD[] = "INSERT INTO recovery_code (person_id, hash) VALUES (?, ?)";
static const char SQL_RECOVERY_USE[] =
	"UPDATE recovery_code SET used_at = ? WHERE person_id = ? AND hash = ? AND used_at IS NULL";
static const char SQL_RECOVERY_LEFT[] =
	"SELECT COUNT(*) FROM recovery_code WHERE person_id = ? AND used_at IS NULL";

struct factor { struct bytes totp_secret; int64_t totp_last_step; };
static const struct column factor_columns[] = { COL(factor, totp_secret), COL(factor, totp_last_step), COL_END };

static const char *bound_to(struct db *db, int64_t person_id)
{
	return str_or(arena_printf(db->arena, "person %" PRId64, person_id), "person");
}

bool totp_match(const unsigned char *secret, size_t size, const char *code, struct when now, int64_t last_step,
	int64_t *step)
{
	int64_t current = now.us / 1000000 / TOTP_STEP;
	bool match = false;

	if (strlen(code) != TOTP_DIGITS)
		return false;
	for (int64_t s = current - TOTP_SKEW; s <= current + TOTP_SKEW; s++) {
		char right[TOTP_DIGITS + 1];

		if (s <= last_step || oath_totp_generate((const char *)secret, size, (time_t)(s * TOTP_STEP),
				TOTP_STEP, 0, TOTP_DIGITS, right) != OATH_OK)
			continue;
		if (sodium_memcmp(right, code, TOTP_DIGITS) == 0) {
			match = true;
			*step = s;
		}
	}
	return match;
}

/* ---- enrolment ---- */

static char *base32(struct db *db, const void *p, size_t size)
{
	char *text = NULL, *copy = NULL;
	size_t n;

	if (oath_base32_encode(p, size, &text, &n) == OATH_OK)
		copy = arena_strndup(db->arena, text, strcspn(text, "="));
	free(text);
	return copy;
}

static char *in_fours(struct db *db, const char *s, char between)
{
	size_t n = strlen(s), k = 0;
	char *out = arena_alloc(db->arena, n + n / 4 + 1);

	for (size_t i = 0; out && i < n; i++) {
		if (i && i % 4 == 0)
			out[k++] = between;
		out[k++] = s[i];
	}
	return out;
}

int totp_propose(struct db *db, const struct conf *c, const struct user *u, const char **sealed)
{
	unsigned char secret[TOTP_SECRET_SIZE];
	const char *text;

	randombytes_buf(secret, sizeof(secret));
	text = arena_printf(db->arena, "%" PRId64 " %s", u->person_id, str_hex(db->arena, secret, sizeof(secret)));
	sodium_memzero(secret, sizeof(secret));
	return text ? seal_text(db, c, "totp-proposal", text, PROPOSAL_SECONDS, sealed) :
		fail_detail(db->err, E_NOMEM, "totp");
}

/* The proposed secret, when sealed was made for u. */
static int proposal_open(struct db *db, const struct conf *c, const struct user *u, const char *sealed,
	unsigned char secret[TOTP_SECRET_SIZE])
{
	const char *text, *mine = arena_printf(db->arena, "%" PRId64 " ", u->person_id);
	size_t n = 0;
	int rc = unseal_text(db, c, "totp-proposal", sealed, &text);

	if (rc)
		return rc;
	if (!mine || !str_starts(text, mine) || sodium_hex2bin(secret, TOTP_SECRET_SIZE, text + strlen(mine),
			strlen(text) - strlen(mine), NULL, &n, NULL) || n != TOTP_SECRET_SIZE)
		return fail_detail(db->err, E_INVALID, "totp proposal of somebody else");
	return OK;
}

int totp_proposed(struct db *db, const struct conf *c, const struct user *u, const char *sealed,
	const char **typed, const char **uri)
{
	unsigned char secret[TOTP_SECRET_SIZE];
	struct programme programme = { .name = NULL };
	const char *text, *site;
	int rc = proposal_open(db, c, u, sealed, secret);

	if (rc)
		return rc;
	rc = programme_get(db, &programme);
	if (rc && rc != E_NOTFOUND)
		return rc;
	err_clear(db->err);
	site = str_url(db->arena, str_or(programme.name, c->site_name));
	text = base32(db, secret, sizeof(secret));
	sodium_memzero(secret, sizeof(secret));
	if (!text || !site)
		return fail_detail(db->err, E_NOMEM, "totp");
	*typed = in_fours(db, text, ' ');
	*uri = arena_printf(db->arena, "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d",
		site, str_url(db->arena, u->email), text, site, TOTP_DIGITS, TOTP_STEP);
	return *typed && *uri ? OK : fail_detail(db->err, E_NOMEM, "totp");
}

int qr_svg(struct db *db, const char *text, const char **svg)
{
	QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct strbuf b;
	int side;

	if (!q)
		return fail_detail(db->err, E_INTERNAL, "QR code of %zu bytes", strlen(text));
	side = q->width + 2 * QR_QUIET;
	strbuf_init(&b, db->arena, 200000);
	strbuf_addf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
		"<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", side, side, side, side);
	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width; x++)
			if (q->data[y * q->width + x] & 1)
				strbuf_addf(&b, "M%d %dh1v1h-1z", x + QR_QUIET, y + QR_QUIET);
	strbuf_add(&b, "\"/></svg>\n");
	QRcode_free(q);
	*svg = b.text;
	return b.overflow ? fail_detail(db->err, E_NOMEM, "QR code") : OK;
}

int totp_enrol(struct db *db, const struct conf *c, const struct user *u, const char *sealed, const char *code,
	const char *const **codes)
{
	unsigned char secret[TOTP_SECRET_SIZE];
	struct bytes kept = { NULL, 0 };
	int64_t step = 0;
	int rc = proposal_open(db, c, u, sealed, secret);

	if (!rc && !totp_match(secret, sizeof(secret), code, db->now, 0, &step))
		rc = fail_field(db->err, "code", _("That is not the code the app shows now. Wait for the next one."));
	if (!rc)
		rc = seal(db, c, "totp", bound_to(db, u->person_id), secret, sizeof(secret), &kept);
	sodium_memzero(secret, sizeof(secret));
	if (!rc)
		rc = db_change_one(db, SQL_KEEP, ARGS(arg_bytes(kept.data, kept.size), A(step), A(u->person_id)));
	if (!rc)
		rc = recovery_make(db, c, u, codes);
	if (rc)
		return rc;
	LOG(LOG_NOTE, "user_updated", LOG_NUM("person", u->person_id), LOG_TEXT("what", "factor_enrolled"));
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "person", .noun_id = u->person_id,
		.partner_id = u->partner_id, .what = "factor_enrolled" });
}

int totp_remove(struct db *db, const struct user *u, int64_t person_id)
{
	struct db_done done = { 0, 0 };
	int rc = db_exec(db, SQL_REMOVE, ARGS(A(person_id)), &done);

	if (!rc && done.affected != 1)
		return fail(db->err, E_CONFLICT, _("There is no second factor to remove."));
	if (!rc)
		rc = db_exec(db, SQL_RECOVERY_END, ARGS(A(person_id)), NULL);
	if (rc)
		return rc;
	LOG(LOG_NOTE, "user_updated", LOG_NUM("person", person_id), LOG_TEXT("what", "factor_removed"));
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "person", .noun_id = person_id,
		.partner_id = u->partner_id, .what = "factor_removed" });
}

/* ---- recovery codes ---- */

/* code in upper case without spaces and hyphens. */
static const char *code_clean(struct db *db, const char *code)
{
	char *out = arena_alloc(db->arena, strlen(code) + 1);
	size_t n = 0;

	for (; out && *code; code++)
		if (isalnum((unsigned char)*code))
			out[n++] = (char)toupper((unsigned char)*code);
	return out;
}

static int recovery_hash(struct db *db, const struct conf *c, int64_t person_id, const char *code,
	unsigned char hash[HASH_SIZE])
{
	const char *text = arena_printf(db->arena, "%" PRId64 ":%s", person_id, code);
	unsigned char key[32];

	if (!text || conf_key(c, "recovery", key))
		return fail_detail(db->err, E_INTERNAL, "no key for recovery codes");
	crypto_generichash(hash, HASH_SIZE, (const unsigned char *)text, strlen(text), key, sizeof(key));
	sodium_memzero(key, sizeof(key));
	return OK;
}

static int recovery_add(struct db *db, const struct conf *c, int64_t person_id, const char **shown)
{
	unsigned char secret[RECOVERY_CHARS * 5 / 8], hash[HASH_SIZE];
	const char *text;
	int rc;

	randombytes_buf(secret, sizeof(secret));
	text = base32(db, secret, sizeof(secret));
	if (!text)
		return fail_detail(db->err, E_NOMEM, "recovery code");
	rc = recovery_hash(db, c, person_id, text, hash);
	if (!rc)
		rc = db_exec(db, SQL_RECOVERY_ADD, ARGS(A(person_id), arg_bytes(hash, sizeof(hash))), NULL);
	*shown = in_fours(db, text, '-');
	return rc ? rc : *shown ? OK : fail_detail(db->err, E_NOMEM, "recovery code");
}

int recovery_make(struct db *db, const struct conf *c, const struct user *u, const char *const **codes)
{
	const char **list = arena_array(db->arena, RECOVERY_CODES, sizeof(*list));
	int rc = list ? db_exec(db, SQL_RECOVERY_END, ARGS(A(u->person_id)), NULL) :
		fail_detail(db->err, E_NOMEM, "recovery codes");

	for (int i = 0; !rc && i < RECOVERY_CODES; i++)
		rc = recovery_add(db, c, u->person_id, &list[i]);
	if (rc)
		return rc;
	*codes = list;
	return event_add(db, u, TO_AUDIT, &(struct event){ .noun = "person", .noun_id = u->person_id,
		.partner_id = u->partner_id, .what = "recovery_codes_made" });
}

int recovery_left(struct db *db, int64_t person_id, int64_t *left)
{
	return db_int(db, SQL_RECOVERY_LEFT, ARGS(A(person_id)), left);
}

/* ---- use ---- */

static int wrong_code(struct db *db)
{
	return fail(db->err, E_AUTH, _("That code is not right, or was used already."));
}

static int use_recovery(struct db *db, const struct conf *c, int64_t person_id, const char *code)
{
	unsigned char hash[HASH_SIZE];
	struct db_done done = { 0, 0 };
	int rc = recovery_hash(db, c, person_id, code, hash);

	if (!rc)
		rc = db_exec(db, SQL_RECOVERY_USE, ARGS(A(db->now), A(person_id), arg_bytes(hash, sizeof(hash))), &done);
	return rc ? rc : done.affected == 1 ? OK : wrong_code(db);
}

static int use_totp(struct db *db, const struct conf *c, int64_t person_id, const char *code)
{
	struct factor f = { { NULL, 0 }, 0 };
	struct bytes secret = { NULL, 0 };
	struct db_done done = { 0, 0 };
	int64_t step = 0;
	int rc = db_row(db, SQL_FACTOR, ARGS(A(person_id)), factor_columns, &f);

	if (rc || !f.totp_secret.size)
		return rc ? rc : wrong_code(db);
	rc = unseal(db, c, "totp", bound_to(db, person_id), f.totp_secret.data, f.totp_secret.size, &secret);
	if (rc)
		return fail_detail(db->err, E_INTERNAL, "the second factor of person %" PRId64 " does not open", person_id);
	if (!totp_match(secret.data, secret.size, code, db->now, f.totp_last_step, &step))
		return wrong_code(db);
	/* Of two at once with the same code one finds the step taken. */
	rc = db_exec(db, SQL_STEP, ARGS(A(step), A(person_id), A(step)), &done);
	return rc ? rc : done.affected == 1 ? OK : wrong_code(db);
}

int factor_use(struct db *db, const struct conf *c, int64_t person_id, const char *code, bool *recovery)
{
	const char *clean = code_clean(db, code);

	if (!clean)
		return fail_detail(db->err, E_NOMEM, "code");
	*recovery = strlen(clean) == RECOVERY_CHARS;
	return *recovery ? use_recovery(db, c, person_id, clean) : use_totp(db, c, person_id, clean);
}
