# Sources of libprm.a, one a line.
lib_libprm_a_SOURCES =
lib_libprm_a_SOURCES += lib/prm/retention.c lib/prm/retention.h
