/* password.c - argon2id, and which passwords are refused */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "intl.h"
#include "password.h"
#include "str.h"

#define SLOTS 2              /* hashes at a time: each takes conf->argon2_memory */
#define SLOT_WAIT_MS 20
#define SLOT_TRIES 250       /* 5 s in all */
#define MIN_MEMORY_KIB 19456 /* OWASP's least, with two passes */
#define MAX_MEMORY_KIB 1048576
#define MIN_WORD 4           /* shorter parts of a name say nothing */
/* Of a firm's name only its first word counts: "Systems" or "Security" is nobody's own. */

/* ---- at most SLOTS hashes at a time, whatever the number of workers ---- */

static int slot_open(const struct conf *c, int i)
{
	char path[512];

	if (snprintf(path, sizeof(path), "%s/run", c->files_dir) >= (int)sizeof(path))
		return -1;
	if (mkdir(path, 0700) && errno != EEXIST)
		return -1;
	if (snprintf(path, sizeof(path), "%s/run/argon2.%d", c->files_dir, i) >= (int)sizeof(path))
		return -1;
	return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* A locked file, or -1 and an error. Closing it frees the slot, so a killed worker frees its own. */
static int slot_take(struct db *db, const struct conf *c)
{
	const struct timespec pause = { 0, SLOT_WAIT_MS * 1000000L };

	for (int tries = 0; tries < SLOT_TRIES; tries++) {
		for (int i = 0; i < SLOTS; i++) {
			int fd = slot_open(c, i);

			if (fd < 0) {
				fail_detail(db->err, E_INTERNAL, "cannot open %s/run/argon2.%d: %s",
					c->files_dir, i, strerror(errno));
				return -1;
			}
			if (!flock(fd, LOCK_EX | LOCK_NB))
				return fd;
			close(fd);
		}
		nanosleep(&pause, NULL);
	}
	fail(db->err, E_AWAY, _("Too many people are signing in right now. Try again in a moment."));
	db->err->retry_after = 5;
	return -1;
}

static unsigned long long ops_of(const struct conf *c)
{
	return c->argon2_ops < 1 ? 1 : c->argon2_ops > 20 ? 20 : (unsigned long long)c->argon2_ops;
}

static size_t memory_of(const struct conf *c)
{
	size_t kib = c->argon2_memory < MIN_MEMORY_KIB ? MIN_MEMORY_KIB :
		c->argon2_memory > MAX_MEMORY_KIB ? MAX_MEMORY_KIB : (size_t)c->argon2_memory;

	return kib * 1024;
}

int password_hash(struct db *db, const struct conf *c, const char *password, const char **out)
{
	char *text = arena_alloc(db->arena, crypto_pwhash_STRBYTES);
	int slot, bad;

	if (!text)
		return fail_detail(db->err, E_NOMEM, "password hash");
	slot = slot_take(db, c);
	if (slot < 0)
		return (int)db->err->rc;
	bad = crypto_pwhash_str_alg(text, password, strlen(password), ops_of(c), memory_of(c),
		crypto_pwhash_ALG_ARGON2ID13);
	close(slot);
	if (bad)
		return fail_detail(db->err, E_NOMEM, "argon2id with %d KiB", c->argon2_memory);
	*out = text;
	return OK;
}

int password_verify(struct db *db, const struct conf *c, const char *hash, const char *password,
	bool *match, bool *stale)
{
	const char *spent;
	int slot, rc;

	*match = *stale = false;
	if (!hash) {
		rc = password_hash(db, c, password, &spent);
		return rc;
	}
	slot = slot_take(db, c);
	if (slot < 0)
		return (int)db->err->rc;
	*match = crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
	close(slot);
	*stale = crypto_pwhash_str_needs_rehash(hash, ops_of(c), memory_of(c)) != 0;
	return OK;
}

/* ---- which passwords are refused ---- */

/* Lower-case ASCII letters and digits of s, everything beyond ASCII kept: "J. Núñez" -> "jnúñez". */
static char *bare(struct db *db, const char *s)
{
	char *out = arena_alloc(db->arena, strlen(s) + 1);
	size_t n = 0;

	for (; out && *s; s++)
		if (isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80)
			out[n++] = (char)tolower((unsigned char)*s);
	return out;
}

/* Whether text or one of its first `words` words (split at what is no letter or digit)
 * stands in the bare password. */
static bool holds_word_of(struct db *db, const char *password, const char *text, int words)
{
	char word[200];
	size_t n = 0;
	const char *whole;

	if (str_empty(text))
		return false;
	whole = bare(db, text);
	if (whole && str_utf8_length(whole) >= MIN_WORD && strstr(password, whole))
		return true;
	for (;; text++) {
		unsigned char b = (unsigned char)*text;

		if (b && (isalnum(b) || b >= 0x80)) {
			if (n + 1 < sizeof(word))
				word[n++] = (char)tolower(b);
			continue;
		}
		word[n] = '\0';
		if (n && str_utf8_length(word) >= MIN_WORD && strstr(password, word))
			return true;
		if (!b || (n && --words <= 0))
			return false;
		n = 0;
	}
}

static bool same_word(const char *line, size_t n, const char *word, size_t length)
{
	return length == n && strncasecmp(line, word, n) == 0;
}

/* The password without digits and signs around it: "Summer2026!" is as common as "summer". */
static const char *stem_of(const char *password, size_t *length)
{
	size_t n;

	while (*password && (unsigned char)*password < 0x80 && !isalpha((unsigned char)*password))
		password++;
	n = strlen(password);
	while (n && (unsigned char)password[n - 1] < 0x80 && !isalpha((unsigned char)password[n - 1]))
		n--;
	*length = n;
	return password;
}

/* The list is small and read only when a password is set. */
static int is_common(struct db *db, const struct conf *c, const char *password, bool *common)
{
	size_t stem_length, n, length = strlen(password);
	const char *stem = stem_of(password, &stem_length);
	FILE *f = fopen(c->common_passwords, "re");
	char line[256];

	*common = false;
	if (!f)
		return fail_detail(db->err, E_INTERNAL, "cannot read %s: %s", c->common_passwords, strerror(errno));
	while (!*common && fgets(line, sizeof(line), f)) {
		n = strcspn(line, "\r\n");
		*common = same_word(line, n, password, length) ||
			(stem_length >= MIN_WORD && same_word(line, n, stem, stem_length));
	}
	fclose(f);
	return OK;
}

/* "aaaaaaaaaaaa", "abababababab": fewer than five different characters are no password. */
static bool is_monotonous(const char *password)
{
	bool seen[256] = { false };
	int n = 0;

	for (; *password; password++)
		if (!seen[(unsigned char)*password]) {
			seen[(unsigned char)*password] = true;
			n++;
		}
	return n < 5;
}

int password_allowed(struct db *db, const struct conf *c, const char *field, const char *password,
	const struct password_about *about)
{
	size_t length = str_utf8_length(password);
	const char *plain = bare(db, password), *at = about->email ? strchr(about->email, '@') : NULL;
	char local[128] = "";
	bool common = false;
	int rc;

	if (length < PASSWORD_MIN)
		return fail_field(db->err, field, _("Use at least %d characters. Several words are easy to remember."),
			PASSWORD_MIN);
	if (length > PASSWORD_MAX)
		return fail_field(db->err, field, _("Use at most %d characters."), PASSWORD_MAX);
	rc = is_common(db, c, password, &common);
	if (rc)
		return rc;
	if (common || is_monotonous(password))
		return fail_field(db->err, field, _("Many people use this password, so it is guessed first. Choose another."));
	if (!plain)
		return fail_detail(db->err, E_NOMEM, "password");
	if (at && (size_t)(at - about->email) < sizeof(local)) {
		memcpy(local, about->email, (size_t)(at - about->email));
		local[at - about->email] = '\0';
	}
	if (holds_word_of(db, plain, about->name, 10) || holds_word_of(db, plain, local, 10))
		return fail_field(db->err, field, _("Leave your name and e-mail address out of the password."));
	if (holds_word_of(db, plain, about->vendor, 1) || holds_word_of(db, plain, about->firm, 1))
		return fail_field(db->err, field, _("Leave the names of the firms out of the password."));
	return OK;
}
