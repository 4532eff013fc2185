#!/usr/bin/perl
# import.t - a large file of registrations: checked, imported by the timed duty, killed on its way and taken up again
# seconds: 300
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use POSIX ();
use Test::More;
use Portal;

my $p = Portal->start(workers => 1);
my $owner = $p->client;
$owner->sign_in('owner');
my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $n = 1200;
my $csv = "company,domain,country,product,est_value,currency,reg_id\r\n";
$csv .= "\"Losgr\xc3\xb6\xc3\x9fe $_, GmbH\",los-$_-$$.example,de,$family,1000,EUR,L$_\r\n" for 1 .. $n;
$csv .= "Doppelt,los-7-$$.example,de,$family,1000,EUR,D1\r\n";         # the customer of line 8 again
$csv .= "Nirgends,nirgends-$$.example,xx,$family,1000,EUR,D2\r\n";     # no such country
my $lines = $n + 2;

sub upload {
	my $dry = shift;
	my ($form) = grep { $_->{action} eq '/deals/import' } $owner->forms($owner->get('/deals/import'));
	my ($type, $body) = Portal::Client::multipart($form->{fields}, { file => ['large.csv', 'text/csv', $csv] });
	return $owner->request('POST', '/deals/import', body => $body, type => $type);
}
sub job { return ($p->sql("SELECT id, status, done_units, all_units FROM job WHERE kind LIKE 'import%' ORDER BY id DESC LIMIT 1"))[0] }
sub mine { return $p->value("SELECT COUNT(*) FROM deal WHERE external_key IS NOT NULL AND domain LIKE 'los-%-$$.example'") }

# ---- checked ----
my $r = upload();
is($r->{status}, 303, 'a file too large for one request is taken') or diag substr $r->{content}, 0, 1500;
is(job()->[1], 'waiting', 'and waits for the timed duty');
my $page = $owner->follow($r);
like($page->{content}, qr/data-live=/, 'the page watches it');
my ($rc, $said) = $p->cron('import');
is($rc, 0, 'the duty checks it') or diag $said;
is(job()->[1], 'done', 'to its end');
is(mine(), 0, 'and nothing is registered by a check');
($page) = $owner->get($r->{headers}{location} =~ s{^https?://[^/]+}{}r);
unlike($page->{content}, qr/data-live=/, 'the page is still');
like($page->{content}, qr/Nirgends/, 'and shows the line that cannot be read');

# ---- imported, killed on the way ----
$r = $owner->submit($page, {}, action => qr{/run$});
is($r->{status}, 303, 'the owner goes on') or diag substr $r->{content}, 0, 1500;
my $worker = fork // die "fork: $!";
if (!$worker) {
	%ENV = (%ENV, %{$p->env}, PRM_CONF => $p->conf_file);
	open STDOUT, '>', '/dev/null';
	open STDERR, '>', '/dev/null';
	exec "$p->{build}/cron/import" or POSIX::_exit(127);
}
for (1 .. 2000) { last if mine() > 100; select undef, undef, undef, 0.02 }
kill 'KILL', $worker;
waitpid $worker, 0;
my $before = mine();
cmp_ok($before, '>', 0, 'a killed worker leaves what it had done');
cmp_ok($before, '<', $n, 'and not all was done');
is(job()->[1], 'running', 'its job is still its own');
($rc, $said) = $p->cron('import');
is(mine(), $before, 'nobody takes it before its lease ends');
$p->sql("UPDATE job SET due_at = '2020-01-01' WHERE id = " . job()->[0]);
$p->sql("UPDATE cron_lease SET until_at = '2020-01-01'");
($rc, $said) = $p->cron('import');
is($rc, 0, 'then another goes on') or diag $said;
is(job()->[1], 'done', 'to the end');
is($p->value("SELECT COUNT(*) FROM deal WHERE domain LIKE 'los-%-$$.example' AND status = 'approved'"), $n, 'every line became one registration');
is($p->value("SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM scope_hold h JOIN deal d ON d.id = h.deal_id WHERE d.domain LIKE 'los-%-$$.example' AND h.kind = 'domain' GROUP BY h.key_text) x"), 1, 'and holds its customer once');

# ---- the report ----
$page = $owner->get($r->{headers}{location} =~ s{^https?://[^/]+}{}r);
my ($report) = $page->{content} =~ m{href="(/deals/imports/\d+/report)"};
ok($report, 'there is a report') or diag substr $page->{content}, 0, 3000;
my $text = $owner->get($report)->{content};
my @rows = split /\r?\n/, $text;
is(scalar @rows, $lines + 1, 'of every line');
my %by;
$by{$_}++ for map { /^\d+,"[^"]*","[^"]*","(\w+)"/ } @rows[1 .. $#rows];
is($by{approved}, $n, 'held') or diag explain \%by;
like($text, qr/^\d+,"D1","Doppelt","duplicate",/m, 'the second of one customer is a duplicate');
like($text, qr/^\d+,"D2","Nirgends","refused",.*country/mi, 'a line without a country is refused with the reason');
is($p->client->get($report)->{status}, 303, 'strangers do not read it');
my $rival = $p->client;
$rival->sign_in('owner', 2);
is($rival->get($report)->{status}, 404, 'nor does another firm');

# ---- again ----
$r = upload();
$p->cron('import');
$page = $owner->get($r->{headers}{location} =~ s{^https?://[^/]+}{}r);
$r = $owner->submit($page, {}, action => qr{/run$});
$p->cron('import');
is(mine(), $n + 1, 'the same file again registers nothing again') or diag mine();
($rc, $said) = $p->cron('rollup-check');
is($rc, 0, 'the kept numbers agree') or diag $said;
$p->stop;
done_testing;
