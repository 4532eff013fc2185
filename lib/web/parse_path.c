/* parse_path.c - the path of a request */
#include "req.h"

#include "intl.h"
#include "str.h"

static bool path_char(unsigned char c)
{
	return c >= 0x20 && c != 0x7f && c != '\\';
}

/* The web server has decoded the path once, and may guard some of it (/admin) by what
 * it saw.  Decoding again here would let "/%2561dmin" past such a guard: never. */
int parse_path(struct arena *a, struct err *e, const char *raw, const char **path)
{
	size_t n = strnlen(raw, MAX_PATH + 1);

	if (n > MAX_PATH)
		return fail(e, E_BAD, _("This address is too long."));
	if (raw[0] != '/' || !str_utf8_valid(raw, n))
		return fail(e, E_BAD, _("This address cannot be read."));
	for (size_t i = 0; i < n; i++)
		if (!path_char((unsigned char)raw[i]))
			return fail(e, E_BAD, _("This address cannot be read."));
	for (const char *s = raw; s; s = strchr(s + 1, '/')) {
		size_t len = strcspn(s + 1, "/");

		/* the last segment may be empty ("/", "/deals/"), none other */
		if ((!len && s[1]) || (len == 1 && s[1] == '.') || (len == 2 && s[1] == '.' && s[2] == '.'))
			return fail(e, E_BAD, _("This address cannot be read."));
	}
	*path = arena_strndup(a, raw, n);
	return *path ? OK : fail_detail(e, E_NOMEM, "path");
}
