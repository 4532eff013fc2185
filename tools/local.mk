# The one binary: every program of cgi-bin/ and cron/, and the operator's commands.
bin_PROGRAMS += tools/prm
tools_prm_SOURCES = tools/prm.c tools/prm_docs.c tools/command.h \
	tools/demo/demo.h tools/demo/demo_part.h tools/demo/demo_data.c tools/demo/names.c tools/demo/people.c tools/demo/story.c \
	$(cgi_programs:=.c) $(cgi_parts) $(cron_programs:=.c)
nodist_tools_prm_SOURCES = programs-table.c
tools_prm_CPPFLAGS = $(AM_CPPFLAGS) -DPRM_ONE_BINARY
CLEANFILES += programs-table.c

programs-table.c: $(cgi_programs:=.c) $(cron_programs:=.c) $(top_srcdir)/tools/program-table Makefile
	$(AM_V_GEN)cd $(srcdir) && tools/program-table $(cgi_programs:=.c) $(cron_programs:=.c) >$(abs_builddir)/$@.new && mv $(abs_builddir)/$@.new $(abs_builddir)/$@

# The analytic parts on any CSV file.
bin_PROGRAMS += tools/prm-analysis
tools_prm_analysis_SOURCES = tools/analysis/main.c tools/analysis/names.c tools/analysis/score.c tools/analysis/screen.c \
	tools/analysis/topics.h
tools_prm_analysis_LDADD = lib/libanalysis.a lib/libmatch.a lib/libbase.a $(ANALYSIS_LIBS) $(MATCH_LIBS) $(CSV_LIBS) $(BASE_LIBS) -lm
