# Unit tests, one a line: t/unit/check_NAME is built from t/unit/check_NAME.c.
if HAVE_CHECK
endif
