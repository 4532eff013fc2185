# Sources of libnet.a, one a line.
lib_libnet_a_SOURCES =
lib_libnet_a_SOURCES += lib/net/mail_compose.c
lib_libnet_a_SOURCES += lib/net/mail_send.c
lib_libnet_a_SOURCES += lib/net/mail_sign.c
lib_libnet_a_SOURCES += lib/net/mail.h
