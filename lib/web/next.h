/* next.h - where a page leads to afterwards, as its address said */
#ifndef WEB_NEXT_H
#define WEB_NEXT_H

/* next when it is a path of ours ("/deals/12?x=y"), else otherwise: never another site's
 * ("//host", "/\host", "https:"), never one with control characters. */
const char *next_path(const char *next, const char *otherwise);

#endif
