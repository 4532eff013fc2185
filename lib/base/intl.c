/* intl.c - marks for translation
 *
 * Reads GNU .mo catalogues itself: libc's gettext chooses by the process's
 * locale, and the language here changes with every request, on hosts that have
 * no locale but C.
 */
#include "intl.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plural.h"
#include "str.h"

#define DOMAIN_FILE  "prm.mo"
#define MAX_LANGUAGE 16
#define MAX_LOADED   64             /* languages kept open */
#define MAX_CATALOGUE (8 << 20)
#define MAGIC        0x950412deu

struct catalogue {
	char language[MAX_LANGUAGE];
	const char *map;            /* NULL: there is none, texts stay as they are */
	uint32_t size, count, ids, texts;
};

/* Read-only once loaded; only "current" changes, with each request. */
static char catalogue_dir[400];
static struct catalogue loaded[MAX_LOADED] = { { "en", NULL, 0, 0, 0, 0 } };
static size_t n_loaded = 1;
static const struct catalogue *current = &loaded[0];

static uint32_t word(const struct catalogue *c, size_t at)
{
	uint32_t v;

	memcpy(&v, c->map + at, sizeof(v));
	return v;
}

/* Entry i of the table of ids or texts; what it names was checked when loading. */
static const char *entry(const struct catalogue *c, uint32_t table, uint32_t i, uint32_t *len)
{
	*len = word(c, table + (size_t)i * 8);
	return c->map + word(c, table + (size_t)i * 8 + 4);
}

static bool table_fits(const struct catalogue *c, uint32_t table)
{
	if (table > c->size || c->count > (c->size - table) / 8)
		return false;
	for (uint32_t i = 0; i < c->count; i++) {
		uint32_t len = word(c, table + (size_t)i * 8), at = word(c, table + (size_t)i * 8 + 4);

		if (at >= c->size || len >= c->size - at || c->map[at + len])
			return false;
	}
	return true;
}

static void load(struct catalogue *c, const char *path)
{
	struct stat st;
	void *map;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size >= 28 && st.st_size < MAX_CATALOGUE) {
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (map != MAP_FAILED) {
			c->map = map;
			c->size = (uint32_t)st.st_size;
			c->count = word(c, 8);
			c->ids = word(c, 12);
			c->texts = word(c, 16);
			if (word(c, 0) != MAGIC || !table_fits(c, c->ids) || !table_fits(c, c->texts)) {
				munmap(map, (size_t)st.st_size);
				c->map = NULL;
			}
		}
	}
	close(fd);
}

/* The text of an id with all its forms (len bytes, each form with its NUL), or NULL. */
static const char *find(const struct catalogue *c, const char *id, uint32_t *len)
{
	uint32_t from = 0, to = c->count, middle;

	while (c->map && from < to) {
		int order;

		middle = from + (to - from) / 2;
		order = strcmp(id, entry(c, c->ids, middle, len));
		if (!order) {
			const char *text = entry(c, c->texts, middle, len);

			return *text ? text : NULL;
		}
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

const char *intl_text(const char *msgid)
{
	uint32_t len;
	/* The empty id is the catalogue's header. */
	const char *text = msgid && *msgid ? find(current, msgid, &len) : NULL;

	return text ? text : msgid;
}

const char *intl_plural(const char *one, const char *many, unsigned long n)
{
	uint32_t len, header_len;
	const char *text = find(current, one, &len), *end;
	unsigned form;

	if (!text)
		return n == 1 ? one : many;
	end = text + len;
	for (form = plural_form(find(current, "", &header_len), n); form; form--) {
		size_t step = strlen(text) + 1;

		if ((size_t)(end - text) < step)
			break;
		text += step;
	}
	return *text ? text : many;
}

void intl_start(const char *dir)
{
	str_copy(catalogue_dir, sizeof(catalogue_dir), str_or(dir, ""));
}

static bool well_formed(const char *language)
{
	size_t n = language ? strlen(language) : 0;

	return n >= 2 && n < MAX_LANGUAGE &&
		strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == n;
}

void intl_use(const char *language)
{
	struct catalogue *c;
	char path[sizeof(catalogue_dir) + 64];

	current = &loaded[0];
	if (!well_formed(language))
		return;
	for (size_t i = 0; i < n_loaded; i++)
		if (str_eq(loaded[i].language, language)) {
			current = loaded[i].map || !i ? &loaded[i] : &loaded[0];
			return;
		}
	if (n_loaded == MAX_LOADED || !catalogue_dir[0])
		return;
	c = &loaded[n_loaded++];
	str_copy(c->language, sizeof(c->language), language);
	snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/" DOMAIN_FILE, catalogue_dir, language);
	load(c, path);
	if (c->map)
		current = c;
}

const char *intl_language(void)
{
	return current->language;
}
