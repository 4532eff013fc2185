# nginx.t - nginx, by the generated configuration: serves all of the portal, and a killed worker costs nobody a page
#
# alone
# seconds: 600
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);
use Portal;
use Served;

my $p = Portal->start(workers => 2);
Served::everything($p, 'nginx', $p->{port});
my ($run) = Portal::slurp($p->conf_file) =~ m{^db_socket = (.*)/db\.sock}m;

# ---- workers are killed while pages are read and deals registered ----
my @pids;
my $until = time + 6;
for my $k (1 .. 4) {
	my $pid = fork // die "fork: $!";
	if ($pid) { push @pids, $pid; next }
	my $api = $p->api('sales');
	my $family = $api->get('/api/v1/product-families')->{json}{product_families}[0]{code};
	open my $log, '>', "$p->{var}/load-$k" or POSIX::_exit(1);
	$log->autoflush;
	for (my $i = 1; time < $until; $i++) {
		my $r = $api->get('/api/v1/deals?limit=2');
		print $log "GET $r->{status}\n";
		next if $i % 3;
		my $name = "killed-$$-$i";
		$r = $api->post_json('/api/v1/deals', { customer => $name, domain => "$name.com", country => 'DE', product_family => $family,
			amount => '9000.00', currency => 'EUR', closes_on => '2027-06-30', notes => 'killed' }, 'Idempotency-Key' => $name);
		print $log "POST $r->{status} $name\n";
	}
	POSIX::_exit(0);
}
my $killed = 0;
while (time < $until - 0.5) {
	my $socket = 1 + int rand 2;
	my ($pool) = Portal::slurp("$run/register-deal-$socket.pid") =~ /(\d+)/;
	my @workers = split ' ', `pgrep -P $pool`;
	$killed += kill 'KILL', $workers[rand @workers] if @workers;
	sleep 0.3;
}
waitpid $_, 0 for @pids;
my $log = join '', map { Portal::slurp("$p->{var}/load-$_") } 1 .. 4;
my $gets = () = $log =~ /^GET/mg;
my @made = $log =~ /^POST 201 (\S+)/mg;
cmp_ok($killed, '>', 2, "$killed workers were killed");
cmp_ok($gets, '>', 20, "while $gets pages were read");
is(join(' ', $log =~ /^GET (?!200)(\d+)/mg), '', 'and none of them failed');
is(join(' ', $log =~ /^POST (?!201)(\d+)/mg), '', 'nor did a registration, for it is safe to repeat one that has a key (' . @made . ')');
is($p->value("SELECT COUNT(*) - COUNT(DISTINCT customer) FROM deal WHERE customer LIKE 'killed-%'"), 0, 'and none was made twice');
is($p->value("SELECT COUNT(*) FROM deal WHERE customer LIKE 'killed-%'"), scalar @made, 'each that was acknowledged is there');

# ---- new workers under load: nobody waits, nobody is refused ----
$until = time + 3;
my $pid = fork // die "fork: $!";
if (!$pid) {
	my $c = $p->client;
	open my $out, '>', "$p->{var}/rolling" or POSIX::_exit(1);
	while (time < $until) { print $out $c->get('/rules')->{status}, "\n" }
	close $out;
	POSIX::_exit(0);
}
while (time < $until - 0.7) { $p->instance('roll'); sleep 0.5 }
waitpid $pid, 0;
is(join(' ', grep { $_ != 200 } split /\n/, Portal::slurp("$p->{var}/rolling")), '', 'replacing all workers refuses nobody');

# ---- the list of addresses that may open /admin ----
my $conf = "$p->{var}/conf/nginx-site.conf";
my $as_it_was = Portal::slurp($conf);
sub reload_with {
	my @set = @_;
	my ($rc, $text) = Portal::run_with({ %{$p->env}, PRM_CONF => $p->conf_file }, "$Portal::top/tools/web-config", 'nginx-site', '--build', $p->{build},
		map { ('--set', $_) } "LISTEN=127.0.0.1:$p->{port}", "HTDOCS=$Portal::top/htdocs", "FILES=$p->{var}/files", "RUN=$run", @set);
	die $text if $rc;
	Portal::spew($conf, $text);
	kill 'HUP', Portal::slurp("$run/nginx.pid") =~ /(\d+)/;
	sleep 1;
}
my $admin = $p->client;
$admin->sign_in('administrator');
is($admin->get('/admin/system')->{status}, 200, 'without a list an administrator comes from anywhere');
reload_with('ADMIN_ALLOW=10.0.0.0/8,192.0.2.1');
is($admin->get('/admin/system')->{status}, 404, 'with a list of other addresses there is nothing here');
is($admin->get('/admin/people')->{status}, 404, 'whichever program it is');
is($admin->get($_)->{status}, 404, "nor by another spelling: $_") for '/admin', '/%61dmin/system', '//admin/system', '/partners/../admin/system';
is($p->api('administrator')->get('/api/v1/admin/people')->{status}, 404, 'nor by the API');
is($admin->get('/partners')->{status}, 200, 'the rest is for everybody');
reload_with('ADMIN_ALLOW=10.0.0.0/8,127.0.0.1');
is($admin->get('/admin/system')->{status}, 200, 'an address on the list may');
Portal::spew($conf, $as_it_was);

# ---- away ----
kill 'TERM', Portal::slurp("$run/db.pid") =~ /(\d+)/;
for (1 .. 100) { last if !-S "$run/db.sock"; sleep 0.1 }
Served::away($p, 'nginx, no database', $p->{port});
my ($rc, $said) = $p->instance('up');
is($rc, 0, 'started again') or diag($said);
is($p->client->get('/rules')->{status}, 200, 'the portal serves again by itself');
for my $pid_file (glob "$run/*-[0-9].pid") {
	my ($pool) = Portal::slurp($pid_file) =~ /(\d+)/;
	kill 'TERM', $pool if $pool;
}
for (1 .. 100) { my ($pool) = Portal::slurp("$run/site-1.pid") =~ /(\d+)/; last if !kill 0, $pool; sleep 0.1 }
sleep 0.5;
Served::away($p, 'nginx, no workers', $p->{port});
done_testing;
