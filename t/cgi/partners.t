#!/usr/bin/perl
# partners.t - the vendor's list and record of partner firms, and who may change them
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start(conf => { totp_required => 'no' });
my $manager = $p->client;
$manager->sign_in('channel manager');
my $id = $p->value("SELECT id FROM person WHERE email = '" . $manager->{account}{email} . "'");
my $own = $p->value("SELECT id FROM partner WHERE manager_id = $id ORDER BY id LIMIT 1");
my $other = $p->value("SELECT id FROM partner WHERE manager_id <> $id ORDER BY id LIMIT 1");
my $r = $manager->get('/partners');
is($r->{status}, 200, 'a channel manager sees the list');
like($r->{content}, qr{href="/partners/$own"}, 'with the firms they look after');
unlike($r->{content}, qr{href="/partners/$other"}, "and none of a colleague's");
is($manager->get("/partners/$own")->{status}, 200, 'a record opens');
is($manager->get("/partners/$other")->{status}, 404, "a colleague's is not there");
is($manager->post("/partners/$own/suspend", { reason => 'x' })->{status}, 403, 'a channel manager does not suspend');

my $owner = $p->client;
$owner->sign_in('owner');
is($owner->get('/partners')->{status}, 403, 'partners have no list of partners');
is($owner->get("/partners/$own")->{status}, 403, 'nor a record');

my $desk = $p->api('deal desk');
$r = $desk->get('/api/v1/partners?limit=100');
is(scalar @{$r->{json}{partners}}, 40, 'the deal desk sees all forty');
$r = $desk->get('/api/v1/partners?country=FR');
is((grep { $_->{country} ne 'FR' } @{$r->{json}{partners}}), 0, 'a filter keeps its word');
$r = $desk->get('/api/v1/partners?tier=platinum');
cmp_ok(scalar @{$r->{json}{partners}}, '>', 0, 'tiers filter, too');
is((grep { $_->{tier} ne 'platinum' } @{$r->{json}{partners}}), 0, 'and only those');
$r = $desk->get("/api/v1/partners/$other");
my $n = 0;
$n += $_->{n} for @{$r->{json}{partner}{deals}};
is($n, $p->value("SELECT COUNT(*) FROM deal WHERE partner_id = $other"), 'the record counts every deal once');
is($r->{json}{partner}{team}{people}, $p->value("SELECT COUNT(*) FROM membership WHERE partner_id = $other AND status = 'active'"), 'and the people');

my $csv = $desk->get('/partners?format=csv');
my $admin = $p->client;
$admin->sign_in('administrator');
my $page = $admin->get("/partners/$other");
$r = $admin->submit($page, { reason => '' }, action => "/partners/$other/suspend");
is($r->{status}, 422, 'a suspension needs a reason');
$r = $admin->submit($admin->get("/partners/$other"), { reason => 'Invoices unpaid since spring.' }, action => "/partners/$other/suspend");
is($r->{status}, 303, 'an administrator suspends a firm') or diag substr $r->{content}, 0, 2000;
is($p->value("SELECT status FROM partner WHERE id = $other"), 'suspended', 'and it is');
is($p->value("SELECT COUNT(*) FROM event WHERE noun = 'partner' AND noun_id = $other AND what = 'suspended'"), 1, 'which is on record');
like($admin->get("/partners/$other")->{content}, qr/Invoices unpaid since spring/, 'and in the timeline');
my ($email) = $p->value("SELECT x.email FROM person x JOIN membership m ON m.person_id = x.id WHERE m.partner_id = $other LIMIT 1");
ok($email, 'the firm has people');
$r = $admin->submit($admin->get("/partners/$other"), { reason => 'Paid.' }, action => "/partners/$other/activate");
is($r->{status}, 303, 'and activates it again');
is($p->value("SELECT status FROM partner WHERE id = $other"), 'active', 'so it can register deals');
done_testing;
