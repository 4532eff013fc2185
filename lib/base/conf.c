/* conf.c - the installation's configuration file */
#include "conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <sodium.h>

#include "arena.h"
#include "str.h"

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc/prm"
#endif
#ifndef PKGDATADIR
#define PKGDATADIR "/usr/share/prm"
#endif
#ifndef LOCALEDIR
#define LOCALEDIR "/usr/share/locale"
#endif
#ifndef LOCALSTATEDIR
#define LOCALSTATEDIR "/var/lib/prm"
#endif

#define MAX_CONF_FILE ((size_t)64 << 10)
#define MAX_INCLUDES  4
#define KEY_PREFIX    "prm key for "

enum conf_type { CONF_TEXT, CONF_SECRET, CONF_INT, CONF_BOOL };

struct conf_name {
	const char *name;
	enum conf_type type;
	size_t offset;
	const char *otherwise;     /* CONF_TEXT, CONF_SECRET */
	int number, min, max;      /* CONF_INT, CONF_BOOL */
};

#define TEXT(m, v)             { #m, CONF_TEXT, offsetof(struct conf, m), (v), 0, 0, 0 }
#define SECRET(m)              { #m, CONF_SECRET, offsetof(struct conf, m), "", 0, 0, 0 }
#define NUMBER(m, v, min, max) { #m, CONF_INT, offsetof(struct conf, m), NULL, (v), (min), (max) }
#define SWITCH(m, v)           { #m, CONF_BOOL, offsetof(struct conf, m), NULL, (v), 0, 1 }

static const struct conf_name names[] = {
	TEXT(base_url, "http://127.0.0.1:8080"),
	TEXT(content_url, ""),
	TEXT(site_name, "Partner portal"),
	TEXT(db_socket, "/run/mysqld/mysqld.sock"),
	TEXT(db_host, ""),
	NUMBER(db_port, 3306, 1, 65535),
	TEXT(db_user, "prm"),
	SECRET(db_password),
	TEXT(db_name, "prm"),
	TEXT(template_dir, PKGDATADIR "/templates"),
	TEXT(htdocs_dir, PKGDATADIR "/htdocs"),
	TEXT(locale_dir, LOCALEDIR),
	TEXT(schema_dir, PKGDATADIR "/schema"),
	TEXT(files_dir, LOCALSTATEDIR "/files"),
	TEXT(key_file, SYSCONFDIR "/prm.key"),
	TEXT(log_file, "-"),
	TEXT(smtp_url, ""),
	TEXT(smtp_user, ""),
	SECRET(smtp_password),
	TEXT(smtp_ca, ""),
	TEXT(mail_from, ""),
	TEXT(dkim_domain, ""),
	TEXT(dkim_selector, ""),
	TEXT(dkim_key, ""),
	TEXT(common_passwords, PKGDATADIR "/common-passwords.txt"),
	TEXT(psl_file, ""),
	TEXT(trusted_proxy, ""),
	TEXT(admin_allow, ""),
	NUMBER(session_idle, 1800, 60, 86400),
	NUMBER(session_absolute, 43200, 300, 604800),
	NUMBER(argon2_memory, 47104, 8192, 1048576),
	NUMBER(argon2_ops, 1, 1, 10),
	NUMBER(requests_per_worker, 10000, 1, 100000000),
	SWITCH(totp_required, 1),
	SWITCH(development, 0),
};
#define N_NAMES (sizeof(names) / sizeof(names[0]))

/* Configurations live as long as the process; the list keeps them reachable. */
struct conf_kept {
	struct conf conf;
	struct arena *arena;
	bool given[N_NAMES];
	unsigned includes;
	struct conf_kept *next;
};
static struct conf_kept *all_kept;

static void complain(const char *path, int line, const char *what, const char *name)
{
	if (line)
		fprintf(stderr, "%s:%d: %s%s\n", path, line, what, name);
	else
		fprintf(stderr, "%s: %s%s\n", path, what, name);
}

static void set_text(struct conf *c, const struct conf_name *n, const char *v)
{
	*(const char **)((char *)c + n->offset) = v;
}

