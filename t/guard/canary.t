#!/usr/bin/perl
# canary.t - what another firm wrote is never seen, and what anybody wrote is never run
# seconds: 900
#
# Canaries are planted straight into the database: one kind in every text of another firm, one that
# would break out of HTML in every text of our own and of the vendor's.  Then every role walks through
# all pages and the API, with files and search.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Cast;
use Portal;

my $p = Portal->start(workers => 2);
my $cast = Cast->new($p)->rows;
my ($ours, $theirs) = @$cast{qw(ours theirs)};

# ---- planting ----
my $foreign = 'Kuckuck7391 Fremdling';
my $sharp = q{Zaunkoenig "'><kanarie onload=alert(1) x='}; # breaks out of text, of either kind of attribute
(my $sharp_sql = "$sharp&{{}} \xe2\x80\xa8") =~ s/'/''/g;
my $canary_in = sub { my ($text, $table, $where, @columns) = @_; return "UPDATE $table SET " . join(', ', map { "$_ = '$text'" } @columns) . " WHERE $where;" };
my @deal_text = qw(customer notes contact_name contact_email reason asked domain);
$p->sql(join '', 'SET SESSION sql_mode = \'\';',
	$canary_in->($foreign, 'partner', "id = $theirs", qw(name city)),
	$canary_in->($foreign, 'deal', "partner_id = $theirs", @deal_text),
	"UPDATE deal SET external_key = CONCAT('Kuckuck7391', id) WHERE partner_id = $theirs;",
	$canary_in->($foreign, 'person', "id = $cast->{who}{stranger}{person}", 'name'),
	$canary_in->($foreign, 'comment', "noun_id IN (SELECT id FROM deal WHERE partner_id = $theirs)", 'text'),
	$canary_in->($foreign, 'file', "noun_id IN (SELECT id FROM deal WHERE partner_id = $theirs)", 'name'),
	$canary_in->($foreign, 'event', "partner_id = $theirs", qw(text actor_name)),
	$canary_in->($foreign, 'decision', "deal_id IN (SELECT id FROM deal WHERE partner_id = $theirs)", 'reason'),
	$canary_in->($sharp_sql, 'partner', "id = $ours", qw(name city)),
	$canary_in->($sharp_sql, 'deal', "partner_id = $ours", grep { $_ ne 'domain' } @deal_text),
	$canary_in->($sharp_sql, 'comment', "noun_id IN (SELECT id FROM deal WHERE partner_id = $ours)", 'text'),
	$canary_in->($sharp_sql, 'file', "noun_id IN (SELECT id FROM deal WHERE partner_id = $ours)", 'name'),
	$canary_in->($sharp_sql, 'event', "partner_id = $ours OR partner_id IS NULL", qw(text actor_name)),
	$canary_in->($sharp_sql, 'decision', "deal_id IN (SELECT id FROM deal WHERE partner_id = $ours)", 'reason'),
	"UPDATE person SET name = LEFT('$sharp_sql', 120) WHERE email LIKE '%.$cast->{tag}\@cast.example' AND id <> $cast->{who}{stranger}{person};",
	"UPDATE session SET agent = '$sharp_sql'; UPDATE api_token SET name = LEFT('$sharp_sql', 80);",
	"UPDATE product_family SET name = LEFT('$sharp_sql', 120) ORDER BY id LIMIT 1; UPDATE region SET name = LEFT('$sharp_sql', 120) ORDER BY id LIMIT 1;",
	"UPDATE programme SET name = LEFT('$sharp_sql', 120); UPDATE holiday SET name = LEFT('$sharp_sql', 120);",
	"UPDATE rules SET note = '$sharp_sql';",
	$canary_in->($sharp_sql, 'outbox', '1', qw(subject)));
my $deals = $p->value("SELECT COUNT(*) FROM deal WHERE partner_id = $theirs");
cmp_ok($deals, '>', 3, 'another firm has deals to be kept from us');

# ---- walking ----
my @routes = map { $Portal::json->decode($_) } grep { /^\{/ } split /\n/, ($p->prm('routes'))[1];
my $api = $Portal::json->decode(Portal::slurp("$Portal::top/doc/openapi.json"));
my @pages = map { $_->{pattern} } grep { $_->{method} eq 'GET' && $_->{page} && $_->{pattern} !~ /\{|healthz|brand|openapi/ } @routes;
my @calls = map { "/api/v1$_" } grep { $api->{paths}{$_}{get} && !/\{/ } sort keys %{$api->{paths}};
my @lists = grep { my $get = $api->{paths}{$_}{get}; $get && grep { ($_->{'$ref'} // '') =~ /format$/ } @{$get->{parameters} // []} } sort keys %{$api->{paths}};
cmp_ok(scalar @lists, '>=', 4, 'there are lists that go out as files');
my @questions = map { ("/search?q=$_", "/deals?q=$_", "/users?q=$_", "/partners?q=$_", "/admin/people?q=$_", "/admin/system/audit?q=$_", "/api/v1/search?q=$_", "/api/v1/deals?q=$_") } 'Fremdling', 'Zaunkoenig';

# Addresses in a page, as a browser would follow them.
sub links { my @l = $_[0] =~ /(?:href|data-live|action)="(\/[^"#]*)/g; return map { s/&amp;/&/gr } grep { !m{^/(?:vendor|img|sign-out|api)\b} } @l }

my %seen;
# What is wrong with one answer to a role.
sub look {
	my ($role, $r, $path, $bad) = @_;
	my $type = $r->{headers}{'content-type'} // '';
	my $text = $r->{content};
	$seen{$role}{$r->{status}}++;
	push @$bad, "$path: status $r->{status}" if $r->{status} >= 500;
	push @$bad, "$path: shows another firm's $1" if ($role eq 'channel_manager' || !$cast->is_vendor($role)) && $text =~ /(.{0,40}(?:Kuckuck7391|Cast other).{0,20})/s;
	if ($type =~ m{^text/html}) {
		while ($text =~ /(.{0,24})kanarie(.{0,6})/gs) {
			my ($before, $after) = ($1, $2);
			push @$bad, "$path: raw ${before}kanarie$after" if $before !~ /(?:&quot;&#39;&gt;&lt;|%22%27%3E%3C)$/i;
		}
		push @$bad, "$path: a script or style in the page" if $text =~ /<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=(?!alert\(1\) x=)/;
		$seen{sharp}++ if $text =~ /kanarie/;
	} elsif ($type =~ m{json}) {
		push @$bad, "$path: no JSON" if !defined $r->{json};
	} elsif ($type =~ m{^text/csv}) {
		for my $row (csv($text)) { for my $cell (@$row) {
			push @$bad, "$path: a formula: $cell" if $cell =~ /^[=+\-@\t\r]/ && $cell !~ /^[-+]?\d+(?:\.\d+)?$/;
		} }
		$seen{csv}++;
	}
	push @$bad, "$path: served as $type" if $text =~ /kanarie/ && $type !~ m{^(?:text/html; charset=utf-8|application/(?:problem\+)?json|text/csv; charset=utf-8)};
}
# RFC 4180
sub csv {
	my $text = shift;
	$text =~ s/^\xef\xbb\xbf//;
	my (@rows, @row);
	while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\z)/g) {
		my ($quoted, $plain, $end) = ($1, $2, $3);
		push @row, defined $quoted ? $quoted =~ s/""/"/gr : $plain;
		last if $end eq '' && @row == 1 && $row[0] eq '';
		if ($end ne ',') { push @rows, [@row]; @row = () }
		last if $end eq '';
	}
	return @rows;
}

sub walk {
	my ($role, $session, $token) = @_;
	my @bad;
	my @todo = (@pages, @questions, map({ "$_?format=csv" } @lists));
	my (%done, %shape, $n);
	while (defined(my $path = shift @todo)) {
		next if $path =~ m{^/api/} || $done{$path}++;
		(my $shape = $path) =~ s/\d+/0/g;
		$shape =~ s/\?.*/?/ if $path !~ /format=csv|q=(?:Fremdling|Zaunkoenig)/;
		next if ++$shape{$shape} > 2;
		last if ++$n > 90;
		my $r = $session->get($path);
		look($role, $r, $path, \@bad);
		push @todo, links($r->{content}) if $r->{status} == 200 && ($r->{headers}{'content-type'} // '') =~ /html/;
	}
	my @ids = ("/deals/$cast->{own}{deal}", "/deals/$cast->{own}{deal}/timeline", "/users/$cast->{own}{user}", "/partners/$ours", "/deals/imports/$cast->{own}{import}",
		"/deals/imports/$cast->{own}{import}/report", "/deals/$cast->{own}{deal}/decide", "/deals/$cast->{other}{deal}", "/deals/$cast->{other}{deal}/timeline",
		"/users/$cast->{other}{user}", "/deals/imports/$cast->{other}{import}/report", "/deals/$cast->{other}{deal}/files/$cast->{other}{file}");
	look($role, $token->get($_), $_, \@bad) for @calls, (map { "/api/v1$_" } @ids), grep { m{^/api/} } @questions;
	look($role, $token->get("/api/v1$_?format=csv"), "/api/v1$_?format=csv", \@bad) for @lists;
	# a form for a row of theirs, drawn again because it is wrong, says nothing of it
	my ($t) = $session->get('/account')->{content} =~ /name="_token" value="([^"]+)"/;
	for my $form ("/deals/$cast->{other}{deal}", map { "/deals/$cast->{other}{deal}/$_" } qw(comment extend withdraw return approve reject files)) {
		look($role, $session->post($form, { _token => $t, text => '', customer => '', amount => 'x' }), "POST $form", \@bad);
	}
	ok(!@bad, "$role walks through " . keys(%done) . ' pages and ' . (@calls + @ids) . ' calls: nothing foreign, nothing raw') or diag join "\n", @bad > 12 ? (@bad[0 .. 11], '...') : @bad;
	cmp_ok($seen{$role}{200} // 0, '>', 20, "and saw $seen{$role}{200} of them");
}

# Texts that a spreadsheet would run, in everything that goes out as a file.
my @formulas = ('=HYPERLINK("https://evil.example","x")', '+1+cmd|calc', '-2+3+cmd', '@SUM(1)', "\t=1+1", '=zaun"' . "'" . '><zaun');
my @own_deals = map { $_->[0] } $p->sql("SELECT id FROM deal WHERE partner_id = $ours ORDER BY id DESC LIMIT " . @formulas);
$p->sql(join '', map { my $f = $formulas[$_] =~ s/'/''/gr; "UPDATE deal SET customer = '$f', contact_name = LEFT('$f', 120) WHERE id = $own_deals[$_];" } 0 .. $#own_deals);
$p->sql("UPDATE partner SET city = '=1+1' WHERE id = $ours; UPDATE person SET name = '=2+2' WHERE id = $cast->{who}{finance}{person}");

# of roles with the same rights one is enough
for my $role (qw(owner sales engineer viewer channel_manager deal_desk legal enablement_author administrator auditor)) { walk($role, $cast->clients([$role, 'session'], [$role, 'token'])) }
cmp_ok($seen{sharp}, '>', 100, "the sharp canary stood in $seen{sharp} pages, asleep");
cmp_ok($seen{csv}, '>', 20, "$seen{csv} files went out, without a formula");

# ---- nobody ----
my @bad;
for my $path (@pages, @calls, @questions) { my $r = $p->client->get($path); look('nobody', $r, $path, \@bad); push @bad, "$path: $&" if $r->{content} =~ /Fremdling(?!")/ && $path !~ /q=/ }
ok(!@bad, 'and who is not signed in sees nothing of it') or diag join "\n", @bad;

# ---- a planted answer: a check that finds nothing must be able to find something ----
@bad = ();
look('sales', { status => 200, headers => { 'content-type' => 'text/html; charset=utf-8' }, content => qq{<p>Kuckuck7391 "'><kanarie</p>} }, '/planted', \@bad);
look('sales', { status => 200, headers => { 'content-type' => 'text/csv; charset=utf-8' }, content => qq{a,b\r\n=1+1,2\r\n} }, '/planted', \@bad);
is(scalar @bad, 3, 'planted faults are found');

done_testing;
