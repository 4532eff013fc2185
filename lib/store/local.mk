# Sources of libstore.a, one a line.
lib_libstore_a_SOURCES =
