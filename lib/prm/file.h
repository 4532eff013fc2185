/* file.h - uploaded files, kept by their content
 *
 * The bytes lie below files_dir under their BLAKE2b hash, outside every document root, so
 * the same file is kept once and a name from outside never becomes a path.
 */
#ifndef PRM_FILE_H
#define PRM_FILE_H

#include "user.h"

struct file {
	int64_t id;
	const char *name, *type;     /* cleaned; by magic bytes */
	int64_t size;
	struct bytes hash;
	const char *who;             /* who uploaded */
	struct when at;
};
extern const struct column file_columns[];

/* Writes the bytes (temporary name, fsync, rename, fsync of the folder) and adds the row. Bytes left
 * behind by a transaction that did not commit harm nobody: the next upload of them finds them there. */
int file_add(struct db *db, const struct conf *c, const struct user *u, const char *noun, int64_t noun_id,
	const struct file *f, const void *data, int64_t *id);
int file_get(struct db *db, const char *noun, int64_t noun_id, int64_t id, struct file *out);
int file_list(struct db *db, const char *noun, int64_t noun_id, struct file **out, size_t *count);
int file_count(struct db *db, const char *noun, int64_t noun_id, int64_t *n);
/* "ab/cd0123...": its place below files_dir, in the arena. */
const char *file_place(struct arena *a, struct bytes hash);
/* Keeps bytes without a row (imports): *place below files_dir. */
int file_keep(struct db *db, const struct conf *c, const void *data, size_t size, const char **place);
/* The bytes of a place, into the arena. E_NOTFOUND, E_TOOLARGE past max. */
int file_load(struct db *db, const struct conf *c, const char *place, size_t max, const char **data, size_t *size);

#endif
