/* secret.c - values sealed with the installation's key */
#include <sodium.h>

#include "intl.h"
#include "secret.h"
#include "str.h"

#define SEAL_VERSION 1
#define SEAL_HEAD (1 + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
#define SEAL_TAIL crypto_aead_xchacha20poly1305_ietf_ABYTES

void str_cut(char *out, size_t max, const char *s)
{
	size_t n = strnlen(s, max + 1);

	if (n > max) {
		n = max;
		while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(out, s, n);
	out[n] = '\0';
}

static int seal_key(struct db *db, const struct conf *c, const char *purpose, unsigned char key[32])
{
	return conf_key(c, purpose, key) ? fail_detail(db->err, E_INTERNAL, "no key for %s", purpose) : OK;
}

int seal(struct db *db, const struct conf *c, const char *purpose, const char *bound,
	const void *data, size_t size, struct bytes *out)
{
	unsigned char key[32], *p;
	int rc = seal_key(db, c, purpose, key);

	if (rc)
		return rc;
	p = size <= SEAL_MAX ? arena_alloc(db->arena, SEAL_HEAD + size + SEAL_TAIL) : NULL;
	if (!p)
		return fail_detail(db->err, E_NOMEM, "seal %zu bytes", size);
	p[0] = SEAL_VERSION;
	randombytes_buf(p + 1, SEAL_HEAD - 1);
	crypto_aead_xchacha20poly1305_ietf_encrypt(p + SEAL_HEAD, NULL, data, size,
		(const unsigned char *)bound, strlen(bound), NULL, p + 1, key);
	sodium_memzero(key, sizeof(key));
	*out = (struct bytes){ p, SEAL_HEAD + size + SEAL_TAIL };
	return OK;
}

int unseal(struct db *db, const struct conf *c, const char *purpose, const char *bound,
	const void *data, size_t size, struct bytes *out)
{
	const unsigned char *from = data;
	unsigned char key[32], *p;
	int bad, rc;

	if (size < SEAL_HEAD + SEAL_TAIL || size > SEAL_HEAD + SEAL_MAX + SEAL_TAIL || from[0] != SEAL_VERSION)
		return fail_detail(db->err, E_INVALID, "sealed value for %s has a wrong shape", purpose);
	rc = seal_key(db, c, purpose, key);
	if (rc)
		return rc;
	p = arena_alloc(db->arena, size);       /* zeroed: what is opened ends in NUL */
	if (!p)
		return fail_detail(db->err, E_NOMEM, "unseal %zu bytes", size);
	bad = crypto_aead_xchacha20poly1305_ietf_decrypt(p, NULL, NULL, from + SEAL_HEAD, size - SEAL_HEAD,
		(const unsigned char *)bound, strlen(bound), from + 1, key);
	sodium_memzero(key, sizeof(key));
	if (bad)
		return fail_detail(db->err, E_INVALID, "sealed value for %s does not open", purpose);
	*out = (struct bytes){ p, size - SEAL_HEAD - SEAL_TAIL };
	return OK;
}

int seal_text(struct db *db, const struct conf *c, const char *purpose, const char *text, int seconds,
	const char **out)
{
	const char *dated = arena_printf(db->arena, "%" PRId64 " %s", db->now.us / 1000000 + seconds, text);
	struct bytes b = { NULL, 0 };
	int rc;

	if (!dated)
		return fail_detail(db->err, E_NOMEM, "seal text");
	rc = seal(db, c, purpose, "", dated, strlen(dated), &b);
	if (rc)
		return rc;
	*out = str_base64url(db->arena, b.data, b.size);
	return *out ? OK : fail_detail(db->err, E_NOMEM, "seal text");
}

int unseal_text(struct db *db, const struct conf *c, const char *purpose, const char *sealed, const char **out)
{
	unsigned char raw[SEAL_HEAD + SEAL_MAX + SEAL_TAIL];
	struct bytes b = { NULL, 0 };
	char *end = NULL;
	size_t n = 0;
	int rc;

	if (str_empty(sealed) || !str_from_base64url(sealed, raw, sizeof(raw), &n))
		return fail_detail(db->err, E_INVALID, "sealed text for %s is no base64url", purpose);
	rc = unseal(db, c, purpose, "", raw, n, &b);
	if (rc)
		return rc;
	if (strtoll((const char *)b.data, &end, 10) < db->now.us / 1000000 || *end != ' ')
		return fail(db->err, E_INVALID, _("This page was open too long. Start again."));
	*out = end + 1;
	return OK;
}
