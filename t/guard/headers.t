#!/usr/bin/perl
# headers.t - every kind of answer carries the headers that keep it safe, and no error says what is inside
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Cast;
use Portal;

my $p = Portal->start;
my $cast = Cast->new($p)->rows;
my $deal = $cast->{own}{deal};
my $sales = $cast->session('sales');
my $viewer = $cast->session('viewer');
my $token = $cast->token('sales');
my $nobody = $p->client;
my $long = 'a' x 40000;
my ($type, $big) = Portal::Client::multipart([], { file => ['big.txt', 'text/plain', 'x' x (12 << 20)] });

# [ what it is, the answer, kind: private page, public page, live part, asset, api, file, or our web server's own ]
my @answers = (
	['a public page', $nobody->get('/'), 'public'],
	['the rules', $nobody->get('/rules'), 'public'],
	['the brand colour', $nobody->get('/brand.css'), 'public'],
	['the API description', $nobody->get('/developers/openapi.json'), 'public'],
	['the sign-in page', $nobody->get('/sign-in'), 'private'],
	['a public page, signed in', $sales->get('/rules'), 'private'],
	['a list', $sales->get('/deals'), 'private'],
	['a record', $sales->get("/deals/$deal"), 'private'],
	['a form', $sales->get('/deals/new'), 'private'],
	['a list as a file', $sales->get('/deals?format=csv'), 'private'],
	['a live part', $sales->get("/deals/$deal/live"), 'live'],
	['an unchanged live part', $sales->get("/deals/$deal/live", 'If-None-Match' => '*'), 'live'],
	['an uploaded file', $sales->get("/deals/$deal/files/$cast->{own}{file}"), 'file'],
	['an uploaded file, by the API', $token->get("/api/v1/deals/$deal/files/$cast->{own}{file}"), 'file'],
	['an API list', $token->get('/api/v1/deals'), 'private'],
	['an API record', $token->get("/api/v1/deals/$deal"), 'private'],
	['a redirect to sign in', $nobody->get('/deals'), 'private'],
	['a redirect of a slash too many', $sales->get('/deals/'), 'private'],
	['a redirect after a form', $sales->submit($sales->get("/deals/$deal"), { text => 'For the headers' }, action => "/deals/$deal/comment"), 'private'],
	['a form drawn again', $sales->submit($sales->get('/deals/new'), { customer => '' }, action => '/deals'), 'private'],
	['an unknown page', $sales->get('/no/such/page'), 'private'],
	['an unknown address of the API', $token->get('/api/v1/no/such/page'), 'private'],
	['a page without the right', $viewer->get('/deals/new'), 'private'],
	['the API without a token', $nobody->get('/api/v1/deals'), 'private'],
	['a wrong method', $sales->request('PUT', '/deals', body => 'x'), 'private'],
	['a wrong method at the API', $token->request('DELETE', '/api/v1/deals'), 'private'],
	['a wrong type', $token->request('POST', '/api/v1/deals', body => '<x/>', type => 'application/xml'), 'private'],
	['broken JSON', $token->request('POST', '/api/v1/deals', body => '{', type => 'application/json'), 'private'],
	['a form from elsewhere', $sales->post('/deals', {}, Origin => 'https://evil.example'), 'private'],
	['a path that leads elsewhere', $nobody->get('/deals/%2e%2e/%2e%2e/etc/passwd'), 'any'],
	['a path with NUL', $nobody->get('/deals/%00'), 'any'],
	['a style sheet', $nobody->get('/vendor/portal.css?v=1'), 'asset'],
	['a script', $nobody->get('/vendor/portal.js?v=1'), 'asset'],
	['a picture', $nobody->get('/img/favicon.svg'), 'asset'],
	['robots.txt', $nobody->get('/robots.txt'), 'asset'],
	['a missing asset', $nobody->get('/vendor/no-such.js'), 'server'],
	['an address far too long', $nobody->get("/deals?q=$long"), 'server'],
	['an upload far too large', $token->request('POST', "/api/v1/deals/$deal/files", body => $big, type => $type), 'server'],
	['TRACE', $nobody->request('TRACE', '/deals'), 'server'],
);

