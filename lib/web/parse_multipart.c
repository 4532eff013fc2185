/* parse_multipart.c - multipart/form-data, read by GMime from memory
 *
 * What GMime is given has been counted before: at most MAX_PARTS boundaries, no nested
 * kinds.  Parts carry their bytes as they are; a transfer encoding is refused (RFC 7578, 4.7).
 */
#include "req.h"

#include <gmime/gmime.h>

#include "intl.h"
#include "str.h"

#define MAX_BOUNDARY  70   /* RFC 2046, 5.1.1 */
#define MAX_FILE_NAME 120
#define MAX_PART_HEAD 4096

static int unreadable(struct err *e, const char *why)
{
	int rc = fail(e, E_BAD, _("The form could not be read."));

	str_copy(e->detail, sizeof(e->detail), why);
	return rc;
}

/* The boundary out of a Content-Type header, in a; NULL when there is none that can be used. */
static const char *boundary_of(struct arena *a, const char *content_type)
{
	const char *s = strcasestr(content_type, "boundary=");
	size_t n;

	if (!s)
		return NULL;
	s += 9;
	if (*s == '"') {
		s++;
		n = strcspn(s, "\"");
	} else {
		n = strcspn(s, "; \t");
	}
	if (!n || n > MAX_BOUNDARY)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] <= 0x20 || (unsigned char)s[i] >= 0x7f || strchr("\"\\;", s[i]))
			return NULL;
	return arena_printf(a, "--%.*s", (int)n, s);
}

static bool has_word(const char *s, size_t n, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= n; i++)
		if (!strncasecmp(s + i, word, len))
			return true;
	return false;
}

/* Parts of parts are never sent by a browser, and cost GMime seconds. */
static bool is_nested(const char *head, size_t n)
{
	bool type = false;

	while (n) {
		const char *end = memchr(head, '\n', n);
		size_t line = end ? (size_t)(end - head) + 1 : n;

		/* a line that begins with white space continues the one before */
		if (*head != ' ' && *head != '\t')
			type = line > 12 && !strncasecmp(head, "content-type", 12);
		if (type && (has_word(head, line, "multipart") || has_word(head, line, "message")))
			return true;
		head += line;
		n -= line;
	}
	return false;
}

/* What is wrong with the head of a part (s is behind its boundary), or NULL. */
static const char *head_fault(const char *s, const char *end)
{
	size_t n = (size_t)(end - s) < MAX_PART_HEAD ? (size_t)(end - s) : MAX_PART_HEAD;
	const char *stop = memmem(s, n, "\n\r\n", 3), *bare = memmem(s, n, "\n\n", 2);

	if (n >= 2 && s[0] == '-' && s[1] == '-')
		return NULL;
	if (!stop || (bare && bare < stop))
		stop = bare;
	if (!stop)
		return "part with a long head";
	return is_nested(s, (size_t)(stop - s)) ? "nested part" : NULL;
}

/* Before GMime sees it: n parts have n + 1 boundaries, and none has a long head. */
static int check_boundaries(struct err *e, const char *body, size_t size, const char *boundary)
{
	const char *end = body + size, *s = body, *fault;
	size_t n = strlen(boundary), count = 0;

	while ((s = memmem(s, (size_t)(end - s), boundary, n))) {
		if (++count > MAX_PARTS + 1)
			return fail(e, E_TOOLARGE, _("The form has too many fields."));
		s += n;
		fault = head_fault(s, end);
		if (fault)
			return unreadable(e, fault);
	}
	return OK;
}

/* Base name only, no control characters, never empty. */
static const char *clean_name(struct arena *a, const char *name)
{
	const char *slash = strrchr(name, '/'), *back;
	char *out, *c;
	size_t n;

	if (slash)
		name = slash + 1;
	back = strrchr(name, '\\');
	if (back)
		name = back + 1;
	n = strnlen(name, MAX_FILE_NAME);
	if (!str_utf8_valid(name, strlen(name)))
		return "file";
	while (n && ((unsigned char)name[n] & 0xc0) == 0x80)
		n--;
	out = arena_strndup(a, name, n);
	if (!out)
		return NULL;
	for (c = out; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f || strchr("\"<>|:*?", *c))
			*c = '_';
	out = str_trim(a, out);
	return out && *out && *out != '.' ? out : "file";
}

/* The part's bytes, copied into the arena and ended by NUL. */
static int part_bytes(struct arena *a, struct err *e, GMimePart *part, size_t max, char **data, size_t *size)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	gint64 length = stream ? g_mime_stream_length(stream) : 0;
	size_t done = 0;

	if (length < 0)
		return unreadable(e, "part without length");
	if ((uint64_t)length > max)
		return fail(e, E_TOOLARGE, _("What you sent is too large."));
	*data = arena_alloc(a, (size_t)length + 1);
	if (!*data)
		return fail_detail(e, E_NOMEM, "part of %zu bytes", (size_t)length);
	if (stream)
		g_mime_stream_reset(stream);
	while (done < (size_t)length) {
		ssize_t n = g_mime_stream_read(stream, *data + done, (size_t)length - done);

		if (n <= 0)
			return unreadable(e, "part cut short");
		done += (size_t)n;
	}
	*size = done;
	return OK;
}

