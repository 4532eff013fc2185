/* small.c - the smallest FastCGI program that makes a page's queries and prints its bytes
 *
 * What the portal is measured against.  plan.h holds, recorded from the portal itself, the
 * statements of each page, their arguments, and the page cut at the values of the rows.  There
 * is nothing else: no rights, no forms, no dates in words, no log; the texts around stand fixed.
 * A part of an argument or page is text, the request's tag (the word that makes a
 * registration's customer a new one), an id made before, or a value fetched.
 */
#include <fcgiapp.h>
#include <mysql.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum part_kind { TEXT, TAG, DEAL, ACCOUNT, SEQ, SEQ_NEXT, VALUE };
struct part { enum part_kind kind; const char *text; unsigned long size; int query, cell; };
struct arg { int null, number; const struct part *parts; int n; };
struct query { const char *sql; const struct arg *args; int n_args, plain; enum part_kind says; };
struct page {
	const char *path;
	int json;
	const struct query *queries;
	int n_queries;
	const struct part *head, *body;
	int n_head, n_body;
};
#include "plan.h"

#define MAX_QUERIES 40
#define MAX_CELL 4200
#define MAX_VALUES 20000
#define CELLS (4 << 20)

static MYSQL *my;
static MYSQL_STMT *prepared[N_PAGES][MAX_QUERIES];
static char cells[CELLS];               /* of this request */
static size_t used;
struct value { char *text; unsigned long size; };
static struct value values[MAX_QUERIES][MAX_VALUES];
static int n_values[MAX_QUERIES];
static char tag[64], deal[24], account[24], seq[24], seq_next[24];
static char out[1 << 17];
static size_t out_size;

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, mysql_error(my));
	exit(1);
}

static void *room(size_t n)
{
	void *p = cells + used;

	used += (n + 15) & ~(size_t)15;
	if (used > CELLS)
		die("too much");
	return p;
}

/* ---- texts ---- */

static void part_text(const struct part *p, const char **text, unsigned long *size)
{
	const char *const known[] = { [TAG] = tag, [DEAL] = deal, [ACCOUNT] = account, [SEQ] = seq, [SEQ_NEXT] = seq_next };

	switch (p->kind) {
	case TEXT:
		*text = p->text;
		*size = p->size;
		break;
	case VALUE:
		*text = "";
		*size = 0;
		if (p->cell < n_values[p->query]) {
			*text = values[p->query][p->cell].text;
			*size = values[p->query][p->cell].size;
		}
		break;
	default:
		*text = known[p->kind];
		*size = strlen(*text);
	}
}

static void put(const char *s, unsigned long n)
{
	if (n > sizeof(out) - out_size)
		die("too long");
	memcpy(out + out_size, s, n);
	out_size += n;
}

static void put_escaped(const char *s, unsigned long n)
{
	for (; n--; s++)
		switch (*s) {
		case '<': put("&lt;", 4); break;
		case '>': put("&gt;", 4); break;
		case '&': put("&amp;", 5); break;
		case '"': put("&quot;", 6); break;
		case '\'': put("&#39;", 5); break;
		default: put(s, 1);
		}
}

static void put_parts(const struct part *p, int n, int escaped)
{
	const char *text;
	unsigned long size;

	for (; n--; p++) {
		part_text(p, &text, &size);
		if (escaped && p->kind == VALUE)
			put_escaped(text, size);
		else
			put(text, size);
	}
}

/* ---- database ---- */

static void bind_args(const struct query *q, MYSQL_BIND *binds)
{
	memset(binds, 0, sizeof(*binds) * (size_t)q->n_args);
	for (int i = 0; i < q->n_args; i++) {
		const struct arg *a = &q->args[i];
		const char *text;
		unsigned long size, all = 0;
		char *at;

		binds[i].buffer_type = a->null ? MYSQL_TYPE_NULL : MYSQL_TYPE_STRING;
		if (a->n == 1) {
			part_text(a->parts, &text, &size);
			if (a->number) {
				binds[i].buffer_type = MYSQL_TYPE_LONGLONG;
				binds[i].buffer = room(sizeof(long long));
				*(long long *)binds[i].buffer = strtoll(text, NULL, 10);
				continue;
			}
			binds[i].buffer = (char *)text;
			binds[i].buffer_length = size;
			continue;
		}
		at = binds[i].buffer = room(8192);
		for (int k = 0; k < a->n; k++) {
			part_text(&a->parts[k], &text, &size);
			if (all + size > 8192)
				die("argument");
			memcpy(at + all, text, size);
			all += size;
		}
		binds[i].buffer_length = all;
	}
}

