#!/usr/bin/perl
# deal-api.t - a program registers deals: the answer carries the decision, and never who was first
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start;
my $one = $p->api('owner', 1);
my $two = $p->api('owner', 2);
my $desk = $p->api('deal desk');
my @day = gmtime(time + 60 * 86400);
my $close = sprintf '%04d-%02d-%02d', $day[5] + 1900, $day[4] + 1, $day[3];
my $family = $one->get('/api/v1/product-families')->{json}{product_families}[0]{code};
ok($family, 'the programme has product families');
my $serial = time;

sub deal {
	my %o = @_;
	return { customer => 'Testwerk GmbH', domain => "testwerk-$serial.example", country => 'DE', product_family => $family,
		amount => '12000.00', currency => 'EUR', closes_on => $close, notes => 'Met on Monday', %o };
}

my $firm = ($p->sql("SELECT pa.name FROM partner pa JOIN membership m ON m.partner_id = pa.id JOIN person pe ON pe.id = m.person_id WHERE pe.email = '"
	. $p->account('owner', 1)->{email} . "'"))[0][0];

my $r = $one->post_json('/api/v1/deals', deal(customer => "Testwerk $serial GmbH"));
is($r->{status}, 201, 'a registration is created') or diag $r->{content};
my $d = $r->{json}{deal};
is($d->{status}, 'approved', 'and approved in the same answer');
like($r->{headers}{location}, qr{^/api/v1/deals/$d->{id}$}, 'Location names it');
is_deeply($d->{scope}{product_family}, $family, 'its scope names the product family');
is($d->{scope}{account}, "testwerk-$serial.example", 'and the customer');
is($d->{decision}{outcome}, 'approved', 'the decision says what');
like($d->{decision}{clause}, qr/^\d+\.\d+$/, 'on which clause');
cmp_ok($d->{decision}{rules_version}, '>', 0, 'of which version of the rules');
ok($d->{decision}{reason}, 'and why');
like($d->{protected_until}, qr/^\d{4}-\d\d-\d\dT/, 'protected until a moment');
is($d->{amount}, '12000.00', 'the amount is an exact decimal');

$r = $two->post_json('/api/v1/deals', deal(customer => "TESTWERK $serial", domain => "www.testwerk-$serial.example"));
is($r->{status}, 201, "a rival's registration is taken");
is($r->{json}{deal}{status}, 'duplicate', 'but not approved');
unlike($r->{content}, qr/\Q$firm\E/, 'and does not say who holds it');
is($r->{json}{deal}{protected_until}, undef, 'it protects nothing');
my $rival = $r->{json}{deal}{id};
is($one->get("/api/v1/deals/$rival")->{status}, 404, "another firm's registration is not there");
is($one->post_json("/api/v1/deals/$rival/withdraw", {})->{status}, 404, 'nor can it be changed');

$r = $two->post_json('/api/v1/deals/precheck', { customer => 'x', domain => "testwerk-$serial.example", country => 'DE', product_family => $family });
is($r->{json}{precheck}{answer}, 'protected', 'the pre-check tells that it is protected');
ok($r->{json}{precheck}{protected_until}, 'until when');
is($r->{headers}{'ratelimit-limit'}, 30, 'the answer tells how many questions a minute may be asked');
my $left = $r->{headers}{'ratelimit-remaining'};
ok($r->{headers}{'ratelimit-reset'} > 0 && $r->{headers}{'ratelimit-reset'} <= 60, 'and when the minute ends');
unlike($r->{content}, qr/\Q$firm\E/, 'and not by whom');
is($two->post_json('/api/v1/deals/precheck', { customer => "Nobody $serial", country => 'DE', product_family => $family })->{json}{precheck}{answer},
	'clear', 'an unknown customer is clear');
{
	my @sent = map { $two->post_json('/api/v1/deals/precheck', { customer => "Guess $_", country => 'DE', product_family => $family }) } 1 .. 31;
	my ($last) = grep { $_->{status} == 429 } @sent;
	ok($last, 'guessing through a list ends in 429') or diag $sent[-1]{status};
	is($last->{headers}{'ratelimit-remaining'}, 0, 'nothing is left then');
	is($last->{headers}{'retry-after'}, $last->{headers}{'ratelimit-reset'}, 'Retry-After says when there will be');
	is($last->{headers}{'content-type'}, 'application/problem+json', 'in a problem document');
	is($two->get('/api/v1/product-families')->{headers}{'ratelimit-limit'}, undef, 'what is not counted tells no limit');
}

