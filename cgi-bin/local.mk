# The programs behind the web server, one a line: THE list. Everything else
# (the one binary, web server configuration, demo, API description) follows from it.
# A program is built from the file of its name; one of several files says them, too,
# and names the further ones in cgi_parts.
cgi_programs =
cgi_parts =
cgi_programs += cgi-bin/site
cgi_programs += cgi-bin/sign-in
cgi_programs += cgi-bin/account
cgi_programs += cgi-bin/users
cgi_programs += cgi-bin/register-deal
cgi_bin_register_deal_SOURCES = cgi-bin/register-deal.c cgi-bin/deal-import.c cgi-bin/deal-page.c cgi-bin/deal-page.h
cgi_parts += cgi-bin/deal-import.c cgi-bin/deal-page.c
cgi_programs += cgi-bin/dashboard
cgi_programs += cgi-bin/partners
cgi_programs += cgi-bin/developer
cgi_programs += cgi-bin/admin/programme
cgi_bin_admin_programme_SOURCES = cgi-bin/admin/programme.c cgi-bin/admin/programme-rules.c cgi-bin/admin/programme-rules.h
cgi_parts += cgi-bin/admin/programme-rules.c
cgi_programs += cgi-bin/admin/people
cgi_programs += cgi-bin/admin/system