static int take_file(struct arena *a, struct err *e, GMimePart *part, const char *field,
	const char *file_name, struct req *q)
{
	struct upload *u = &q->files[q->n_files];
	char *data;
	size_t size;
	int rc = part_bytes(a, e, part, MAX_FILE, &data, &size);

	if (rc)
		return rc;
	/* a browser sends a part without a name when no file was chosen */
	if (!*file_name && !size)
		return OK;
	if (q->n_files == MAX_PARTS)
		return fail(e, E_TOOLARGE, _("The form has too many fields."));
	u->name = clean_name(a, file_name);
	u->type = sniff_type(data, size);
	u->data = data;
	u->size = size;
	q->file_fields[q->n_files++] = field;
	return u->name ? OK : fail_detail(e, E_NOMEM, "file name");
}

static int take_text(struct arena *a, struct err *e, GMimePart *part, const char *field, struct req *q)
{
	char *data;
	size_t size;
	int rc = part_bytes(a, e, part, MAX_VALUE, &data, &size);

	if (rc)
		return rc;
	if (!str_utf8_valid(data, size))
		return unreadable(e, "a value is not UTF-8");
	if (q->form.n == MAX_PARAMS)
		return fail(e, E_TOOLARGE, _("The form has too many fields."));
	q->form.p[q->form.n++] = (struct param){ field, data };
	return OK;
}

static int take_part(struct arena *a, struct err *e, GMimeObject *object, struct req *q)
{
	GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(object);
	const char *name, *file_name;
	GMimeContentEncoding encoding;

	if (!GMIME_IS_PART(object))
		return unreadable(e, "nested part");
	encoding = g_mime_part_get_content_encoding(GMIME_PART(object));
	if (encoding != GMIME_CONTENT_ENCODING_DEFAULT && encoding != GMIME_CONTENT_ENCODING_7BIT &&
	    encoding != GMIME_CONTENT_ENCODING_8BIT && encoding != GMIME_CONTENT_ENCODING_BINARY)
		return unreadable(e, "transfer encoding");
	if (!disposition || strcasecmp(str_or(g_mime_content_disposition_get_disposition(disposition), ""), "form-data") != 0)
		return unreadable(e, "part is no form-data");
	name = g_mime_content_disposition_get_parameter(disposition, "name");
	if (str_empty(name) || strlen(name) > MAX_NAME || !str_utf8_valid(name, strlen(name)))
		return unreadable(e, "part without a usable name");
	name = arena_strdup(a, name);
	if (!name)
		return fail_detail(e, E_NOMEM, "part name");
	file_name = g_mime_content_disposition_get_parameter(disposition, "filename");
	if (file_name)
		return take_file(a, e, GMIME_PART(object), name, file_name, q);
	return take_text(a, e, GMIME_PART(object), name, q);
}

static void end_object(void *object)
{
	g_object_unref(object);
}

static void end_array(void *array)
{
	g_byte_array_free(array, FALSE);
}

/* A stream over bytes that are not ours: GMime only reads, and copies nothing. */
static GMimeStream *stream_over(struct arena *a, const char *data, size_t size)
{
	GByteArray *array = g_byte_array_new_take((guint8 *)(uintptr_t)data, size);

	GMimeStream *stream;

	if (arena_on_end(a, end_array, array))
		return NULL;
	stream = g_mime_stream_mem_new_with_byte_array(array);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	return stream;
}

static bool add_source(GMimeStream *all, GMimeStream *one)
{
	if (!one)
		return false;
	g_mime_stream_cat_add_source(GMIME_STREAM_CAT(all), one);
	g_object_unref(one);
	return true;
}

/* GMime's view of header and body; ends with the arena. NULL: it could not be read. */
static GMimeObject *read_object(struct arena *a, const char *content_type, const char *body, size_t size)
{
	char *header = arena_printf(a, "Content-Type: %s\r\n\r\n", content_type);
	GMimeStream *all;
	GMimeParser *parser;
	GMimeObject *object;
	bool ok;

	if (!header)
		return NULL;
	all = g_mime_stream_cat_new();
	ok = add_source(all, stream_over(a, header, strlen(header))) && add_source(all, stream_over(a, body, size));
	if (!ok) {
		g_object_unref(all);
		return NULL;
	}
	parser = g_mime_parser_new_with_stream(all);
	g_object_unref(all);
	/* a part's content becomes its own: substreams of a concatenation cannot be read again */
	g_mime_parser_set_persist_stream(parser, FALSE);
	object = g_mime_parser_construct_part(parser, NULL);
	g_object_unref(parser);
	if (object && arena_on_end(a, end_object, object))
		return NULL;
	return object;
}

static bool header_char(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

int parse_multipart(struct arena *a, struct err *e, const char *content_type, const char *body, size_t size,
	struct req *q)
{
	const char *boundary;
	GMimeObject *object;
	int n, rc;

	for (const char *c = content_type; *c; c++)
		if (!header_char((unsigned char)*c) || c - content_type > 300)
			return unreadable(e, "Content-Type header");
	boundary = boundary_of(a, content_type);
	if (!boundary)
		return unreadable(e, "no boundary");
	rc = check_boundaries(e, body, size, boundary);
	if (rc)
		return rc;
	g_mime_init();
	object = read_object(a, content_type, body, size);
	if (!object || !GMIME_IS_MULTIPART(object))
		return unreadable(e, "no multipart body");
	n = g_mime_multipart_get_count(GMIME_MULTIPART(object));
	for (int i = 0; i < n && !rc; i++)
		rc = take_part(a, e, g_mime_multipart_get_part(GMIME_MULTIPART(object), i), q);
	return rc;
}
