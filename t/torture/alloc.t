#!/usr/bin/perl
# alloc.t - memory runs out at one allocation after another: no crash, no half-done change
# seconds: 900
#
# The programs run as commands (plain CGI) with fail-alloc.c before them. PRM_TORTURE=N tries N allocations
# of each request (40), PRM_TORTURE=all every one of them.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use POSIX ();
use Test::More;
use Cast;
use Portal;

my $p = Portal->start(programs => 0);
my $cast = Cast->new($p);
my ($session, $token) = $cast->clients(['sales', 'session'], ['sales', 'token']);
my $shim = "$p->{var}/fail-alloc.so";
my ($rc, $said) = Portal::run_with({}, 'cc', '-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror', '-o', $shim, "$FindBin::Bin/fail-alloc.c", '-ldl');
is($rc, 0, 'what makes allocations fail is built') or do { diag $said; done_testing; exit };
my $deal = $p->value("SELECT MAX(id) FROM deal WHERE partner_id = $cast->{ours} AND status = 'approved'");
my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $close = POSIX::strftime('%Y-%m-%d', gmtime(time + 60 * 86400));
my $wanted = $ENV{PRM_TORTURE} || 40;

# One request whose Nth allocation fails; { status, exit, ... } and how many there were.
sub ask {
	my ($at, $method, $path, %o) = @_;
	my $r = $p->cgi('register-deal', $method, $path, %o, env => { LD_PRELOAD => $shim, FAIL_AT => $at, FAIL_SAID => "$p->{var}/said",
		ASAN_OPTIONS => "verify_asan_link_order=0:detect_leaks=0:exitcode=99:allocator_may_return_null=1:log_path=$p->{var}/log/asan" });
	$r->{asked} = 0 + (Portal::slurp("$p->{var}/said") || 0);
	$r->{report} = join '', map { Portal::slurp($_) } my @files = glob "$p->{var}/log/{asan,ubsan}*";
	unlink @files;
	return $r;
}
# A library that does not look at what malloc() gave it: it read near address 0, so nothing was spoilt,
# and the web server asks another worker. Of our own code no such thing is taken.
sub by_library {
	my $report = shift;
	my ($first) = grep { !m{sysdeps/|libc\.so|libasan|sanitizer} } $report =~ /^\s*(#\d+ .*)/mg;
	return $report =~ /SEGV on unknown address 0x0000000000[0-9a-f]{2}\b.*|points to the zero page/ && $first && $first !~ m{ \.\./(?:lib|cgi-bin|tools)/};
}
my $by_library = 0;
# What is wrong with an answer that was made without enough memory.
sub wrong {
	my $r = shift;
	my ($code, $signal) = ($r->{exit} >> 8, $r->{exit} & 127);
	return "ended by signal $signal" if $signal;
	if ($code == 99 && by_library($r->{report})) { $by_library++; return '' }
	return "a memory error: " . substr($r->{report} . $r->{stderr}, 0, 1500) if $code == 99 || "$r->{report}$r->{stderr}" =~ /Sanitizer|runtime error/;
	# it did not start: said why, and answered nothing
	return $code && length $r->{stderr} && !length $r->{content} ? '' : "ended with $code and " . substr($r->{content} . $r->{stderr}, 0, 200) if $code;
	return "status $r->{status}" if $r->{status} !~ /^(?:200|201|303|500|503)$/;
	return 'a half answer' if ($r->{headers}{'content-length'} // length $r->{content}) != length $r->{content};
	return 'says what is inside' if $r->{content} =~ m{\.c:\d|\Q$Portal::top\E|/tmp/|SELECT };
	return '';
}
# Numbers to try: a few of the start, most of the request.
sub numbers {
	my ($start, $all) = @_;
	return 1 .. $all if $wanted eq 'all';
	my $few = int($wanted / 4);
	my %n = map { $_ => 1 } (map { 1 + int($_ * $start / $few) } 0 .. $few - 1), (map { $start + int(1 + $_ * ($all - $start) / ($wanted - $few)) } 0 .. $wanted - $few - 1), $all;
	return sort { $a <=> $b } keys %n;
}

my $start = ask(0, 'GET', '/api/v1/nothing')->{asked};
cmp_ok($start, '>', 10, "a program asks for memory $start times before its first answer is out");
my @bearer = (headers => { Authorization => "Bearer $token->{token}" });
my @cookie = (headers => { Cookie => "prm=$session->{cookies}{prm}", Origin => $p->base });
my %seen;

sub torture {
	my ($what, $run, $check) = @_;
	my $all = $run->(0)->{asked};
	my @bad;
	my @numbers = numbers($start < $all ? $start : int($all / 2), $all);
	%seen = ();
	for my $n (@numbers) {
		my $r = $run->($n);
		$seen{$r->{exit} ? 'no start' : $r->{status}}++;
		my $w = wrong($r) || ($check ? $check->($r) : '');
		push @bad, "at $n of $all: $w" if $w;
	}
	ok(!@bad, "$what: " . @numbers . " of $all allocations fail, one at a time, and none brings it down") or diag join "\n", @bad > 8 ? (@bad[0 .. 7], '...') : @bad;
	diag "$what: " . join ', ', map { "$seen{$_} x $_" } sort keys %seen;
	cmp_ok($seen{200} // $seen{201} // $seen{303} // 0, '>', 0, 'some of them are not missed');
	cmp_ok($seen{500} // 0, '>', 0, 'others are told as 500');
	is($run->(0)->{exit}, 0, 'with memory all is well again');
}

torture('a page', sub { ask($_[0], 'GET', "/deals/$deal", @cookie) });
torture('a list', sub { ask($_[0], 'GET', '/api/v1/deals?limit=20', @bearer) });

# A registration is whole or not there.
my $serial = 0;
sub half {
	my ($r, $name) = @_;
	my @rows = $p->sql("SELECT d.id, d.status, (SELECT COUNT(*) FROM scope_hold h WHERE h.deal_id = d.id), (SELECT COUNT(*) FROM decision x WHERE x.deal_id = d.id), (SELECT COUNT(*) FROM event e WHERE e.noun = 'deal' AND e.noun_id = d.id)"
		. " FROM deal d WHERE d.customer = '$name'");
	return "answered $r->{status}, but nothing is there" if !@rows && $r->{status} =~ /^(?:201|303)$/;
	return 'two rows' if @rows > 1;
	return '' if !@rows;
	my ($id, $status, $holds, $decisions, $events) = @{$rows[0]};
	return $status eq 'approved' && $holds >= 1 && $decisions == 1 && $events >= 2 ? '' : "half of it is there: $status, $holds holds, $decisions decisions, $events events";
}
my $name;
sub deal { $name = sprintf 'Knapp %d-%d GmbH', $$, ++$serial; return { customer => $name, domain => "knapp-$$-$serial.example", country => 'DE', product_family => $family, amount => '1000.00', currency => 'EUR', closes_on => $close } }
torture('a registration by the API', sub { ask($_[0], 'POST', '/api/v1/deals', @bearer, type => 'application/json', body => $Portal::json->encode(deal())) }, sub { half($_[0], $name) });

my $form;
torture('a registration by the page', sub {
	# a token that was used up is replaced
	$form //= $p->cgi('register-deal', GET => '/deals/new', @cookie)->{content} =~ /name="_token" value="([^"]+)"/ ? $1 : die 'no form';
	my $r = ask($_[0], 'POST', '/deals', @cookie, body => Portal::form_body({ _token => $form, %{deal()} }));
	$form = undef if ($r->{status} == 303 && !$r->{exit}) || $p->value("SELECT COUNT(*) FROM deal WHERE customer = '$name'");
	return $r;
}, sub { half($_[0], $name) });

diag "$by_library times a library (ClearSilver, MariaDB's) read what it had not got";
is(($p->prm('audit-verify'))[0], 0, 'the chain of events is whole after all of it');
is(($p->cron('rollup-check'))[0], 0, 'and the sums are right');

done_testing;
