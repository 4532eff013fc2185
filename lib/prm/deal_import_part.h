/* deal_import_part.h - what the files of the import share; nobody else includes it */
#ifndef PRM_DEAL_IMPORT_PART_H
#define PRM_DEAL_IMPORT_PART_H

#include "deal_import.h"
#include "deal_part.h"
#include "programme.h"

enum import_column {
	I_CUSTOMER, I_COMPANY, I_DOMAIN, I_COUNTRY, I_FAMILY, I_PRODUCT, I_AMOUNT, I_VALUE, I_CURRENCY, I_CLOSES,
	I_NOTES, I_CONTACT, I_EMAIL, I_KEY, I_REG_ID, I_PARTNER, I_TRUTH, I_COLUMNS
};

struct import_row {
	size_t line;
	const char *v[I_COLUMNS];      /* NULL: no such column */
};

/* One line, read: what is to be registered, or why it cannot be. */
struct import_item {
	struct deal_input in;
	int64_t partner_id;
	const char *refusal;           /* NULL: it can */
	struct import_line line;
	const char *met;               /* what it met: "domain", "name", "open", "line"; NULL: nothing */
};

struct import_run {
	struct db *db;
	struct user user;              /* partner_id changes by line with a partner column */
	const struct import_options *o;
	struct ground ground;
	struct family *families;
	size_t n_families;
	const char *key_base;          /* of lines without a key: "import-1a2b3c4d" */
	struct scopes *scopes;         /* of a dry run: what earlier lines would hold */
	struct truths *truths;
};

/* Row -> item, in the run's arena; only E_NOMEM and database trouble are errors. */
int import_item(struct import_run *r, const struct import_row *row, struct import_item *out);
/* Would it be approved? By the engine, the tables and the lines before. */
int import_judge(struct import_run *r, struct import_item *item);
struct scopes *scopes_new(struct arena *a, size_t lines);
/* Truth of a line: true when an earlier one had the same. */
struct truths *truths_new(struct arena *a, size_t lines);
bool truth_seen(struct truths *t, struct arena *a, const char *text);
/* Firm by its external key, made (with an enrolment) when missing. */
int import_partner(struct import_run *r, const char *key, const char *country, int64_t *id);
/* A number below zero that stands for text: a dry run makes neither firms nor families. */
int64_t import_stand_in(const char *text);
int import_family(struct import_run *r, const char *text, const char **code);

#endif
