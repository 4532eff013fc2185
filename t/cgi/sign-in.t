#!/usr/bin/perl
# sign-in.t - people come in, stay in, get out, and manage each other, through the pages
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MIME::QuotedPrint ();
use Test::More;
use Portal;

my $p = Portal->start;
my $owner = $p->account('owner');
my $rival = $p->account('owner', 2);
my $sales = $p->account('sales');

sub fresh { return $p->client }
sub id_of { return $p->value("SELECT id FROM person WHERE email = '$_[0]'") }
sub member_of { return $p->value("SELECT m.id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = '$_[0]'") }
sub forget { $p->sql('DELETE FROM throttle') }

# The newest mail to somebody, as text.
sub mail_to {
	my ($to) = @_;
	$p->cron('deliver');
	my $number = sub { $_[0] =~ /outbox\.(\d+)/ ? $1 : 0 };
	my @files = sort { $number->($b) <=> $number->($a) } glob "$p->{var}/{mail,files/mail}/*.eml";
	for my $f (@files) {
		my $text = MIME::QuotedPrint::decode_qp(Portal::slurp($f));
		return $text if $text =~ /^To:.*\Q$to\E/mi;
	}
	return '';
}
sub link_in { my ($text, $before) = @_; return $text =~ m{(\Q$before\E[A-Za-z0-9_-]{43})} ? $1 : undef }
sub code_of { my ($secret, $now) = @_; my $c = `oathtool --totp -b --now='\@$now' $secret`; chomp $c; return $c }

subtest 'signing in' => sub {
	my $c = fresh();
	my $page = $c->get('/sign-in');
	is $page->{status}, 200, 'the page is there';
	my $r = $c->submit($page, { email => $owner->{email}, password => 'not my password' }, action => '/sign-in');
	is $r->{status}, 422, 'a wrong password is told on the same page';
	like $r->{content}, qr/is not right/, 'in words';
	like $r->{content}, qr/value="\Q$owner->{email}\E"/, 'what was typed is kept';
	unlike $r->{content}, qr/not my password/, 'but not the password';
	my ($words) = $r->{content} =~ /(The e-mail address, the password[^<]*)/;
	$r = $c->submit($page, { email => 'nobody@example.test', password => 'not my password' }, action => '/sign-in');
	like $r->{content}, qr/\Q$words\E/, 'somebody unknown gets the same words';
	is_deeply [grep { !/flash/ } keys %{$c->{cookies}}], [], 'nobody has a session by failing';
	$r = $c->submit($page, { email => uc $owner->{email}, password => $owner->{password} }, action => '/sign-in');
	is $r->{status}, 303, 'the right one leads on';
	is $r->{headers}{location}, '/dashboard', 'to the dashboard';
	my ($cookie) = grep { /^prm=/ } ref $r->{headers}{'set-cookie'} ? @{$r->{headers}{'set-cookie'}} : $r->{headers}{'set-cookie'};
	like $cookie, qr/HttpOnly/, 'the cookie is out of reach of scripts';
	like $cookie, qr/SameSite=Lax/, 'and of other sites';
	is $c->get('/account')->{status}, 200, 'the account page opens';
	my $old = $c->{cookies}{prm};
	$r = $c->submit($c->get('/account'), {}, action => '/sign-out');
	is $r->{status}, 303, 'signing out leads on';
	is $r->{headers}{'clear-site-data'}, '"cache", "storage"', 'and the browser forgets what it kept';
	ok !exists $c->{cookies}{prm}, 'the cookie is gone';
	$c->{cookies}{prm} = $old;
	like $c->get('/account')->{headers}{location} // '', qr{^/sign-in\?next=%2Faccount}, 'the old cookie opens nothing';
};

