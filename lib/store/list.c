/* list.c - lists paged by key
 *
 * A cursor is base64url of "order \x1f type key \x1f id"; the type says how the
 * key is bound, so that a number is compared as a number.
 */
#include "list.h"

#include <string.h>

#include "str.h"

#define SEPARATOR '\x1f'
#define MAX_KEY    800
#define MAX_CURSOR (MAX_KEY + 200)

/* First character of a key: how it is written and compared. */
enum key_type { KEY_INT = 'i', KEY_TEXT = 't', KEY_WHEN = 'w', KEY_DAY = 'd', KEY_MONEY = 'm' };

static int page_limit(const struct page *p)
{
	return p->limit < 1 ? PAGE_ROWS : p->limit > MAX_EXPORT_ROWS ? MAX_EXPORT_ROWS : p->limit;
}

const char *list_sql(struct db *db, const char *base, const struct page *p)
{
	const struct list_order *o = p->order;
	const char *way = o->descending ? " DESC" : "", *past = o->descending ? "<" : ">";
	const char *key = p->after_key && *p->after_key == KEY_MONEY ? "CAST(? AS DECIMAL(18,4))" : "?";

	if (!p->after_key)
		return arena_printf(db->arena, "%s ORDER BY %s%s, %s%s LIMIT ?", base, o->column, way, o->id, way);
	/* Not (key, id) < (?, ?): MariaDB finds no range of an index in that. */
	return arena_printf(db->arena, "%s AND %s %s= %s AND (%s %s %s OR %s %s ?) ORDER BY %s%s, %s%s LIMIT ?",
		base, o->column, past, key, o->column, past, key, o->id, past, o->column, way, o->id, way);
}

/* false: not a key of its type. */
static bool key_arg(const char *key, struct arg *out)
{
	struct when w;
	struct day d;
	struct money m;
	int64_t v;

	switch ((enum key_type)*key++) {
	case KEY_INT:
		if (!str_to_int(key, INT64_MIN, INT64_MAX, &v))
			return false;
		*out = arg_int(v);
		return true;
	case KEY_WHEN:
		if (!when_from_sql(key, &w))
			return false;
		*out = arg_when(w);
		return true;
	case KEY_DAY:
		if (!day_from_sql(key, &d))
			return false;
		*out = arg_day(d);
		return true;
	case KEY_MONEY:
		/* any currency of three digits reads all amounts */
		if (!money_from_decimal(key, "KWD", &m))
			return false;
		*out = arg_text(key);
		return true;
	case KEY_TEXT:
		*out = arg_text(key);
		return true;
	}
	return false;
}

const struct arg *list_args(struct db *db, const struct arg *args, size_t n, const struct page *p, size_t *n_all)
{
	struct arg *all = arena_array(db->arena, n + 4, sizeof(*all));

	*n_all = 0;
	if (!all)
		return NULL;
	if (n)
		memcpy(all, args, n * sizeof(*all));
	if (p->after_key) {
		if (!key_arg(p->after_key, &all[n]))
			return NULL;
		all[n + 1] = all[n];
		all[n + 2] = arg_int(p->after_id);
		n += 3;
	}
	all[n++] = arg_int(page_limit(p) + 1);
	*n_all = n;
	return all;
}

/* "d.id" is read from column id. */
static const struct column *find_column(const struct column *cols, const char *name)
{
	const char *dot = name ? strrchr(name, '.') : NULL;

	for (; name && cols->name; cols++)
		if (str_eq(cols->name, dot ? dot + 1 : name))
			return cols;
	return NULL;
}

static char *key_text(struct arena *a, const struct column *c, const void *row)
{
	const void *member = (const char *)row + c->offset;
	const char *text;

	switch (c->type) {
	case COL_INT:
		return arena_printf(a, "%c%lld", KEY_INT, (long long)*(const int64_t *)member);
	case COL_INT32:
		return arena_printf(a, "%c%d", KEY_INT, *(const int *)member);
	case COL_BOOL:
		return arena_printf(a, "%c%d", KEY_INT, *(const bool *)member);
	case COL_TEXT:
	case COL_JSON:
		text = *(const char *const *)member;
		return text && strlen(text) < MAX_KEY ? arena_printf(a, "%c%s", KEY_TEXT, text) : NULL;
	case COL_WHEN:
		text = when_sql(a, *(const struct when *)member);
		return text ? arena_printf(a, "%c%s", KEY_WHEN, text) : NULL;
	case COL_DAY:
		text = day_iso(a, *(const struct day *)member);
		return str_empty(text) ? NULL : arena_printf(a, "%c%s", KEY_DAY, text);
	case COL_MONEY:
		text = money_decimal(a, *(const struct money *)member);
		return str_empty(text) ? NULL : arena_printf(a, "%c%s", KEY_MONEY, text);
	case COL_BYTES:
		return NULL;
	}
	return NULL;
}

static int write_cursor(struct db *db, const struct page *p, const struct column *cols, const void *row,
	const char **next)
{
	const struct column *key = find_column(cols, p->order->key_column);
	const struct column *id = find_column(cols, p->order->id);
	char *k = key ? key_text(db->arena, key, row) : NULL, *all;

	if (!k || !id || id->type != COL_INT)
		return fail_detail(db->err, E_INTERNAL, "order %s: no key to go on from", p->order->name);
	all = arena_printf(db->arena, "%s%c%s%c%lld", p->order->name, SEPARATOR, k, SEPARATOR,
		(long long)*(const int64_t *)(const void *)((const char *)row + id->offset));
	*next = all ? str_base64url(db->arena, all, strlen(all)) : NULL;
	return *next ? OK : fail_detail(db->err, E_NOMEM, "cursor");
}

int list_rows(struct db *db, const char *base, const struct arg *args, size_t n, const struct page *p,
	const struct column *cols, size_t row_size, void *out_array, size_t *count, const char **next)
{
	const char *sql = list_sql(db, base, p);
	size_t limit = (size_t)page_limit(p), n_all;
	const struct arg *all = list_args(db, args, n, p, &n_all);
	int rc;

	*count = 0;
	*next = NULL;
	*(void **)out_array = NULL;
	if (!sql || !all)
		return fail_detail(db->err, sql ? E_BAD : E_NOMEM, "list");
	rc = db_rows(db, sql, all, n_all, cols, row_size, limit + 1, out_array, count);
	if (rc || *count <= limit)
		return rc;
	*count = limit;
	return write_cursor(db, p, cols, *(char **)out_array + (limit - 1) * row_size, next);
}

bool page_read_cursor(struct arena *a, const char *text, struct page *p)
{
	char plain[MAX_CURSOR + 1], *key, *id;
	struct arg unused;
	size_t n;

	if (!str_from_base64url(text, plain, MAX_CURSOR, &n) || !str_utf8_valid(plain, n))
		return false;
	plain[n] = '\0';
	key = strchr(plain, SEPARATOR);
	id = strrchr(plain, SEPARATOR);
	if (!key || id <= key)
		return false;
	*key++ = '\0';
	*id++ = '\0';
	/* The place in one order means nothing in another. */
	if (p->order && !str_eq(p->order->name, plain))
		return false;
	if (!key_arg(key, &unused) || !str_to_int(id, 0, INT64_MAX, &p->after_id))
		return false;
	p->after_key = arena_strdup(a, key);
	return p->after_key != NULL;
}
