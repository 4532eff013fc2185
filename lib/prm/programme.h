/* programme.h - changing the programme: its face, calendar, products and regions
 *
 * Reading is in partner.h (programme_get, programme_calendar).  Everything here is
 * for administrators, runs in the caller's transaction and writes its event.
 */
#ifndef PRM_PROGRAMME_H
#define PRM_PROGRAMME_H

#include "partner.h"

/* Compare-and-set on p->version: E_STALE when it was changed meanwhile. */
int programme_save(struct db *db, const struct user *u, const struct programme *p);
/* As programme_get(), but always from the database: for who is about to change it. */
int programme_read(struct db *db, struct programme *out);
/* What the process keeps is read anew next time. */
void programme_forget(void);

/* ---- business calendar ---- */
struct holiday { struct day day; const char *name; };
extern const struct column holiday_columns[];
int holiday_list(struct db *db, struct holiday **out, size_t *count);
int holiday_add(struct db *db, const struct user *u, const struct holiday *h);  /* E_INVALID: it is one already */
int holiday_remove(struct db *db, const struct user *u, struct day day);

/* ---- scope axes ---- */
struct family { int64_t id, version; const char *code, *name; bool active; };
extern const struct column family_columns[];
/* All, or those that can be registered. Sorted by name. */
int family_list(struct db *db, bool active_only, struct family **out, size_t *count);
/* id 0 makes a new one; else compare-and-set on version. */
int family_save(struct db *db, const struct user *u, const struct family *f, int64_t *id);

struct region { int64_t id, version; const char *code, *name, *countries; };    /* "DE,AT,CH" */
extern const struct column region_columns[];
int region_list(struct db *db, struct region **out, size_t *count);
/* Countries move here from the region they were in; a country must lie in some region. */
int region_save(struct db *db, const struct user *u, const struct region *r, int64_t *id);

/* ---- brand colour ---- */
/* Contrast of two colours "#rrggbb" times 100 (WCAG 2.2, relative luminance); 0 when one is none. */
int contrast_x100(const char *a, const char *b);
#define CONTRAST_TEXT 450       /* WCAG 2.2 AA, 1.4.3 */
/* What can be read on the accent: white, or nearly black. */
const char *accent_text(const char *accent);

#endif
