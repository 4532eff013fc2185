# Sources of libstore.a, one a line.
lib_libstore_a_SOURCES =
lib_libstore_a_SOURCES += lib/store/cron.c lib/store/cron.h
lib_libstore_a_SOURCES += lib/store/arg.c lib/store/db.h
lib_libstore_a_SOURCES += lib/store/cell.c
lib_libstore_a_SOURCES += lib/store/job.c lib/store/job.h
lib_libstore_a_SOURCES += lib/store/lease.c lib/store/lease.h
lib_libstore_a_SOURCES += lib/store/link.c lib/store/link.h
lib_libstore_a_SOURCES += lib/store/list.c lib/store/list.h
lib_libstore_a_SOURCES += lib/store/migrate.c lib/store/migrate.h
lib_libstore_a_SOURCES += lib/store/rows.c
lib_libstore_a_SOURCES += lib/store/outbox.c lib/store/outbox.h
lib_libstore_a_SOURCES += lib/store/split.c lib/store/split.h
lib_libstore_a_SOURCES += lib/store/statement.c
lib_libstore_a_SOURCES += lib/store/transaction.c
lib_libstore_a_SOURCES += lib/store/trouble.c