$r = $one->post_json('/api/v1/deals', deal(domain => 'acme', amount => '-1', closes_on => '2001-01-01', country => 'XX', unknown => 1));
is($r->{status}, 422, 'bad fields are told');
my %bad = map { $_->{field} // $_->{name} // '' => 1 } @{$r->{json}{errors} // []};
ok($bad{closes_on} && $bad{unknown} && $bad{amount}, 'all in one round') or diag $r->{content};
is($r->{headers}{'content-type'}, 'application/problem+json', 'as a problem document');

my $key = "key-$serial";
my $first = $one->post_json('/api/v1/deals', deal(customer => "Again $serial", domain => "again-$serial.example"), 'Idempotency-Key' => $key);
my $again = $one->post_json('/api/v1/deals', deal(customer => "Again $serial", domain => "again-$serial.example"), 'Idempotency-Key' => $key);
is($again->{json}{deal}{id}, $first->{json}{deal}{id}, 'a repeated call answers with the first result');

$r = $one->post_json('/api/v1/deals', deal(customer => "Big $serial AG", domain => "big-$serial.example", amount => '9000000'));
is($r->{json}{deal}{status}, 'in_review', 'a large value waits for the desk');
ok($r->{json}{deal}{decision_due_at}, 'with a clock');
my ($id, $version) = @{$r->{json}{deal}}{qw(id version)};
is($one->post_json("/api/v1/deals/$id/approve", {})->{status}, 403, 'a partner approves nothing');
is($desk->post_json("/api/v1/deals/$id/reject", {})->{status}, 422, 'a rejection needs a reason');
is($desk->post_json("/api/v1/deals/$id/return", { asked => 'Which contact?', fields => ['contact_name'] })->{json}{deal}{status}, 'action_required',
	'the desk asks for more');
is($desk->post_json("/api/v1/deals/$id/approve", {}, 'If-Match' => "\"$version\"")->{status}, 412, 'a stale version is refused');
is($one->post_json("/api/v1/deals/$id", { customer => 'Other' })->{status}, 422, 'only what was asked for can be changed');
$r = $one->post_json("/api/v1/deals/$id", { contact_name => 'Carla', submit => JSON::PP::true });
is($r->{json}{deal}{status}, 'in_review', 'the answer goes back to the desk') or diag $r->{content};
is($desk->post_json("/api/v1/deals/$id/approve", { reason => 'Fine' })->{json}{deal}{status}, 'approved', 'the desk approves');
$r = $one->get("/api/v1/deals/$id/timeline");
my @what = map { $_->{what} } @{$r->{json}{timeline}};
is_deeply(\@what, [qw(submitted queued returned edited resubmitted queued approved)], 'the timeline tells all of it') or diag "@what";
ok(!(grep { $_->{internal} } @{$r->{json}{timeline}}), 'and nothing internal');
$desk->post_json("/api/v1/deals/$id/comment", { text => 'Beware', internal => JSON::PP::true });
unlike($one->get("/api/v1/deals/$id/timeline")->{content}, qr/Beware/, 'an internal note stays inside');
like($desk->get("/api/v1/deals/$id/timeline")->{content}, qr/Beware/, 'where it can be read');

my $reader = $p->reader($p->account('owner', 1), 'deals:read');
is($reader->get("/api/v1/deals/$id")->{status}, 200, 'a token that may read deals reads them');
is($reader->post_json("/api/v1/deals/$id/comment", { text => 'Hello' })->{status}, 403, 'and writes no comment');
is($one->post_json("/api/v1/deals/$id/comment", { text => 'Hello' })->{status}, 200, 'who may write does');
is($one->post_json("/api/v1/deals/$id/comment", { text => 'Secret', internal => JSON::PP::true })->{status}, 403, 'but no internal note');

is($one->post_json("/api/v1/deals/$id/extend", { evidence => 'A trial' })->{status}, 409, 'an extension is too early');
is($one->post_json("/api/v1/deals/$id/convert", {})->{json}{deal}{status}, 'converted', 'the deal is won');
is($one->post_json("/api/v1/deals/$id/withdraw", {})->{status}, 409, 'and stays so');

my $etag = $one->get("/api/v1/deals/$id")->{headers}{etag};
is($one->get("/api/v1/deals/$id", 'If-None-Match' => $etag)->{status}, 304, 'an unchanged record is not sent again');

$r = $one->get('/api/v1/deals?status=converted&limit=5');
ok(!(grep { $_->{status} ne 'converted' } @{$r->{json}{deals}}), 'lists are filtered');
is($one->get('/api/v1/deals?status=nonsense')->{status}, 422, 'a filter that means nothing is refused');
my %mine = map { $_->{partner} => 1 } @{$one->get('/api/v1/deals?limit=100')->{json}{deals}};
is_deeply([keys %mine], [$firm], 'a partner lists its own registrations only');

# import
my ($type, $body) = Portal::Client::multipart([['dry_run', '1']], { file => ['deals.csv', 'text/csv',
	"customer,domain,country,product_family,amount,external_key\nImport A $serial,imp-a-$serial.example,DE,$family,1000,A$serial\n" .
	"Import A $serial,imp-a-$serial.example,DE,$family,1000,B$serial\nImport B,imp-b-$serial.example,ZZ,$family,1000,C$serial\n"] });
$r = $one->request('POST', '/api/v1/deals/import', body => $body, type => $type);
is($r->{status}, 201, 'a file is checked') or diag $r->{content};
is_deeply([@{$r->{json}{import}{counts}}{qw(lines approved duplicate refused)}], [3, 1, 1, 1], 'each line is judged') or diag $r->{content};
is($p->value("SELECT COUNT(*) FROM deal WHERE external_key = 'A$serial'"), 0, 'and nothing is written');
my $job = $r->{json}{import}{id};
$r = $one->post_json("/api/v1/deals/imports/$job/run", {});
is_deeply([@{$r->{json}{import}{counts}}{qw(lines approved duplicate refused known)}], [3, 1, 1, 1, 0], 'then it is imported') or diag $r->{content};
$r = $one->post_json("/api/v1/deals/imports/$job/run", {});
is($r->{json}{import}{counts}{known}, 2, 'and importing again does nothing twice') or diag $r->{content};
is($two->get("/api/v1/deals/imports/$job")->{status}, 404, "another firm's import is not there");

done_testing;