sub csp { my %d = map { my ($n, $v) = split / /, $_, 2; $n => $v // '' } split /\s*;\s*/, shift; return \%d }
sub one { my $v = shift; return ref $v ? join ', ', @$v : $v // '' }

my %status;
for (@answers) {
	my ($what, $r, $kind) = @$_;
	my %h = %{$r->{headers}};
	my $wrote = $r->{content};
	$status{$r->{status}}++;
	subtest "$what ($r->{status})" => sub {
		is(one($h{'x-content-type-options'}), 'nosniff', 'its type is not guessed');
		is(one($h{'referrer-policy'}), 'same-origin', 'other sites do not learn the address');
		my $csp = csp(one($h{'content-security-policy'}));
		is($csp->{'default-src'}, "'none'", 'nothing is let in by default');
		unlike(one($h{'content-security-policy'}), qr/unsafe-|\*|https?:/, 'nothing inline, nothing from elsewhere');
		is($csp->{'frame-ancestors'}, "'none'", 'nobody frames it');
		is($csp->{'base-uri'}, "'none'", 'no base is put under it');
		is(one($h{server}), 'nginx', 'no version is told');
		ok(!exists $h{'x-powered-by'}, 'nor what it runs on');
		my $cache = one($h{'cache-control'});
		if ($kind eq 'private') { is($cache, 'no-store', 'nobody keeps it') }
		elsif ($kind eq 'live') { is($cache, 'private, no-cache', 'only the browser keeps it, and asks') }
		elsif ($kind eq 'file') {
			is($cache, 'no-store', 'nobody keeps it');
			like(one($h{'content-disposition'}), qr/^attachment; filename="evidence.txt"/, 'it is saved, not shown');
			ok(exists $csp->{sandbox}, 'and can do nothing when it is shown all the same');
		}
		elsif ($kind eq 'public') { is($cache, 'public, max-age=300', 'it may be kept for five minutes'); like(one($h{vary}), qr/Cookie/, 'by those who are not signed in') }
		elsif ($kind eq 'asset') { like($cache, qr/^public, max-age=\d+/, 'it may be kept'); is(one($h{'set-cookie'}), '', 'it sets no cookie') }
		elsif ($kind eq 'server') { is($cache, 'no-store', 'nobody keeps it') }
		if ($kind !~ /^(?:asset|server|any)$/) {
			like(one($h{'x-request-id'}), qr/^[0-9A-Z]{26}$/, 'it has a number');
			like(one($h{'permissions-policy'}), qr/camera=\(\)/, 'devices are closed to it');
			is(one($h{'cross-origin-opener-policy'}), 'same-origin', 'no window of another site reaches it');
			is(one($h{'cross-origin-resource-policy'}), 'same-origin', 'nor any page of another site');
		}
		for my $c (ref $h{'set-cookie'} ? @{$h{'set-cookie'}} : $h{'set-cookie'} // ()) {
			like($c, qr/; HttpOnly/, 'no script reads its cookie');
			like($c, qr/; SameSite=Lax/, 'which other sites do not send along');
			like($c, qr{; Path=/(?:;|$)}, 'which is for all of the portal');
			unlike($c, qr/Domain=/i, 'and for this host alone');
		}
		if ($r->{status} >= 400) {
			my @inside = $wrote =~ m{(/(?:work|tmp|home|usr|var|etc)/[^"]{0,40}|\b(?:SELECT|INSERT|UPDATE) .{0,40}|MariaDB|mysql|\w+\.c:\d+|\b0x[0-9a-f]{6}|Sanitizer|\berrno\b|\bE_[A-Z]+\b|nginx|Traceback)}g;
			is_deeply(\@inside, [], 'an error says nothing of what is inside');
			my $id = one($h{'x-request-id'});
			ok(index($wrote, $id) >= 0, 'it shows its number') if $id && $r->{status} != 422;
			ok(index($p->log_text, qq{"request":"$id"}) >= 0, 'under which it stands in the log') if $id;
		}
		is($h{'content-type'}, 'application/problem+json', 'as a problem document') if $r->{status} >= 400 && $r->{path} =~ m{^/api/} && $kind ne 'server';
		ok(!exists $h{'retry-after'}, 'waiting does not help, so none is asked') if $r->{status} =~ /^4(?!29)/;
	};
}
ok($status{$_}, "an answer $_ is among them") for 200, 303, 304, 308, 400, 401, 403, 404, 405, 413, 414, 415, 422;

# ---- behind https ----
my $conf = "$p->{var}/conf/https.conf";
Portal::spew($conf, Portal::slurp($p->conf_file) =~ s{^(\s*base_url\s*=).*}{$1 https://portal.example}mr);
chmod 0600, $conf;
my $who = $p->account('sales');
my $r = $p->cgi('sign-in', POST => '/sign-in', body => Portal::form_body({ email => $who->{email}, password => $who->{password} }),
	headers => { Origin => 'https://portal.example', Host => 'portal.example' }, env => { PRM_CONF => $conf, REQUEST_SCHEME => 'https', HTTPS => 'on' });
is($r->{status}, 303, 'somebody signs in over https') or diag "$r->{stderr}\n$r->{content}";
my ($cookie) = grep { /^__Host-prm=/ } ref $r->{headers}{'set-cookie'} ? @{$r->{headers}{'set-cookie'}} : $r->{headers}{'set-cookie'} // '';
like($cookie // '', qr/^__Host-prm=[\w-]{43}; Path=\/.*; HttpOnly; SameSite=Lax; Secure$/, 'the session cookie is bound to the host and to https');
my ($secret) = $cookie =~ /=([^;]+)/;
is($p->value("SELECT COUNT(*) FROM session WHERE HEX(hash) = '" . uc((Cast::hashes($secret))[0]) . "'"), 1, 'the database keeps only its hash');
like($r->{headers}{'strict-transport-security'} // '', qr/max-age=(?:[3-9]\d{7}|\d{9,}).*includeSubDomains/, 'and the browser comes back over https only');

done_testing;
