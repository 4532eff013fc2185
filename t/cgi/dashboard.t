#!/usr/bin/perl
# dashboard.t - a partner's own numbers and the vendor's Today agree with the deals
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start;
my $open = "status IN ('submitted', 'in_review', 'action_required')";
my $api = $p->api('owner');
my $firm = $p->value("SELECT m.partner_id FROM membership m JOIN person x ON x.id = m.person_id WHERE x.email = '" . $p->account('owner')->{email} . "'");
my $r = $api->get('/api/v1/dashboard');
is($r->{status}, 200, 'a program reads the dashboard') or diag $r->{content};
my $d = $r->{json}{dashboard};
my %n = map { $_->{key} => $_ } @{$d->{numbers}};
cmp_ok(scalar @{$d->{numbers}}, '<=', 4, 'at most four numbers');
is($n{open}{value}, $p->value("SELECT COUNT(*) FROM deal WHERE partner_id = $firm AND $open"), "open registrations are the firm's own");
is($n{protected}{value}, $p->value("SELECT COUNT(*) FROM deal WHERE partner_id = $firm AND status = 'approved'"), 'protected ones, too');
is($n{ending}{value}, $p->value("SELECT COUNT(*) FROM deal WHERE partner_id = $firm AND status = 'approved' AND protected_until BETWEEN UTC_TIMESTAMP() AND UTC_TIMESTAMP() + INTERVAL 30 DAY"), 'ending ones are counted from now');
is(scalar @{$d->{pipeline}}, 12, 'the pipeline has twelve months');
my $year = 0;
$year += $_->{waiting} + $_->{protected_deals} + $_->{won} + $_->{ended} for @{$d->{pipeline}};
is($year, $p->value("SELECT COUNT(*) FROM deal WHERE partner_id = $firm AND status <> 'draft' AND created_at >= '$d->{pipeline}[0]{month}'"), 'and counts every registration once');
my %currency;
$currency{"$_->{state} $_->{currency}"}++ for @{$d->{values}};
is((grep { $_ > 1 } values %currency), 0, 'currencies are never added up');
ok((grep { $_->{kind} eq 'decision' || $_->{kind} eq 'answer' || $_->{kind} eq 'ending' } @{$d->{waiting}}), 'something waits');
my $foreign = join ',', map { $_->{deal_id} } @{$d->{waiting}};
is($p->value("SELECT COUNT(*) FROM deal WHERE id IN ($foreign) AND partner_id <> $firm"), 0, "and nothing of another firm");

my $owner = $p->client;
$owner->sign_in('owner');
$r = $owner->get('/dashboard');
is($r->{status}, 200, 'the page is drawn');
like($r->{content}, qr/data-chart="stacked"/, 'with a picture');
like($r->{content}, qr/<table class="table">/, 'and the table behind it');
like($r->{content}, qr{data-live="/dashboard/waiting"}, 'what waits is live');
unlike($r->{content}, qr/ style=|<script>/, 'nothing inline');
# a process's first page also opens the connection and reads programme and rules
$owner->get('/dashboard') for 1 .. 3;
my ($line) = grep { /"\/dashboard"/ } reverse split /\n/, $p->log_text;
my ($queries) = ($line // '') =~ /"queries":(\d+)/;
cmp_ok($queries // 99, '<=', 3, 'a page makes at most three, the session included') or diag $line;

$r = $owner->get('/dashboard/waiting', 'HX-Request' => 'true');
is($r->{status}, 200, 'the live part stands alone');
my $etag = $r->{headers}{etag};
ok($etag, 'with a mark');
unlike($r->{content}, qr/<html/, 'and without the page around it');
is($owner->get('/dashboard/waiting', 'HX-Request' => 'true', 'If-None-Match' => $etag)->{status}, 304, 'unchanged is said without drawing');

my $desk = $p->client;
$desk->sign_in('deal desk');
$r = $desk->get('/dashboard');
like($r->{content}, qr/<h1>Today/, 'the vendor sees Today');
like($r->{content}, qr{href="/deals/\d+/decide"}, 'with a button that leads to the decision');
my $v = $p->api('deal desk')->get('/api/v1/dashboard')->{json}{dashboard};
my %vn = map { $_->{key} => $_ } @{$v->{numbers}};
is($vn{to_decide}{value}, $p->value("SELECT COUNT(*) FROM deal WHERE status IN ('submitted', 'in_review')"), 'all that waits for the desk is counted');
my $aged = 0;
$aged += $_->{n} for @{$v->{ages}};
is($aged, $vn{to_decide}{value}, 'and its ages add up to it');
my %hours = ('4h' => '< 4', '1d' => 'BETWEEN 4 AND 23', '2d' => 'BETWEEN 24 AND 47', more => '> 47');
is($_->{n}, $p->value("SELECT COUNT(*) FROM deal WHERE open_rank = 1 AND TIMESTAMPDIFF(HOUR, submitted_at, UTC_TIMESTAMP(6)) $hours{$_->{age}}"), "aged $_->{age}") for @{$v->{ages}};

my $manager = $p->api('channel manager');
my $id = $p->value("SELECT id FROM person WHERE email = '" . $p->account('channel manager')->{email} . "'");
my $m = $manager->get('/api/v1/dashboard')->{json}{dashboard};
my %mn = map { $_->{key} => $_ } @{$m->{numbers}};
is($mn{protected}{value}, $p->value("SELECT COUNT(*) FROM deal d JOIN partner p ON p.id = d.partner_id WHERE p.manager_id = $id AND d.status = 'approved'"), 'a channel manager sees the numbers of their own partners');

my ($rc, $said) = $p->cron('rollup-check');
is($rc, 0, 'the rollups agree with the deals') or diag $said;
done_testing;
