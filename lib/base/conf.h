/* conf.h - the installation's configuration file
 *
 * Lines "name = value"; # starts a comment.  Read once per process from
 * $PRM_CONF, else SYSCONFDIR/prm.conf.  A file that group or others may write,
 * or a secrets file they may read, is refused.  Unknown names are refused with
 * their line, so that a misspelt one does not silently mean its default.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>

struct conf {
	const char *base_url;       /* "http://127.0.0.1:8080": links in mail, origin check */
	const char *content_url;    /* second origin for foreign content; may be "" */
	const char *site_name;      /* the vendor's name until the programme says otherwise */
	const char *db_socket;      /* unix socket; or db_host and db_port */
	const char *db_host;
	int db_port;
	const char *db_user;
	const char *db_password;
	const char *db_name;
	const char *template_dir;
	const char *htdocs_dir;     /* also holds vendor/, for asset version numbers */
	const char *locale_dir;
	const char *schema_dir;
	const char *files_dir;      /* uploads, content-addressed, outside the document root */
	const char *key_file;       /* 32 byte master key, hex, mode 0600 */
	const char *log_file;       /* "-" is stderr */
	const char *smtp_url;       /* smtp://127.0.0.1:2525 ; empty: mail stays in the outbox */
	const char *smtp_user;
	const char *smtp_password;
	const char *smtp_ca;        /* CA file of the mail server's certificate; empty: system's */
	const char *mail_from;
	const char *dkim_domain;    /* empty: mails are not signed */
	const char *dkim_selector;
	const char *dkim_key;       /* PEM file, mode 0600 */
	const char *common_passwords; /* file, one a line */
	const char *psl_file;       /* public suffix list; empty: libpsl's own */
	const char *trusted_proxy;  /* address whose X-Forwarded-For counts; empty: none */
	const char *admin_allow;    /* addresses for /admin, comma separated; empty: all (also in the web server) */
	int session_idle;           /* seconds, 1800 */
	int session_absolute;       /* seconds, 43200 */
	int argon2_memory;          /* KiB, 47104 */
	int argon2_ops;             /* 1 */
	int requests_per_worker;    /* leave after so many, 10000 */
	bool cookie_secure;         /* from base_url: https */
	bool totp_required;         /* administrators need a second factor; off in demonstrations */
	bool development;           /* templates reread on change */
};

/* Reads path (NULL: as above). NULL and a line on stderr when it cannot be used. */
const struct conf *conf_read(const char *path);
/* The 32 byte key derived from the master key for one purpose ("csrf", "session", ...).
 * 0, or -1 when the key file is missing or open to others. */
int conf_key(const struct conf *c, const char *purpose, unsigned char key[32]);

#endif
