/* trouble.c - what MariaDB says went wrong, in the house's codes */
#include "link.h"

#include <string.h>
#include <errmsg.h>
#include <mysqld_error.h>

#include "log.h"
#include "str.h"

/* The connection is of no more use. */
static const unsigned lost[] = {
	CR_SERVER_GONE_ERROR, CR_SERVER_LOST, CR_SOCKET_CREATE_ERROR, CR_CONNECTION_ERROR,
	CR_CONN_HOST_ERROR, CR_IPSOCK_ERROR, CR_UNKNOWN_HOST, CR_SERVER_HANDSHAKE_ERR,
	CR_SSL_CONNECTION_ERROR, CR_MALFORMED_PACKET, 2055 /* lost at some point */,
	1927 /* ER_CONNECTION_KILLED */,
	ER_SERVER_SHUTDOWN, ER_NEW_ABORTING_CONNECTION, ER_ABORTING_CONNECTION,
	ER_NET_READ_ERROR, ER_NET_READ_INTERRUPTED, ER_NET_ERROR_ON_WRITE, ER_NET_WRITE_INTERRUPTED,
};
/* The server is there but does not serve: full, read-only, or a cluster node without its cluster. */
static const unsigned away[] = {
	ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED,
	ER_OPTION_PREVENTS_STATEMENT, ER_UNKNOWN_COM_ERROR /* 1047, wsrep not ready */,
	ER_DISK_FULL, ER_RECORD_FILE_FULL,
};
static const unsigned again[] = { ER_LOCK_DEADLOCK, ER_LOCK_WAIT_TIMEOUT, ER_CHECKREAD /* 1020 */ };

static bool among(const unsigned *list, size_t n, unsigned number)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == number)
			return true;
	return false;
}
#define AMONG(list, number) among((list), sizeof(list) / sizeof((list)[0]), (number))

bool connection_lost(unsigned number)
{
	return AMONG(lost, number);
}

/* "Duplicate entry 'x' for key 'deal_scope'" -> deal_scope; entries may hold quotes, keys do not. */
static void key_name(const char *text, char *out, size_t size)
{
	const char *end = strrchr(text, '\''), *from = end;

	while (from && from > text && from[-1] != '\'')
		from--;
	str_copy(out, size, from ? from : text);
	if (from && (size_t)(end - from) < size)
		out[end - from] = '\0';
}

int store_failed(struct db *db, unsigned number, const char *text, const char *sql)
{
	struct db_link *l = db->link;
	char key[128];
	int rc;

	l->last_error = number;
	if (connection_lost(number)) {
		if (l->in_transaction)
			l->broken = E_AWAY;
		/* text and sql may belong to what is closed */
		rc = fail_detail(db->err, E_AWAY, "%u %s", number, text);
		link_close(l);
		return rc;
	}
	if (AMONG(again, number)) {
		/* The server may have rolled back already; what follows would commit by itself. */
		if (l->in_transaction)
			l->broken = E_RETRY;
		return fail_detail(db->err, E_RETRY, "%u %s: %.200s", number, text, sql);
	}
	if (number == ER_DUP_ENTRY || number == 1586 /* ER_DUP_ENTRY_WITH_KEY_NAME */) {
		key_name(text, key, sizeof(key));
		return fail_detail(db->err, E_DUPLICATE, "%s", key);
	}
	if (AMONG(away, number))
		return fail_detail(db->err, E_AWAY, "%u %s", number, text);
	return fail_detail(db->err, E_INTERNAL, "%u %s: %.200s", number, text, sql);
}
