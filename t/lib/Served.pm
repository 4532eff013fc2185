# Served.pm - what every web server in front of the portal must do, asked of one of them
#
#   use Served;
#   Served::everything($portal, 'nginx', $port);       # pages, files, forms, programs, errors
#   Served::raw($port, "GET / HTTP/1.0\r\n\r\n");      # the answer as it comes
#
# The portal's base_url must name that port: forms are taken from there only.
package Served;
use strict;
use warnings;
use IO::Socket::INET;
use IO::Uncompress::Gunzip qw(gunzip);
use Test::More;
use Portal;

sub client { my ($p, $port, %o) = @_; return Portal::Client->new(portal => $p, base => "http://127.0.0.1:$port", %o) }

# One header's values, as a list.
sub header { my ($r, $name) = @_; my $v = $r->{headers}{$name} // []; return ref $v ? @$v : $v }
sub one { my ($r, $name, $re, $title) = @_; my @v = header($r, $name); ok(@v == 1 && $v[0] =~ $re, $title) or diag("$name: @v") }

sub raw {
	my ($port, $text) = @_;
	my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port", Timeout => 10) or return '';
	print $s $text;
	local $SIG{ALRM} = sub { close $s };
	alarm 20;
	local $/;
	my $answer = <$s> // '';
	alarm 0;
	return $answer;
}

sub pages {
	my ($how, $c, $port) = @_;
	my $r = $c->get('/');
	is($r->{status}, 200, "$how: the first page is there") or diag(substr $r->{content}, 0, 600);
	one($r, 'content-security-policy', qr/default-src/, "$how: with the program's own policy, said once");
	one($r, 'cache-control', qr/^(?:no-store|private|public)/, "$how: and the program's word on keeping it");
	one($r, 'x-request-id', qr/^[0-9A-Z]{26}$/, "$how: and its request id");
	ok(!exists $r->{headers}{status}, "$how: the CGI's own status line is not passed on");
	my $head = $c->request('HEAD', '/');
	is($head->{status} . ($head->{content} // ''), '200', "$how: HEAD is the head alone");
	my $zip = $c->get('/', 'Accept-Encoding' => 'gzip');
	one($zip, 'content-encoding', qr/^gzip$/, "$how: a page is sent compressed to who asks for it");
	my $text = '';
	gunzip(\$zip->{content}, \$text);
	like($text, qr{</html>\s*$}, "$how: and is whole");
	$r = $c->get('/no-such-page/at/all');
	is($r->{status}, 404, "$how: an unknown address is not found");
	like($r->{content}, qr/[0-9A-Z]{26}/, "$how: in the house's own way");
	is($c->get('/partners/no%2Fsuch')->{status}, 404, "$how: a slash in a name makes no other path");
	like($c->get('/deals/%FF')->{status}, qr/^(?:400|404|303)$/, "$how: what is no text is no page");
	like(raw($port, "GET /img/../../etc/passwd HTTP/1.0\r\nHost: x\r\n\r\n"), qr{^HTTP/1\.[01] 40[04]}, "$how: nobody climbs out of the folder");
	$r = $c->get('/deals');
	is($r->{status}, 303, "$how: who is not signed in is sent to sign in");
	one($r, 'location', qr{^/sign-in|^http://127\.0\.0\.1:$port/sign-in}, "$how: at this very server");
	$r = $c->post('/', {});
	is($r->{status}, 405, "$how: a page takes no POST");
	one($r, 'allow', qr/\bGET\b/, "$how: and says what it takes");
	unlike(raw($port, "TRACE / HTTP/1.0\r\nHost: 127.0.0.1:$port\r\nX-Told: yes\r\n\r\n"), qr/X-Told: yes/, "$how: TRACE echoes nothing");
}

sub assets {
	my ($how, $c) = @_;
	my ($css) = $c->get('/')->{content} =~ m{href="(/vendor/[^"]+\.css[^"]*)"};
	SKIP: {
		skip 'no assets are built', 6 if !$css;
		my $r = $c->get($css);
		is($r->{status}, 200, "$how: style is there");
		one($r, 'content-type', qr{^text/css}, "$how: as what it is");
		one($r, 'cache-control', qr/max-age=31536000, immutable/, "$how: kept for a year under its versioned name");
		(my $plain = $css) =~ s/\?.*//;
		one($c->get($plain), 'cache-control', qr/max-age=300/, "$how: and five minutes without the version");
		one($c->get($css, 'Accept-Encoding' => 'gzip'), 'content-encoding', qr/^gzip$/, "$how: compressed");
		one($c->get($css, Range => 'bytes=0-9'), 'content-range', qr{^bytes 0-9/}, "$how: or a part of it");
	}
	my $r = $c->get('/img/favicon.svg');
	one($r, 'content-type', qr{^image/svg\+xml}, "$how: pictures have their type");
	one($r, 'x-content-type-options', qr/^nosniff$/, "$how: which is not to be guessed");
	one($r, 'content-security-policy', qr/default-src 'none'/, "$how: and may start nothing");
	is($c->get('/img/favicon.svg', 'If-Modified-Since' => (header($r, 'last-modified'))[0])->{status}, 304, "$how: unchanged is 304");
	is($c->get('/favicon.ico')->{status}, 200, "$how: browsers find the icon where they look for it");
	is($c->get('/robots.txt')->{status}, 200, "$how: robots find theirs");
	is($c->get($_)->{status}, 404, "$how: $_ is not handed out") for '/src/css/portal.css', '/src/mark.svg', '/errors/away.html', '/img/';
	like($c->get('/.htaccess')->{status}, qr/^40[34]$/, "$how: nor is a hidden file");
}

# Signed in by cookie; a file goes in, too large for mod_fcgid, and comes back.
sub forms {
	my ($how, $p, $c) = @_;
	my $a = $p->account('owner');
	my $page = $c->get('/sign-in');
	my $r = $c->submit($page, { email => $a->{email}, password => $a->{password} }, action => qr{^/sign-in},
		headers => { 'X-Forwarded-For' => '198.51.100.7', 'Client-IP' => '198.51.100.7' });
	is($r->{status}, 303, "$how: a person signs in");
	is($c->get('/dashboard')->{status}, 200, "$how: and the cookie is believed");
	is($p->value('SELECT address FROM session ORDER BY created_at DESC LIMIT 1'), '127.0.0.1', "$how: from their true address, whatever they say");
	my ($firm) = $p->sql("SELECT m.partner_id FROM membership m JOIN person x ON x.id = m.person_id WHERE x.email = '$a->{email}'");
	my $deal = $p->value("SELECT id FROM deal WHERE partner_id = $firm->[0] AND status = 'approved' LIMIT 1");
	my ($form) = grep { $_->{action} eq "/deals/$deal/files" } $c->forms($c->get("/deals/$deal"));
	my $file = "%PDF-1.4\n% $how\n" . join('', map { sprintf "%09d\n", $_ } 1 .. 30_000) . "\n%%EOF\n";
	my ($type, $body) = Portal::Client::multipart($form->{fields}, { file => ['offer.pdf', 'application/pdf', $file] });
	$r = $c->request('POST', "/deals/$deal/files", body => $body, type => $type);
	is($r->{status}, 303, "$how: a file of 300 KB goes in") or diag(substr $r->{content}, 0, 600);
	my $id = $p->value("SELECT MAX(id) FROM file WHERE noun_id = $deal");
	$r = $c->get("/deals/$deal/files/$id");
	ok($r->{content} eq $file, "$how: and comes back byte by byte") or diag("$r->{status}, " . length($r->{content}) . ' bytes');
	one($r, 'content-disposition', qr/^attachment;.*offer\.pdf/, "$how: as a file to be kept");
	one($r, 'content-type', qr{^application/pdf}, "$how: of its type");
	one($r, 'content-security-policy', qr/sandbox/, "$how: that could do nothing if it were opened");
	$r = $c->get("/deals/$deal/files/$id", Range => 'bytes=5-7');
	is("$r->{status} " . substr($r->{content}, 0, 9), '206 1.4', "$how: a broken download goes on where it was");
	is($c->request('HEAD', "/deals/$deal/files/$id")->{content} // '', '', "$how: HEAD of a file sends none of it");
	is($c->get("/_files/" . $p->value("SELECT HEX(MAX(hash)) FROM file"))->{status}, 404, "$how: nobody passes the program by");
}

my $seen = 0;
sub api {
	my ($how, $p, $port) = @_;
	my $anybody = client($p, $port);
	my $r = $anybody->get('/api/v1/deals');
	is($r->{status}, 401, "$how: a program without a token gets 401");
	one($r, 'content-type', qr{^application/problem\+json}, "$how: as a problem document");
	my $api = client($p, $port, token => $p->account('sales')->{token});
	$r = $api->get('/api/v1/deals?limit=1');
	is($r->{status}, 200, "$how: a bearer token arrives") or diag(substr $r->{content}, 0, 300);
	my $family = $api->get('/api/v1/product-families')->{json}{product_families}[0]{code};
	my $n = $$ . '-' . ++$seen;
	my %deal = (customer => "Served $n", domain => "served-$n.com", country => 'DE', product_family => $family,
		amount => '12000.00', currency => 'EUR', closes_on => '2027-06-30', notes => 'by test');
	$r = $api->post_json('/api/v1/deals', \%deal, 'Idempotency-Key' => "served-$n");
	is($r->{status}, 201, "$how: a deal is registered") or diag($r->{content});
	my $id = $r->{json}{deal}{id} // 0;
	one($r, 'location', qr{^(?:http://127\.0\.0\.1:$port)?/api/v1/deals/$id$}, "$how: and its address told");
	my $again = $api->post_json('/api/v1/deals', \%deal, 'Idempotency-Key' => "served-$n");
	is($again->{json}{deal}{id}, $id, "$how: and not twice when the request is repeated");
	my $etag = (header($api->get("/api/v1/deals/$id"), 'etag'))[0];
	SKIP: {
		skip 'a deal has no ETag', 2 if !$etag;
		is($api->get("/api/v1/deals/$id", 'If-None-Match' => $etag)->{status}, 304, "$how: unchanged is 304");
		$etag = (header($api->get("/api/v1/deals/$id", 'Accept-Encoding' => 'gzip'), 'etag'))[0];
		is($api->get("/api/v1/deals/$id", 'If-None-Match' => $etag, 'Accept-Encoding' => 'gzip')->{status}, 304, "$how: compressed or not");
	}
	is($api->request('DELETE', '/api/v1/dashboard')->{status}, 405, "$how: a wrong method is refused");
	is($api->request('PATCH', '/api/v1/dashboard')->{status}, 405, "$how: an unknown one, too");
	my @pieces = ($Portal::json->encode({ %deal, customer => "Piece $n", domain => "piece-$n.com" }) =~ /(.{1,50})/gs, '');
	$r = $api->request('POST', '/api/v1/deals', type => 'application/json', body => sub { shift @pieces });
	is($r->{status}, 201, "$how: a body without a length (chunked) arrives") or diag(substr $r->{content}, 0, 300);
	$r = $api->request('POST', '/api/v1/deals', type => 'application/json', body => '{"notes":"' . ('x' x 600_000) . '"}');
	is($r->{status}, 413, "$how: a body over the program's cap is told so");
	$r = $api->request('POST', '/api/v1/deals', type => 'application/json', body => 'x' x (13 << 20));
	is($r->{status}, 413, "$how: and one over the server's");
	one($r, 'content-type', qr{^application/problem\+json}, "$how: to a program as a problem document");
}

sub everything {
	my ($p, $how, $port) = @_;
	my $c = client($p, $port);
	pages($how, $c, $port);
	assets($how, $c);
	forms($how, $p, $c);
	api($how, $p, $port);
}

# The server's own calm words, to people and programs.
sub away {
	my ($p, $how, $port) = @_;
	my $r = client($p, $port)->get('/rules');
	is($r->{status}, 503, "$how: away is 503");
	like($r->{content}, qr/short break|Back in a moment/, "$how: in calm words");
	one($r, 'retry-after', qr/^\d+$/, "$how: saying when to come back");
	unlike($r->{content}, qr/nginx|apache|gateway/i, "$how: and nothing about the machinery");
	$r = client($p, $port)->get('/api/v1/deals', Authorization => 'Bearer ' . $p->account('sales')->{token});
	is($r->{status}, 503, "$how: to a program, too");
	one($r, 'content-type', qr{^application/problem\+json}, "$how: as a problem document");
	one($r, 'retry-after', qr/^\d+$/, "$how: with the time to wait");
}

1;
