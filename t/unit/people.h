/* people.h - two firms, a vendor and their people in a real database, for the tests of person and member */
#ifndef T_PEOPLE_H
#define T_PEOPLE_H

#include <fcntl.h>
#include <liboath/oath.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"
#include "api_token.h"
#include "intl.h"
#include "link_token.h"
#include "log.h"
#include "member.h"
#include "migrate.h"
#include "password.h"
#include "person.h"
#include "secret.h"
#include "session_store.h"
#include "str.h"
#include "testdb.h"
#include "throttle.h"
#include "totp.h"
#include <check.h>      /* after ours: it has a macro fail() */

#define PASSWORD "correct horse battery"
#define NEW_PASSWORD "seven green bottles hang"

static struct conf conf;
static struct db *db;
static struct user anna;        /* owner of firm 1 */
static char key_file[64], files[64];

static inline void must(int rc)
{
	ck_assert_msg(!rc, "rc %s: %s (%s)", rc_name((enum rc)rc), db->err->message, db->err->detail);
}

static inline void run(const char *sql)
{
	must(db_exec(db, sql, NO_ARGS, NULL));
}

static inline int64_t number(const char *sql)
{
	int64_t n = -1;

	must(db_int(db, sql, NO_ARGS, &n));
	return n;
}

static inline void at(const char *iso)
{
	setenv("PRM_NOW", iso, 1);
	db->now = when_now();
}

static inline int ended(int rc)
{
	if (rc) {
		db_rollback(db);
		return rc;
	}
	return db_commit(db);
}
#define DO(call) (must(db_begin(db)), ended(call))

static inline const char *field_of_error(void)
{
	return db->err->n_fields ? db->err->fields[0].field : "";
}

static inline int enter(const char *email, const char *password, const char *code, const char **token, struct user *u)
{
	err_clear(db->err);
	return sign_in(db, &conf, email, password, code, "198.51.100.7", "Firefox", token, u);
}

static inline struct user signed_in(const char *email, const char *password)
{
	struct user u = { .person_id = 0 };
	const char *token;

	must(enter(email, password, NULL, &token, &u));
	return u;
}

static inline void add_person(int id, const char *email, const char *name, const char *firm, const char *roles)
{
	const char *hash;

	must(password_hash(db, &conf, PASSWORD, &hash));
	must(db_exec(db, "INSERT INTO person (id, email, name, password_hash, status, created_at)"
		" VALUES (?, ?, ?, ?, 'active', ?)", ARGS(A(id), A(email), A(name), A(hash), A(db->now)), NULL));
	must(db_exec(db, "INSERT INTO membership (id, person_id, partner_id, roles, since) VALUES (?, ?, ?, ?, ?)",
		ARGS(A(id), A(id), A(firm), A(roles), A(db->now)), NULL));
}

static inline void setup(void)
{
	db = db_command(&conf);
	ck_assert_ptr_nonnull(db);
	at("2027-03-15T09:00:00Z");
	for (const char *const *t = (const char *const[]){ "session", "device", "api_token", "link_token", "recovery_code",
			"throttle", "outbox", "membership", "partner", "person", NULL }; *t; t++)
		run(arena_printf(db->arena, "DELETE FROM %s", *t));
	run("INSERT IGNORE INTO programme (id, name, zone, currency, accent) VALUES (1, 'Halvard Security', 'UTC', 'EUR', '#123456')");
	run("INSERT INTO partner (id, name, country, since) VALUES (1, 'Nordlicht Systems', 'DE', '2020-01-01'),"
		" (2, 'Rival', 'DE', '2020-01-01')");
	add_person(1, "anna@nordlicht.example", "Anna Rossi", "1", "owner");
	add_person(2, "bo@rival.example", "Bo Berg", "2", "owner,sales");
	add_person(3, "ada@halvard.example", "Ada Admin", NULL, "administrator");
	add_person(4, "cem@halvard.example", "Cem Manager", NULL, "channel_manager");
	anna = (struct user){ .person_id = 1, .partner_id = 1, .membership_id = 1, .name = "Anna Rossi",
		.email = "anna@nordlicht.example", .firm = "Nordlicht Systems", .language = "en",
		.roles = ROLE_OWNER, .rights = rights_of_roles(ROLE_OWNER), .address = "198.51.100.7" };
}

static inline void teardown(void)
{
	db_command_end(db);
}

static inline struct user admin_user(void)
{
	return (struct user){ .person_id = 3, .membership_id = 3, .vendor = true, .name = "Ada Admin",
		.email = "ada@halvard.example", .firm = "Halvard Security", .language = "en",
		.roles = ROLE_ADMINISTRATOR, .rights = rights_of_roles(ROLE_ADMINISTRATOR) };
}

static inline const char *sealed_link(const char *template_, const char *before)
{
	struct { const char *body; } row = { NULL };
	const struct column cols[] = { { .name = "body", .type = COL_TEXT, .offset = 0, .size = sizeof(char *) }, COL_END };
	const char *text, *start;
	char *end;

	must(db_row(db, "SELECT JSON_VALUE(body, '$.secret_link') AS body FROM outbox WHERE template = ? ORDER BY id DESC LIMIT 1",
		ARGS(A(template_)), cols, &row));
	must(unseal_text(db, &conf, "link", row.body, &text));
	start = strstr(text, before);
	ck_assert_ptr_nonnull(start);
	end = arena_strdup(db->arena, start + strlen(before));
	return end;
}

static inline int prepare(const struct conf *given)
{
	struct db *first;
	int fd, bad;

	snprintf(key_file, sizeof(key_file), "/tmp/prm-person-key-%d", (int)getpid());
	snprintf(files, sizeof(files), "/tmp/prm-person-files-%d", (int)getpid());
	fd = open(key_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dprintf(fd, "%064d\n", 7) < 0 || close(fd) || mkdir(files, 0700))
		return -1;
	conf = *given;
	conf.key_file = key_file;
	conf.files_dir = files;
	conf.site_name = "Portal";
	conf.common_passwords = SRCDIR "/etc/common-passwords.txt";
	conf.session_idle = 1800;
	conf.totp_required = true;
	conf.session_absolute = 43200;
	conf.argon2_memory = 19456;
	conf.argon2_ops = 2;
	first = db_command(&conf);
	bad = !first || migrate_up(first, SRCDIR "/schema", NULL);
	if (bad)
		fprintf(stderr, "schema: %s (%s)\n", first ? first->err->message : "", first ? first->err->detail : "");
	db_command_end(first);
	return bad ? -1 : 0;
}

#endif
