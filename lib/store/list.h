/* list.h - lists paged by key, sorted by a closed set, exported whole
 *
 * The cursor holds the sort column's value and the id of the last row shown, so a
 * page stays right while rows are added.
 */
#ifndef STORE_LIST_H
#define STORE_LIST_H

#include "db.h"

struct list_order {
	const char *name;      /* "newest": value of ?sort= */
	const char *label;     /* N_() */
	const char *column;    /* SQL expression of the sort key; never NULL in a row */
	const char *id;        /* SQL expression of the unique tie-break, "d.id" */
	bool descending;
	const char *key_column; /* member (result column) holding the key: the cursor is read from it */
};

struct page {              /* what the caller asked for */
	const struct list_order *order;
	const char *after_key; /* from page_read_cursor(); NULL on the first page */
	int64_t after_id;
	int limit;             /* 1..MAX_PAGE_ROWS; exports use EXPORT_ROWS */
};

/* base + " AND (key, id) after the cursor ORDER BY key, id LIMIT ?" in the arena.
 * base ends inside its WHERE. The arguments it adds are appended to args by
 * list_args(). The columns must hold the key (order->key_column) and the id. */
const char *list_sql(struct db *db, const char *base, const struct page *p);
/* args followed by the page's own, in the arena. */
const struct arg *list_args(struct db *db, const struct arg *args, size_t n, const struct page *p, size_t *n_all);
/* Both at once. *next: the next page's cursor text (opaque, base64url), NULL on the last. */
int list_rows(struct db *db, const char *base, const struct arg *args, size_t n, const struct page *p,
	const struct column *cols, size_t row_size, void *out_array, size_t *count, const char **next);
/* Cursor text -> page. false when it is none of ours, or of another order than p->order (if set). */
bool page_read_cursor(struct arena *a, const char *text, struct page *p);

#endif
