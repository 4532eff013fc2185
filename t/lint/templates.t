# Templates print nothing raw and nothing in silence.
use strict;
use warnings;
use FindBin;
use File::Temp ();
use Test::More;

my $lint = "$FindBin::Bin/../../tools/lint-templates";
my $out = `$lint 2>&1`;
is($? >> 8, 0, 'every template keeps the rules of tools/lint-templates') or diag($out);

my %bad = (
	'raw value' => ['<?cs uvar:x ?>', 'prints raw'],
	'escape none' => ['<?cs escape:"none" ?><?cs var:x ?><?cs /escape ?>', 'escape changed'],
	'include by value' => ['<?cs linclude:x ?>', 'include by value'],
	'missing include' => ['<?cs include:"layout/nowhere.cs" ?>', 'missing include'],
	'inline script' => ['<script>alert(1)</script>', 'inline script'],
	'handler' => ['<a href="/" onclick="x()"></a>', 'handler in markup'],
	'style attribute' => ['<p style="color:red"></p>', 'style in markup'],
	'style element' => ['<style>p{}</style>', 'style element'],
	'unquoted attribute' => ['<a href=<?cs var:x ?>></a>', 'unquoted attribute'],
	'foreign host' => ['<img alt="" src="https://example.com/x.png">', 'foreign host'],
	'words outside _()' => ['<p>Hello partner</p>', 'not translatable'],
	'open if' => ['<?cs if:x ?>', 'not closed'],
	'unknown macro' => ['<?cs call:nothing_of_the_kind() ?>', 'macro is not defined'],
	'recursive macro' => ['<?cs def:z(a) ?><?cs call:z(a) ?><?cs /def ?>', 'macro calls itself'],
);
for my $name (sort keys %bad) {
	my $f = File::Temp->new(SUFFIX => '.cs');
	print $f "$bad{$name}[0]\n";
	close $f;
	like(scalar `$lint @{[$f->filename]} 2>&1`, qr/\Q$bad{$name}[1]\E/, "$name is found");
}
done_testing;
