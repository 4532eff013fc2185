/* mail_compose.c - headers and two bodies become one message */
#include "mail.h"

#include <gmime/gmime.h>
#include <string.h>

#include "str.h"

static void end_object(void *object)
{
	g_object_unref(object);
}

static bool one_line(const char *s)
{
	return !s || !strpbrk(s, "\r\n");
}

/* A text part in quoted-printable, so that no relay needs to touch (and break the signature of) a line. */
static GMimeObject *text_part(const char *text, const char *subtype)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, text);
	g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(part);
}

static void set_body(GMimeMessage *message, const struct mail *m)
{
	GMimeMultipart *both;
	GMimeObject *part = text_part(m->text, "plain");

	if (!m->html) {
		g_mime_message_set_mime_part(message, part);
		g_object_unref(part);
		return;
	}
	both = g_mime_multipart_new_with_subtype("alternative");
	g_mime_multipart_add(both, part);
	g_object_unref(part);
	part = text_part(m->html, "html");
	g_mime_multipart_add(both, part);
	g_object_unref(part);
	g_mime_message_set_mime_part(message, GMIME_OBJECT(both));
	g_object_unref(both);
}

static void add_addresses(GMimeMessage *message, GMimeAddressType type, const char *text)
{
	InternetAddressList *list = internet_address_list_parse(NULL, text);

	if (list) {
		internet_address_list_append(g_mime_message_get_addresses(message, type), list);
		g_object_unref(list);
	}
}

static void set_headers(GMimeMessage *message, const struct mail *m)
{
	GDateTime *at = g_date_time_new_from_unix_utc(m->at.us / 1000000);
	GMimeObject *object = GMIME_OBJECT(message);

	add_addresses(message, GMIME_ADDRESS_TYPE_FROM, m->from);
	add_addresses(message, GMIME_ADDRESS_TYPE_TO, m->to);
	g_mime_message_set_subject(message, m->subject, "utf-8");
	g_mime_message_set_date(message, at);
	g_date_time_unref(at);
	g_mime_message_set_message_id(message, m->message_id);
	g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
	if (m->list_unsubscribe) {
		char *value = g_strdup_printf("<%s>", m->list_unsubscribe);

		g_mime_object_set_header(object, "List-Unsubscribe", value, NULL);
		g_mime_object_set_header(object, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click", NULL);
		g_free(value);
	}
}

int mail_compose(struct arena *a, struct err *e, const struct mail *m, const char **out, size_t *size)
{
	GMimeMessage *message;
	GMimeFormatOptions *format;
	GMimeStream *stream;
	GByteArray *bytes;

	if (!one_line(m->from) || !one_line(m->to) || !one_line(m->subject) || !one_line(m->message_id))
		return fail_detail(e, E_INVALID, "a mail header has a line break");
	g_mime_init();
	message = g_mime_message_new(TRUE);
	if (arena_on_end(a, end_object, message))
		return fail_detail(e, E_NOMEM, "mail to %s", m->to);
	set_headers(message, m);
	set_body(message, m);

	format = g_mime_format_options_new();
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	stream = g_mime_stream_mem_new();
	g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream);
	g_mime_format_options_free(format);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	*size = bytes->len;
	*out = arena_strndup(a, (const char *)bytes->data, bytes->len);
	g_object_unref(stream);
	return *out ? OK : fail_detail(e, E_NOMEM, "mail to %s", m->to);
}
