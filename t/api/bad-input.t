#!/usr/bin/perl
# bad-input.t - whatever is sent, by page or API, is answered calmly: the right status, what was typed, a way on
# seconds: 600
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use POSIX ();
use Test::More;
use Cast;
use Portal;

my $p = Portal->start(workers => 2);
my $cast = Cast->new($p)->rows;
my ($page, $other_page, $viewer, $api, $admin) = $cast->clients(['sales', 'session'], ['owner', 'session'], ['viewer', 'session'], ['sales', 'token'], ['administrator', 'token']);
my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $close = POSIX::strftime('%Y-%m-%d', gmtime(time + 60 * 86400));
my ($own, $foreign) = ($cast->{own}{deal}, $cast->{other}{deal});
my $n = 0;
sub deal { $n++; return { customer => "Eingabe $n-$$ GmbH", domain => "eingabe-$n-$$.example", country => 'DE', product_family => $family, amount => '1000.00', currency => 'EUR', closes_on => $close, @_ } }
sub problem {
	my ($r, $status, $what) = @_;
	subtest $what => sub {
		is($r->{status}, $status, "is $status") or diag $r->{content};
		is($r->{headers}{'content-type'}, 'application/problem+json', 'a problem document');
		is($r->{json}{status}, $status, 'with its status');
		ok(length($r->{json}{detail} // '') && length($r->{json}{title} // ''), 'in words');
		is($r->{json}{request_id}, $r->{headers}{'x-request-id'}, 'and its number');
		like($r->{json}{instance} // '', qr{^/api/v1}, 'for this address');
	};
	return $r;
}
sub raw { my ($c, $path, $body, $type, %h) = @_; return $c->request('POST', $path, body => $body, type => $type, headers => \%h) }
my $count = sub { $p->value('SELECT COUNT(*) FROM deal') };
my $before = $count->();

# ---- the API ----
problem($api->get('/api/v1/nothing/here'), 404, 'an unknown address');
my $r = problem($api->request('DELETE', '/api/v1/deals'), 405, 'a method it does not take');
is_deeply([sort split /,\s*/, $r->{headers}{allow} // ''], [qw(GET HEAD POST)], 'Allow names those it does');
problem($api->request('PATCH', "/api/v1/deals/$own", body => '{}', type => 'application/json'), 405, 'a method nobody takes');
problem($api->get('/api/v1/admin/people'), 403, 'a right that is missing');
problem($p->client->get('/api/v1/deals'), 401, 'nobody');
problem($api->get("/api/v1/deals/$_"), 404, "the deal $_") for $foreign, 999999999, 0, '1x', '9' x 30;
problem($api->post_json("/api/v1/deals/$foreign/withdraw", {}), 404, "another firm's, to be changed");
problem(raw($api, '/api/v1/deals', $_->[0], 'application/json'), 400, $_->[1]) for ['{"customer":', 'JSON that breaks off'], ['[1]', 'JSON that is no object'], ['', 'no JSON at all'],
	['{"a":' . '[' x 40 . ']' x 40 . '}', 'JSON nested deeply'], ['{"a":1,"a":2}', 'a member given twice'], ["{\"customer\":\"a\\u0000b\"}", 'NUL in a text'],
	["{\"customer\":\"\xff\xfe\"}", 'what is no UTF-8'], ["{\"customer\":\"\\ud800\"}", 'half a character'], ['{"a":NaN}', 'a number that is none'];
problem(raw($api, '/api/v1/deals', '{' . join(',', map { "\"m$_\":1" } 1 .. 250) . '}', 'application/json'), 413, 'too many members');
problem(raw($api, '/api/v1/deals', '{"customer":"' . 'x' x (300 << 10) . '"}', 'application/json'), 413, 'a body too large');
problem(raw($api, '/api/v1/deals', 'customer=x', 'application/x-www-form-urlencoded'), 415, 'a form at the API');
problem(raw($api, '/api/v1/deals', '{}', 'application/json; charset=latin1'), 415, 'another character set');
problem(raw($api, '/api/v1/deals', '<deal/>', 'application/xml'), 415, 'XML');
problem($api->get('/api/v1/deals?q=%ff'), 400, 'a query that is no UTF-8');
problem($api->get('/api/v1/deals?q=' . 'x' x 5000), 413, 'a query too long');
problem($api->get('/api/v1/deals', Authorization => 'Basic eDp5'), 401, 'another kind of Authorization');
problem($api->post_json("/api/v1/deals/$own/withdraw", {}, 'If-Match' => '"999"'), 412, 'a version that is not there any more');
problem($api->post_json("/api/v1/deals/$own/withdraw", {}, 'If-Match' => 'W/"x"'), 412, 'an If-Match that is no version');
my %wrong = (customer => 'x' x 201, domain => 'no domain', country => 'XX', product_family => 'none', amount => '-1', closes_on => '2026-02-31',
	contact_email => 'a@b@c', notes => 'x' x 4001, nonsense => 1);
$r = problem($api->post_json('/api/v1/deals', deal(%wrong)), 422, 'everything wrong at once');
my %told = map { $_->{field} => $_->{message} } @{$r->{json}{errors}};
is_deeply([sort grep { !$told{$_} } keys %wrong], [], 'each field is told') or diag $r->{content};
for my $odd ([amount => { a => 1 }], [amount => [1]], [customer => 5], [customer => JSON::PP::true()], [closes_on => 20270101], [amount => '1e9'], [amount => '1.00001'], [amount => '9' x 20], [customer => ''],
	[country => 'Germany'], [closes_on => '2001-01-01'], [domain => 'http://'], [domain => "x.example'; DROP TABLE deal; --"], [domain => '127.0.0.1'], [domain => 'com'], [currency => 'EURO'], [currency => 'ABC']) {
	problem($api->post_json('/api/v1/deals', deal(@$odd)), 422, "$odd->[0]: " . (ref $odd->[1] || substr($odd->[1], 0, 30)));
}
# files
my $put = sub { my ($name, $type, $bytes) = @_; my ($t, $b) = Portal::Client::multipart([], { file => [$name, $type, $bytes] }); raw($api, "/api/v1/deals/$own/files", $b, $t) };
like($put->('big.pdf', 'application/pdf', '%PDF-1.4' . 'x' x (10 << 20))->{status}, qr/^4(?:13|22)$/, 'a file a little too large');
problem($put->('x.pdf', 'application/pdf', "MZ\x90\0\3"), 422, 'a program that says it is a PDF');
problem($put->('x.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 422, 'a picture that runs');
problem($put->('x.html', 'text/html', '<!DOCTYPE html><script>alert(1)</script>'), 422, 'a page');
problem(raw($api, "/api/v1/deals/$own/files", "--x\r\n", 'multipart/form-data; boundary=x'), 400, 'a form that breaks off');
problem(raw($api, "/api/v1/deals/$own/files", 'x', 'multipart/form-data'), 400, 'a form without its boundary');
my $parts = join '', map { "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f$_\"\r\n\r\nx\r\n" } 1 .. 30;
problem(raw($api, "/api/v1/deals/$own/files", "$parts--b--\r\n", 'multipart/form-data; boundary=b'), 413, 'thirty files at once');
$r = $put->("../../etc/pass\"wd\r\nX: y.txt", 'text/plain', "harmless\n");
ok($r->{status} < 500, 'a name that leads elsewhere breaks nothing');
is($p->value("SELECT COUNT(*) FROM file WHERE name LIKE '%/%' OR name LIKE '%..%'"), 0, 'and is kept without its way');

# ---- pages ----
is($page->get('/nothing/here')->{status}, 404, 'an unknown page');
like($page->get('/nothing/here')->{content}, qr/<h1[^>]*>.*href="/s, 'says so in a page with a way on');
$r = $page->request('PUT', '/deals', body => 'x');
is($r->{status}, 405, 'a method a page does not take');
like($r->{headers}{allow} // '', qr/GET/, 'with Allow');
is($viewer->get('/deals/new')->{status}, 403, 'a page without the right');
is($page->get("/deals/$foreign")->{status}, 404, "another firm's page");
my $form = $page->get('/deals/new');
my %typed = %{deal(customer => q{Müller & "Söhne" <AG>}, domain => 'no domain', amount => 'viel', notes => "Zeile 1\nZeile <2>", contact_name => q{O'Neil})};
$r = $page->submit($form, \%typed, action => '/deals');
is($r->{status}, 422, 'a wrong form is told');
my ($again) = grep { $_->{action} eq '/deals' } $page->forms($r);
my %kept = map { $_->[0] => $_->[1] =~ s/\r\n/\n/gr } @{$again->{fields}};
for my $f (sort keys %typed) { my $want = $typed{$f}; utf8::encode($want) if utf8::is_utf8($want); is($kept{$f}, $want, "$f is still there as it was typed") }
like($r->{content}, qr/id="f-$_-error"/, "the error stands beside $_") for qw(domain amount);
like($r->{content}, qr/<input[^>]*name="domain"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*f-domain-error/, 'and is tied to its field');
is($r->{headers}{'cache-control'}, 'no-store', 'and nobody keeps it');
my ($token) = $form->{content} =~ /name="_token" value="([^"]+)"/;
my $urlencoded = 'application/x-www-form-urlencoded';
is(raw($page, '/deals', "_token=$token&customer=$_->[0]", $urlencoded)->{status}, $_->[1], $_->[2])
	for ['a%00b', 400, 'NUL in a form'], ['%ff%fe', 400, 'a form that is no UTF-8'], ['%', 400, 'a broken escape'], ['%c0%af', 400, 'a character written too long'], ['x' x (70 << 10), 413, 'a value far too long'];
is(raw($page, '/deals', "_token=$token&" . join('&', map { "f$_=1" } 1 .. 250), $urlencoded)->{status}, 413, 'too many fields');
is(raw($page, '/deals', 'x' x (300 << 10), $urlencoded)->{status}, 413, 'a form too large');
is(raw($page, '/deals', '{}', 'application/json')->{status}, 415, 'JSON to a page');
is(raw($page, '/deals', "_token=$token&customer=a&customer=b", $urlencoded)->{status}, 422, 'a field given twice is one field');
# a link and a form that are too old
is($page->post('/deals', { _token => 'made-up', %{deal()} })->{status}, 403, 'a made-up token');
like($page->post('/deals', { _token => 'made-up', %{deal(customer => 'Behalten GmbH')} })->{content}, qr/value="Behalten GmbH"/, 'loses nothing that was typed');
is($count->(), $before, 'none of all this made a deal');

# ---- twice ----
$form = $page->get('/deals/new');
my $once = deal(amount => '1000');
my $first = $page->submit($form, $once, action => '/deals');
is($first->{status}, 303, 'a form is taken') or diag $first->{content};
$r = $page->submit($form, $once, action => '/deals');
is($r->{headers}{location}, $first->{headers}{location}, 'a replayed token answers with the first result');
is($count->(), $before + 1, 'and makes nothing');

# ---- two people at one record ----
my $draft = do { my ($f) = grep { $_->{action} eq '/deals' } $page->forms($page->get('/deals/new'));
	my %f = map { $_->[0] => $_->[1] } @{$f->{fields}};
	$page->post('/deals/drafts', { %f, %{deal(amount => '1000')}, customer => 'Vorher GmbH' })->{headers}{location} };
like($draft // '', qr{^/deals/\d+$}, 'there is a draft');
my $stale = $page->get("$draft/edit");
is($other_page->submit($other_page->get("$draft/edit"), { customer => 'Inzwischen GmbH' }, action => $draft)->{status}, 303, 'a colleague is faster');
$r = $page->submit($stale, { customer => 'Meine GmbH' }, action => $draft);
is($r->{status}, 409, 'a stale edit is a conflict');
like($r->{content}, qr/Meine GmbH/, 'what was typed is shown');
like($r->{content}, qr/Inzwischen GmbH/, 'beside what stands there now');
is($page->submit($r, {}, action => $draft)->{status}, 303, 'and can be saved knowingly');
is($p->value("SELECT customer FROM deal WHERE id = " . ($draft =~ /(\d+)/)[0]), 'Meine GmbH', 'then it stands');

# ---- the database is away ----
my $pid = Portal::slurp("$p->{var}/run/db.pid") || Portal::slurp((glob '/tmp/prm-*/db.pid')[0] // '');
SKIP: {
	my ($socket) = (Portal::run_with($p->env, "$Portal::top/tools/instance", 'socket'))[1] =~ /(\S+)/;
	(my $run = $socket) =~ s{/[^/]+$}{};
	$pid = Portal::slurp("$run/db.pid") =~ /(\d+)/ ? $1 : 0;
	skip 'no pid of the database', 1 if !$pid;
	my $written = $count->();
	my $open = $page->get('/deals/new');
	my $body = deal(amount => '1000');
	my $key = { 'Idempotency-Key' => "away-$$" };
	kill 'KILL', $pid;
	my $server = Portal::slurp("$run/db.server.pid") =~ /(\d+)/ ? $1 : 0;
	kill 'KILL', $server if $server && $server != $pid;
	select undef, undef, undef, 0.5;
	$r = $page->get('/deals');
	is($r->{status}, 503, 'without the database a page is 503') or diag $r->{content};
	cmp_ok($r->{headers}{'retry-after'} // 0, '>', 0, 'says when to come again');
	like($r->{content}, qr/cannot reach its database right now/, 'calmly');
	unlike($r->{content}, qr/sock|mysql|MariaDB|2002|2013|SELECT/, 'and nothing of what is behind it');
	problem($api->get('/api/v1/deals'), 503, 'so is the API');
	problem($api->post_json('/api/v1/deals', $body, %$key), 503, 'and a change');
	is($page->submit($open, $body, action => '/deals')->{status}, 503, 'a form');
	is($page->get('/vendor/portal.css')->{status}, 200, 'style sheets do not need it');
	my ($rc, $said) = $p->instance('db');
	is($rc, 0, 'the database comes back') or diag $said;
	$r = $page->get('/deals');
	is($r->{status}, 200, 'and pages with it, without a restart') or diag $r->{content};
	is($count->(), $written, 'nothing was half written meanwhile');
	is($api->post_json('/api/v1/deals', $body, %$key)->{status}, 201, 'the call can be sent again with its key');
	is($count->(), $written + 1, 'and is done once');
}

done_testing;
