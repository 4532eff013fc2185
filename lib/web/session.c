/* session.c - who is asking, and may it come from there */
#include "session.h"

#include <arpa/inet.h>

#include "intl.h"
#include "log.h"
#include "person.h"
#include "route.h"
#include "str.h"

const char *session_cookie(const struct conf *c)
{
	return c->cookie_secure ? "__Host-prm" : "prm";
}

const char *flash_cookie(const struct conf *c)
{
	return c->cookie_secure ? "__Host-prm-flash" : "prm-flash";
}

static int read_cookie(struct req *q, const struct env *env, bool *stale)
{
	const char *token;
	int rc = parse_cookie(q->arena, env_get(env, "HTTP_COOKIE"), session_cookie(q->conf), &token);

	if (rc || !*token)
		return OK;
	rc = user_by_session(q->db, q->conf, token, q->user);
	if (rc != E_NOTFOUND)
		return rc;
	*stale = true;
	err_clear(q->err);
	return OK;
}

static int read_bearer(struct req *q, const struct env *env)
{
	const char *header = env_get(env, "HTTP_AUTHORIZATION");
	int rc;

	if (!*header)
		return OK;
	if (strncasecmp(header, "Bearer ", 7) != 0 || strnlen(header, 200) == 200)
		return fail(q->err, E_AUTH, _("The Authorization header must be \"Bearer\" and an API token."));
	header += 7;
	header += strspn(header, " ");
	rc = user_by_token(q->db, header, q->user);
	if (rc == E_NOTFOUND) {
		LOG(LOG_NOTE, "authn_token_invalid", LOG_TEXT("address", q->address), LOG_TEXT("request", q->request_id));
		return fail(q->err, E_AUTH, _("The API token is unknown, expired or revoked."));
	}
	return rc;
}

int session_read(struct req *q, const struct env *env, bool *stale)
{
	int rc;

	*stale = false;
	rc = q->face == FACE_JSON ? read_bearer(q, env) : read_cookie(q, env, stale);
	q->user->address = q->address;
	q->user->agent = q->agent;
	if (rc || !q->user->person_id)
		return rc;
	if (!str_empty(q->user->language))
		q->language = q->user->language;
	intl_use(q->language);
	/* at most once a minute, so it is not one of a page's three queries */
	if (q->db->now.us - q->user->seen_at.us > 60000000)
		return session_touch(q->db, q->user);
	return OK;
}

/* ---- rights ---- */

/* address in "10.0.0.0/8" or "10.1.2.3" */
static bool in_network(const char *address, const char *network, size_t n)
{
	unsigned char a[16], b[16];
	char text[64];
	char *slash;
	int family = strchr(address, ':') ? AF_INET6 : AF_INET;
	int64_t bits = family == AF_INET ? 32 : 128;

	if (n >= sizeof(text))
		return false;
	memcpy(text, network, n);
	text[n] = '\0';
	slash = strchr(text, '/');
	if (slash)
		*slash++ = '\0';
	if (slash && !str_to_int(slash, 0, bits, &bits))
		return false;
	if (inet_pton(family, address, a) != 1 || inet_pton(family, text, b) != 1)
		return false;
	for (size_t i = 0; bits > 0; i++, bits -= 8) {
		unsigned mask = bits >= 8 ? 0xff : (0xff00u >> bits) & 0xff;

		if ((a[i] & mask) != (b[i] & mask))
			return false;
	}
	return true;
}

static bool admin_address(const struct req *q)
{
	const char *s = q->conf->admin_allow;

	if (str_empty(s))
		return true;
	while (*s) {
		size_t n;

		s += strspn(s, ", \t");
		n = strcspn(s, ", \t");
		if (n && in_network(q->address, s, n))
			return true;
		s += n;
	}
	return false;
}

static int refuse(struct req *q, int rc)
{
	LOG(LOG_NOTE, "authz_fail", LOG_TEXT("route", q->route->pattern), LOG_NUM("user", q->user->person_id),
		LOG_TEXT("why", rc_name((enum rc)rc)), LOG_TEXT("address", q->address),
		LOG_TEXT("request", q->request_id));
	return rc;
}

int session_may(struct req *q)
{
	const struct user *u = q->user;

	if (str_starts(q->path, "/admin") && !admin_address(q))
		return refuse(q, fail(q->err, E_FORBIDDEN, _("This part of the portal cannot be used from your network.")));
	if (!user_may(u, q->route->right)) {
		if (!u->person_id)
			return fail(q->err, E_AUTH, _("Please sign in first."));
		return refuse(q, fail(q->err, E_FORBIDDEN, _("You do not have the right to do this.")));
	}
	/* administrators set up their second factor before they change anything; they may look */
	if (u->must_enroll_totp && (q->route->flags & STEP_UP))
		return fail(q->err, E_STEPUP, _("Set up your second factor first."));
	if ((q->route->flags & STEP_UP) &&
	    q->db->now.us - u->stepped_up_at.us > (int64_t)STEP_UP_SECONDS * 1000000)
		return fail(q->err, E_STEPUP, q->face == FACE_JSON ? _("This needs a token with the scope \"admin\".") :
			_("Please give your password again."));
	return OK;
}

/* ---- origin ---- */

/* url begins with our origin, and there is nothing but a path behind it */
static bool is_ours(const struct conf *c, const char *url)
{
	const char *host = strstr(c->base_url, "://");
	size_t n = host ? (size_t)(host - c->base_url) + 3 + strcspn(host + 3, "/") : strlen(c->base_url);

	return !strncasecmp(url, c->base_url, n) && (!url[n] || url[n] == '/');
}

int session_same_origin(struct req *q, const struct env *env)
{
	const char *site = env_get(env, "HTTP_SEC_FETCH_SITE");
	const char *origin = env_get(env, "HTTP_ORIGIN"), *referer = env_get(env, "HTTP_REFERER");
	bool ours;

	/* every browser of the last five years says at least one of the three */
	if (*site)
		ours = str_eq(site, "same-origin") || str_eq(site, "none");
	else if (*origin)
		ours = is_ours(q->conf, origin);
	else
		ours = *referer && is_ours(q->conf, referer);
	if (ours)
		return OK;
	fail(q->err, E_FORBIDDEN, _("This form was sent from another site."));
	fail_hint(q->err, _("Open the page here and send it again."));
	return refuse(q, E_FORBIDDEN);
}
