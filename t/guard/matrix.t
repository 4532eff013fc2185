#!/usr/bin/perl
# matrix.t - every route, asked by everybody, for one's own row and another firm's: what the tables say is what the portal does
# seconds: 900
#
# The expectation comes from "prm routes" (right, step-up), "prm authorisation" (roles) and the
# API description (scopes); the answer comes from a portal that runs.  A request that is refused
# must leave the database as it was.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Cast;
use Portal;

my $p = Portal->start(workers => 2);
my $cast = Cast->new($p)->rows;
my %own = %{$cast->{own}};
my %other = %{$cast->{other}};

# ---- the tables ----
my @routes = map { $Portal::json->decode($_) } grep { /^\{/ } split /\n/, ($p->prm('routes'))[1];
my (%may, @columns);
my %label = (partner_marketing => 'vendor_marketing', partner_finance => 'vendor_finance');
for (split /\n/, ($p->prm('authorisation'))[1]) {
	my @cell = map { s/^\s+|\s+$//gr } split /\|/, $_, -1;
	if (/^\| right \|/) { @columns = map { my $l = lc s/ /_/gr; $label{$l} // $l } @cell[3 .. $#cell - 1] }
	elsif (/^\| [A-Z_]+ \|/) { $may{$cell[1]}{$columns[$_]} = $cell[3 + $_] eq 'x' for 0 .. $#columns }
}
is_deeply([sort @columns], [sort $cast->roles], 'every role is in the table of rights');
my $api = $Portal::json->decode(Portal::slurp("$Portal::top/doc/openapi.json"));
sub operation {
	my $r = shift;
	return $api->{paths}{$r->{pattern} =~ s/\{id2\}/{id2}/r}{lc $r->{method}};
}
sub flag { my ($r, $f) = @_; return scalar grep { $_ eq $f } @{$r->{flags}} }

# ---- who asks ----
my @wanted = ((map { [$_, 'session'] } $cast->roles), (map { [$_, 'token'] } $cast->roles),
	['owner', 'session', stepped_up_at => undef], ['administrator', 'session', stepped_up_at => 'UTC_TIMESTAMP(6) - INTERVAL 16 MINUTE'],
	['owner', 'session', seen_at => "'2020-01-01'"], ['owner', 'session', created_at => "'2020-01-01'"],
	['owner', 'token', revoked_at => 'UTC_TIMESTAMP(6)'], ['owner', 'token', expires_at => 'UTC_TIMESTAMP(6) - INTERVAL 1 SECOND'],
	(map { ['owner', 'token', scopes => $_] } @Cast::scopes), (map { ['administrator', 'token', scopes => $_] } @Cast::scopes));
my @made = $cast->clients(@wanted);
my (@page, @api, %narrow);
sub caller_of { my ($client, $name, %o) = @_; return { client => $client, name => $name, %o } }
push @page, caller_of(shift @made, "$_ session", role => $_, stepped => 1) for $cast->roles;
push @api, caller_of(shift @made, "$_ token", role => $_, stepped => 1, scopes => \@Cast::scopes) for $cast->roles;
push @page, caller_of(shift @made, 'owner whose password is long ago', role => 'owner'), caller_of(shift @made, 'administrator whose password is long ago', role => 'administrator'),
	caller_of(shift @made, 'idle session'), caller_of(shift @made, 'old session'), caller_of($p->client, 'nobody');
push @api, caller_of(shift @made, 'revoked token'), caller_of(shift @made, 'expired token'), caller_of($p->client, 'nobody'),
	caller_of($p->client(token => 'prm_made-up'), 'made-up token'), caller_of($p->client(cookies => { %{$page[0]{client}{cookies}} }), 'cookie at the API');
for my $role ('owner', 'administrator') {
	push @{$narrow{$role}}, caller_of(shift @made, "$role token $_", role => $role, stepped => $_ eq 'admin', scopes => [$_]) for @Cast::scopes;
}

# ---- what the tables say ----
sub expected {
	my ($r, $face, $c, $op) = @_;
	if ($r->{right} ne 'PUBLIC') {
		return 'sign in' if !$c->{role};
		return 'forbidden' if $r->{right} ne 'SIGNED_IN' && !$may{$r->{right}}{$c->{role}};
		if ($face eq 'api' && $r->{right} ne 'SIGNED_IN') {
			my %let = map { $_ => 1 } @{$op->{'x-scopes'}};
			return 'forbidden' if !grep { $let{$_} } @{$c->{scopes}};
		}
	} elsif ($face eq 'api' && !$c->{role} && $c->{client}{token}) {
		return 'sign in';               # a wrong token is told, wherever it is shown
	}
	return 'step up' if flag($r, 'STEP_UP') && !$c->{stepped};
	return 'let in';
}

# ---- what the portal says ----
sub verdict {
	my ($r, $face, $a) = @_;
	my $to = $a->{headers}{location} // $a->{headers}{'hx-redirect'} // '';
	return 'sign in' if $face eq 'api' ? $a->{status} == 401 && ($a->{headers}{'www-authenticate'} // '') =~ /^Bearer/
		: $a->{status} =~ /^(?:303|401)$/ && $to =~ m{^/sign-in\?next=};
	return 'step up' if $face eq 'api' ? $a->{status} == 403 && ($a->{json}{type} // '') =~ /stepup/ : $a->{status} =~ /^(?:303|403)$/ && $to =~ m{^/account/step-up\?next=};
	return 'forbidden' if $a->{status} == 403;
	return 'not there' if $a->{status} == 404;
	return 'let in' if $a->{status} =~ /^(?:20[0124]|303|304|409|415|422)$/;
	return "status $a->{status}";
}

is($cast->token('administrator')->post_json('/api/v1/admin/programme/rules/draft', {})->{status}, 200, 'there is a draft of the rules to look at');
my $clause = $p->value(q{SELECT JSON_VALUE(body, '$.clauses[0].key') FROM rules WHERE status = 'draft'});
my $mail = $p->value('SELECT MIN(id) FROM outbox');
my %ids = (family => 'product_family', region => 'region');
$_ = $p->value("SELECT MIN(id) FROM $_") for values %ids;

# The address of a row for this caller; undef when the pattern names none.
sub address {
	my ($r, $side, $c) = @_;
	my $rows = $side eq 'own' ? \%own : \%other;
	my $path = $r->{pattern};
	my $none = 987654321;
	my $id = $path =~ m{^/deals/imports/} ? $rows->{import} : $path =~ m{^/deals/} ? $rows->{deal} : $path =~ m{^/users/} ? $rows->{user}
		: $path =~ m{^/account/tokens/} ? ($side eq 'own' ? $c->{client}{token_id} // $own{token} : $other{token}) : $path =~ m{^/partners/} ? $rows->{partner}
		: $side ne 'own' ? $none : $path =~ m{/families/} ? $ids{family} : $path =~ m{/regions/} ? $ids{region}
		: $path =~ m{/mails/} ? $mail : $path =~ m{^/admin/people/} ? $cast->{who}{viewer}{membership} : $none;
	my $key = $path =~ m{/sessions/} ? ($rows->{session} =~ s/(..)/chr hex $1/ger) : $path =~ m{/clauses/} && $side eq 'own' ? $clause : 'no-such-key';
	if ($path =~ m{/sessions/}) { require MIME::Base64; $key = MIME::Base64::encode_base64($key, '') =~ tr{+/=}{-_}dr }
	$path =~ s/\{id\}/$id/;
	$path =~ s/\{id2\}/$rows->{file}/;
	$path =~ s/\{key\}/$key/;
	return $path;
}

# Does this caller see rows of all firms?
sub sees_all {
	my ($r, $c) = @_;
	return $cast->is_vendor($c->{role} // '') && $c->{role} ne 'channel_manager' && $r->{pattern} =~ m{^/(?:deals|partners)/\{id\}};
}

my (%token, $asked);
sub form_token {
	my $c = shift;
	return $token{$c->{name}} //= do { $c->{client}->get('/account')->{content} =~ /name="_token" value="([^"]+)"/ ? $1 : '' };
}

# A body no handler ever sees (its type is none of ours) shows who is let through, and changes nothing.
sub knock {
	my ($r, $face, $c, $path) = @_;
	$asked++;
	my $url = ($face eq 'api' ? '/api/v1' : '') . $path;
	return $r->{method} eq 'GET' ? $c->{client}->get($url) : $c->{client}->request('POST', $url, body => 'x', type => 'text/plain');
}
# A request as it should be, for a row that is not the caller's.
sub reach {
	my ($r, $face, $c, $path) = @_;
	my $op = operation($r);
	my $body = Cast::sample_body($op // {});
	$asked++;
	return $c->{client}->get(($face eq 'api' ? '/api/v1' : '') . $path) if $r->{method} eq 'GET';
	if (flag($r, 'UPLOAD')) {
		my ($type, $bytes) = Portal::Client::multipart([$face eq 'page' ? ['_token', form_token($c)] : ()], { file => ['x.txt', 'text/plain', "x\n"] });
		return $c->{client}->request('POST', ($face eq 'api' ? '/api/v1' : '') . $path, body => $bytes, type => $type);
	}
	return $c->{client}->post_json("/api/v1$path", $body) if $face eq 'api';
	$_ = !ref $_ ? $_ : ref $_ eq 'ARRAY' ? $_ : $_ ? 1 : '' for values %$body;
	return $c->{client}->post($path, { _token => form_token($c), %$body });
}

# Everything a refused request could have changed: what each table holds, but for the traces of asking itself.
my %traces = map { $_ => 1 } qw(session.seen_at api_token.used_at throttle submission device);
my %columns;
push @{$columns{$_->[0]}}, "IFNULL(HEX(`$_->[1]`), '-')" for grep { !$traces{$_->[0]} && !$traces{"$_->[0].$_->[1]"} }
	$p->sql("SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)"
		. " WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' ORDER BY 1, c.ordinal_position");
my $sum = join ' UNION ALL ', map { "SELECT '$_', COUNT(*), SUM(CRC32(CONCAT_WS('|', " . join(', ', @{$columns{$_}}) . "))) FROM `$_`" } sort keys %columns;
sub state_of { return { map { $_->[0] => "$_->[1] rows, sum $_->[2]" } $p->sql($sum) } }

sub try {
	my ($r, $face, $what, $c, $path, $how, $want, $wrong) = @_;
	my $a = $how->($r, $face, $c, $path);
	my $is = verdict($r, $face, $a);
	my $ok = ref $want ? grep { $_ eq $is } @$want : $is eq $want;
	push @$wrong, "$c->{name}, $what row $path: $is ($a->{status}), not " . (ref $want ? join ' or ', @$want : $want) if !$ok;
	push @$wrong, "$c->{name}, $path: status $a->{status}" if $a->{status} >= 500 || $a->{status} == 400;
}

sub judge {
	my ($r, $face) = @_;
	my $op = operation($r);
	my (@wrong, @callers);
	if ($r->{right} eq 'PUBLIC') { @callers = grep { ($_->{role} // 'nobody') =~ /^(?:nobody|sales|deal_desk)$/ } $face eq 'api' ? @api : @page }
	else { @callers = $face eq 'api' ? (@api, @{$narrow{$may{$r->{right}}{owner} ? 'owner' : 'administrator'}}) : @page }
	for my $c (@callers) {
		my $want = expected($r, $face, $c, $op);
		my $foreign = $r->{pattern} =~ /\{(?:id|key)\}/ && $want eq 'let in' && $r->{right} ne 'PUBLIC';
		# a made-up link opens nothing for anybody, and nobody here is setting up a second factor
		my $own_want = $want eq 'let in' && ($r->{pattern} =~ /\{key\}/ && $r->{right} eq 'PUBLIC' || $r->{pattern} eq '/account/totp/qr') ? ['let in', 'not there'] : $want;
		try($r, $face, 'own', $c, address($r, 'own', $c), \&knock, $own_want, \@wrong);
		next if !$foreign;
		if (sees_all($r, $c)) { try($r, $face, 'any', $c, address($r, 'other', $c), \&knock, 'let in', \@wrong) }
		else { try($r, $face, 'foreign', $c, address($r, 'other', $c), \&reach, 'not there', \@wrong) }
	}
	ok(!@wrong, "$r->{method} $r->{pattern} ($face, $r->{right}): " . @callers . ' callers are answered as the tables say') or diag join "\n", @wrong;
}

my $before = state_of();
my $began = time;
# leaving and polling are not asked of every caller: the one ends the session that asks
for my $r (@routes) {
	next if $r->{pattern} =~ m{^/(?:sign-out|healthz)$};
	judge($r, 'page') if $r->{page};
	judge($r, 'api') if $r->{api};
}
diag sprintf '%d requests in %d s', $asked, time - $began;
is_deeply(state_of(), $before, 'and nothing that was refused left a trace in the database');

# ---- the file of another firm under one's own deal ----
for my $c (grep { ($_->{role} // '') =~ /^(?:sales|deal_desk)$/ } @api) {
	is($c->{client}->get("/api/v1/deals/$own{deal}/files/$other{file}")->{status}, 404, "$c->{name}: another deal's file is not under this one");
	is($c->{client}->get("/api/v1/deals/$own{deal}/files/$own{file}")->{status}, 200, 'its own is');
}

# ---- forms from elsewhere ----
my ($sales) = grep { ($_->{role} // '') eq 'sales' } @page;
my $text = { _token => form_token($sales), text => 'From elsewhere' };
for my $from ([{ Origin => 'https://evil.example' }, 'another site'], [{ Origin => 'null' }, 'nowhere'], [{ Origin => '' }, 'nobody knows where'],
	[{ 'Sec-Fetch-Site' => 'cross-site' }, 'another site, says the browser'], [{ 'Sec-Fetch-Site' => 'same-site' }, 'a neighbour']) {
	is($sales->{client}->post("/deals/$own{deal}/comment", $text, %{$from->[0]})->{status}, 403, "a form from $from->[1] is refused");
}
is($sales->{client}->post("/deals/$own{deal}/comment", { text => 'No token' })->{status}, 403, 'a form without its token is refused');
my ($owner) = grep { ($_->{role} // '') eq 'owner' } @page;
is($owner->{client}->post("/deals/$own{deal}/comment", $text)->{status}, 403, "and one with another session's token");
is($p->value("SELECT COUNT(*) FROM comment WHERE noun_id = $own{deal} AND text IN ('From elsewhere', 'No token')"), 0, 'none of them was written');
is($sales->{client}->post("/deals/$own{deal}/comment", $text)->{status}, 303, 'from our own page it is taken');

# ---- rights end at once ----
my $desk = $cast->token('deal_desk');
is($desk->get("/api/v1/deals/$own{deal}")->{status}, 200, 'the desk reads');
$p->sql("UPDATE membership SET roles = 'enablement_author' WHERE id = $cast->{who}{deal_desk}{membership}");
is($desk->get("/api/v1/deals/$own{deal}")->{status}, 403, 'a role that is taken away counts with the next request');
$p->sql("UPDATE membership SET status = 'ended' WHERE id = $cast->{who}{deal_desk}{membership}");
is($desk->get("/api/v1/deals/$own{deal}")->{status}, 401, 'so does leaving');
$p->sql("UPDATE partner SET status = 'terminated' WHERE id = $cast->{ours}");
is($sales->{client}->get('/deals')->{status}, 303, 'and the end of a partnership');

done_testing;
