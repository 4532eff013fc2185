# Scripts parse; nothing names a package registry; the lists agree with the tree.
use strict;
use warnings;
use FindBin;
use Test::More;

chdir "$FindBin::Bin/../.." or die;
for my $f (grep { -f && !-l } 'demo', 'check', '.ci/run', 'bootstrap', glob('tools/*')) {
	open my $in, '<', $f or next;
	my $first = <$in> // '';
	my $text = join '', $first, <$in>;
	if ($first =~ /\bbash\b/) { is(system("bash -n $f"), 0, "$f parses") }
	elsif ($first =~ m{/sh\b}) { is(system("sh -n $f"), 0, "$f parses") }
	elsif ($first =~ /perl/) { like(scalar `perl -It/lib -c $f 2>&1`, qr/syntax OK/, "$f parses") }
	unlike($text, qr{registry\.npmjs|deb\.debian\.org|https?://(?:ftp|registry|archive)\.}, "$f names no registry");
}
for my $list (['cgi-bin/local.mk', 'cgi-bin'], ['cron/local.mk', 'cron']) {
	open my $in, '<', $list->[0] or die;
	my $text = join '', <$in>;
	my %listed = map { $_ => 1 } $text =~ /^\w+_programs \+= (\S+)/mg;
	my @programs = grep { my $f = "$_.c"; open my $c, '<', $f; grep { /^(?:CRON_)?PROGRAM\(/ } <$c> } map { s/\.c$//r } glob("$list->[1]/*.c $list->[1]/*/*.c");
	is_deeply([grep { !$listed{$_} } @programs], [], "every program of $list->[1] is in $list->[0]");
}
for my $floor (qw(base store match analysis net prm web)) {
	open my $in, '<', "lib/$floor/local.mk" or die;
	my $text = join '', <$in>;
	is_deeply([grep { index($text, $_) < 0 } glob("lib/$floor/*.c")], [], "every source of lib/$floor is in its local.mk");
}
{
	open my $in, '<', 't/local.mk' or die;
	my $text = join '', <$in>;
	is_deeply([grep { index($text, s/\.c$//r) < 0 } glob('t/unit/check_*.c')], [], 'every unit test is in t/local.mk');
}
done_testing;
