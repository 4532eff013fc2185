/* log.h - one JSON line for everything worth knowing
 *
 * Append-only file or stderr; times in UTC; values are encoded, never raw.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

/* Opens the log ("-": stderr) for this program. 0 or -1. */
int log_open(const char *file, const char *program);

enum log_level { LOG_DETAIL, LOG_NOTE, LOG_TROUBLE, LOG_ALARM };

struct log_pair { const char *name; const char *text; int64_t number; };
static inline const char *log_text(const char *v) { return v ? v : ""; }
#define LOG_TEXT(n, v) { (n), log_text(v), 0 }
#define LOG_NUM(n, v)  { (n), NULL, (int64_t)(v) }

/* One line: time, program, pid, level, event and the pairs. Event names follow the
 * OWASP logging vocabulary where there is one (authn_login_fail, authz_fail, ...). */
void log_line(enum log_level level, const char *event, const struct log_pair *pairs, int n);
#define LOG(level, event, ...) log_line((level), (event), (const struct log_pair[]){ __VA_ARGS__ }, \
	(int)(sizeof((const struct log_pair[]){ __VA_ARGS__ }) / sizeof(struct log_pair)))

#endif
