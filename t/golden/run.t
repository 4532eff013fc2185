# Every template draws what its golden page says.
#
# t/golden/deal/show.json is the data of templates/deal/show.cs, t/golden/deal/show.html what must
# come out.  "common" is page, user and navigation, "api" the document as the API gives it, "page" what
# only the page has of it.  PRM_GOLDEN_UPDATE=1 writes the pages anew: read the difference before it is
# committed.  t/golden/take makes the data from a running portal.
use strict;
use warnings;
use utf8;
use File::Find;
use FindBin;
use Test::More;
our $TODO;

my $top = "$FindBin::Bin/../..";
my $build = $ENV{PRM_BUILD} || "$top/build-check";
my $render = "$build/t/golden/render";
plan skip_all => "$render is not built" unless -x $render;

sub slurp { open my $f, '<:raw', $_[0] or return; local $/; scalar <$f> }

my (@templates, %included);
find({ no_chdir => 1, wanted => sub {
	return unless /\.cs$/;
	my $text = slurp($_);
	(my $name = $_) =~ s{^\Q$top\E/templates/}{};
	push @templates, $name;
	$included{$1}++ while $text =~ /include:"([^"]+)"/g;
} }, "$top/templates");

for my $name (sort @templates) {
	(my $stem = $name) =~ s/\.cs$//;
	my ($data, $golden) = ("$FindBin::Bin/$stem.json", "$FindBin::Bin/$stem.html");
	next if !-f $data && ($included{$name} || $name =~ m{^layout/gallery/});
	if (!-f $data) {
		TODO: { local $TODO = 'its pair is still to be taken'; ok(0, "$name has a golden pair") }
		next;
	}
	my $out = do {
		open my $p, '-|', $render, "$top/templates", $name, $data or die "$render: $!";
		local $/;
		<$p>;
	};
	is($?, 0, "$name can be drawn");
	if ($ENV{PRM_GOLDEN_UPDATE}) {
		open my $f, '>:raw', $golden or die "$golden: $!";
		print $f $out;
		close $f;
	}
	is($out, slurp($golden), "$name draws its golden page");
}

# Data without a template would prove nothing.
find({ no_chdir => 1, wanted => sub {
	return unless /\.json$/;
	(my $stem = $_) =~ s{^\Q$FindBin::Bin\E/(.*)\.json$}{$1};
	ok(-f "$top/templates/$stem.cs", "$stem.json has its template");
} }, $FindBin::Bin);
done_testing;
