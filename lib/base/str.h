/* str.h - bounded text
 *
 * struct strbuf grows inside an arena up to a stated maximum; an append past
 * it sets .overflow and changes nothing more, so one check at the end is enough.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"

struct strbuf {
	struct arena *arena;
	char *text;        /* always ends in NUL, never NULL after strbuf_init() */
	size_t len, room, max;
	bool overflow;     /* an append did not fit */
};

/* An empty buffer that will hold at most max bytes without the NUL. */
void strbuf_init(struct strbuf *b, struct arena *a, size_t max);
void strbuf_add(struct strbuf *b, const char *s);
void strbuf_addn(struct strbuf *b, const void *s, size_t n);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_addf(struct strbuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

bool str_eq(const char *a, const char *b);             /* NULL equals only NULL */
bool str_starts(const char *s, const char *prefix);
bool str_empty(const char *s);                         /* NULL or "" */
const char *str_or(const char *s, const char *otherwise); /* s unless empty */
/* Copies at most size-1 bytes, always ends in NUL; false when cut (between UTF-8 characters). */
bool str_copy(char *out, size_t size, const char *s);
/* s without white space at both ends (Unicode spaces included), in a. */
char *str_trim(struct arena *a, const char *s);
/* Control and direction-changing characters left out; line ends become \n, or spaces
 * where lines are not kept. s is valid UTF-8. */
char *str_clean(struct arena *a, const char *s, bool lines);
bool str_utf8_valid(const char *s, size_t n);          /* no NUL, no surrogates, shortest forms */
size_t str_utf8_length(const char *s);                 /* code points */
/* Whole text a decimal number within min..max, or false. */
bool str_to_int(const char *s, int64_t min, int64_t max, int64_t *out);
/* Lower-case hex / unpadded base64url of n bytes, in a. */
char *str_hex(struct arena *a, const void *p, size_t n);
char *str_base64url(struct arena *a, const void *p, size_t n);
/* Bytes of unpadded base64url text; false when it is none or does not fit. */
bool str_from_base64url(const char *s, void *out, size_t size, size_t *n);
/* s percent-encoded for a path segment or query value, in a. */
char *str_url(struct arena *a, const char *s);

#endif
