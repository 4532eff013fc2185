# Sources of libweb.a, one a line.
lib_libweb_a_SOURCES =
lib_libweb_a_SOURCES += lib/web/mail_body.c lib/web/mail_body.h
