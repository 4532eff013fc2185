# A list as a file: however long, in the memory of one piece.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start;
my $rows = $ENV{PRM_EXPORT_ROWS} || 60_000;
my $mail = $p->account('owner')->{email};
my ($row) = $p->sql("SELECT m.partner_id, p.id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = '$mail'");
my ($firm, $person) = @$row;
my $before = $p->value("SELECT COUNT(*) FROM deal WHERE partner_id = $firm AND status <> 'draft' OR partner_id = $firm AND person_id = $person");
# many of one moment: there the cursor goes on by number
my $digits = join ' UNION ALL ', map { "SELECT $_ AS n" } 0 .. 9;
$p->sql(<<"END");
INSERT INTO deal (partner_id, person_id, customer, domain, country, amount, currency, status, status_since, created_at, submitted_at)
SELECT $firm, $person, CONCAT('Kunde ', d.n, ' "GmbH"'), CONCAT('k', d.n, '.example'), 'DE', d.n + 1, 'EUR', 'withdrawn',
 '2026-01-02', TIMESTAMP'2026-01-02 00:00:00' - INTERVAL (d.n DIV 500) SECOND, '2026-01-02'
FROM (SELECT a.n + b.n * 10 + c.n * 100 + e.n * 1000 + f.n * 10000 AS n
 FROM ($digits) a, ($digits) b, ($digits) c, ($digits) e, ($digits) f) d WHERE d.n < $rows
END

my @workers = split ' ', (Portal::run_with({}, 'pgrep', '-x', 'register-deal'))[1];
@workers = grep { Portal::slurp("/proc/$_/environ") =~ /PRM_INSTANCE=\Q$p->{var}\E\0/ } @workers;
sub peak { my ($most) = sort { $b <=> $a } map { Portal::slurp("/proc/$_/status") =~ /VmHWM:\s+(\d+)/ ? $1 : 0 } @workers; return $most }

my $c = $p->client;
$c->sign_in('owner');
$c->get('/deals') for 1 .. 4;
my $small = peak();
my $r = $c->get('/deals?format=csv');
is($r->{status}, 200, 'a list goes out as a file');
is($r->{headers}{'content-type'}, 'text/csv; charset=utf-8', 'as CSV');
like($r->{headers}{'content-disposition'}, qr/^attachment; filename="deals-/, 'with a name');
my @lines = split /\r\n/, $r->{content};
is(scalar @lines, 1 + $before + $rows, 'every row of ' . ($before + $rows) . ' is in it, and one line of headings');
like($lines[0], qr/^\xEF\xBB\xBFCustomer,/, 'the headings stand first');
my %seen;
$seen{$_}++ for grep { /"Kunde \d+ / } @lines;
is(scalar keys %seen, $rows, 'none twice, none left out');
is((grep { /^\xEF\xBB\xBF/ } @lines), 1, 'headings stand there once');
my $grown = peak() - $small;
my $sanitizers = (grep { /asan/ } split /\n/, (Portal::run_with({}, 'ldd', "$p->{build}/cgi-bin/register-deal"))[1]) > 0;
cmp_ok($grown, '<', $sanitizers ? 200_000 : 12_000, "memory is that of one piece ($grown kB more)");

$r = $c->request('HEAD', '/deals?format=csv');
is($r->{status}, 200, 'HEAD of it is answered');
is(length($r->{content} // ''), 0, 'without a body');
$r = $c->get('/deals?format=csv&q=Kunde+77777');
is(scalar(split /\r\n/, $r->{content}), $rows > 77777 ? 2 : 1, 'filters hold');
$r = $p->api('owner')->get('/api/v1/deals?format=csv&limit=none');
is($r->{status}, 422, 'what is wrong with the address is still an error');

done_testing;
