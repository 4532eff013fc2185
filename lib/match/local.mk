# Sources of libmatch.a, one a line.
lib_libmatch_a_SOURCES = \
	lib/match/domain.c \
	lib/match/forms.c \
	lib/match/forms.h \
	lib/match/match.h \
	lib/match/name.c
