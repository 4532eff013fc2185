# Sources of libnet.a, one a line.
lib_libnet_a_SOURCES =
