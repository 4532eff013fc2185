lib_libbase_a_SOURCES = \
	lib/base/arena.c \
	lib/base/arena.h \
	lib/base/banned.h \
	lib/base/choice.c \
	lib/base/choice.h \
	lib/base/clean.c \
	lib/base/conf.c \
	lib/base/conf.h \
	lib/base/csv_in.c \
	lib/base/csv_in.h \
	lib/base/err.c \
	lib/base/err.h \
	lib/base/intl.c \
	lib/base/intl.h \
	lib/base/limits.h \
	lib/base/log.c \
	lib/base/log.h \
	lib/base/money.c \
	lib/base/money.h \
	lib/base/plural.c \
	lib/base/plural.h \
	lib/base/str.c \
	lib/base/str.h \
	lib/base/when.c \
	lib/base/when.h \
	lib/base/zone.c
