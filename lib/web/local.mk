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
lib_libweb_a_SOURCES += lib/web/csv_in.c lib/web/csv_in.h
lib_libweb_a_SOURCES += lib/web/csv_out.c lib/web/csv_out.h
lib_libweb_a_SOURCES += lib/web/view.c lib/web/view.h lib/web/view_part.h
lib_libweb_a_SOURCES += lib/web/view_csv.c
lib_libweb_a_SOURCES += lib/web/view_page.c
