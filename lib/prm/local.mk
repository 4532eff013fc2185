# Sources of libprm.a, one a line.
lib_libprm_a_SOURCES =
lib_libprm_a_SOURCES += lib/prm/retention.c lib/prm/retention.h
lib_libprm_a_SOURCES += lib/prm/system.c lib/prm/system.h
lib_libprm_a_SOURCES += lib/prm/audit.c lib/prm/audit.h
lib_libprm_a_SOURCES += lib/prm/event.c lib/prm/event.h
lib_libprm_a_SOURCES += lib/prm/person.h
lib_libprm_a_SOURCES += lib/prm/right.c lib/prm/right.h
lib_libprm_a_SOURCES += lib/prm/secret.c lib/prm/secret.h
lib_libprm_a_SOURCES += lib/prm/session_store.c lib/prm/session_store.h
lib_libprm_a_SOURCES += lib/prm/user.h
lib_libprm_a_SOURCES += lib/prm/partner.c lib/prm/partner.h lib/prm/partner_edit.h
lib_libprm_a_SOURCES += lib/prm/programme.c lib/prm/programme.h
lib_libprm_a_SOURCES += lib/prm/rollup.c lib/prm/rollup.h
lib_libprm_a_SOURCES += lib/prm/rules.c lib/prm/rules.h lib/prm/rules_params.h
lib_libprm_a_SOURCES += lib/prm/rules_text.c
lib_libprm_a_SOURCES += lib/prm/catalog.c lib/prm/contrast.c
lib_libprm_a_SOURCES += lib/prm/rules_diff.c lib/prm/rules_edit.c lib/prm/rules_edit.h
