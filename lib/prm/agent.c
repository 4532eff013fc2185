/* agent.c - what a person would call the browser behind a User-Agent */
#include "agent.h"
#include "intl.h"
#include "str.h"

#include <string.h>

struct sign { const char *mark, *name; };

/* Nearly every browser claims to be several; the first that is found counts. */
static const struct sign browsers[] = {
	{ "Edg/", "Edge" }, { "EdgA/", "Edge" }, { "OPR/", "Opera" }, { "Vivaldi/", "Vivaldi" },
	{ "SamsungBrowser/", "Samsung Internet" }, { "FxiOS/", "Firefox" }, { "Firefox/", "Firefox" },
	{ "CriOS/", "Chrome" }, { "Chrome/", "Chrome" }, { "Version/", "Safari" }, { NULL, NULL }
};
static const struct sign systems[] = {
	{ "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" }, { "Windows", "Windows" },
	{ "CrOS", "ChromeOS" }, { "Macintosh", "Mac" }, { "Linux", "Linux" }, { NULL, NULL }
};

static const struct sign *first(const struct sign *signs, const char *agent)
{
	for (const struct sign *s = signs; s->mark; s++)
		if (strstr(agent, s->mark))
			return s;
	return NULL;
}

const char *agent_text(struct arena *a, const char *agent)
{
	const struct sign *b, *s;
	const char *version;
	int n;

	if (str_empty(agent))
		return "";
	b = first(browsers, agent);
	s = first(systems, agent);
	if (!b) {
		n = (int)strcspn(agent, " ;(");
		version = memchr(agent, '/', (size_t)n);
		return version ? arena_printf(a, "%.*s %.*s", (int)(version - agent), agent,
			n - (int)(version - agent) - 1, version + 1) : arena_printf(a, "%.*s", n, agent);
	}
	version = strstr(agent, b->mark) + strlen(b->mark);
	n = (int)strspn(version, "0123456789");
	if (!s)
		return arena_printf(a, "%s %.*s", b->name, n, version);
	return arena_printf(a, _("%s %.*s on %s"), b->name, n, version, s->name);
}
