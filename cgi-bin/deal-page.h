/* deal-page.h - what the files of the program register-deal share */
#ifndef CGI_DEAL_PAGE_H
#define CGI_DEAL_PAGE_H

#include "deal.h"
#include "prm.h"

/* "/deals/12" and a tail ("", "/decide"), in the arena. */
const char *deal_link(struct req *q, int64_t id, const char *tail);
/* "deal" with scope, decision and next step; on pages also what may be done and words for its state. */
int deal_put(struct req *q, struct doc *out, const struct deal *d);
/* "timeline" of the registration q->id, which the user has been found to see. */
int deal_put_story(struct req *q, struct doc *out);

/* ---- imports: deal-import.c ---- */
struct import_input { struct upload file; bool dry_run; };
extern const struct field import_fields[];
extern const struct part import_part[];
int import_page(struct req *q, struct doc *out);
int import_upload(struct req *q, struct doc *out);
int import_show(struct req *q, struct doc *out);
int import_run(struct req *q, struct doc *out);
int import_report(struct req *q, struct doc *out);

#endif
