# The C sources keep the rules of the house.
use strict;
use warnings;
use FindBin;
use Test::More tests => 2;

my $out = `$FindBin::Bin/../../tools/checksrc 2>&1`;
is($? >> 8, 0, 'every C source keeps the rules of tools/checksrc') or diag($out);

# The checker itself sees what it is for.
my $bad = "/tmp/prm-checksrc-$$.c";
open my $f, '>', $bad or die;
print $f "/* wrong name */\n// comment\nint f(char *a)\n{\n    return atoi(a);\n}\n/* TODO */\n";
close $f;
my $found = `$FindBin::Bin/../../tools/checksrc $bad 2>&1`;
unlink $bad;
my @rules = ('opening', 'comment', 'tabs', 'banned function', 'mark');
is_deeply([grep { $found =~ /: \Q$_\E: / } @rules], \@rules, 'the checker finds a banned function, a wrong opening, spaces, a // comment and a mark');
