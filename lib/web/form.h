/* form.h - the forms of a page, from the POST rows that are redrawn there
 *
 * A GET row is the page of every POST row whose .redraw is its pattern.  "Form" is the one whose
 * fields it shares (or that has just failed); "Forms.NAME" are all of them, by the last word of
 * their pattern: "/deals/{id}/reject" is Forms.reject.  Other forms with .choices_of are left to their handler.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "doc.h"
#include "route.h"
#include "worker.h"

/* true when some POST row's form stands on this page, so that its query prefills it. */
bool form_on_page(const struct program *programs, const struct route *page);

/* {Form, Forms} for the page d was made by.  failed: the POST row whose answers were refused;
 * q->err says why, and what was typed is kept.  The members are json_decref()ed with the arena. */
int forms_make(struct worker *w, struct doc *d, const struct route *page, const struct route *failed, json_t *into);

#endif
