/* file.c - uploaded files, kept by their content */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intl.h"
#include "str.h"

#define HASH_SIZE 32

#define SQL_FILE \
	"SELECT f.id, f.name, f.type, f.size, f.hash, p.name AS who, f.at FROM file f JOIN person p ON p.id = f.person_id" \
	" WHERE f.noun = ? AND f.noun_id = ?"
static const char SQL_GET[] = SQL_FILE " AND f.id = ?";
static const char SQL_LIST[] = SQL_FILE " ORDER BY f.id LIMIT ?";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM file WHERE noun = ? AND noun_id = ?";
static const char SQL_ADD[] =
	"INSERT INTO file (noun, noun_id, name, type, size, hash, person_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

const struct column file_columns[] = {
	COL(file, id, .describe = N_("Number of the file")),
	COL(file, name, .describe = N_("Its name")),
	COL(file, type, .describe = N_("What it is, by its content"), .max = 80),
	COL(file, size, .describe = N_("Bytes")),
	COL(file, hash, .hidden = true),
	COL(file, who, .describe = N_("Who uploaded it"), .max = 120),
	COL(file, at, .describe = N_("When")),
	COL_END
};

const char *file_place(struct arena *a, struct bytes hash)
{
	const char *hex = hash.size == HASH_SIZE ? str_hex(a, hash.data, hash.size) : NULL;

	return hex ? arena_printf(a, "%.2s/%s", hex, hex + 2) : NULL;
}

static int trouble(struct db *db, const char *what, const char *path)
{
	return fail_detail(db->err, E_INTERNAL, "%s %s: %s", what, path, strerror(errno));
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

/* What was renamed is there after a power cut only once its folder is written, too. */
static int sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

static int write_new(struct db *db, const char *folder, const char *path, const void *data, size_t size)
{
	char *temporary = arena_printf(db->arena, "%s/.new-XXXXXX", folder);
	int fd = temporary ? mkstemp(temporary) : -1, bad;

	if (fd < 0)
		return trouble(db, "make", folder);
	bad = write_all(fd, data, size) || fchmod(fd, 0640) || fsync(fd);
	bad = close(fd) || bad;
	if (bad || rename(temporary, path) || sync_folder(folder)) {
		trouble(db, "write", path);
		unlink(temporary);
		return db->err->rc;
	}
	return OK;
}

static int keep(struct db *db, const struct conf *c, struct bytes hash, const void *data, size_t size)
{
	const char *place = file_place(db->arena, hash);
	char *path = place ? arena_printf(db->arena, "%s/%s", c->files_dir, place) : NULL;
	char *folder = place ? arena_printf(db->arena, "%s/%.2s", c->files_dir, place) : NULL;
	struct stat st;

	if (!path || !folder)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for this file"));
	if (!stat(path, &st) && (size_t)st.st_size == size)
		return OK;
	if (mkdir(c->files_dir, 0750) && errno != EEXIST)
		return trouble(db, "make", c->files_dir);
	if (mkdir(folder, 0750) && errno != EEXIST)
		return trouble(db, "make", folder);
	return write_new(db, folder, path, data, size);
}

int file_add(struct db *db, const struct conf *c, const struct user *u, const char *noun, int64_t noun_id,
	const struct file *f, const void *data, int64_t *id)
{
	unsigned char hash[HASH_SIZE];
	struct db_done done;
	int rc;

	crypto_generichash(hash, sizeof(hash), data, (unsigned long long)f->size, NULL, 0);
	rc = keep(db, c, (struct bytes){ hash, sizeof(hash) }, data, (size_t)f->size);
	if (!rc)
		rc = db_exec(db, SQL_ADD, ARGS(A(noun), A(noun_id), A(f->name), A(f->type), A(f->size),
			arg_bytes(hash, sizeof(hash)), A(u->person_id), A(db->now)), &done);
	if (!rc && id)
		*id = done.id;
	return rc;
}

int file_get(struct db *db, const char *noun, int64_t noun_id, int64_t id, struct file *out)
{
	int rc = db_row(db, SQL_GET, ARGS(A(noun), A(noun_id), A(id)), file_columns, out);

	return rc == E_NOTFOUND ? fail(db->err, rc, "%s", _("This file could not be found")) : rc;
}

int file_list(struct db *db, const char *noun, int64_t noun_id, struct file **out, size_t *count)
{
	return DB_ROWS(db, SQL_LIST, ARGS(A(noun), A(noun_id), A(MAX_PAGE_ROWS)), file_columns, struct file,
		MAX_PAGE_ROWS, out, count);
}

int file_count(struct db *db, const char *noun, int64_t noun_id, int64_t *n)
{
	return db_int(db, SQL_COUNT, ARGS(A(noun), A(noun_id)), n);
}

int file_keep(struct db *db, const struct conf *c, const void *data, size_t size, const char **place)
{
	unsigned char hash[HASH_SIZE];
	struct bytes b = { hash, sizeof(hash) };

	crypto_generichash(hash, sizeof(hash), data, size, NULL, 0);
	*place = file_place(db->arena, b);
	return keep(db, c, b, data, size);
}

int file_load(struct db *db, const struct conf *c, const char *place, size_t max, const char **data, size_t *size)
{
	char *path = arena_printf(db->arena, "%s/%s", c->files_dir, place), *bytes;
	FILE *in = path ? fopen(path, "rbe") : NULL;
	struct stat st;

	if (!in)
		return fail_detail(db->err, E_NOTFOUND, "%s: %s", place, strerror(errno));
	if (fstat(fileno(in), &st) || (size_t)st.st_size > max) {
		fclose(in);
		return fail(db->err, E_TOOLARGE, "%s", _("This file is too large"));
	}
	bytes = arena_alloc(db->arena, (size_t)st.st_size + 1);
	*size = bytes ? fread(bytes, 1, (size_t)st.st_size, in) : 0;
	fclose(in);
	*data = bytes;
	return bytes && *size == (size_t)st.st_size ? OK : fail_detail(db->err, E_INTERNAL, "%s could not be read", place);
}
