/* text.c - what people type, made regular: NFC, hosts, e-mail addresses, URLs */
#include "field_part.h"

#include <string.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "str.h"

#define MAX_HOST  253
#define MAX_LABEL 63

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

char *text_nfc(struct arena *a, const char *s)
{
	size_t len = strlen(s), room = 3 * len + 1;    /* NFC grows UTF-8 at most threefold */
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	UChar *wide, *normal;
	char *out;
	int32_t n = 0;

	if (is_ascii(s))
		return arena_strndup(a, s, len);
	wide = arena_array(a, len + 1, sizeof(UChar));
	normal = arena_array(a, room, sizeof(UChar));
	out = arena_alloc(a, room);
	if (!wide || !normal || !out || room > INT32_MAX)
		return NULL;
	u_strFromUTF8(wide, (int32_t)len + 1, &n, s, (int32_t)len, &status);
	n = unorm2_normalize(nfc, wide, n, normal, (int32_t)room, &status);
	u_strToUTF8(out, (int32_t)room, NULL, normal, n, &status);
	return U_SUCCESS(status) ? out : NULL;
}

/* Letters, digits and inner hyphens, 1..63 a label, two labels, the last not a number. */
static bool host_shape(const char *s)
{
	const char *label = s;
	bool dot = false, letters = false;

	if (strlen(s) > MAX_HOST)
		return false;
	for (;; s++) {
		if (*s && *s != '.') {
			bool digit = *s >= '0' && *s <= '9';

			letters |= !digit;
			if (!digit && !(*s >= 'a' && *s <= 'z') && *s != '-')
				return false;
			continue;
		}
		if (s == label || s - label > MAX_LABEL || *label == '-' || s[-1] == '-')
			return false;
		if (!*s)
			return dot && letters;
		dot = true;
		letters = false;
		label = s + 1;
	}
}

static char *host_ascii(struct arena *a, const char *s)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UIDNA *idna;
	char *out = arena_alloc(a, 2 * MAX_HOST);

	if (!out || strlen(s) > 4 * MAX_HOST)
		return NULL;
	idna = uidna_openUTS46(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
		UIDNA_NONTRANSITIONAL_TO_ASCII, &status);
	uidna_nameToASCII_UTF8(idna, s, (int32_t)strlen(s), out, 2 * MAX_HOST, &info, &status);
	uidna_close(idna);
	return U_SUCCESS(status) && !info.errors && host_shape(out) ? out : NULL;
}

char *text_host(struct arena *a, const char *s)
{
	const char *start = strstr(s, "://"), *at;
	size_t n;
	char *host;

	start = start && start - s < 10 ? start + 3 : s;
	n = strcspn(start, "/?#\\");
	at = memrchr(start, '@', n);
	if (at) {
		n -= (size_t)(at + 1 - start);
		start = at + 1;
	}
	host = arena_strndup(a, start, n);
	if (!host)
		return NULL;
	host[strcspn(host, ":")] = '\0';
	host = str_trim(a, host);
	n = host ? strlen(host) : 0;
	if (n && host[n - 1] == '.')
		host[n - 1] = '\0';
	return n ? host_ascii(a, host) : NULL;
}

/* The dot-atom of RFC 5321; quoted local parts are not taken. */
static bool local_shape(const char *s, size_t n)
{
	if (!n || n > 64 || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		bool letter = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z') ||
			(s[i] >= '0' && s[i] <= '9');

		if (!letter && (!s[i] || !strchr("!#$%&'*+-/=?^_`{|}~.", s[i])))
			return false;
		if (s[i] == '.' && s[i + 1] == '.')
			return false;
	}
	return true;
}

char *text_email(struct arena *a, const char *s)
{
	const char *at = strchr(s, '@');
	char *host, *out;

	if (!at || !local_shape(s, (size_t)(at - s)) || strpbrk(at + 1, "@/?#:\\ "))
		return NULL;
	host = text_host(a, at + 1);
	out = host ? arena_printf(a, "%.*s@%s", (int)(at - s), s, host) : NULL;
	return out && strlen(out) <= 254 ? out : NULL;
}

char *text_url(struct arena *a, const char *s)
{
	size_t scheme = !strncasecmp(s, "https://", 8) ? 8 : !strncasecmp(s, "http://", 7) ? 7 : 0;
	struct strbuf out;
	const char *rest, *port;
	char *authority, *host;

	if (!scheme)
		return NULL;
	rest = s + scheme + strcspn(s + scheme, "/?#");
	authority = arena_strndup(a, s + scheme, (size_t)(rest - s) - scheme);
	if (!authority || strpbrk(authority, "@\\ "))
		return NULL;
	host = text_host(a, authority);
	port = strchr(authority, ':');
	if (!host || (port && !str_to_int(port + 1, 1, 65535, &(int64_t){ 0 })))
		return NULL;
	strbuf_init(&out, a, 4 * strlen(s) + MAX_HOST);
	strbuf_addf(&out, "%s://%s%s", scheme == 8 ? "https" : "http", host, port ? port : "");
	for (; *rest; rest++) {
		unsigned char c = (unsigned char)*rest;

		if (c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}", c))
			strbuf_addf(&out, "%%%02X", c);
		else
			strbuf_addc(&out, *rest);
	}
	return out.overflow ? NULL : out.text;
}