/* All rows, every column as text. */
static void fetch(MYSQL_STMT *s, unsigned n, int at)
{
	static char buffer[64][MAX_CELL];
	MYSQL_BIND binds[64];
	unsigned long sizes[64];
	my_bool nulls[64];
	int rc;

	memset(binds, 0, sizeof(binds[0]) * n);
	for (unsigned i = 0; i < n; i++) {
		binds[i].buffer_type = MYSQL_TYPE_STRING;
		binds[i].buffer = buffer[i];
		binds[i].buffer_length = MAX_CELL;
		binds[i].length = &sizes[i];
		binds[i].is_null = &nulls[i];
	}
	if (mysql_stmt_bind_result(s, binds))
		die("bind");
	while (((rc = mysql_stmt_fetch(s)) == 0 || rc == MYSQL_DATA_TRUNCATED) && n_values[at] + (int)n <= MAX_VALUES)
		for (unsigned i = 0; i < n; i++) {
			struct value *v = &values[at][n_values[at]++];

			v->size = nulls[i] ? 0 : sizes[i] > MAX_CELL ? MAX_CELL : sizes[i];
			v->text = memcpy(room(v->size + 1), buffer[i], v->size);
		}
	mysql_stmt_free_result(s);
}

static void remember(const struct query *q, MYSQL_STMT *s, int at)
{
	if (q->says == DEAL)
		snprintf(deal, sizeof(deal), "%llu", (unsigned long long)mysql_stmt_insert_id(s));
	if (q->says == ACCOUNT)
		snprintf(account, sizeof(account), "%llu", (unsigned long long)mysql_stmt_insert_id(s));
	if (q->says == SEQ && n_values[at]) {
		snprintf(seq, sizeof(seq), "%.*s", (int)values[at][0].size, values[at][0].text);
		snprintf(seq_next, sizeof(seq_next), "%lld", atoll(seq) + 1);
	}
}

static int run(int page, int at)
{
	const struct query *q = &pages[page].queries[at];
	MYSQL_BIND binds[64];
	MYSQL_STMT **s = &prepared[page][at];

	n_values[at] = 0;
	if (q->plain)           /* START TRANSACTION, COMMIT */
		return mysql_real_query(my, q->sql, strlen(q->sql));
	if (!*s) {
		*s = mysql_stmt_init(my);
		if (mysql_stmt_prepare(*s, q->sql, strlen(q->sql)))
			die(q->sql);
	}
	bind_args(q, binds);
	if (q->n_args && mysql_stmt_bind_param(*s, binds))
		die("bind");
	if (mysql_stmt_execute(*s))
		return 1;
	if (mysql_stmt_field_count(*s))
		fetch(*s, mysql_stmt_field_count(*s), at);
	remember(q, *s, at);
	return 0;
}

/* ---- requests ---- */

static void read_tag(FCGX_Request *r)
{
	static char body[8192];
	int n = FCGX_GetStr(body, sizeof(body) - 1, r->in);
	char *at, *end;

	body[n > 0 ? n : 0] = '\0';
	tag[0] = '\0';
	at = strstr(body, "\"domain\":\"");
	end = at ? strstr(at, ".example") : NULL;
	if (end)
		snprintf(tag, sizeof(tag), "%.*s", (int)(end - at - 10), at + 10);
}

static void serve(FCGX_Request *r)
{
	const char *path = FCGX_GetParam("PATH_INFO", r->envp);
	int page = 0, failed = 1;
	size_t size;

	while (page < N_PAGES && strcmp(pages[page].path, path ? path : ""))
		page++;
	if (page == N_PAGES) {
		FCGX_FPrintF(r->out, "Status: 404 Not Found\r\n\r\n");
		return;
	}
	if (pages[page].json)
		read_tag(r);
	for (int tries = 0; failed && tries < 5; tries++) {
		used = out_size = 0;
		failed = 0;
		for (int i = 0; i < pages[page].n_queries && !failed; i++)
			failed = run(page, i);
		if (failed)
			mysql_real_query(my, "ROLLBACK", 8);
	}
	if (failed) {
		FCGX_FPrintF(r->out, "Status: 500 Error\r\n\r\n%s\n", mysql_error(my));
		return;
	}
	put_parts(pages[page].body, pages[page].n_body, !pages[page].json);
	size = out_size;
	put_parts(pages[page].head, pages[page].n_head, 0);
	FCGX_PutStr(out + size, (int)(out_size - size), r->out);
	FCGX_FPrintF(r->out, "Content-Length: %d\r\n\r\n", (int)size);
	FCGX_PutStr(out, (int)size, r->out);
}

int main(int argc, char **argv)
{
	FCGX_Request r;

	(void)argc;
	(void)argv;
	signal(SIGPIPE, SIG_IGN);
	my = mysql_init(NULL);
	mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(my, NULL, getenv("BENCH_USER"), getenv("BENCH_PASSWORD"), "prm", 0, getenv("BENCH_SOCKET"), 0))
		die("connect");
	mysql_query(my, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
	mysql_query(my, "SET SESSION innodb_snapshot_isolation = ON, time_zone = '+00:00'");
	if (FCGX_Init() || FCGX_InitRequest(&r, 0, 0))
		return 1;
	while (FCGX_Accept_r(&r) >= 0) {
		serve(&r);
		FCGX_Finish_r(&r);
	}
	return 0;
}
