/* forms.c - the legal forms of companies, by country
 *
 * A form that is also an ordinary word or a common ending ("as", "spa", "me") counts
 * only for the countries that have it; the others count everywhere, since a branch
 * keeps the form of its mother.  Sources: GLEIF's list of entity legal forms (ISO
 * 20275), shortened to those that are written behind a name.
 */
#include "forms.h"

#include <stdlib.h>
#include <string.h>

struct form { const char *text, *countries; };     /* countries NULL: everywhere */

/* Sorted by text: searched by halves. */
static const struct form at_end[] = {
	{ "ab", "SE FI LT" }, { "ad", "BG RS ME MK" }, { "ag", NULL }, { "agmvk", NULL }, { "ao", "RU" },
	{ "aps", NULL }, { "as", "NO DK EE TR CZ SK LV" }, { "asa", "NO" }, { "asbl", NULL },
	{ "berhad", NULL }, { "bhd", NULL }, { "bv", NULL }, { "bvba", NULL }, { "cia", NULL },
	{ "cjsc", NULL }, { "co", NULL }, { "coltd", NULL }, { "company", NULL }, { "corp", NULL },
	{ "corporation", NULL }, { "cv", "NL MX BE" }, { "cvba", NULL }, { "dac", "IE" }, { "dd", "HR SI BA" },
	{ "doo", NULL }, { "ead", "BG" }, { "ee", "GR" }, { "eg", "DE AT" }, { "eireli", NULL },
	{ "ek", "DE" }, { "eood", NULL }, { "epe", "GR" }, { "epp", "BR" }, { "esv", "BE" }, { "eurl", NULL },
	{ "ev", "DE" }, { "fzco", NULL }, { "fze", NULL }, { "gbr", NULL }, { "ges", "AT" },
	{ "gesellschaft", "DE AT CH" }, { "gesmbh", NULL }, { "ggmbh", NULL }, { "gie", "FR" },
	{ "gmbh", NULL }, { "gp", "CA" }, { "haftungsbeschraenkt", NULL }, { "haftungsbeschrankt", NULL },
	{ "hb", "SE" }, { "hf", "IS" }, { "inc", NULL }, { "incorporated", NULL }, { "is", "DK" },
	{ "ivs", "DK" }, { "jsc", NULL }, { "kabushikikaisha", NULL }, { "kb", "SE" }, { "kda", "BG" },
	{ "kdd", "SI" }, { "kft", NULL }, { "kg", NULL }, { "kgaa", NULL }, { "kk", "JP" }, { "kkt", "HU" },
	{ "ks", "NO CZ SK DK" }, { "ky", "FI" }, { "lda", NULL }, { "limitada", NULL }, { "limited", NULL },
	{ "llc", NULL }, { "llp", NULL }, { "lp", "US CA GB" }, { "ltd", NULL }, { "ltda", NULL },
	{ "ltdsti", NULL }, { "mbb", "DE" }, { "mbh", NULL }, { "me", "BR" }, { "mei", "BR" }, { "nv", NULL },
	{ "nyrt", NULL }, { "oao", NULL }, { "oe", "GR" }, { "ohg", NULL }, { "ojsc", NULL }, { "ood", NULL },
	{ "ooo", NULL }, { "ou", "EE" }, { "oue", "EE" }, { "oy", NULL }, { "oyab", NULL }, { "oyj", NULL },
	{ "pao", "RU" }, { "partg", "DE" }, { "pc", "US" }, { "pjsc", NULL }, { "plc", NULL },
	{ "pllc", NULL }, { "private", NULL }, { "pt", "ID" }, { "pte", NULL }, { "pty", NULL },
	{ "pvt", NULL }, { "qk", "AZ" }, { "qpsc", NULL }, { "ry", "FI" }, { "sa", NULL }, { "sab", NULL }, { "sabdecv", NULL }, { "saci", NULL },
	{ "sadecv", NULL }, { "sae", NULL }, { "saoc", NULL }, { "saog", NULL }, { "sapa", NULL },
	{ "sapi", NULL }, { "sapidecv", NULL }, { "sarl", NULL }, { "sas", NULL }, { "sasu", NULL },
	{ "sc", "FR BR MX PL" }, { "sca", "FR LU" }, { "sci", "FR" }, { "scop", "FR" }, { "scrl", NULL },
	{ "scs", "FR LU" }, { "sdebhd", NULL }, { "sderl", NULL }, { "sderldecv", NULL }, { "sdn", NULL },
	{ "se", NULL }, { "sia", "LV" }, { "sk", "PL" }, { "sl", "ES" }, { "slu", "ES" }, { "snc", NULL },
	{ "spa", "IT CL DZ" }, { "spj", "PL" }, { "spk", "PL" }, { "spolka", NULL }, { "spolkaakcyjna", NULL },
	{ "spolkazoo", NULL }, { "sprl", NULL }, { "spzoo", NULL }, { "srl", NULL }, { "srlu", NULL },
	{ "sro", NULL }, { "ss", "CZ IT" }, { "sti", "TR" }, { "tbk", NULL }, { "tov", "UA" }, { "uab", NULL },
	{ "ug", NULL }, { "ughaftungsbeschraenkt", NULL }, { "ulc", NULL }, { "unlimited", "GB IE" },
	{ "vof", NULL }, { "vzw", NULL }, { "yk", "JP" }, { "zao", NULL }, { "zoo", "PL" }, { "zrt", NULL },
};

static const struct form at_start[] = {
	{ "ao", "RU" }, { "cv", "ID" }, { "oao", NULL }, { "ooo", NULL }, { "pao", NULL }, { "pt", "ID" },
	{ "sarl", NULL }, { "sia", "LV" }, { "tov", "UA" }, { "uab", "LT" }, { "zao", NULL },
};

static const struct form ands[] = {
	{ "and", NULL }, { "e", "BR IT PT" }, { "en", "BE NL" }, { "et", NULL }, { "i", "PL HR RS" },
	{ "ja", "EE FI" }, { "och", "SE FI" }, { "og", "DK NO IS" }, { "und", NULL },
	{ "y", "AR CL CO ES MX PE" },
};

static int by_text(const void *key, const void *row)
{
	return strcmp(key, ((const struct form *)row)->text);
}

static bool has(const struct form *set, size_t n, const char *text, const char *country)
{
	const struct form *f = bsearch(text, set, n, sizeof(*set), by_text);

	if (!f)
		return false;
	return !f->countries || (country && strlen(country) == 2 && strstr(f->countries, country));
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

bool form_at_end(const char *joined, const char *country)
{
	return has(at_end, COUNT(at_end), joined, country);
}

bool form_at_start(const char *word, const char *country)
{
	return has(at_start, COUNT(at_start), word, country);
}

bool form_is_and(const char *word, const char *country)
{
	return has(ands, COUNT(ands), word, country);
}
