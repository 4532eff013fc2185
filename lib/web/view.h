/* view.h - the list pattern: search, filters, sort, columns, paging, export
 *
 * A list route names a struct view.  The pipeline reads ?sort, ?after, ?limit, ?cols and the
 * route's filter fields; view_show() puts everything the one list template needs into the
 * document and, on ?format=csv, the handler is run again and again with a limit of EXPORT_ROWS and the
 * rows go out as CSV with the same columns (export.c).
 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "doc.h"
#include "list.h"

struct view_column {
	const char *name;      /* member of each row; the page shows NAME_text where there is one */
	const char *label;     /* N_() */
	enum { SHOW_TEXT, SHOW_LINK, SHOW_BADGE, SHOW_NUMBER, SHOW_MONEY, SHOW_WHEN, SHOW_DAY, SHOW_BOOL } show;
	bool on;               /* shown unless the user chose otherwise */
	bool card;             /* one of the facts kept on a phone's card */
	const char *sort_up, *sort_down;   /* names of struct list_order, for the heading's link */
	bool across;           /* differs between firms only: a partner has to ask for it */
};
struct saved_view { const char *label, *query; };   /* N_("Mine to decide"), "state=in_review" */

struct view {
	const char *rows;                      /* path of the list in the document: "deals" */
	const struct view_column *columns;     /* name NULL ends */
	const struct list_order *orders;       /* first is the default; name NULL ends */
	const struct saved_view *saved;        /* label NULL ends; may be NULL */
	const char *title;                     /* N_() */
	const char *empty, *empty_action, *empty_url;  /* N_("No deals yet. ..."), N_("Register a deal"), "/deals/new" */
	const char *bulk_url;                  /* form action for selected rows, or NULL */
	const struct choice *bulk_actions;     /* value posted as "action" */
};

/* Fills q->page from ?sort ?after ?limit ?format before the handler runs. A page shrugs off
 * what it cannot read, the API answers E_INVALID. */
int view_read(struct req *q, const struct view *v);
/* true when the rows are to go out as a file (?format=csv). */
bool view_exports(const struct req *q);
/* Adds rows (each also needs a "url" member for its link: put with doc_item), paging and,
 * on pages, what layout/list.cs draws. next from list_rows(); total < 0: unknown. */
int view_show(struct doc *d, const struct view *v, const char *next, int64_t total);

#endif
