/* sniff.c - what a file is, by its bytes
 *
 * The client's word for a type is never used.  A type that is not known here cannot be
 * uploaded anywhere.
 */
#include "req.h"

#include "str.h"

struct magic { const char *bytes; size_t n; const char *type; };

static const struct magic magics[] = {
	{ "%PDF-", 5, "application/pdf" },
	{ "\x89PNG\r\n\x1a\n", 8, "image/png" },
	{ "\xff\xd8\xff", 3, "image/jpeg" },
	{ "GIF87a", 6, "image/gif" },
	{ "GIF89a", 6, "image/gif" },
};

/* A page or a picture that runs is text, too: its ending gives it away (ASVS 5.2.2). */
static const struct { const char *type, *endings; } fitting[] = {
	{ "application/pdf", ".pdf" }, { "image/png", ".png" }, { "image/jpeg", ".jpg.jpeg.jpe" },
	{ "image/gif", ".gif" }, { "image/webp", ".webp" },
	{ "text/csv", ".csv.tsv.txt.text.log.md.eml" }, { "text/plain", ".txt.text.log.md.csv.tsv.eml" },
};

#define WORD  "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define SHEET "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define SLIDE "application/vnd.openxmlformats-officedocument.presentationml.presentation"

/* Office files are ZIPs that name their kind in one of the first entries. */
static const char *zip_type(const char *s, size_t n)
{
	size_t look = n < 8192 ? n : 8192;

	if (!memmem(s, look, "[Content_Types].xml", 19))
		return "application/zip";
	if (memmem(s, n, "word/document.xml", 17))
		return WORD;
	if (memmem(s, n, "xl/workbook.xml", 15))
		return SHEET;
	if (memmem(s, n, "ppt/presentation.xml", 20))
		return SLIDE;
	return "application/zip";
}

/* Columns of the line at s, by the separator; quoted parts count as one. */
static size_t columns(const char *s, size_t n, char separator, size_t *line)
{
	bool quoted = false;
	size_t count = 1, i;

	for (i = 0; i < n && (quoted || s[i] != '\n'); i++) {
		if (s[i] == '"')
			quoted = !quoted;
		else if (s[i] == separator && !quoted)
			count++;
	}
	*line = i < n ? i + 1 : n;
	return count;
}

static bool is_csv(const char *s, size_t n)
{
	for (const char *separator = ",;\t"; *separator; separator++) {
		size_t line, second, count = columns(s, n, *separator, &line);

		if (count < 2)
			continue;
		if (line == n || columns(s + line, n - line, *separator, &second) == count)
			return true;
	}
	return false;
}

static bool is_text(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\n' && s[i] != '\r' && s[i] != '\t') || s[i] == 0x7f)
			return false;
	return str_utf8_valid(s, n);
}

const char *sniff_type(const void *data, size_t size)
{
	const char *s = data;

	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (size >= magics[i].n && !memcmp(s, magics[i].bytes, magics[i].n))
			return magics[i].type;
	if (size >= 12 && !memcmp(s, "RIFF", 4) && !memcmp(s + 8, "WEBP", 4))
		return "image/webp";
	if (size >= 4 && !memcmp(s, "PK\3\4", 4))
		return zip_type(s, size);
	if (size && is_text(s, size))
		return is_csv(s, size) ? "text/csv" : "text/plain";
	return "";
}

bool sniff_fits(const char *type, const char *name)
{
	const char *ending = strrchr(str_or(name, ""), '.');
	size_t n = ending ? strlen(ending) : 0;

	if (n < 2)
		return true;
	for (size_t i = 0; i < sizeof(fitting) / sizeof(fitting[0]); i++) {
		if (!str_eq(type, fitting[i].type))
			continue;
		for (const char *s = fitting[i].endings; *s; s += 1 + strcspn(s + 1, "."))
			if (strcspn(s + 1, ".") == n - 1 && !strncasecmp(s, ending, n))
				return true;
		return false;
	}
	return true;
}
