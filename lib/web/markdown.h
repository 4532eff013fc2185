/* markdown.h - Markdown as safe HTML */
#ifndef WEB_MARKDOWN_H
#define WEB_MARKDOWN_H

#include "arena.h"

#define MAX_MARKDOWN (256u << 10)    /* bytes of one text */

/* CommonMark with tables and strikethrough.  Raw HTML is left out, dangerous links (javascript:,
 * data:) lose their address.  "# Title" becomes <h2 id="s-title">: <h1> is the page's own.  Tables
 * stand in <div class="table-responsive">.  In the arena; NULL past a cap. */
char *markdown_html(struct arena *a, const char *text);

#endif
