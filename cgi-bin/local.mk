# The programs behind the web server, one a line: THE list. Everything else
# (the one binary, web server configuration, demo, API description) follows from it.
cgi_programs =
#later# cgi_programs += cgi-bin/site
#later# cgi_programs += cgi-bin/sign-in
#later# cgi_programs += cgi-bin/register-deal
#later# cgi_programs += cgi-bin/dashboard
#later# cgi_programs += cgi-bin/partners
cgi_programs += cgi-bin/developer
#later# cgi_programs += cgi-bin/admin/programme
#later# cgi_programs += cgi-bin/admin/people
cgi_programs += cgi-bin/admin/system
