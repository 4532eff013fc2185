#!/usr/bin/perl
# dist.t - the tarball holds the whole tree and nothing that was built, and can be configured out of it
# seconds: 600
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use File::Temp qw(tempdir);
use Test::More;
use Portal;

my $top = $Portal::top;
my $build = Portal::build_dir();
my $dir = tempdir(CLEANUP => 1);
my ($rc, $said) = Portal::run_with({ TAR_OPTIONS => '', XZ_OPT => '-0' }, 'make', '-C', $build, 'dist');
is($rc, 0, 'make dist makes it') or diag substr $said, -2000;
my ($tarball) = glob "$build/prm-portal-*.tar.xz";
ok($tarball, 'a tarball') or do { done_testing; exit };
($rc, my $list) = Portal::run_with({}, 'tar', 'tf', $tarball);
my %in = map { s{^[^/]*/}{}r => 1 } split /\n/, $list;
SKIP: {
	skip 'not a checkout', 1 if !-e "$top/.git";
	my ($bad, $files) = Portal::run_with({}, 'git', '-C', $top, 'ls-files');
	is(join("\n", grep { !$in{$_} && !/^\.git/ } split /\n/, $files), '', 'every file of the tree is in it');
}
is(join("\n", grep { /\.(?:o|a|log|trs)$|^t\/unit\/check_\w+$|^(?:cgi-bin|cron)\/(?:[\w-]+\/)*[\w-]+$/ } sort keys %in), '', 'nothing that was built is');
is(join("\n", grep { m{^(?:var|node_modules|build-(?!aux))/} } sort keys %in), '', 'and no data');
system('tar', 'xf', $tarball, '-C', $dir) == 0 or die;
my ($from) = glob "$dir/prm-portal-*";
mkdir "$dir/b";
($rc, $said) = Portal::run_with({}, 'sh', '-c', "cd '$dir/b' && '$from/configure' --quiet");
is($rc, 0, 'it is configured out of its tree') or diag substr $said, -2000;
($rc, $said) = Portal::run_with({}, 'make', '-C', "$dir/b", 'lib/libbase.a', 'CFLAGS=-O0');
is($rc, 0, 'and builds') or diag substr $said, -2000;
unlink $tarball;
done_testing;
