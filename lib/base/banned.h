/* banned.h - functions that are never right here, as compile errors
 *
 * Force-included (-include) into every file of the house.  The headers that
 * declare them come first, since their declarations must still stand.  Macros and
 * no GCC poison: macros of mysql.h and glib.h name some of them.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <alloca.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

/* unbounded, or cut silently: str_copy(), arena_printf(), struct strbuf instead */
#undef strcpy
#define strcpy(...) strcpy_is_banned_here()
#undef strcat
#define strcat(...) strcat_is_banned_here()
#undef strncpy
#define strncpy(...) strncpy_is_banned_here()
#undef strncat
#define strncat(...) strncat_is_banned_here()
#undef stpcpy
#define stpcpy(...) stpcpy_is_banned_here()
#undef sprintf
#define sprintf(...) sprintf_is_banned_here()
#undef vsprintf
#define vsprintf(...) vsprintf_is_banned_here()
#undef gets
#define gets(...) gets_is_banned_here()

/* no error, or hidden state: str_to_int() instead */
#undef atoi
#define atoi(...) atoi_is_banned_here()
#undef atol
#define atol(...) atol_is_banned_here()
#undef atoll
#define atoll(...) atoll_is_banned_here()
#undef atof
#define atof(...) atof_is_banned_here()
#undef scanf
#define scanf(...) scanf_is_banned_here()
#undef sscanf
#define sscanf(...) sscanf_is_banned_here()
#undef fscanf
#define fscanf(...) fscanf_is_banned_here()
#undef strtok
#define strtok(...) strtok_is_banned_here()

/* stack without a bound; a shell */
#undef alloca
#define alloca(...) alloca_is_banned_here()
#undef system
#define system(...) system_is_banned_here()
#undef popen
#define popen(...) popen_is_banned_here()

#endif