static void set_number(struct conf *c, const struct conf_name *n, int v)
{
	if (n->type == CONF_BOOL)
		*(bool *)((char *)c + n->offset) = v != 0;
	else
		*(int *)((char *)c + n->offset) = v;
}

/* What is wrong with the file's owner or mode, or NULL. */
static const char *open_to_others(const struct stat *st, bool secret)
{
	if (!S_ISREG(st->st_mode))
		return "is not a regular file";
	if (geteuid() != 0 && st->st_uid != 0 && st->st_uid != geteuid())
		return "belongs to somebody else; it must be root's or this user's";
	if (st->st_mode & 0022)
		return "group or others may write it; chmod go-w";
	if (secret && (st->st_mode & 0077))
		return "holds secrets and group or others may read it; chmod 600";
	return NULL;
}

/* The whole file as text, or NULL after a line on stderr. */
static char *read_file(struct arena *a, const char *path, bool secret, struct stat *st)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	const char *wrong = NULL;
	char *text = NULL;
	size_t len = 0;
	ssize_t n = 1;

	if (fd < 0 || fstat(fd, st)) {
		complain(path, 0, "cannot be opened: ", strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	wrong = open_to_others(st, secret);
	if (!wrong && st->st_size > (off_t)MAX_CONF_FILE)
		wrong = "is too large";
	if (!wrong) {
		text = arena_alloc(a, MAX_CONF_FILE + 1);
		while (text && len < MAX_CONF_FILE && (n = read(fd, text + len, MAX_CONF_FILE - len)) > 0)
			len += (size_t)n;
		if (!text || n < 0 || memchr(text, 0, len))
			wrong = "cannot be read";
	}
	close(fd);
	if (!wrong)
		return text;
	complain(path, 0, wrong, "");
	return NULL;
}

/* The value without its comment; quotes keep everything between them. NULL: a quote is open. */
static char *clean_value(struct arena *a, char *v)
{
	char *end;

	v = str_trim(a, v);
	if (v && *v == '"') {
		end = strchr(v + 1, '"');
		if (!end || (*str_trim(a, end + 1) && *str_trim(a, end + 1) != '#'))
			return NULL;
		*end = '\0';
		return v + 1;
	}
	for (end = v; end && *end; end++)
		if (*end == '#' && (end == v || end[-1] == ' ' || end[-1] == '\t')) {
			*end = '\0';
			break;
		}
	return v ? str_trim(a, v) : NULL;
}

static bool truth(const char *v, int *out)
{
	static const char *const words[] = { "no", "yes", "off", "on", "false", "true", "0", "1" };

	for (int i = 0; i < 8; i++)
		if (str_eq(v, words[i])) {
			*out = i & 1;
			return true;
		}
	return false;
}

/* What is wrong with the value, or NULL. */
static const char *set_value(struct conf *c, const struct conf_name *n, const char *v)
{
	int64_t number = 0;
	int on = 0;

	switch (n->type) {
	case CONF_TEXT:
	case CONF_SECRET:
		set_text(c, n, v);
		return NULL;
	case CONF_INT:
		if (!str_to_int(v, n->min, n->max, &number))
			return "not a number in range: ";
		set_number(c, n, (int)number);
		return NULL;
	case CONF_BOOL:
		if (!truth(v, &on))
			return "neither yes nor no: ";
		set_number(c, n, on);
		return NULL;
	}
	return NULL;
}

static int read_one(struct conf_kept *k, const char *path);

static int read_include(struct conf_kept *k, const char *path, int line, const char *value)
{
	if (++k->includes > MAX_INCLUDES) {
		complain(path, line, "too many includes: ", value);
		return -1;
	}
	return read_one(k, value);
}

static int read_pair(struct conf_kept *k, const char *path, int line, const char *name,
	const char *value, const struct stat *st)
{
	const char *wrong;

	if (str_eq(name, "include"))
		return read_include(k, path, line, value);
	for (size_t i = 0; i < N_NAMES; i++) {
		if (!str_eq(name, names[i].name))
			continue;
		wrong = k->given[i] ? "given twice: " : set_value(&k->conf, &names[i], value);
		k->given[i] = true;
		if (wrong) {
			complain(path, line, wrong, name);
			return -1;
		}
		wrong = names[i].type == CONF_SECRET && *value ? open_to_others(st, true) : NULL;
		if (wrong) {
			complain(path, 0, wrong, "");
			return -1;
		}
		return 0;
	}
	complain(path, line, "unknown name ", name);
	return -1;
}

static int read_line(struct conf_kept *k, const char *path, int line, char *text, const struct stat *st)
{
	char *name = str_trim(k->arena, text), *equals, *value;

	if (!name)
		return -1;
	if (!*name || *name == '#')
		return 0;
	equals = strchr(name, '=');
	if (!equals) {
		complain(path, line, "not of the form name = value", "");
		return -1;
	}
	*equals = '\0';
	name = str_trim(k->arena, name);
	value = clean_value(k->arena, equals + 1);
	if (!name || !value) {
		complain(path, line, "cannot read the value of ", name ? name : "");
		return -1;
	}
	return read_pair(k, path, line, name, value, st);
}

static int read_one(struct conf_kept *k, const char *path)
{
	struct stat st;
	char *text = read_file(k->arena, path, false, &st);
	int rc = 0;

	if (!text)
		return -1;
	/* All wrong lines are told, not only the first. */
	for (int line = 1; text; line++) {
		char *next = strchr(text, '\n');

		if (next)
			*next++ = '\0';
		if (read_line(k, path, line, text, &st))
			rc = -1;
		text = next;
	}
	return rc;
}

static int check_whole(const struct conf *c, const char *path)
{
	size_t n = strlen(c->base_url);

	if (!str_starts(c->base_url, "http://") && !str_starts(c->base_url, "https://")) {
		complain(path, 0, "base_url must start with http:// or https://", "");
		return -1;
	}
	if (c->base_url[n - 1] == '/') {
		complain(path, 0, "base_url must not end in /", "");
		return -1;
	}
	return 0;
}

const struct conf *conf_read(const char *path)
{
	struct conf_kept *k = calloc(1, sizeof(*k));

	if (!path)
		path = str_or(getenv("PRM_CONF"), SYSCONFDIR "/prm.conf");
	if (k)
		k->arena = arena_new((size_t)1 << 20);
	if (!k || !k->arena) {
		free(k);
		complain(path, 0, "out of memory", "");
		return NULL;
	}
	for (size_t i = 0; i < N_NAMES; i++) {
		if (names[i].otherwise)
			set_text(&k->conf, &names[i], names[i].otherwise);
		else
			set_number(&k->conf, &names[i], names[i].number);
	}
	if (read_one(k, path) || check_whole(&k->conf, path)) {
		arena_free(k->arena);
		free(k);
		return NULL;
	}
	k->conf.cookie_secure = str_starts(k->conf.base_url, "https:");
	k->next = all_kept;
	all_kept = k;
	return &k->conf;
}

/* 64 hex digits and white space only. */
static int read_master(const char *path, unsigned char master[32])
{
	char text[128];
	struct stat st;
	size_t n = 0;
	ssize_t got;
	int rc = -1, fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return -1;
	if (!fstat(fd, &st) && !open_to_others(&st, true)) {
		got = read(fd, text, sizeof(text) - 1);
		if (got > 0 && !sodium_hex2bin(master, 32, text, (size_t)got, " \t\r\n", &n, NULL) && n == 32)
			rc = 0;
		sodium_memzero(text, sizeof(text));
	}
	close(fd);
	return rc;
}

int conf_key(const struct conf *c, const char *purpose, unsigned char key[32])
{
	unsigned char master[32];
	crypto_generichash_state state;

	if (sodium_init() < 0 || read_master(c->key_file, master))
		return -1;
	crypto_generichash_init(&state, master, sizeof(master), 32);
	crypto_generichash_update(&state, (const unsigned char *)KEY_PREFIX, strlen(KEY_PREFIX));
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose));
	crypto_generichash_final(&state, key, 32);
	sodium_memzero(master, sizeof(master));
	sodium_memzero(&state, sizeof(state));
	return 0;
}
