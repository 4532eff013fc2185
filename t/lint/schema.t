# The schema describes itself, and would also stand on a cluster.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More tests => 4;
use Portal;

my $lint = "$Portal::top/tools/lint-sql";
my $out = `$lint --schema 2>&1`;
is($? >> 8, 0, 'the files of schema/ are numbered and use nothing that a cluster lacks') or diag($out);
my $p = Portal->start(data => 'empty', programs => 0);
my ($socket) = Portal::slurp($p->conf_file) =~ /^db_socket = (\S+)/m;
$out = `$lint --database prm mariadb --no-defaults -N -B -u root --socket=$socket 2>&1`;
is($? >> 8, 0, 'every table and column has a comment, a key and a sound type') or diag($out);
my ($rc, $said) = $p->instance('owner', 'migrate');
is($rc, 0, 'migrating again is nothing to do') or diag($said);
my ($rc2, $text) = Portal::run_with($p->env, 'mariadb', '--no-defaults', "--socket=$socket", '-uprm', '-p' . Portal::slurp("$p->{var}/conf/db.password"), 'prm', '-e', 'CREATE TABLE x (a INT)');
like($text, qr/denied/, 'the programs\' own database user cannot change a table');
