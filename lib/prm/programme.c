/* programme.c - the vendor's programme and its business calendar */
#include "programme.h"

#include <time.h>

#include "event.h"
#include "intl.h"
#include "str.h"

#define MAX_HOLIDAYS 400
#define KEEP_SECONDS 60

#define PROGRAMME_COLUMNS "name, zone, currency, accent, contact_email, workdays, open_minute, close_minute, version"
static const char SQL_GET[] = "SELECT " PROGRAMME_COLUMNS " FROM programme WHERE id = 1";
static const char SQL_SAVE[] =
	"UPDATE programme SET name = ?, zone = ?, currency = ?, accent = ?, contact_email = ?, workdays = ?,"
	" open_minute = ?, close_minute = ?, version = version + 1 WHERE id = 1 AND version = ?";
static const char SQL_HOLIDAYS[] = "SELECT day, name FROM holiday ORDER BY day LIMIT 400";
static const char SQL_HOLIDAY_ADD[] = "INSERT INTO holiday (day, name) VALUES (?, ?)";
static const char SQL_HOLIDAY_REMOVE[] = "DELETE FROM holiday WHERE day = ?";

const struct column programme_columns[] = {
	COL(programme, name, .describe = N_("The vendor as partners know it")),
	COL(programme, zone, .describe = N_("Time zone of the business calendar")),
	COL(programme, currency, .describe = N_("Currency reports are in")),
	COL(programme, accent, .describe = N_("Brand colour, #rrggbb")),
	COL(programme, contact_email, .describe = N_("Whom partners write to")),
	COL(programme, workdays, .describe = N_("Working days, bit 0 is Monday")),
	COL(programme, open_minute, .describe = N_("Minute of the day the desk opens")),
	COL(programme, close_minute, .describe = N_("Minute of the day the desk closes")),
	COL(programme, version, .describe = N_("Rises with each change")),
	COL_END
};

const struct column holiday_columns[] = {
	COL(holiday, day, .describe = N_("No business on this day")),
	COL(holiday, name, .describe = N_("What is celebrated")),
	COL_END
};

/* The process's copy; answers are copied into the request's arena, so that a
 * refresh never pulls memory from under a caller. */
static struct {
	struct arena *arena;
	int64_t programme_at, calendar_at;      /* monotonic seconds + 1; 0: not read yet */
	struct programme programme;
	struct day holidays[MAX_HOLIDAYS];
	size_t n_holidays;
} kept;

static int64_t monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec + 1;
}

static bool fresh(int64_t at)
{
	return at && monotonic() - at < KEEP_SECONDS;
}

void programme_forget(void)
{
	kept.programme_at = kept.calendar_at = 0;
}

static int copy_out(struct db *db, const struct programme *from, struct programme *out)
{
	struct arena *a = db->arena;

	*out = *from;
	out->name = arena_strdup(a, from->name);
	out->zone = arena_strdup(a, from->zone);
	out->currency = arena_strdup(a, from->currency);
	out->accent = arena_strdup(a, from->accent);
	out->contact_email = arena_strdup(a, from->contact_email);
	if (!out->name || !out->zone || !out->currency || !out->accent || !out->contact_email)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the programme"));
	return OK;
}

int programme_get(struct db *db, struct programme *out)
{
	struct db reader = *db;
	int rc;

	if (fresh(kept.programme_at))
		return copy_out(db, &kept.programme, out);
	rc = db_row(db, SQL_GET, NO_ARGS, programme_columns, out);
	if (rc)
		return rc;
	if (kept.arena)
		arena_reset(kept.arena);
	else
		kept.arena = arena_new(64u << 10);
	reader.arena = kept.arena;
	kept.programme_at = 0;
	if (kept.arena && copy_out(&reader, out, &kept.programme) == OK)
		kept.programme_at = monotonic();
	return OK;
}

static int holidays_read(struct db *db)
{
	struct holiday *h;
	size_t n;
	int rc = DB_ROWS(db, SQL_HOLIDAYS, NO_ARGS, holiday_columns, struct holiday, MAX_HOLIDAYS, &h, &n);

	if (rc)
		return rc;
	for (size_t i = 0; i < n; i++)
		kept.holidays[i] = h[i].day;
	kept.n_holidays = n;
	kept.calendar_at = monotonic();
	return OK;
}

int programme_calendar(struct db *db, struct calendar *out)
{
	struct programme p;
	struct day *days;
	int rc = programme_get(db, &p);

	if (!rc && !fresh(kept.calendar_at))
		rc = holidays_read(db);
	if (rc)
		return rc;
	days = arena_memdup(db->arena, kept.holidays, (kept.n_holidays + 1) * sizeof(*days));
	if (!days)
		return fail(db->err, E_NOMEM, "%s", _("There was no room for the calendar"));
	*out = (struct calendar){ .zone = p.zone, .workdays = (unsigned)p.workdays, .open_minute = p.open_minute,
		.close_minute = p.close_minute, .holidays = days, .n_holidays = kept.n_holidays };
	return OK;
}

int programme_read(struct db *db, struct programme *out)
{
	return db_row(db, SQL_GET, NO_ARGS, programme_columns, out);
}

/* ---- changes, by an administrator ---- */

int programme_save(struct db *db, const struct user *u, const struct programme *p)
{
	struct event e = { .noun = "programme", .noun_id = 1, .what = "changed", .text = p->name };
	int rc = db_change_one(db, SQL_SAVE, ARGS(A(p->name), A(p->zone), A(p->currency), A(p->accent),
		A(p->contact_email), A(p->workdays), A(p->open_minute), A(p->close_minute), A(p->version)));

	programme_forget();
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}

int holiday_list(struct db *db, struct holiday **out, size_t *count)
{
	return DB_ROWS(db, SQL_HOLIDAYS, NO_ARGS, holiday_columns, struct holiday, MAX_HOLIDAYS, out, count);
}

int holiday_add(struct db *db, const struct user *u, const struct holiday *h)
{
	struct event e = { .noun = "holiday", .noun_id = h->day.n, .what = "added" };
	int rc = db_exec(db, SQL_HOLIDAY_ADD, ARGS(A(h->day), A(h->name)), NULL);

	if (rc == E_DUPLICATE)
		return fail_field(db->err, "day", "%s", _("That day is a holiday already"));
	programme_forget();
	e.text = arena_printf(db->arena, "%s, %s", day_iso(db->arena, h->day), h->name);
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}

int holiday_remove(struct db *db, const struct user *u, struct day day)
{
	struct event e = { .noun = "holiday", .noun_id = day.n, .what = "removed", .text = day_iso(db->arena, day) };
	struct db_done done;
	int rc = db_exec(db, SQL_HOLIDAY_REMOVE, ARGS(A(day)), &done);

	programme_forget();
	if (!rc && done.affected != 1)
		return fail(db->err, E_NOTFOUND, "%s", _("That day is no holiday any more"));
	return rc ? rc : event_add(db, u, TO_VENDOR, &e);
}
