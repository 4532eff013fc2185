# Sources of libmatch.a, one a line.
lib_libmatch_a_SOURCES = \
	lib/match/domain.c \
	lib/match/forms.c \
	lib/match/forms.h \
	lib/match/latin.c \
	lib/match/latin.h \
	lib/match/list_file.c \
	lib/match/list_ofac.c \
	lib/match/list_un.c \
	lib/match/match.h \
	lib/match/name.c \
	lib/match/name_align.c \
	lib/match/name_compare.c \
	lib/match/name_dict.c \
	lib/match/name_dict.h \
	lib/match/name_edit.c \
	lib/match/name_part.h \
	lib/match/name_rows.c \
	lib/match/name_rows.h \
	lib/match/names.c \
	lib/match/names.h \
	lib/match/screen.c \
	lib/match/screen.h \
	lib/match/screen_index.c \
	lib/match/screen_part.h
