/* name_dict.h - what is known of words in names; used inside lib/match only */
#ifndef MATCH_NAME_DICT_H
#define MATCH_NAME_DICT_H

#include <stddef.h>

enum dict {
	DICT_TITLE = 1,      /* "mr", "sheikh": says little of who it is */
	DICT_PARTICLE,       /* "bin", "al", "von": value 1 bin, 2 al, 3 others */
	DICT_SERVANT,        /* "abd", "abdul": one name with the next */
	DICT_VARIANT,        /* "bill", "william": value = number of the group */
	DICT_COMMON,         /* "group", "trading": value = number of the group of one meaning */
	DICT_LITTLE,         /* "of", "the" in an organisation's name */
	DICT_PLACE,          /* countries and regions: value = number of the place */
	DICT_NUMBER,         /* "four": value + 1 */
	DICT_TEN,            /* "forty": value */
	DICT_ROMAN,          /* "iii": value */
	DICT_VESSEL          /* "mv" */
};

/* Legal forms by what they mean; a name's forms are the union of bits. */
enum form_class {
	FORM_ANY = 1,        /* company, group of nothing particular: agrees with all */
	FORM_SHARES = 2,     /* company by shares: AG, JSC, SA, PLC */
	FORM_LIMITED = 4,    /* limited liability: GmbH, LLC, Ltd */
	FORM_PARTNERS = 8,
	FORM_CHARITY = 16,   /* association, foundation, non-profit */
	FORM_STATE = 32,
	FORM_INC = 64        /* Inc, Corp: companies by shares, but written of any */
};

/* What the word (lower-case ASCII) means there; 0 when it is not in it. */
int dict_find(enum dict which, const char *word);
/* Bits of enum form_class of words written together ("jointstockcompany"), 0 for none.
 * typo: one wrong letter in ten or more is forgiven. */
unsigned dict_form(const char *joined, int typo);

#endif
