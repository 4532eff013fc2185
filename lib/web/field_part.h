/* field_part.h - what the files of the field table share; nobody else includes it */
#ifndef WEB_FIELD_PART_H
#define WEB_FIELD_PART_H

#include "field.h"

/* How long a text of this field may be, in characters. */
int64_t field_max(const struct field *f);
bool field_is_text(const struct field *f);    /* the member is const char * */
const char *field_with(const struct field *f);  /* name of a money field's currency */
/* The set of a choice field, NULL when it has none. */
int field_choices(struct req *q, const struct field *f, const struct choice **out);
/* The label as it stands inside a sentence: "the end customer". */
const char *field_label(struct req *q, const struct field *f);

/* Where a request's values come from. */
const struct params *field_params(const struct req *q);
const char *const *params_all(struct arena *a, const struct params *p, const char *name, size_t *n);

/* ---- one value from text; OK, or E_INVALID with the field's error ---- */
int field_missing(struct req *q, const struct field *f);
int field_parse(struct req *q, const struct field *f, const char *text, void *member);
int field_parse_money(struct req *q, const struct field *f, const char *text, const char *currency,
	bool exact, void *member);
int field_parse_number(struct req *q, const struct field *f, int64_t v, void *member);
int field_parse_many(struct req *q, const struct field *f, const char *const *values, size_t n,
	void *member);

/* ---- text, in the arena; NULL when it cannot be ---- */
char *text_nfc(struct arena *a, const char *s);
/* Host name in lower-case ASCII out of a host, URL or e-mail address; NULL when it is none. */
char *text_host(struct arena *a, const char *s);
char *text_email(struct arena *a, const char *s);
char *text_url(struct arena *a, const char *s);

/* ---- closed sets known to ICU; tables live as long as the process ---- */
struct named { const char *value, *label; };
const struct named *countries(const char *language, size_t *n);   /* sorted by name */
const char *country_name(const char *code, const char *language); /* NULL when unknown */
const char *const *zones(size_t *n);                              /* sorted */
const char *const *currencies(size_t *n);                         /* common ones first */

#endif
