/* str.c - bounded text */
#include "str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sodium.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

static char no_text[1];

void strbuf_init(struct strbuf *b, struct arena *a, size_t max)
{
	b->arena = a;
	b->text = no_text;
	b->len = b->room = 0;
	b->max = max;
	b->overflow = false;
}

/* Room for n more bytes and the NUL. */
static bool strbuf_grow(struct strbuf *b, size_t n)
{
	size_t room;
	char *text;

	if (b->overflow || n > b->max || b->len > b->max - n) {
		b->overflow = true;
		return false;
	}
	if (b->len + n < b->room)
		return true;
	room = b->room ? b->room * 2 : 128;
	if (room < b->len + n + 1)
		room = b->len + n + 1;
	if (room > b->max + 1)
		room = b->max + 1;
	text = arena_alloc(b->arena, room);
	if (!text) {
		b->overflow = true;
		return false;
	}
	memcpy(text, b->text, b->len);
	b->text = text;
	b->room = room;
	return true;
}

void strbuf_addn(struct strbuf *b, const void *s, size_t n)
{
	if (!strbuf_grow(b, n) || !n)
		return;
	memcpy(b->text + b->len, s, n);
	b->len += n;
	b->text[b->len] = '\0';
}

void strbuf_add(struct strbuf *b, const char *s)
{
	if (s)
		strbuf_addn(b, s, strlen(s));
}

void strbuf_addc(struct strbuf *b, char c)
{
	strbuf_addn(b, &c, 1);
}

void strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	char small[160];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < 0)
		b->overflow = true;
	if (n >= 0 && (size_t)n < sizeof(small)) {
		strbuf_addn(b, small, (size_t)n);
		return;
	}
	if (n < 0 || !strbuf_grow(b, (size_t)n) || !n)
		return;
	va_start(ap, fmt);
	vsnprintf(b->text + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

bool str_eq(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool str_starts(const char *s, const char *prefix)
{
	return s && prefix && strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_empty(const char *s)
{
	return !s || !*s;
}

const char *str_or(const char *s, const char *otherwise)
{
	return str_empty(s) ? otherwise : s;
}

bool str_copy(char *out, size_t size, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	bool whole = n < size;

	if (!size)
		return false;
	if (!whole)
		/* back to the beginning of a character */
		for (n = size - 1; n && ((unsigned char)s[n] & 0xC0) == 0x80;)
			n--;
	if (n)
		memmove(out, s, n);
	out[n] = '\0';
	return whole;
}

/* ICU's macros convert as they like. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
/* The character at s[*i] (*i moves past it) or before s[*i]; negative when it is none. */
static UChar32 next_character(const char *s, int32_t *i, int32_t n)
{
	UChar32 c;

	U8_NEXT(s, *i, n, c);
	return c;
}

static UChar32 previous_character(const char *s, int32_t start, int32_t *i)
{
	UChar32 c;

	U8_PREV(s, start, *i, c);
	return c;
}
#pragma GCC diagnostic pop

/* White space, and the invisible characters that come along when people paste. */
static bool is_space(UChar32 c)
{
	return c >= 0 && (u_isUWhiteSpace(c) || c == 0x200B || c == 0xFEFF || c == 0x2060);
}

char *str_trim(struct arena *a, const char *s)
{
	int32_t from = 0, to, next, n;

	if (!s)
		return NULL;
	n = (int32_t)strnlen(s, INT32_MAX - 1);
	while (from < n) {
		next = from;
		if (!is_space(next_character(s, &next, n)))
			break;
		from = next;
	}
	to = n;
	while (to > from) {
		next = to;
		if (!is_space(previous_character(s, from, &next)))
			break;
		to = next;
	}
	return arena_strndup(a, s + from, (size_t)(to - from));
}

bool str_utf8_valid(const char *s, size_t n)
{
	int32_t i = 0, len = (int32_t)n;

	if (n > INT32_MAX)
		return false;
	while (i < len)
		if (next_character(s, &i, len) <= 0)
			return false;
	return true;
}

size_t str_utf8_length(const char *s)
{
	size_t n = 0;

	for (; s && *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

bool str_to_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
	bool negative = false;
	int64_t v = 0;

	if (str_empty(s))
		return false;
	if (*s == '-') {
		negative = true;
		s++;
	}
	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		if (__builtin_mul_overflow(v, 10, &v))
			return false;
		if (negative ? __builtin_sub_overflow(v, *s - '0', &v)
			     : __builtin_add_overflow(v, *s - '0', &v))
			return false;
	}
	if (v < min || v > max)
		return false;
	*out = v;
	return true;
}

char *str_hex(struct arena *a, const void *p, size_t n)
{
	char *out = n < SIZE_MAX / 2 ? arena_alloc(a, n * 2 + 1) : NULL;

	return out ? sodium_bin2hex(out, n * 2 + 1, p, n) : NULL;
}

char *str_base64url(struct arena *a, const void *p, size_t n)
{
	size_t room;
	char *out;

	if (n > SIZE_MAX / 2)
		return NULL;
	room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	out = arena_alloc(a, room);
	return out ? sodium_bin2base64(out, room, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING) : NULL;
}

bool str_from_base64url(const char *s, void *out, size_t size, size_t *n)
{
	return s && sodium_base642bin(out, size, s, strlen(s), NULL, n, NULL,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
}

char *str_url(struct arena *a, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
	size_t n = strlen(s), len = 0;
	char *out;

	out = n < SIZE_MAX / 3 ? arena_alloc(a, n * 3 + 1) : NULL;
	for (; out && *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (strchr(plain, c)) {
			out[len++] = *s;
		} else {
			out[len++] = '%';
			out[len++] = hex[c >> 4];
			out[len++] = hex[c & 15];
		}
	}
	return out;
}
