# Sources of libprm.a, one a line.
lib_libprm_a_SOURCES =
