# Sources of libstore.a, one a line.
lib_libstore_a_SOURCES =
lib_libstore_a_SOURCES += lib/store/cron.c lib/store/cron.h
