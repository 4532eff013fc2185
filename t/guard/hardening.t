#!/usr/bin/perl
# hardening.t - what is shipped is built so that a mistake in C is hard to use
# seconds: 900
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
sub elf { my ($o, $f) = @_; my ($rc, $text) = Portal::run_with({ LC_ALL => 'C' }, 'readelf', $o, $f); return $text }

my (%fortified, %guarded);
for my $name (@programs) {
	my $f = "$dir/$name";
	subtest $name => sub {
		my ($head, $segments, $dynamic, $notes, $symbols) = map { elf($_, $f) } qw(-hW -lW -dW -nW --dyn-syms);
		like($head, qr/Type:\s+DYN/, 'it can be loaded anywhere (PIE)');
		like($dynamic, qr/FLAGS_1.*\bPIE\b/, 'and says so');
		like($segments, qr/GNU_STACK.*\bRW\s/, 'its stack is not run');
		unlike($segments, qr/LOAD.*\bRWE\b/, 'nothing is both written and run');
		like($segments, qr/GNU_RELRO/, 'its tables are read-only');
		like($dynamic, qr/\bBIND_NOW\b|FLAGS_1.*\bNOW\b/, 'from the start (full RELRO)');
		unlike($dynamic, qr/\((?:RPATH|RUNPATH)\)/, 'its libraries come from the system');
		unlike($dynamic, qr/TEXTREL/, 'its code is not patched');
		like($notes, qr/IBT.*SHSTK|SHSTK.*IBT/, 'jumps and returns are checked where the processor can (CET)') if `uname -m` =~ /x86_64/;
		unlike($symbols, qr/__asan_|__ubsan_|\bmcount\b/, 'no instrument of a test is in it');
		unlike($symbols, qr/\b(?:strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen)(?:@|\s|$)/m, 'no banned function is called');
		$guarded{$name} = $symbols =~ /__stack_chk_fail/;
		$fortified{$name} = () = $symbols =~ /\w+_chk@/g;
	};
}
is_deeply([grep { !$guarded{$_} } @programs], [], 'the stack is guarded in every program');
is_deeply([grep { $fortified{$_} < 2 } @programs], [], 'calls with a size are checked in every program (FORTIFY)');
my $flags = join ' ', Portal::slurp("$dir/config.status") =~ /"PRM_C(?:PP)?FLAGS"\]="([^"]*)"/g;
like($flags, qr/-D_FORTIFY_SOURCE=[23]/, 'with the fortification of the release');
like($flags, qr/$_/, "and $_") for '-fstack-protector-strong', '-fstack-clash-protection', '-ftrivial-auto-var-init=zero', '-fno-strict-overflow';
is((grep { /SCRIPT|setuid/i } map { sprintf '%o', (stat "$dir/$_")[2] & 06000 ? 1 : () } @programs), 0, 'none runs as somebody else');

done_testing;
