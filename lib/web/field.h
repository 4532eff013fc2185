/* field.h - a field is said once
 *
 * One table per form: it is parser, validator, form and API description.  FIELD takes
 * the member's offset and its C type, so a misspelt or retyped member does not compile.
 * The values land in a zeroed struct of the route's .input_size, q->input.
 */
#ifndef WEB_FIELD_H
#define WEB_FIELD_H

#include "choice.h"
#include "doc.h"
#include "req.h"

enum field_type {
	F_TEXT,       /* const char *: one line, trimmed, NFC */
	F_LONGTEXT,   /* const char *: lines kept */
	F_EMAIL,      /* const char *: lower-case domain */
	F_PASSWORD,   /* const char *: exact bytes, never echoed */
	F_DOMAIN,     /* const char *: host name in ASCII, from a URL or e-mail too ("https://www.x.de/y" -> "www.x.de") */
	F_URL,        /* const char *: http or https */
	F_PHONE,      /* const char * */
	F_MONEY,      /* struct money: parameter NAME and its currency in .with (default "currency") */
	F_DATE,       /* struct day: ISO */
	F_INT,        /* int64_t: .min .. .max */
	F_BOOL,       /* bool: "1", "on", "true" */
	F_CHOICE,     /* const char *: one of .choices or .choices_of() */
	F_CHOICES,    /* const char *: comma-joined values, each of the set */
	F_COUNTRY,    /* const char *: ISO 3166-1 alpha-2, upper case; drawn as a select with names */
	F_ZONE,       /* const char *: IANA zone */
	F_CODE,       /* const char *: [A-Za-z0-9._-]+ */
	F_FILE        /* struct upload */
};

struct field {
	const char *name;
	enum field_type type;
	size_t offset, size;
	const char *label, *help;          /* N_() */
	const char *placeholder;
	bool required;
	bool hidden;                       /* part of the form, not drawn by the generic form */
	bool page_only;                    /* not in the API */
	int64_t min, max;                  /* length of texts, value of numbers, bytes of files; max 0: 200 characters */
	const char *with;                  /* F_MONEY: the currency's parameter */
	const char *autocomplete, *inputmode;
	const char *accept;                /* F_FILE: "application/pdf,image/png" by magic bytes */
	const struct choice *choices;
	/* Choices that live in the database; allocated in the arena, CHOICE_END ended. */
	int (*choices_of)(struct req *q, const struct choice **out);
	/* Further rule on one parsed value (pointer to the member): OK, or fail_field(). */
	int (*check)(struct req *q, const struct field *f, const void *member);
};

#define FIELD_KIND_OK(m, t) _Generic((m), const char *: 1, struct money: 2, struct day: 3, int64_t: 4, bool: 5, struct upload: 6)
#define FIELD(s, m, t, ...) { .name = #m, .type = (t), .offset = offsetof(struct s, m), \
	.size = sizeof(((struct s *)0)->m) + 0 * sizeof(char[FIELD_FITS(((struct s *)0)->m, t) ? 1 : -1]), __VA_ARGS__ }
/* 1 when a member of that C type can hold a field of type t. */
#define FIELD_FITS(m, t) ((t) == F_MONEY ? FIELD_KIND_OK(m, t) == 2 : (t) == F_DATE ? FIELD_KIND_OK(m, t) == 3 : \
	(t) == F_INT ? FIELD_KIND_OK(m, t) == 4 : (t) == F_BOOL ? FIELD_KIND_OK(m, t) == 5 : \
	(t) == F_FILE ? FIELD_KIND_OK(m, t) == 6 : FIELD_KIND_OK(m, t) == 1)
#define FIELD_END { .name = NULL }

/* Reads every field from the form, JSON body or (GET) query into out (zeroed, size bytes).
 * All errors in one round. Unknown JSON members and unknown form names are errors too
 * (names starting with "_" belong to the house). E_INVALID with err.fields. */
int fields_read(struct req *q, const struct field *fields, void *out);
/* As fields_read() for a form's first page: what the query says well is taken over
 * (/deals/new?customer=Acme), everything else stays empty. Never fails on values. */
int fields_prefill(struct req *q, const struct field *fields, void *out);
/* An array, one object per field, as HDF.md wants it: name,label,type,value,error,required,help,options...
 * values: the struct to edit; NULL: what was typed (form or query). Free with json_decref(). */
json_t *fields_form(struct req *q, const struct field *fields, const void *values);
/* JSON Schema (OpenAPI 3.1) of a table's JSON body / its query parameters. */
json_t *fields_schema(const struct field *fields);
json_t *fields_parameters(const struct field *fields);
/* Summary of q->err's field errors for the page: array of {field,message,label}. */
json_t *fields_errors(struct req *q, const struct field *fields);
/* The words of one value ("Approved", "Germany"), in the arena; the value itself when there are none. */
const char *field_value_text(struct req *q, const struct field *f, const char *value);
/* true when the client gave the field at all (optional numbers, partial updates). */
bool field_given(const struct req *q, const char *name);
#define INPUT(q, type) ((struct type *)(q)->input)

#endif
