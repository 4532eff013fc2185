#!/usr/bin/perl
# deal.t - the pages of a registration: typed, decided, answered, imported
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start;
my ($owner, $rival, $desk) = map { $p->client } 1 .. 3;
$owner->sign_in('owner', 1);
$rival->sign_in('owner', 2);
$desk->sign_in('deal desk');
my @day = gmtime(time + 60 * 86400);
my $close = sprintf '%04d-%02d-%02d', $day[5] + 1900, $day[4] + 1, $day[3];
my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $serial = time;
my $firm = $p->value("SELECT pa.name FROM partner pa JOIN membership m ON m.partner_id = pa.id JOIN person pe ON pe.id = m.person_id WHERE pe.email = '$owner->{account}{email}'");

sub deal { return { customer => "Seitenwerk $serial GmbH", domain => "seitenwerk-$serial.example", country => 'DE',
	product_family => $family, amount => '12.000,00', currency => 'EUR', closes_on => $close, @_ } }
sub id_of { return ($_[0]{headers}{location} // '') =~ m{/deals/(\d+)$} ? $1 : 0 }

# ---- the form ----
my $form = $owner->get('/deals/new');
is($form->{status}, 200, 'the form opens');
my $required = () = $form->{content} =~ /<(?:input|select|textarea)\b[^>]*\brequired\b/g;
is($required, 6, 'with six required fields');
unlike($form->{content}, qr/\sstyle=|<script(?![^>]*\bsrc=)|\son\w+="/, 'and no script or style in it');
my $r = $owner->submit($form, deal(customer => '', domain => 'not a domain'), action => '/deals');
is($r->{status}, 422, 'what is wrong is told');
like($r->{content}, qr/value="12[.,]000/, 'and nothing typed is lost');
$r = $owner->submit($form, { customer => "Seitenwerk $serial" }, action => '/deals');
is($r->{status}, 422, 'half of it is not enough');

$r = $owner->submit($owner->get('/deals/new'), deal(), action => '/deals');
is($r->{status}, 303, 'a whole registration is taken') or diag $r->{content};
my $id = id_of($r);
my $page = $owner->follow($r);
like($page->{content}, qr/Protected/, 'its page says that it is protected');
like($page->{content}, qr{href="/rules\?version=\d+#c[\d.]+"}, 'and links the clause');
like($page->{content}, qr{data-live="/deals/$id/live"}, 'its state is live');
like($page->{content}, qr{data-live-page="/deals/$id"}, 'and what stands around it follows');
unlike($page->{content}, qr/Ask for more time/, 'more time is not offered while the rules would refuse it');
like($page->{content}, qr/More time can be asked for from \d+ \w+ 20\d\d/, 'the page says when it will be');
is($rival->get("/deals/$id")->{status}, 404, "another firm's record is not there");

# ---- live ----
my $live = $owner->get("/deals/$id/live", 'HX-Request' => 'true');
is($live->{status}, 200, 'the live part opens');
unlike($live->{content}, qr/<html/, 'as a part of a page');
is($owner->get("/deals/$id/live", 'HX-Request' => 'true', 'If-None-Match' => $live->{headers}{etag})->{status}, 304, 'and is silent while nothing changes');

# ---- a rival ----
$r = $rival->submit($rival->get('/deals/new'), deal(), action => '/deals');
$page = $rival->follow($r);
like($page->{content}, qr/Already registered/, 'a rival is told that it is registered');
unlike($page->{content}, qr/\Q$firm\E/, 'but not by whom');
my $rival_id = id_of($r);
$r = $rival->post('/deals/precheck', { customer => 'x', domain => "seitenwerk-$serial.example", country => 'DE', product_family => $family }, 'HX-Request' => 'true');
like($r->{content}, qr/Protected for another registration until/, 'the pre-check says until when') or diag $r->{content};
unlike($r->{content}, qr/\Q$firm\E/, 'and not by whom');
is($owner->get("/deals/$rival_id")->{status}, 404, 'nor is the loser shown to the winner');

# ---- draft ----
my ($draft_form) = grep { $_->{action} eq '/deals' } $owner->forms($owner->get('/deals/new'));
my %typed = map { $_->[0] => $_->[1] } @{$draft_form->{fields}};
$r = $owner->post('/deals/drafts', { %typed, customer => "Entwurf $serial", closes_on => '' });
is($r->{status}, 303, 'a draft is saved with whatever is there') or diag substr $r->{content}, 0, 2000;
my $draft = id_of($r);
is($desk->get("/deals/$draft/edit")->{status}, 403, 'the desk does not edit it');
is($desk->get("/deals/$draft")->{status}, 404, 'nor does it exist for the vendor');
unlike($desk->get("/deals?q=Entwurf+$serial")->{content}, qr{/deals/$draft\b}, 'in no list');
unlike($desk->get("/search?q=Entwurf+$serial")->{content}, qr{/deals/$draft"}, 'and in no search');
$page = $owner->get("/deals/$draft/edit");
like($page->{content}, qr/name="customer"[^>]*\brequired\b/, 'its form asks for all that a registration needs');
like($page->{content}, qr/value="Entwurf $serial"/, 'and has what was saved');
$r = $owner->submit($page, deal(customer => "Entwurf $serial", domain => "entwurf-$serial.example", submit => 1), action => "/deals/$draft");
is($r->{status}, 303, 'and registered later') or diag substr $r->{content}, 0, 2000;
is($p->value("SELECT status FROM deal WHERE id = $draft"), 'approved', 'by the same rules');

# ---- the desk ----
$r = $rival->submit($rival->get('/deals/new'), deal(customer => "Seitenwerk $serial", domain => "seitenwerk-$serial.test"), action => '/deals');
my $second = id_of($r);
is($p->value("SELECT status FROM deal WHERE id = $second"), 'in_review', 'a namesake waits for a person');
is($owner->get("/deals/$second/decide")->{status}, 403, 'partners have no desk');
$page = $desk->get("/deals/$second/decide");
is($page->{status}, 200, 'the desk opens its page') or diag substr $page->{content}, 0, 1500;
like($page->{content}, qr/\Q$firm\E/, 'and sees who holds the name');
my $stale = $desk->get("/deals/$second/decide");
$r = $desk->submit($page, { asked => 'Is it the same firm?', fields => ['customer', 'notes'] }, action => "/deals/$second/return");
is($r->{status}, 303, 'it asks for more') or diag substr $r->{content}, 0, 3000;
$r = $desk->submit($stale, { reason => 'Kept words', clause => 'review' }, action => "/deals/$second/approve");
like($r->{status}, qr/^4(09|12)$/, 'an answer to what stood before is refused');
like($r->{content}, qr/Kept words/, 'and keeps what was typed');
$page = $rival->get("/deals/$second/edit");
like($page->{content}, qr/Is it the same firm/, 'the partner reads what is asked');
unlike($page->{content}, qr/<input[^>]+name="domain"/, 'and changes only that');
$r = $rival->submit($page, { notes => 'Another firm altogether', submit => 1 }, action => "/deals/$second");
is($r->{status}, 303, 'then answers') or diag substr $r->{content}, 0, 3000;
$r = $desk->submit($desk->get("/deals/$second/decide"), { reason => 'Another firm', clause => 'same_name' }, action => "/deals/$second/approve");
is($r->{status}, 303, 'and is approved') or diag substr $r->{content}, 0, 3000;
is($p->value("SELECT COUNT(*) FROM scope_hold WHERE deal_id = $second"), 1, 'with the domain alone');

# ---- comments and files ----
$desk->submit($desk->get("/deals/$second"), { text => 'Strictly inside', internal => 1 }, action => "/deals/$second/comment");
unlike($rival->get("/deals/$second")->{content}, qr/Strictly inside/, 'internal notes stay inside');
like($desk->get("/deals/$second")->{content}, qr/Strictly inside/, 'where they can be read');
my ($files) = grep { $_->{action} eq "/deals/$second/files" } $rival->forms($rival->get("/deals/$second"));
ok($files, 'the record takes files');
my ($type, $body) = Portal::Client::multipart($files->{fields}, { file => ['offer.pdf', 'application/pdf', "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"] });
$r = $rival->request('POST', "/deals/$second/files", body => $body, type => $type);
is($r->{status}, 303, 'an offer is added') or diag substr $r->{content}, 0, 2000;
my ($link) = $rival->get("/deals/$second")->{content} =~ m{href="(/deals/$second/files/\d+)"};
like($rival->get($link)->{content}, qr/^%PDF/, 'and comes back whole');
is($owner->get($link)->{status}, 404, 'but not for another firm');
($files) = grep { $_->{action} eq "/deals/$second/files" } $rival->forms($rival->get("/deals/$second"));
($type, $body) = Portal::Client::multipart($files->{fields}, { file => ['offer.pdf', 'application/pdf', "MZ\x90\x00\x03\x00\x00\x00"] });
$r = $rival->request('POST', "/deals/$second/files", body => $body, type => $type);
is($r->{status}, 422, 'a program in disguise is refused');

# ---- end ----
$r = $owner->submit($owner->get("/deals/$id"), {}, action => "/deals/$id/withdraw");
is($r->{status}, 303, 'a registration is withdrawn') or diag substr $r->{content}, 0, 2000;
is($p->value("SELECT COUNT(*) FROM scope_hold WHERE deal_id = $id"), 0, 'and holds nothing any more');

# ---- lists ----
for my $view ('', '?mine=queue&sort=due', '?status=action_required', '?status=approved', '?ending=30&sort=protection', "?q=$serial", '?sort=amount', '?format=csv') {
	is($_->get("/deals$view")->{status}, 200, "list$view") for $owner, $desk;
}
like($desk->get("/deals?q=$serial")->{content}, qr/\Q$firm\E/, 'the vendor finds it with its partner');

# ---- import ----
is($owner->get('/deals/import')->{status}, 200, 'the page of imports opens');
my ($import) = grep { $_->{action} eq '/deals/import' } $owner->forms($owner->get('/deals/import'));
($type, $body) = Portal::Client::multipart($import->{fields}, { file => ['deals.csv', 'text/csv',
	"company,domain,country,product,est_value,reg_id\nDatei $serial,datei-$serial.example,de,$family,1000,P$serial\nOhne Land,ohne-$serial.example,,$family,1000,Q$serial\nTausender,tausender-$serial.example,de,$family,300.000,T$serial\n"] });
$r = $owner->request('POST', '/deals/import', body => $body, type => $type);
is($r->{status}, 303, 'a file is checked') or diag substr $r->{content}, 0, 2000;
$page = $owner->follow($r);
like($page->{content}, qr/Nothing is registered yet/, 'nothing is registered yet');
like($page->{content}, qr/The country is no two-letter code/, 'the report says what is wrong with a line');
$r = $owner->submit($page, {}, action => qr{/run$});
$page = $owner->follow($r);
is($p->value("SELECT amount FROM deal WHERE domain = 'tausender-$serial.example'") + 0, 300000, 'an amount in a file is read as on the page');
like($page->{content}, qr/Imported/, 'then it is imported') or diag substr $page->{content}, 0, 2000;
my ($report) = $page->{content} =~ m{href="(/deals/imports/\d+/report)"};
like($owner->get($report)->{content}, qr/Datei $serial/, 'with a report of every line');

done_testing;
