#!/usr/bin/perl
# hardening.t - what is shipped is built so that a mistake in C is hard to use
# seconds: 1800
#
# Builds a release beside the one under test (ccache makes that short) and reads its binaries.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use File::Path qw(make_path);
use Test::More;
use Portal;

my $top = $Portal::top;
plan skip_all => 'readelf is not installed' if !grep { -x "$_/readelf" } split /:/, $ENV{PATH};
my $dir = ($ENV{PRM_CHECK_DIR} || Portal::build_dir()) . '/release';
make_path($dir);
my $log = "$dir/build.log";
if (!-f "$dir/Makefile") {
	is(system("cd '$dir' && '$top/configure' >'$log' 2>&1") >> 8, 0, 'a release configures') or BAIL_OUT("see $log");
}
is(system("nice make -C '$dir' -j2 >>'$log' 2>&1") >> 8, 0, 'and builds') or do { diag join '', (split /^/, Portal::slurp($log))[-15 .. -1]; done_testing; exit };
unlike(Portal::slurp($log), qr/warning:/, 'without a warning');

my @programs = (grep { length } split(/\n/, Portal::slurp("$dir/programs.txt")), 'tools/prm');
ok(@programs > 15, 'there are programs to look at');
sub elf { my ($o, $f) = @_; my ($rc, $text) = Portal::run_with({ LC_ALL => 'C' }, 'readelf', '-W', $o, $f); return $text }

my (%fortified, %guarded);
for my $name (@programs) {
	my $f = "$dir/$name";
	subtest $name => sub {
		my ($head, $segments, $dynamic, $symbols) = map { elf($_, $f) } qw(-h -l -d --dyn-syms);
		like($head, qr/Type:\s+DYN/, 'it can be loaded anywhere (PIE)');
		like($dynamic, qr/FLAGS_1.*\bPIE\b/, 'and says so');
		like($segments, qr/GNU_STACK.*\bRW\s/, 'its stack is not run');
		unlike($segments, qr/LOAD.*\bRWE\b/, 'nothing is both written and run');
		like($segments, qr/GNU_RELRO/, 'its tables are read-only');
		like($dynamic, qr/\bBIND_NOW\b|FLAGS_1.*\bNOW\b/, 'from the start (full RELRO)');
		unlike($dynamic, qr/\((?:RPATH|RUNPATH)\)/, 'its libraries come from the system');
		unlike($dynamic, qr/TEXTREL/, 'its code is not patched');
		unlike($symbols, qr/__asan_|__ubsan_|\bmcount\b/, 'no instrument of a test is in it');
		$guarded{$name} = $symbols =~ /__stack_chk_fail/;
		$fortified{$name} = () = $symbols =~ /\w+_chk@/g;
	};
}
is_deeply([grep { !$guarded{$_} } @programs], [], 'the stack is guarded in every program');
is_deeply([grep { $fortified{$_} < 2 } @programs], [], 'calls with a size are checked in every program (FORTIFY)');
# ClearSilver's own archive is built without it, so the linked program cannot say it: our objects do
my @objects = glob "$dir/lib/*/*.o $dir/cgi-bin/*.o $dir/cgi-bin/*/*.o $dir/cron/*.o";
cmp_ok(scalar @objects, '>', 100, 'there are objects to look at');
is_deeply([grep { elf('-n', $_) !~ /IBT, SHSTK/ } @objects], [], 'jumps and returns are checked where the processor can (CET)') if `uname -m` =~ /x86_64/;
is_deeply([grep { elf('-s', $_) =~ /UND (?:strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen)$/m } @objects], [], 'no banned function is called by them');
my ($flags) = Portal::slurp("$dir/Makefile") =~ /^PRM_CFLAGS = (.*)/m;
like($flags, qr/\Q$_\E(?:\s|$)/, "built with $_") for qw(-D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero -fno-strict-overflow -fno-strict-aliasing
	-fno-delete-null-pointer-checks -Werror=format-security);
is_deeply([grep { (stat "$dir/$_")[2] & 06000 } @programs], [], 'none runs as somebody else');

done_testing;
