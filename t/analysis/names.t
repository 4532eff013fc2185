# prm-analysis names and screen reach what is asked of them on the public data beside the project.
# seconds: 300
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use FindBin;
use JSON::PP ();
use Test::More;

my $top = abs_path("$FindBin::Bin/../..");
my $program = ($ENV{PRM_BUILD} || ($ENV{PRM_CHECK_DIR} // "$top/build-check")) . '/tools/prm-analysis';
my $dir = tempdir(CLEANUP => 1);
my ($data) = grep { -d } ($ENV{PRM_DATA} // (), "$top/../shared/data/sanctions", "$top/../../shared/data/sanctions");
plan skip_all => "$program is not built" unless -x $program;

# (document or undef, what it complained of)
sub run {
	my $said = `@{[join ' ', map { "'$_'" } $program, @_]} 2>$dir/err`;
	open my $in, '<', "$dir/err" or die;
	my $why = do { local $/; <$in> } // '';
	return ($? ? undef : JSON::PP->new->utf8->decode($said), $why);
}

sub put {
	my ($name, $text) = @_;
	open my $out, '>:raw', "$dir/$name" or die;
	print $out $text;
	close $out;
	return "$dir/$name";
}

my ($o, $why) = run('names', put('pairs.csv', "name1,name2,schema,same\nElena Markova,\"MARKOVA, Elena\",Person,true\nNordwind AG,Nordwind GmbH,Company,false\n"), '--truth', 'same');
is_deeply($o->{counts}, { tp => 1, fp => 0, fn => 0, tn => 1 }, 'rows are counted against the truth');
is($o->{f1} + 0, 1, 'and F1 is told');
is(scalar @{$o->{pairs}}, 2, 'each row has its score');
($o, $why) = run('names', "$dir/pairs.csv");
ok($o && !exists $o->{f1}, 'without the truth there is no F1');
($o, $why) = run('names', put('other.csv', "a,b\n1,2\n"));
like($why, qr/needs the columns name1 and name2/, 'a file without the columns is refused with a sentence');

($o, $why) = run('names', put('bytes.csv', "name1,name2\nM\xFCller,Mueller\nAnna Berg,Anna Berg\n"));
is(scalar @{$o->{pairs}}, 2, 'bytes that are no UTF-8 lose no row');

SKIP: {
	skip 'the public data is not there', 9 unless $data && -f "$data/name_pairs_dev.csv";
	($o, $why) = run('names', "$data/name_pairs_dev.csv", '--truth', 'is_match');
	cmp_ok($o->{f1}, '>=', 0.90, "F1 on the labelled pairs is 0.90 or more ($o->{f1})");

	my $names = put('names.csv', "name\nUsama bin Ladin\nGazprom Neft\nHugo Lindqvist Gardening\n");
	($o, $why) = run('screen', '--lists', $data, $names, '--self-test', 5);
	cmp_ok($o->{self_test}{rank_1}, '>=', 0.99, "a listed name with one error is found first ($o->{self_test}{rank_1})");
	like($o->{names}[0]{hits}[0]{matched}, qr/LAD[IE]N/i, 'a listed person is found');
	is($o->{names}[0]{hits}[0]{kind}, 'individual', 'and told to be one');
	is(scalar @{$o->{names}[2]{hits}}, 0, 'a gardener is not');
	ok($o->{load_seconds} > 0 && $o->{screen}{p95_ms} > 0, 'times are told');
	diag(sprintf 'load %.2f s, p95 %.2f ms', $o->{load_seconds}, $o->{self_test}{time}{p95_ms});

	my $lists = tempdir(CLEANUP => 1);
	copy($_, $lists) for glob("$data/ofac/*"), "$data/UN_consolidated.xml";
	for my $file (qw(sdn.csv dpl.txt UN_consolidated.xml)) {
		my $size = -s "$lists/$file";
		chmod 0644, "$lists/$file";
		truncate "$lists/$file", int $size * 0.6;
		($o, $why) = run('screen', '--lists', $lists, $names);
		ok(!$o && $why =~ /\Q$file\E.*cut/, "$file cut in the middle is refused, and named");
		unlink "$lists/$file";
		copy(-f "$data/$file" ? "$data/$file" : "$data/ofac/$file", $lists);
	}
}
done_testing;
