/* intl.h - marks for translation
 *
 * _("text") is translated now, N_("text") is only marked (tables).  The
 * request's language is set by intl_use(); catalogues are po/LANG.po.
 */
#ifndef BASE_INTL_H
#define BASE_INTL_H

const char *intl_text(const char *msgid) __attribute__((format_arg(1)));
const char *intl_plural(const char *one, const char *many, unsigned long n)
	__attribute__((format_arg(1), format_arg(2)));
/* Binds the catalogues under dir once per process. */
void intl_start(const char *dir);
/* Language of what follows: "en", "de", ...; unknown ones mean "en". */
void intl_use(const char *language);
const char *intl_language(void);

#define _(s) intl_text(s)
#define N_(s) (s)
#define P_(one, many, n) intl_plural((one), (many), (n))

#endif
