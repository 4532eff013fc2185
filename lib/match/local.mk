# Sources of libmatch.a, one a line.
lib_libmatch_a_SOURCES =
