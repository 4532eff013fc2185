/* domain.c - the registrable domain behind a host, URL or e-mail address
 *
 * Public suffixes from libpsl, private section on: x.github.io is its own owner.
 */
#include "match.h"

#include <ctype.h>
#include <libpsl.h>
#include <string.h>
#include <unicode/uidna.h>

#include "str.h"

#define MAX_HOST 253

/* Mailboxes anybody can have: they say nothing about whose customer it is. */
static const char *const free_mail[] = {
	"126.com", "139.com", "163.com", "aol.com", "arcor.de", "bol.com.br", "btinternet.com", "bluewin.ch", "centrum.cz",
	"comcast.net", "daum.net", "email.com", "fastmail.com", "fastmail.fm", "foxmail.com", "free.fr", "freemail.hu",
	"freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hanmail.net",
	"hey.com", "hushmail.com", "icloud.com", "ig.com.br", "inbox.com", "inbox.lv", "inbox.ru", "interia.pl",
	"juno.com", "laposte.net", "libero.it", "list.ru", "live.com", "mac.com", "mail.com", "mail.de", "mail.ru",
	"mailbox.org", "mailinator.com", "me.com", "msn.com", "naver.com", "o2.pl", "onet.pl", "orange.fr", "outlook.com",
	"pm.me", "posteo.de", "proton.me", "protonmail.ch", "protonmail.com", "qq.com", "rambler.ru", "rediffmail.com",
	"rocketmail.com", "seznam.cz", "sfr.fr", "sina.com", "sky.com", "t-online.de", "talktalk.net", "telenet.be",
	"terra.com.br", "tiscali.it", "tuta.com", "tutanota.com", "ukr.net", "uol.com.br", "verizon.net", "virgilio.it",
	"wanadoo.fr", "web.de", "wp.pl", "yandex.com", "yandex.ru", "yeah.net", "ymail.com", "zoho.com",
};
/* Hosts that give mailboxes under many countries' suffixes: yahoo.co.in, hotmail.fr. */
static const char *const free_stems[] = { "gmx.", "hotmail.", "live.", "outlook.", "yahoo.", "yandex." };

bool match_free_mail(const char *domain)
{
	for (size_t i = 0; domain && i < sizeof(free_mail) / sizeof(free_mail[0]); i++)
		if (!strcasecmp(domain, free_mail[i]))
			return true;
	for (size_t i = 0; domain && i < sizeof(free_stems) / sizeof(free_stems[0]); i++)
		if (!strncasecmp(domain, free_stems[i], strlen(free_stems[i])))
			return true;
	return false;
}

/* The host inside "https://user@www.x.de:8080/y" or "a@x.de", as written. */
static char *host_in(struct arena *a, const char *s)
{
	const char *at, *start = s;
	size_t n;

	if ((at = strstr(start, "://")))
		start = at + 3;
	else if (!strncmp(start, "//", 2))
		start += 2;
	n = strcspn(start, "/?#");
	for (size_t i = 0; i < n; i++)          /* the last @ ends the user's part */
		if (start[i] == '@') {
			start += i + 1;
			n -= i + 1;
			i = (size_t)-1;
		}
	n = strcspn(start, ":/?#") < n ? strcspn(start, ":/?#") : n;
	while (n && start[n - 1] == '.')
		n--;
	return arena_strndup(a, start, n);
}

/* Lower-case ASCII; NULL when it is no host name. */
static char *host_ascii(struct arena *a, const char *host)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	static UIDNA *idna;
	char *out = arena_alloc(a, MAX_HOST + 2);
	int32_t n;

	if (!idna)
		idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES, &status);
	if (!idna || !out || U_FAILURE(status))
		return NULL;
	n = uidna_nameToASCII_UTF8(idna, host, -1, out, MAX_HOST + 1, &info, &status);
	if (U_FAILURE(status) || info.errors || n < 3 || n > MAX_HOST || !strchr(out, '.'))
		return NULL;
	return out;
}

static bool is_address(const char *host)
{
	return strspn(host, "0123456789.") == strlen(host);
}

static const psl_ctx_t *suffixes(void)
{
	static psl_ctx_t *list;

	if (!list)
		list = psl_latest(NULL);        /* the system's file when newer than the built-in one */
	return list ? list : psl_builtin();
}

/* RFC 2606 keeps these for examples and tests: customers of demonstrations live there. */
static bool is_example(const char *last_label)
{
	return str_eq(last_label, "example") || str_eq(last_label, "test");
}

char *match_host(struct arena *a, const char *text)
{
	char *s = text ? str_trim(a, text) : NULL;

	if (str_empty(s) || !(s = host_in(a, s)))
		return NULL;
	s = host_ascii(a, s);
	return s && !is_address(s) ? s : NULL;
}

char *match_domain_key(struct arena *a, const char *host)
{
	char *ascii = match_host(a, host);
	const char *registrable;

	if (!ascii || !suffixes())
		return NULL;
	registrable = psl_registrable_domain(suffixes(), ascii);
	/* An unknown last label is a suffix by the list's default rule: "acme.intern" is no customer. */
	if (!registrable || (!is_example(strrchr(ascii, '.') + 1) && !psl_is_public_suffix2(suffixes(),
			strrchr(ascii, '.') + 1, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE)))
		return NULL;
	if (match_free_mail(registrable) || match_free_mail(ascii))
		return NULL;
	return arena_strdup(a, registrable);
}
