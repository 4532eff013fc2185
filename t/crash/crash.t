# crash.t - programs, web server and database are killed at random while deals are registered
#
# alone
# seconds: 600
#
# PRM_CRASH_N registrations a firm (150; the full run is 1000), two firms after the same customers.
# Claims: what was acknowledged is there, nothing is there twice, no scope has two holders, the
# audit chain and the rollups are right.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);
use Portal;

my $n = $ENV{PRM_CRASH_N} || 150;
my $clients = 6;
my $patience = 240;       # seconds one registration is tried
my $p = Portal->start(workers => 2);
my @firms = map { $p->api('owner', $_) } 1, 2;
my $family = $firms[0]->get('/api/v1/product-families')->{json}{product_families}[0]{code};
ok($family, 'there is a product family to register');

my $closes = POSIX::strftime('%Y-%m-%d', gmtime(time + 60 * 86400));
sub registration {
	my ($firm, $i) = @_;
	return { customer => "Crash Kunde $i", domain => "crash-kunde-$i-$$.com", country => 'DE', product_family => $family,
		amount => '5000.00', currency => 'EUR', closes_on => $closes, notes => "crash-$firm-$i" };
}
# Until somebody says yes or no: the same key, so a lost answer cannot register twice.
sub register {
	my ($firm, $i) = @_;
	my $until = time + $patience;
	while (time < $until) {
		my $r = $firms[$firm]->post_json('/api/v1/deals', registration($firm, $i), 'Idempotency-Key' => "crash-$firm-$i-$$");
		return $r->{json}{deal} if $r->{status} == 201;
		return { status => "refused $r->{status}: $r->{content}" } if $r->{status} >= 400 && $r->{status} < 500 && $r->{status} != 429;
		sleep 0.05 + rand 0.2;
	}
	return { status => 'gave up' };
}

# ---- clients: each takes every $clients-th customer, firms in either order ----
my @logs = map { "$p->{var}/acked-$_" } 1 .. $clients;
my @pids;
for my $c (0 .. $clients - 1) {
	my $pid = fork // die "fork: $!";
	if ($pid) { push @pids, $pid; next }
	open my $log, '>', $logs[$c] or POSIX::_exit(1);
	$log->autoflush;
	for (my $k = $c; $k < 2 * $n; $k += $clients) {
		my ($firm, $i) = ($k % 2, int($k / 2));
		my $deal = register($firm, $i);
		print $log join("\t", $firm, $i, $deal->{id} // 0, $deal->{status}), "\n";
	}
	POSIX::_exit(0);
}

# ---- the killer ----
sub workers { my @w; for my $d (glob '/proc/[0-9]*') { my $e = Portal::slurp("$d/environ"); my $cmd = Portal::slurp("$d/cmdline");
	push @w, $d =~ /(\d+)$/ if index($e, "PRM_INSTANCE=$p->{var}\0") >= 0 && $cmd =~ m{cgi-bin/register-deal} && $cmd !~ /multiwatch|spawn-fcgi|setpriv/ } return @w }
sub pid_of { my $pid = Portal::slurp("$p->{var}/run/$_[0].pid"); $pid =~ s/\s//g; return $pid }
sub children { my $parent = shift; return grep { Portal::slurp("/proc/$_/stat") =~ /^\d+ \(.*\) \S $parent / } map { m{(\d+)$} } glob '/proc/[0-9]*' }
my %killed = (worker => 0, database => 0, nginx => 0);
my $started = time;
while (grep { waitpid($_, POSIX::WNOHANG()) == 0 } @pids) {
	sleep 0.05 + rand 0.25;
	my $what = rand;
	if ($what < 0.7) { my @w = workers(); if (@w) { kill KILL => $w[rand @w]; $killed{worker}++ } }
	else {
		my $name = $what < 0.85 ? 'db' : 'nginx';
		my $pid = pid_of($name) or next;
		kill KILL => $pid, $name eq 'nginx' ? children($pid) : ();
		$killed{$name eq 'db' ? 'database' : 'nginx'}++;
		sleep 0.2;
		my ($rc, $said) = $p->instance('up');
		diag("the portal does not come up: $said") if $rc;
	}
	last if time - $started > 900;
}
diag(sprintf '%d registrations in %.0f s; killed %d workers, %d databases, %d web servers', 2 * $n, time - $started, @killed{qw(worker database nginx)});
ok($killed{worker} + $killed{database} + $killed{nginx} >= 3, 'something was killed');
$p->instance('up');

# ---- the claims ----
my @acked = map { my ($firm, $i, $id, $status) = split /\t/; { firm => $firm, i => $i, id => $id, status => $status } } map { split /\n/, Portal::slurp($_) } @logs;
is(scalar @acked, 2 * $n, 'every registration got an answer');
is_deeply([grep { !$_->{id} } @acked], [], 'every answer was a registration');
my %there;
push @{$there{$_->[1]}}, $_->[0] for $p->sql("SELECT id, notes FROM deal WHERE notes LIKE 'crash-%'");
is_deeply([grep { !$there{"crash-$_->{firm}-$_->{i}"} } @acked], [], 'no acknowledged registration is lost');
is_deeply([grep { @{$there{$_}} > 1 } sort keys %there], [], 'none is there twice');
is_deeply([grep { $there{"crash-$_->{firm}-$_->{i}"}[0] != $_->{id} } grep { $there{"crash-$_->{firm}-$_->{i}"} } @acked], [],
	'each is the one that was acknowledged');
is($p->value("SELECT COUNT(*) FROM (SELECT domain_key FROM deal WHERE notes LIKE 'crash-%' AND status = 'approved' GROUP BY domain_key, family_id, region_id HAVING COUNT(*) > 1) two"),
	0, 'no two firms hold one scope');
is($p->value("SELECT COUNT(*) FROM deal WHERE notes LIKE 'crash-%' AND status = 'approved'"), $n, 'every customer is held by exactly one firm');
is($p->value("SELECT COUNT(*) FROM deal d WHERE notes LIKE 'crash-%' AND status = 'approved' AND NOT EXISTS (SELECT 1 FROM scope_hold h WHERE h.deal_id = d.id)"),
	0, 'who is approved holds the scope');
my ($rc, $said) = $p->prm('audit-verify');
is($rc, 0, 'the audit chain is whole') or diag($said);
($rc, $said) = $p->cron('rollup-check');
is($rc, 0, 'the rollups are right') or diag($said . $p->log_tails);
$p->stop;
done_testing;
