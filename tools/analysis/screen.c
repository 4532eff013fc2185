/* screen.c - prm-analysis screen: names against the sanctions lists */
#include "topics.h"
json_t *topic_screen(struct arena *a, struct err *e, const struct asked *q)
{
	(void)a; (void)q; fail(e, E_BAD, "not yet");
	return NULL;
}
