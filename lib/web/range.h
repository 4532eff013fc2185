/* range.h - a part of a file, for a download that broke off (RFC 9110, 14) */
#ifndef WEB_RANGE_H
#define WEB_RANGE_H

#include <stddef.h>

enum range { RANGE_ALL, RANGE_PART, RANGE_NONE };   /* 200, 206, 416 */

/*
 * What a Range header asks for of size bytes.  Only one range of bytes is understood; anything else
 * (also several) may be answered with all of it, as the standard allows.
 */
enum range range_read(const char *header, size_t size, size_t *first, size_t *length);

#endif