subtest 'where a sign-in leads' => sub {
	for my $case (['/deals?status=draft', '/deals?status=draft'], ['//evil.example/', '/dashboard'], ['/\\evil.example', '/dashboard'],
		['https://evil.example/', '/dashboard'], ["/\t/evil.example", '/dashboard'], ['javascript:alert(1)', '/dashboard']) {
		my $c = fresh();
		my $page = $c->get('/sign-in?next=' . Portal::urlencode($case->[0]));
		my $r = $c->submit($page, { email => $sales->{email}, password => $sales->{password} }, action => '/sign-in');
		is $r->{headers}{location}, $case->[1], "next=$case->[0]";
	}
};

subtest 'a foreign site signs nobody in' => sub {
	my $c = fresh();
	my $r = $c->post('/sign-in', { email => $owner->{email}, password => $owner->{password} }, Origin => 'https://evil.example');
	is $r->{status}, 403, 'another origin';
	$r = $c->post('/sign-in', { email => $owner->{email}, password => $owner->{password} }, 'Sec-Fetch-Site' => 'cross-site');
	is $r->{status}, 403, 'another site';
	ok !exists $c->{cookies}{prm}, 'no session';
};

subtest 'guessing is slowed and the page says for how long' => sub {
	my $c = fresh();
	my $r;
	for (1 .. 6) {
		$r = $c->submit($c->get('/sign-in'), { email => 'guess@example.test', password => "wrong $_ password" }, action => '/sign-in');
	}
	is $r->{status}, 429, 'the sixth try is too soon';
	ok $r->{headers}{'retry-after'} > 0, 'Retry-After says when';
	like $r->{content}, qr/too often/, 'and so does the page';
	forget();
};

subtest 'a forgotten password' => sub {
	my $c = fresh();
	my $known = $c->submit($c->get('/reset'), { email => $sales->{email} }, action => '/reset');
	my $unknown = $c->submit($c->get('/reset'), { email => 'nobody@example.test' }, action => '/reset');
	is $known->{status}, 303, 'somebody known';
	is $unknown->{headers}{location}, $known->{headers}{location}, 'somebody unknown sees the same';
	is $p->value("SELECT COUNT(*) FROM outbox WHERE template = 'reset'"), 1, 'one mail';
	is $p->value("SELECT COUNT(*) FROM outbox WHERE body LIKE '%/reset/%'"), 0, 'the link stands nowhere in the database';
	my $link = link_in(mail_to($sales->{email}), '/reset/');
	ok $link, 'but in the mail';
	my $page = $c->get($link);
	is $page->{status}, 200, 'it opens';
	my $r = $c->submit($page, { password => 'password123' }, action => $link);
	is $r->{status}, 422, 'a common password is refused';
	like $r->{content}, qr/Many people use this password/, 'in words';
	my $before = $p->client;
	$before->sign_in($sales);
	$r = $c->submit($page, { password => 'seven green bottles hang' }, action => $link);
	is $r->{headers}{location}, '/sign-in', 'a good one is taken; nobody is signed in by it';
	ok !exists $c->{cookies}{prm}, 'no cookie';
	is $before->get('/account')->{status}, 303, 'the sessions from before have ended';
	is $c->get($link)->{status}, 404, 'the link works once';
	$sales = { %$sales, password => 'seven green bottles hang' };
	ok $p->client->sign_in($sales), 'the new password signs in';
};

