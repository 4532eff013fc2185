/* agent.h - what a person would call the browser behind a User-Agent */
#ifndef PRM_AGENT_H
#define PRM_AGENT_H

#include "arena.h"

/* "Firefox 128 on Linux", "Safari 17 on iPhone"; a program's own name ("curl 8.5.0"); "" when
 * nothing was sent. For people to recognise their own sign-ins, never to decide anything. */
const char *agent_text(struct arena *a, const char *agent);

#endif
