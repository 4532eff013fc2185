# Sources of libanalysis.a, one a line.  Not among the floors: only prm-analysis and what computes links it.
lib_libanalysis_a_SOURCES = \
	lib/analysis/boost.c \
	lib/analysis/column.c \
	lib/analysis/encode.c \
	lib/analysis/encode.h \
	lib/analysis/logit.c \
	lib/analysis/measure.c \
	lib/analysis/measure.h \
	lib/analysis/model.h \
	lib/analysis/score.c \
	lib/analysis/score.h \
	lib/analysis/score_held.c \
	lib/analysis/score_part.h \
	lib/analysis/table.c \
	lib/analysis/table.h