subtest 'profile, password and sessions' => sub {
	my ($c, $other) = (fresh(), fresh());
	$_->sign_in($sales) for $c, $other;
	my ($page, $older) = ($c->get('/account'), $c->get('/account'));
	my $r = $c->submit($page, { zone => 'Asia/Tokyo', theme => 'dark' }, action => '/account');
	is $r->{status}, 303, 'zone and brightness are saved';
	like $c->get('/account')->{content}, qr/data-bs-theme="dark"/, 'and count at once';
	$r = $c->submit($older, { name => 'Somebody else' }, action => '/account');
	is $r->{status}, 409, 'an edit of an older state is refused';
	$page = $c->get('/account');
	$r = $c->post('/account/theme', { _token => ($page->{content} =~ /name="_token" value="([^"]+)"/)[0], theme => 'light', _back => '//evil.example' });
	is $r->{headers}{location}, '/account', 'the menu does not lead elsewhere';
	$page = $c->get('/account/sessions');
	my @ends = $page->{content} =~ m{action="(/account/sessions/[^"]+/end)"}g;
	is scalar @ends, 1 + $p->value("SELECT COUNT(*) - 2 FROM session s JOIN person p ON p.id = s.person_id WHERE p.email = '$sales->{email}'"), 'every other session is listed';
	is $c->submit($page, {}, action => '/account/sessions/end-others')->{status}, 303, 'they can be ended';
	is $other->get('/account')->{status}, 303, 'at once';
	$other->sign_in($sales);
	$page = $c->get('/account/password');
	$r = $c->submit($page, { current => 'not my password', password => 'eight brown owls sleeping' }, action => '/account/password');
	is $r->{status}, 422, 'a change asks for the current password';
	like $r->{content}, qr/That is not your password/, 'beside the field';
	my $old = $c->{cookies}{prm};
	$r = $c->submit($page, { current => $sales->{password}, password => 'eight brown owls sleeping' }, action => '/account/password');
	is $r->{status}, 303, 'and is done';
	isnt $c->{cookies}{prm}, $old, 'with a new session token';
	is $other->get('/account')->{status}, 303, 'other sessions end';
	is $c->get('/account')->{status}, 200, 'this one goes on';
	$sales = { %$sales, password => 'eight brown owls sleeping' };
	is $p->value("SELECT COUNT(*) FROM outbox WHERE template = 'account-changed' AND address = '$sales->{email}'"), 2, 'each change was told by mail';
};

subtest 'API tokens' => sub {
	my $c = fresh();
	$c->sign_in($sales);
	my $page = $c->get('/account/tokens/new');
	is $page->{status}, 200, 'the form opens';
	unlike $page->{content}, qr/value="admin"/, 'nobody is offered more than they may do';
	my $r = $c->submit($page, { name => 'CRM', scopes => 'deals:read', days => '30' }, action => '/account/tokens');
	my ($token) = $r->{content} =~ /(prm_[A-Za-z0-9_-]{43})/;
	ok $token, 'the token is shown once';
	unlike $c->get('/account/tokens')->{content}, qr/\Q$token\E/, 'and never again';
	my $api = $p->client(token => $token);
	is $api->get('/api/v1/account')->{json}{person}{email}, $sales->{email}, 'it acts for its owner';
	is $api->get('/api/v1/users')->{status}, 403, 'within its scopes';
	is $api->get('/account')->{status}, 303, 'pages do not take it';
	is $p->client->get('/api/v1/account')->{status}, 401, 'the API wants one';
	$r = $c->submit($page, { name => 'x', scopes => 'admin', days => '30' }, action => '/account/tokens');
	is $r->{status}, 422, 'a scope that was not offered is refused';
	my $id = $p->value("SELECT MAX(id) FROM api_token WHERE name = 'CRM'");
	is $p->client(token => $rival->{token})->post_json("/api/v1/account/tokens/$id/revoke", {})->{status}, 404, 'nobody revokes another one\'s';
	is $c->submit($c->get('/account/tokens'), {}, action => "/account/tokens/$id/revoke")->{status}, 303, 'its owner does';
	is $api->get('/api/v1/account')->{status}, 401, 'then it is over';
};

