# Unit tests, one a line: t/unit/check_NAME is built from t/unit/check_NAME.c.
# What several of them share is in libtest.a; no program refers to it, so none gets it.
noinst_LIBRARIES += t/unit/libtest.a
t_unit_libtest_a_SOURCES = t/unit/testdb.c t/unit/testdb.h t/unit/webtest.h t/unit/notes.h t/unit/people.h t/unit/things.h
if HAVE_CHECK
check_PROGRAMS += t/unit/check_base
check_PROGRAMS += t/unit/check_csv
check_PROGRAMS += t/unit/check_deal
check_PROGRAMS += t/unit/check_decide
check_PROGRAMS += t/unit/check_doc
check_PROGRAMS += t/unit/check_field
check_PROGRAMS += t/unit/check_forms
check_PROGRAMS += t/unit/check_house
check_PROGRAMS += t/unit/check_list
check_PROGRAMS += t/unit/check_match
check_PROGRAMS += t/unit/check_money
check_PROGRAMS += t/unit/check_names
check_PROGRAMS += t/unit/check_screen
check_PROGRAMS += t/unit/check_openapi
check_PROGRAMS += t/unit/check_parse
check_PROGRAMS += t/unit/check_pipeline
check_PROGRAMS += t/unit/check_rollup
check_PROGRAMS += t/unit/check_rules
check_PROGRAMS += t/unit/check_store
check_PROGRAMS += t/unit/check_transaction
check_PROGRAMS += t/unit/check_when
check_PROGRAMS += t/unit/check_audit
check_PROGRAMS += t/unit/check_person
check_PROGRAMS += t/unit/check_right
check_PROGRAMS += t/unit/check_sign_in
endif

# Draws templates for the golden pairs.
noinst_PROGRAMS += t/golden/render
t_golden_render_SOURCES = t/golden/render.c
