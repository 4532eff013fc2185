/* plural.h - the plural rule of a message catalogue
 *
 * The C expression over n in a catalogue's Plural-Forms header, as GNU gettext
 * defines it: "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : ...);".
 */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

/* Index of the form for n, 0..9; n != 1 when the rule is missing or cannot be read. */
unsigned plural_form(const char *rule, unsigned long n);

#endif