subtest 'a second factor' => sub {
	my $c = fresh();
	$c->sign_in($rival);
	my $page = $c->get('/account/totp');
	my ($typed) = $page->{content} =~ m{<code data-copy-text>([A-Z2-7 ]+)</code>};
	ok $typed, 'the key is shown';
	(my $secret = $typed) =~ s/ //g;
	my ($qr) = $page->{content} =~ m{src="(/account/totp/qr\?[^"]+)"};
	my $picture = $c->get($qr =~ s/&amp;/&/gr);
	like $picture->{headers}{'content-type'}, qr{^image/svg\+xml}, 'and as a picture';
	like $picture->{content}, qr{^<svg}, 'in SVG';
	is fresh()->get($qr)->{status}, 303, 'for this person only';
	my $r = $c->submit($page, { code => '000000', password => $rival->{password} }, action => '/account/totp');
	is $r->{status}, 422, 'a wrong code is told';
	like $r->{content}, qr/\Q$typed\E/, 'and the key stays the same';
	my $now = time;
	$r = $c->submit($r, { code => code_of($secret, $now), password => $rival->{password} }, action => '/account/totp');
	my @codes = $r->{content} =~ m{<code>((?:[A-Z2-7]{4}-){5}[A-Z2-7]{4})</code>}g;
	is scalar @codes, 10, 'ten recovery codes are shown';
	my $d = fresh();
	$r = $d->submit($d->get('/sign-in?next=/users'), { email => $rival->{email}, password => $rival->{password} }, action => '/sign-in');
	is $r->{status}, 200, 'signing in now has a second page';
	ok !exists $d->{cookies}{prm}, 'and no session before it';
	unlike $r->{content}, qr/\Q$rival->{password}\E/, 'which does not carry the password';
	my $second = $r;
	$r = $d->submit($second, { code => '123456' }, action => '/sign-in/code');
	is $r->{status}, 422, 'a wrong code is told';
	$r = $d->submit($r, { code => code_of($secret, $now + 30) }, action => '/sign-in/code');
	is $r->{headers}{location}, '/users', 'the right one leads to where one wanted';
	my $e = fresh();
	$r = $e->submit($second, { code => code_of($secret, $now + 30) }, action => '/sign-in/code');
	is $r->{status}, 422, 'a code works once';
	$r = $e->submit($second, { code => lc $codes[0] }, action => '/sign-in/code');
	is $r->{status}, 303, 'a recovery code works';
	$r = $e->submit($second, { code => $codes[0] }, action => '/sign-in/code');
	is $r->{status}, 422, 'once';
	$r = $e->submit($e->get('/account/totp'), { password => $rival->{password} }, action => '/account/totp/remove');
	is $r->{status}, 303, 'the factor can be removed with the password';
	forget();
};

subtest 'an owner manages the people of the firm' => sub {
	my $c = fresh();
	$c->sign_in($owner);
	is $c->get('/users')->{status}, 200, 'the list opens';
	my $r = $c->submit($c->get('/users/new'), { email => 'Nina.New@example.test', name => 'Nina New', roles => 'sales' }, action => '/users');
	like $r->{headers}{location} // '', qr{^/users/\d+$}, 'somebody is invited';
	my $id = member_of('nina.new@example.test');
	my $link = link_in(mail_to('nina.new@example.test'), '/invitation/');
	ok $link, 'by mail';
	my $nina = { email => 'nina.new@example.test', password => 'twelve round marbles' };
	my $n = fresh();
	is $n->submit($n->get($link), { name => 'Nina Neu', password => $nina->{password} }, action => $link)->{status}, 303, 'she sets her password';
	ok $n->sign_in($nina), 'and signs in';
	is $n->get('/users')->{status}, 403, 'sales people manage nobody';
	$r = $c->submit($c->get("/users/$id"), { roles => 'administrator' }, action => "/users/$id/roles");
	is $r->{status}, 422, 'an owner gives no role of the vendor';
	my $foreign = member_of($rival->{email});
	is $c->get("/users/$foreign")->{status}, 404, 'another firm\'s people are not there';
	my ($t) = $c->get('/users/new')->{content} =~ /name="_token" value="([^"]+)"/;
	is $c->post("/users/$foreign/end", { _token => $t })->{status}, 404, 'nor can they be removed';
	my $self = member_of($owner->{email});
	my $api = $p->api($owner);
	is $api->post_json("/api/v1/users/$self/roles", { roles => ['sales'] })->{status}, 409, 'the last owner stays';
	ok((grep { $_->{email} eq 'nina.new@example.test' } @{$api->get('/api/v1/users?q=nina')->{json}{users}}), 'the API lists them too');
	is $p->api($sales)->get('/api/v1/users')->{status}, 403, 'to owners';
	is $c->submit($c->get("/users/$id"), {}, action => "/users/$id/end")->{status}, 303, 'she leaves';
	is $n->get('/account')->{status}, 303, 'and is out at once';
};

