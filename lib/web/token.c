/* token.c - what a form carries and a cookie is signed with */
#include "token.h"

#include <sodium.h>

#include "str.h"

#define NONCE 16
#define MAC   32

static void mac(const unsigned char key[32], const char *purpose, struct bytes session, const void *data, size_t n,
	unsigned char out[MAC])
{
	crypto_generichash_state state;
	unsigned char length = (unsigned char)session.size;

	crypto_generichash_init(&state, key, 32, MAC);
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, &length, 1);
	if (length)
		crypto_generichash_update(&state, session.data, length);
	crypto_generichash_update(&state, data, n);
	crypto_generichash_final(&state, out, MAC);
}

const char *token_make(struct arena *a, const unsigned char key[32], struct bytes session, struct when now)
{
	unsigned char raw[NONCE + MAC];
	uint32_t minutes = (uint32_t)(now.us / 60000000);

	for (size_t i = 0; i < 4; i++)
		raw[i] = (unsigned char)(minutes >> (24 - 8 * i));
	randombytes_buf(raw + 4, NONCE - 4);
	mac(key, "form", session, raw, NONCE, raw + NONCE);
	return str_base64url(a, raw, sizeof(raw));
}

enum token_state token_check(const char *token, const unsigned char key[32], struct bytes session, struct when now)
{
	unsigned char raw[NONCE + MAC], wanted[MAC];
	uint32_t minutes = (uint32_t)(now.us / 60000000), made = 0;
	size_t n;

	if (!token || !str_from_base64url(token, raw, sizeof(raw), &n) || n != sizeof(raw))
		return TOKEN_BAD;
	mac(key, "form", session, raw, NONCE, wanted);
	if (sodium_memcmp(wanted, raw + NONCE, MAC) != 0)
		return TOKEN_BAD;
	for (size_t i = 0; i < 4; i++)
		made = made << 8 | raw[i];
	/* clocks of two servers may differ by a minute or two */
	return made > minutes + 5 || minutes > made + TOKEN_MINUTES ? TOKEN_OLD : TOKEN_GOOD;
}

const char *sealed_cookie(struct arena *a, const unsigned char key[32], struct bytes session, const char *text)
{
	unsigned char m[MAC];
	const char *left = str_base64url(a, text, strlen(text)), *right;

	mac(key, "cookie", session, text, strlen(text), m);
	right = str_base64url(a, m, sizeof(m));
	return left && right ? arena_printf(a, "%s.%s", left, right) : NULL;
}

const char *sealed_cookie_open(struct arena *a, const unsigned char key[32], struct bytes session, const char *value)
{
	const char *dot = strchr(value, '.');
	unsigned char given[MAC], wanted[MAC];
	size_t n, room = dot ? (size_t)(dot - value) + 1 : 0;
	char *text = dot ? arena_alloc(a, room) : NULL, *left = dot ? arena_strndup(a, value, room - 1) : NULL;

	if (!text || !left || !str_from_base64url(dot + 1, given, sizeof(given), &n) || n != MAC)
		return NULL;
	if (!str_from_base64url(left, text, room - 1, &n))
		return NULL;
	text[n] = '\0';
	mac(key, "cookie", session, text, n, wanted);
	return sodium_memcmp(given, wanted, MAC) ? NULL : text;
}
