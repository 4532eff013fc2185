/* mail_send.c - a message goes to the mail server, or into a folder where there is none */
#include "mail.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "str.h"

#define CONNECT_SECONDS 10L
#define SEND_SECONDS 60L

struct reader { const char *text; size_t left; };

static size_t give(char *out, size_t size, size_t n, void *arg)
{
	struct reader *r = arg;
	size_t take = size * n < r->left ? size * n : r->left;

	memcpy(out, r->text, take);
	r->text += take;
	r->left -= take;
	return take;
}

/* The address alone, in angle brackets: an envelope has no names. */
static char *envelope(struct arena *a, const char *address)
{
	const char *open = strrchr(address, '<');
	const char *close = open ? strchr(open, '>') : NULL;

	if (close)
		return arena_strndup(a, open, (size_t)(close - open + 1));
	return arena_printf(a, "<%s>", address);
}

static void set_server(CURL *curl, const struct conf *c)
{
	curl_easy_setopt(curl, CURLOPT_URL, c->smtp_url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, SEND_SECONDS);
	if (!str_empty(c->smtp_user)) {
		/* a password never goes over an open line */
		curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
		curl_easy_setopt(curl, CURLOPT_USERNAME, c->smtp_user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, c->smtp_password);
	} else {
		curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	}
	if (!str_empty(c->smtp_ca))
		curl_easy_setopt(curl, CURLOPT_CAINFO, c->smtp_ca);
}

/* 5xx in the conversation is final, all else is worth another try. */
static int outcome(struct err *e, CURLcode code, long answer, const char *words)
{
	if (code == CURLE_OK)
		return OK;
	if (answer >= 500 && answer < 600)
		return fail_detail(e, E_BAD, "mail server answered %ld: %s", answer, words);
	return fail_detail(e, E_AWAY, "mail server: %s (%ld)", words, answer);
}

int mail_send(struct arena *a, struct err *e, const struct conf *c, const char *from, const char *to,
	const char *message, size_t size)
{
	struct reader reader = { message, size };
	char words[CURL_ERROR_SIZE] = "";
	struct curl_slist *rcpt;
	long answer = 0;
	CURLcode code;
	CURL *curl = curl_easy_init();

	if (!curl)
		return fail_detail(e, E_NOMEM, "curl");
	rcpt = curl_slist_append(NULL, envelope(a, to));
	set_server(curl, c);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, envelope(a, from));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, rcpt);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, &reader);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)size);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	curl_slist_free_all(rcpt);
	curl_easy_cleanup(curl);
	return outcome(e, code, answer, words[0] ? words : curl_easy_strerror(code));
}

static int write_whole(int fd, const char *text, size_t size)
{
	while (size) {
		ssize_t n = write(fd, text, size);

		if (n <= 0)
			return -1;
		text += n;
		size -= (size_t)n;
	}
	return fsync(fd);
}

int mail_store(struct arena *a, struct err *e, const char *dir, const char *message_id,
	const char *message, size_t size)
{
	char *path = arena_printf(a, "%s/%s.eml", dir, str_url(a, message_id));
	char *part = arena_printf(a, "%s.part", path);
	int fd, bad;

	if (!path || !part)
		return fail_detail(e, E_NOMEM, "mail folder");
	mkdir(dir, 0700);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_detail(e, E_AWAY, "cannot write %s", part);
	bad = write_whole(fd, message, size);
	if (close(fd) || bad || rename(part, path))
		return fail_detail(e, E_AWAY, "cannot write %s", path);
	return OK;
}