subtest 'an invitation tells nobody who has an account' => sub {
	my ($api, @answer) = $p->api($owner);
	for my $email ($rival->{email}, 'nobody.at.all@example.test', $p->account('administrator')->{email}) {
		my $r = $api->post_json('/api/v1/users', { email => $email, name => 'Who Ever', roles => ['viewer'] });
		is $r->{status}, 201, "$email is invited";
		push @answer, { %{$r->{json}{user}}, id => 0, email => '', since => '' };
	}
	is $answer[0]{status}, 'invited', 'and nothing more';
	is $answer[0]{name}, 'Who Ever', 'by the name that was typed';
	is_deeply $answer[$_], $answer[1], 'the answer is the same for somebody known' for 0, 2;
	my $name = $p->value("SELECT name FROM person WHERE email = '$rival->{email}'");
	(my $asked = $name) =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ge;
	is_deeply $api->get("/api/v1/users?q=$asked")->{json}{users}, [], 'a search does not find the real name';
	my ($e, $link) = (fresh(), link_in(mail_to($rival->{email}), '/account/membership/'));
	ok $link, 'the known one gets a letter with a link';
	is $e->submit($e->get($link), {}, action => $link)->{status}, 303, 'which accepts';
	my ($one) = grep { $_->{email} eq $rival->{email} } @{$api->get('/api/v1/users')->{json}{users}};
	is "$one->{status} $one->{name}", "active $name", 'now the firm knows who it is';
	$p->sql("UPDATE membership SET status = 'ended' WHERE id = $one->{id}");
};

subtest 'administrators' => sub {
	my $admin = $p->account('administrator');
	my $c = fresh();
	$c->sign_in($admin);
	is $c->get('/admin/people')->{status}, 200, 'an administrator sees everybody';
	like $c->get('/admin/people/new')->{headers}{location} // '', qr{^/account/totp\?next=}, 'a change needs a second factor first';
	my $api = $p->api($admin);
	my $id = member_of($sales->{email});
	my $s = fresh();
	$s->sign_in($sales);
	is $api->post_json("/api/v1/admin/people/$id/disable", {})->{status}, 200, 'a token of the scope admin counts as a step-up';
	is $s->get('/account')->{status}, 303, 'whoever is disabled is out at once';
	my $r = $s->submit($s->get('/sign-in'), { email => $sales->{email}, password => $sales->{password} }, action => '/sign-in');
	like $r->{content}, qr/is not right/, 'and cannot come back';
	is $api->post_json("/api/v1/admin/people/$id/enable", {})->{status}, 200, 'until enabled again';
	ok $s->sign_in($sales), 'then they can';
	is $api->post_json('/api/v1/admin/people/' . member_of($admin->{email}) . '/disable', {})->{status}, 409, 'nobody disables themselves';
	is $p->api($owner)->get('/api/v1/admin/people')->{status}, 403, 'partners see nothing of it';
	is $p->api('auditor')->post_json("/api/v1/admin/people/$id/disable", {})->{status}, 403, 'nor do auditors change anything';
};

my ($rc, $said) = $p->prm('audit-verify');
is $rc, 0, 'the chain of events is whole afterwards' or diag $said;
unlike $p->log_text, qr/password1?"?:\s*"(?!")|seven green|eight brown|twelve round/, 'no password is in the log';
$p->stop;
done_testing;
