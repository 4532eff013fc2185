# Sources of libbase.a, one a line.
lib_libbase_a_SOURCES =
lib_libbase_a_SOURCES += lib/base/arena.c
lib_libbase_a_SOURCES += lib/base/conf.c
lib_libbase_a_SOURCES += lib/base/err.c
lib_libbase_a_SOURCES += lib/base/intl.c
lib_libbase_a_SOURCES += lib/base/log.c
lib_libbase_a_SOURCES += lib/base/money.c
lib_libbase_a_SOURCES += lib/base/plural.c
lib_libbase_a_SOURCES += lib/base/str.c
