/* render_html.h - a document becomes text through a ClearSilver template
 *
 * The only place that knows ClearSilver.  Escaping is on before every template is read
 * (Config.VarEscapeMode=html) and proven by a self-test at start; NEOERR stops here.
 * Also used by cron/deliver for the bodies of mails and by the golden tests.
 */
#ifndef WEB_RENDER_HTML_H
#define WEB_RENDER_HTML_H

#include <jansson.h>
#include <stdbool.h>
#include "conf.h"
#include "err.h"
#include "arena.h"

/* 0, or -1 when "<" came out raw: the program must not start. */
int render_self_test(void);

/* Renders template_ (below conf->template_dir) with the members of the objects in data[0..n),
 * later ones on top of earlier ones.  html false: plain text (mail bodies), nothing is escaped.
 * The text is in the arena.  E_INTERNAL with detail when the template is missing or broken. */
int render_template(struct arena *a, struct err *e, const struct conf *c, const char *template_,
	json_t *const *data, size_t n, bool html, const char **out, size_t *size);

#endif
