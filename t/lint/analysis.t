# analysis.t - clang-tidy and cppcheck have nothing to say about the C sources
#
# seconds: 600
#
# What takes minutes is left to "make tidy": clang's analyzer, which follows every path.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $build = Portal::build_dir();
chdir $Portal::top or die;
chomp(my @sources = `find lib cgi-bin cron tools -name '*.c' | sort`);
cmp_ok(scalar @sources, '>', 100, 'there are sources: ' . @sources);
sub has { my $tool = shift; return grep { -x "$_/$tool" } split /:/, $ENV{PATH} }

SKIP: {
	skip 'no clang-tidy', 1 if !has('clang-tidy');
	my ($rc, $said) = Portal::run_with({}, 'make', '-s', '-C', $build, 'compile_flags.txt');
	die $said if $rc;
	my @found;
	while (my @some = splice @sources, 0, 20) {
		($rc, $said) = Portal::run_with({}, 'clang-tidy', '--quiet', '-p', $build, '--checks=-clang-analyzer-*', @some);
		push @found, grep { /: (?:error|warning): / } split /\n/, $said;
	}
	is(join("\n", @found), '', 'clang-tidy finds nothing');
}

SKIP: {
	skip 'no cppcheck', 1 if !has('cppcheck');
	# jansson's loops are macros that cppcheck does not know; "?" before a compound literal and the list macros
	# over them (ARGS) are beyond its parser, and so are what it then concludes about pointers: clang's are kept.
	my ($rc, $said) = Portal::run_with({}, 'cppcheck', '--quiet', '--std=c11', '--enable=warning,portability', '--inline-suppr', '--max-configs=1',
		'--template={file}:{line}: {id}: {message}', map({ "--suppress=$_" } qw(toomanyconfigs missingIncludeSystem internalAstError
			constStatement assignBoolToPointer autoVariables nullPointer legacyUninitvar ctuuninitvar)),
		map({ "-Ilib/$_" } qw(base store match net prm web)), '-Itools', '-Djson_object_foreach(o,k,v)=while((k=key_of(o))&&(v=value_of(o)))',
		'-Djson_array_foreach(a,i,v)=while((v=value_of(a,i=index_of(a))))',
		qw(lib cgi-bin cron tools));
	is($said, '', 'cppcheck finds nothing');
}

done_testing;
