# new-feature.t - a feature begun by tools/new-feature builds, is shown and keeps the rules of the house, untouched
#
# seconds: 600
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

# A copy of the tree beside the built libraries: only the new program is compiled.
my $from = Portal::build_dir();
my $tmp = File::Temp->newdir('new-feature-XXXXXX', DIR => $ENV{PRM_CHECK_DIR} || '/tmp');
my $copy = "$tmp";
sub sh { my ($rc, $said) = Portal::run_with({ LC_ALL => 'C.UTF-8' }, 'sh', '-c', shift); return ($rc, $said) }
my ($rc, $said) = sh("cd '$Portal::top' && tar cf - --anchored " . join(' ', map { "--exclude=./$_" } qw(node_modules var .git build build-dev build-check)) . " . | tar xf - -C '$copy'");
is($rc, 0, 'the tree is copied') or BAIL_OUT($said);

($rc, $said) = sh("cd '$copy' && tools/new-feature hello-partner 'Hello partner' --nav");
is($rc, 0, 'a feature is begun') or diag($said);
like($said, qr{cgi-bin/hello-partner\.c.*lib/web/nav\.c}s, 'it says what it wrote');
($rc) = sh("cd '$copy' && tools/new-feature hello-partner 'Again'");
isnt($rc, 0, 'nothing that is there is written over');
for my $bad ('Hello', '../x', 'a b', '-a', 'x_y') { ($rc) = sh("cd '$copy' && tools/new-feature '$bad' 'Title'"); isnt($rc, 0, "'$bad' is no name") }
($rc, $said) = sh("cd '$copy' && tools/checksrc");
is($rc, 0, 'its C keeps the rules of the house') or diag($said);
($rc, $said) = sh("cd '$copy' && tools/lint-templates");
is($rc, 0, 'and so does its template') or diag($said);

my $build = "$copy/build-new";
my $dev = Portal::slurp("$from/config.log") =~ /--enable-dev/ ? '--enable-dev' : '';
mkdir $build;
($rc, $said) = sh("cd '$copy' && ./bootstrap && cd '$build' && ../configure $dev && cp -a '$from/lib' . && make -s cgi-bin/hello-partner");
is($rc, 0, 'it builds') or BAIL_OUT(substr $said, -3000);
unlike($said, qr/warning:/, 'without a warning');
($rc, $said) = sh("'$build/cgi-bin/hello-partner' --check");
is($rc, 0, 'its table is in order') or diag($said);
($rc, $said) = sh("perl -c '$copy/t/cgi/hello-partner.t'");
is($rc, 0, 'its test is one') or diag($said);

my $p = Portal->start(conf => { template_dir => "$copy/templates" });
my $c = $p->client;
$c->sign_in('owner');
my $cookie = join '; ', map { "$_=$c->{cookies}{$_}" } sort keys %{$c->{cookies}};
my $token = $p->account('owner')->{token};
my $built = $p->{build};
$p->{build} = $build;
my $r = $p->cgi('hello-partner', GET => '/hello-partner', headers => { Cookie => $cookie });
is($r->{status}, 200, 'its page is shown') or diag($r->{content}, $r->{stderr});
like($r->{content}, qr{<h1>Hello partner</h1>}, 'under its title');
like($r->{content}, qr{href="/hello-partner"}, 'with an entry in the navigation');
is($p->cgi('hello-partner', GET => '/hello-partner')->{status}, 303, 'not to who is not signed in');
$r = $p->cgi('hello-partner', GET => '/api/v1/hello-partner', headers => { Authorization => "Bearer $token" });
is($r->{status}, 200, 'a program gets it, too') or diag($r->{content});
ok(length $r->{json}{hello_partner}{firm}, 'as data');
$p->{build} = $built;
done_testing;
