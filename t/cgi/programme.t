#!/usr/bin/perl
# programme.t - an administrator changes the rules from draft to published; the engine follows
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start(conf => { totp_required => 'no' });
for my $role ('owner', 'deal desk', 'auditor') {
	my $c = $p->client;
	$c->sign_in($role);
	is($c->get('/admin/programme')->{status}, 403, "a person of the role $role does not edit the programme");
}
my $admin = $p->client;
$admin->sign_in('administrator');
my $at = '/admin/programme';
is($admin->get($at)->{status}, 200, 'an administrator does');
is($admin->get("$at/$_")->{status}, 200, "page $_ is drawn") for qw(rules families regions calendar);

# name and colour
my $r = $admin->submit($admin->get($at), { accent => '#ffe066' }, action => $at);
is($r->{status}, 422, 'a colour that cannot be read is refused');
like($r->{content}, qr/cannot be read on white/, 'with the reason');
like($r->{content}, qr/value="#ffe066"/, 'and what was typed stays');
$r = $admin->submit($admin->get($at), { accent => '#0b5d4a', opens => '08:30' }, action => $at);
is($r->{status}, 303, 'a dark one is taken') or diag substr $r->{content}, 0, 1500;
is($p->value('SELECT CONCAT(accent, " ", open_minute) FROM programme'), '#0b5d4a 510', 'with the hours');
$r = $admin->submit($admin->get($at), { _version => 1, name => 'Somebody' }, action => $at);
is($r->{status}, 409, 'an edit of what somebody else has changed is refused');

# rules
my $old = $p->value("SELECT number FROM rules WHERE status = 'published'");
$r = $admin->submit($admin->get("$at/rules"), {}, action => "$at/rules/draft");
is($r->{status}, 303, 'a draft begins as a copy');
like($admin->get("$at/rules")->{content}, qr/Nothing yet: it is a copy/, 'which changes nothing yet');
is($p->client->get('/rules?version=' . ($old + 1))->{status}, 404, 'nobody else sees a draft');
$r = $admin->submit($admin->get("$at/rules/values"), { protection_days => 0 }, action => "$at/rules/values");
is($r->{status}, 422, 'a value out of bounds is refused');
$r = $admin->submit($admin->get("$at/rules/values"), { reminder_days => '1,7' }, action => "$at/rules/values");
is($r->{status}, 422, 'reminders go down');
$r = $admin->submit($admin->get("$at/rules/values"), { protection_days => 120, auto_limits => "EUR 10,000\nUSD 11000.50" }, action => "$at/rules/values");
is($r->{status}, 303, 'good values are saved') or diag substr $r->{content}, 0, 3000;
$r = $admin->submit($admin->get("$at/rules/clauses/scope"), { text => 'One {customer} each.' }, action => "$at/rules/clauses/scope");
is($r->{status}, 422, 'a placeholder that is unknown is refused');
$r = $admin->submit($admin->get("$at/rules/clauses/scope"), { text => 'One customer for {protection_days day|days}, <script>alert(1)</script> and no other.' }, action => "$at/rules/clauses/scope");
is($r->{status}, 303, 'a good clause is saved');
is($admin->get("$at/rules/clauses/nonsense")->{status}, 404, 'a clause that is none is not found');
$r = $admin->get("$at/rules");
like($r->{content}, qr{<del>90</del>.*<ins>120</ins>}s, 'what the draft changes is shown before it is published');
is($p->api('owner')->get('/api/v1/rules')->{json}{rules}{number}, $old, 'until then the old rules stand');
$r = $admin->submit($admin->get("$at/rules"), { note => '' }, action => "$at/rules/publish");
is($r->{status}, 422, 'publishing needs a word to partners');
$r = $admin->submit($admin->get("$at/rules"), { note => 'Longer protection.' }, action => "$at/rules/publish");
is($r->{status}, 303, 'then the draft is published') or diag substr $r->{content}, 0, 3000;
is($p->value("SELECT GROUP_CONCAT(CONCAT(number, status) ORDER BY number DESC) FROM rules WHERE number >= $old"), ($old + 1) . "published,${old}retired", 'the old version is retired in the same moment');
is($p->value("SELECT COUNT(*) FROM event WHERE noun = 'rules' AND what = 'published' AND noun_id = $old + 1"), 1, 'which is on record');
sleep 11;       # workers ask every ten seconds which version is in force
$r = $p->client->get('/rules');
like($r->{content}, qr/One customer for 120 days/, 'partners read the new rules');
unlike($r->{content}, qr/<script>alert/, 'Markdown carries no script');
like($r->{content}, qr/Longer protection/, 'with what changed');
my @day = gmtime(time + 60 * 86400);
$r = $p->api('owner')->post_json('/api/v1/deals', { customer => 'Neuland GmbH', domain => 'neuland-test.example', country => 'DE', product_family => 'waf',
	amount => '12000.00', currency => 'EUR', closes_on => sprintf('%04d-%02d-%02d', $day[5] + 1900, $day[4] + 1, $day[3]), notes => '' });
is($r->{json}{deal}{status}, 'in_review', 'and the engine decides by them: 12,000 is above the new limit') or diag $r->{content};
is($r->{json}{deal}{decision}{rules_version}, $old + 1, 'naming the version');
is($p->value("SELECT COUNT(*) FROM decision WHERE rules_number = $old") > 0, 1, 'older decisions keep theirs');

# axes and calendar
$r = $admin->submit($admin->get("$at/families"), { name => 'Deception', code => 'deception' }, action => "$at/families");
is($r->{status}, 303, 'a product family is added');
$r = $admin->submit($admin->get("$at/families"), { name => 'Deception', code => 'deception' }, action => "$at/families");
is($r->{status}, 422, 'its code only once');
my $family = $p->value("SELECT id FROM product_family WHERE code = 'deception'");
$r = $admin->submit($admin->get("$at/families/$family"), { active => undef, name => 'Deception' }, action => "$at/families/$family");
is($p->value("SELECT active FROM product_family WHERE id = $family"), 0, 'and closed again');
my $region = $p->value("SELECT id FROM region WHERE code = 'dach'");
$r = $admin->submit($admin->get("$at/regions/$region"), { countries => 'DE, AT' }, action => "$at/regions/$region");
is($r->{status}, 422, 'a country is never left without a region');
$r = $admin->submit($admin->get("$at/regions/$region"), { countries => 'de, at, ch, li, it, zz' }, action => "$at/regions/$region");
is($r->{status}, 422, 'a code that is no country is refused');
$r = $admin->submit($admin->get("$at/regions/$region"), { countries => 'de, at, ch, li, it' }, action => "$at/regions/$region");
is($p->value("SELECT region_id FROM region_country WHERE country = 'IT'"), $region, 'a country moves to the region that names it');
$r = $admin->submit($admin->get("$at/calendar"), { day => '2028-05-01', name => 'Labour Day' }, action => "$at/calendar");
is($p->value("SELECT name FROM holiday WHERE day = '2028-05-01'"), 'Labour Day', 'a holiday is added');
$r = $admin->submit($admin->get("$at/calendar"), { day => '2028-05-01' }, action => "$at/calendar/remove");
is($p->value("SELECT COUNT(*) FROM holiday WHERE day = '2028-05-01'"), 0, 'and removed');
my ($rc, $said) = $p->prm('audit-verify');
is($rc, 0, 'every change is in the chain') or diag $said;
done_testing;
