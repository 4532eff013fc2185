/* cell.c - result columns <-> struct members */
#include "link.h"

#include <string.h>

#include "str.h"

static void bind_one(MYSQL_BIND *b, struct cell *c, enum enum_field_types type, void *room, unsigned long size)
{
	memset(b, 0, sizeof(*b));
	b->buffer_type = type;
	b->buffer = room;
	b->buffer_length = size;
	b->length = &c->length;
	b->is_null = &c->null;
	b->error = &c->error;
}

void cells_bind(struct statement *s, const struct column *cols)
{
	unsigned at = 0;

	for (; cols->name; cols++, at++) {
		MYSQL_BIND *b = &s->binds[at];
		struct cell *c = &s->cells[at];

		switch (cols->type) {
		case COL_INT:
		case COL_INT32:
		case COL_BOOL:
			bind_one(b, c, MYSQL_TYPE_LONGLONG, &c->number, sizeof(c->number));
			break;
		case COL_WHEN:
			bind_one(b, c, MYSQL_TYPE_DATETIME, &c->time, sizeof(c->time));
			break;
		case COL_DAY:
			bind_one(b, c, MYSQL_TYPE_DATE, &c->time, sizeof(c->time));
			break;
		case COL_TEXT:
		case COL_JSON:
			/* No room: the length comes first, then exactly that much is fetched. */
			bind_one(b, c, MYSQL_TYPE_STRING, NULL, 0);
			break;
		case COL_BYTES:
			bind_one(b, c, MYSQL_TYPE_BLOB, NULL, 0);
			break;
		case COL_MONEY:
			bind_one(b, c, MYSQL_TYPE_STRING, c->text, sizeof(c->text) - 1);
			at++;
			b++;
			c++;
			bind_one(b, c, MYSQL_TYPE_STRING, c->text, sizeof(c->text) - 1);
			break;
		}
	}
}

static int does_not_fit(struct db *db, const struct statement *s, const struct column *col)
{
	return fail_detail(db->err, E_INTERNAL, "%s does not fit its member: %.200s", col->name, s->sql);
}

/* The bytes of column at, NUL behind them; NULL stays NULL. */
static int read_bytes(struct db *db, struct statement *s, unsigned at, struct arena *a, char **out)
{
	struct cell *c = &s->cells[at];
	MYSQL_BIND b;
	struct cell scratch;

	*out = NULL;
	if (c->null)
		return OK;
	*out = arena_alloc(a, (size_t)c->length + 1);
	if (!*out)
		return fail_detail(db->err, E_NOMEM, "a text of %lu bytes: %.200s", c->length, s->sql);
	if (!c->length)
		return OK;
	bind_one(&b, &scratch, s->binds[at].buffer_type, *out, c->length);
	if (mysql_stmt_fetch_column(s->stmt, &b, at, 0))
		return store_failed(db, mysql_stmt_errno(s->stmt), mysql_stmt_error(s->stmt), s->sql);
	return OK;
}

static struct day day_in(const struct cell *c)
{
	return day_of((struct civil){ (int)c->time.year, (int)c->time.month, (int)c->time.day });
}

static bool no_time(const struct cell *c)
{
	return c->null || !c->time.month || !c->time.day;
}

static struct when moment_of(const struct cell *c)
{
	const MYSQL_TIME *t = &c->time;
	int64_t s;

	if (no_time(c))
		return (struct when){ 0 };
	s = (((int64_t)day_in(c).n * 24 + t->hour) * 60 + t->minute) * 60 + t->second;
	return (struct when){ s * 1000000 + (int64_t)t->second_part };
}

static int read_money(struct db *db, struct statement *s, unsigned at, const struct column *col, struct money *out)
{
	struct cell *amount = &s->cells[at], *currency = &s->cells[at + 1];

	memset(out, 0, sizeof(*out));
	if (amount->null || currency->null || !currency->length)
		return OK;
	if (amount->error || currency->error || amount->length >= sizeof(amount->text) ||
	    currency->length >= sizeof(currency->text))
		return does_not_fit(db, s, col);
	amount->text[amount->length] = '\0';
	currency->text[currency->length] = '\0';
	if (!money_from_decimal(amount->text, currency->text, out))
		return fail_detail(db->err, E_INTERNAL, "%s %s is no amount of %s: %.150s", currency->text,
			amount->text, col->name, s->sql);
	return OK;
}

static int read_number(struct db *db, const struct statement *s, unsigned at, const struct column *col, void *member)
{
	const struct cell *c = &s->cells[at];
	int64_t v = c->null ? 0 : c->number;

	if (!c->null && c->error)
		return does_not_fit(db, s, col);
	if (col->type == COL_BOOL)
		*(bool *)member = v != 0;
	else if (col->type == COL_INT)
		*(int64_t *)member = v;
	else if (v < INT32_MIN || v > INT32_MAX)
		return does_not_fit(db, s, col);
	else
		*(int *)member = (int)v;
	return OK;
}

int cells_read(struct db *db, struct statement *s, const struct column *cols, struct arena *a, void *out)
{
	unsigned at = 0;
	int rc = OK;

	for (; !rc && cols->name; cols++, at++) {
		void *member = (char *)out + cols->offset;
		char *bytes;

		switch (cols->type) {
		case COL_INT:
		case COL_INT32:
		case COL_BOOL:
			rc = read_number(db, s, at, cols, member);
			break;
		case COL_WHEN:
			*(struct when *)member = moment_of(&s->cells[at]);
			break;
		case COL_DAY:
			*(struct day *)member = no_time(&s->cells[at]) ? (struct day){ DAY_NONE }
				: day_in(&s->cells[at]);
			break;
		case COL_TEXT:
		case COL_JSON:
			rc = read_bytes(db, s, at, a, &bytes);
			*(const char **)member = bytes;
			break;
		case COL_BYTES:
			rc = read_bytes(db, s, at, a, &bytes);
			*(struct bytes *)member = (struct bytes){ (unsigned char *)bytes,
				bytes ? s->cells[at].length : 0 };
			break;
		case COL_MONEY:
			rc = read_money(db, s, at++, cols, member);
			break;
		}
	}
	return rc;
}
