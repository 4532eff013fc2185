# Sources of libweb.a, one a line.
lib_libweb_a_SOURCES =
lib_libweb_a_SOURCES += lib/web/mail_body.c lib/web/mail_body.h
lib_libweb_a_SOURCES += lib/web/doc.c lib/web/doc.h lib/web/doc_part.h
lib_libweb_a_SOURCES += lib/web/doc_path.c
lib_libweb_a_SOURCES += lib/web/doc_shown.c
lib_libweb_a_SOURCES += lib/web/field_form.c lib/web/field.h lib/web/field_part.h
lib_libweb_a_SOURCES += lib/web/field_intl.c
lib_libweb_a_SOURCES += lib/web/field_read.c
lib_libweb_a_SOURCES += lib/web/field_text.c
lib_libweb_a_SOURCES += lib/web/text.c
