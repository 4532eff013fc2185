# Sources of libweb.a, one a line.
lib_libweb_a_SOURCES =
