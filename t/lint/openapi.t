# The API's description is what the programs say, and others' linters and generators take it.
# seconds: 400
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $top = abs_path("$FindBin::Bin/../..");
my $prm = ($ENV{PRM_BUILD} || "$top/build-check") . '/tools/prm';
my $bin = "$top/node_modules/.bin";
my $dir = tempdir(CLEANUP => 1);
chdir $top or die;
plan skip_all => "$prm is not built" unless -x $prm;

sub slurp { open my $f, '<:raw', $_[0] or return ''; local $/; scalar <$f> }

# The command reads a configuration though it needs nothing from it.
open my $conf, '>', "$dir/prm.conf" or die;
print $conf "db_socket = $dir/none\n";
close $conf;
chmod 0600, "$dir/prm.conf";
$ENV{PRM_CONF} = "$dir/prm.conf";

my $api = `$prm openapi`;
is($?, 0, 'the programs print their description');
ok($api eq slurp('doc/openapi.json'), 'doc/openapi.json is what they print') or diag('make openapi brings it up to date');
open my $f, '>:raw', "$dir/openapi.json" or die;
print $f $api;
close $f;

SKIP: {
	skip 'npm packages are not installed', 5 unless -d "$top/node_modules/\@redocly/cli";
	local $ENV{REDOCLY_TELEMETRY} = 'off';
	my $out = `node $bin/redocly lint $dir/openapi.json --config redocly.yaml 2>&1`;
	is($?, 0, 'Redocly finds no error') or diag($out);
	unlike($out, qr/\bwarning/, 'Redocly finds no warning') or diag($out);
	$out = `node $bin/spectral lint $dir/openapi.json -r .spectral.yaml --fail-severity=warn 2>&1`;
	is($?, 0, 'Spectral and the OWASP rules find nothing') or diag($out);

	mkdir "$dir/a";
	my $tsc = "node $bin/tsc --noEmit --strict --skipLibCheck --target es2022 --lib es2022,dom,dom.iterable --module esnext --moduleResolution bundler";
	$out = `node $bin/openapi-typescript $dir/openapi.json -o $dir/a/api.ts 2>&1 && $tsc $dir/a/api.ts 2>&1`;
	is($?, 0, 'openapi-typescript makes types that compile') or diag($out);
	$out = `node $bin/openapi-ts -i $dir/openapi.json -o $dir/b 2>&1 && $tsc $dir/b/index.ts $dir/b/sdk.gen.ts 2>&1`;
	is($?, 0, 'hey-api makes a client that compiles') or diag($out);
}
done_testing;
