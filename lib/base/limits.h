/* limits.h - every maximum of the house, in one place
 *
 * A buffer, body, list or page without a bound here is a defect.  Sizes are
 * bytes unless the name says otherwise.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define MAX_ARENA           (16u << 20)  /* memory of one request */
#define MAX_TREES           (64u << 20)  /* JSON values of one request, apart from that */
#define MAX_BODY            (12u << 20)  /* largest request body (uploads) */
#define MAX_FORM_BODY       (256u << 10) /* urlencoded body */
#define MAX_JSON_BODY       (256u << 10) /* JSON body */
#define MAX_JSON_DEPTH      16           /* nesting of a JSON body */
#define MAX_PATH            512          /* request path */
#define MAX_QUERY           4096         /* query string */
#define MAX_COOKIE          4096         /* Cookie header */
#define MAX_PARAMS          200          /* names in one form, query or JSON object */
#define MAX_NAME            64           /* length of a parameter's name */
#define MAX_VALUE           (64u << 10)  /* length of one text value */
#define MAX_PARTS           20           /* parts of a multipart body */
#define MAX_FILE            (10u << 20)  /* one uploaded file */
#define MAX_IMPORT          (8u << 20)   /* one CSV import */
#define MAX_IMPORT_LINES    20000        /* lines of one CSV import */
#define MAX_FIELDS          40           /* rows of one field table */
#define MAX_FIELD_ERRORS    40           /* errors told in one answer */
#define MAX_COLUMNS         64           /* columns of one result */
#define MAX_ARGS            64           /* parameters of one statement */
#define MAX_STATEMENTS      256          /* statements kept prepared per connection */
#define MAX_PAGE_ROWS       100          /* rows of one list page */
#define PAGE_ROWS           25           /* rows of one list page unless asked */
#define MAX_EXPORT_ROWS     200000       /* rows of one CSV export */
#define REQUEST_SECONDS     28           /* one request, one piece of an export; nginx's fastcgi_read_timeout is 30 */
#define EXPORT_ROWS         1000         /* of them made and sent at a time */
#define MAX_TX_TRIES        5            /* runs of one transaction (1213, 1205, 1020) */
#define MAX_ROUTES          400          /* rows of all route tables in one binary */

#endif
