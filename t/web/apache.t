# apache.t - Apache serves all of the portal: by mod_proxy_fcgi, and on a shared host by mod_fcgid and .htaccess
#
# seconds: 600
#
# Both as an ordinary user on a high port.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Time::HiRes qw(sleep);
use Portal;
use Served;

$ENV{PATH} .= ':/usr/sbin';
plan skip_all => 'no Apache here' if !-x '/usr/sbin/apache2' || !-f '/usr/lib/apache2/modules/mod_fcgid.so';
plan skip_all => 'the build cannot be read by an ordinary user' if !Portal::can_be_nobody();

my $port = Portal::free_port();
my $p = Portal->start(as => 'nobody', conf => { base_url => "http://127.0.0.1:$port" });
my $conf_dir = "$p->{var}/conf";
my ($run) = Portal::slurp($p->conf_file) =~ m{^db_socket = (.*)/db\.sock}m;
my %set = (RUN => $run, LOG => "$p->{var}/log", TMP => "$p->{var}/tmp", HTDOCS => "$Portal::top/htdocs", FILES => "$p->{var}/files", LISTEN => "127.0.0.1:$port");

sub give { system('chown', '-R', '65534:65534', @_) == 0 or die "chown: $?" if $p->as }
sub web_config {
	my ($kind, $name, %more) = @_;
	my %all = (%set, %more);
	my ($rc, $text) = Portal::run_with({ %{$p->env}, PRM_CONF => $p->conf_file }, $p->as, "$Portal::top/tools/web-config", $kind,
		'--build', $p->{build}, map { ('--set', "$_=$all{$_}") } sort keys %all);
	die "web-config $kind: $text" if $rc;
	Portal::spew("$conf_dir/$name", $text);
	give("$conf_dir/$name");
	return "$conf_dir/$name";
}
my $serving;
sub apache { my ($conf, @do) = @_; return Portal::run_with($p->env, $p->as, 'apache2', '-f', $conf, @do) }
sub start_apache {
	my ($conf, $title) = @_;
	my ($rc, $said) = apache($conf, '-t');
	($rc, $said) = apache($conf, '-k', 'start') if !$rc;
	is($rc, 0, $title) or diag($said);
	$serving = $conf;
	for (1 .. 100) { last if IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port"); sleep 0.1 }
}
sub stop_apache {
	my ($pid) = Portal::slurp("$run/apache.pid") =~ /(\d+)/;
	kill 'TERM', $pid if $pid;
	for (1 .. 100) { last if !$pid || !kill 0, $pid; sleep 0.1 }
	undef $serving;
}
END { local $?; stop_apache() if $serving }

# ---- mod_proxy_fcgi: the running workers, both sockets ----
my $site = web_config('apache-site', 'apache-site.conf');
my $conf = web_config('apache', 'apache.conf', SITE => $site);
start_apache($conf, 'Apache takes the generated configuration and starts as an ordinary user');
Served::everything($p, 'mod_proxy_fcgi', $port);

my $admin = Served::client($p, $port);
$admin->sign_in('administrator');
is($admin->get('/admin/system')->{status}, 200, 'without a list an administrator comes from anywhere');
web_config('apache-site', 'apache-site.conf', ADMIN_ALLOW => '10.0.0.0/8, 192.0.2.1');
apache($conf, '-k', 'graceful');
sleep 1.5;
like($admin->get($_)->{status}, qr/^40[34]$/, "an address that is not on the list gets nothing of $_")
	for '/admin/system', '/admin/people', '/%61dmin/system', '//admin/system', '/partners/../admin/system', '/api/v1/admin/people';
is($admin->get('/partners')->{status}, 200, 'the rest is for everybody');
web_config('apache-site', 'apache-site.conf', ADMIN_ALLOW => '127.0.0.1');
apache($conf, '-k', 'graceful');
sleep 1.5;
is($admin->get('/admin/system')->{status}, 200, 'an address on the list may');

for my $pid_file (glob "$run/*-[0-9].pid") { my ($pool) = Portal::slurp($pid_file) =~ /(\d+)/; kill 'TERM', $pool if $pool }
sleep 1.5;
Served::away($p, 'mod_proxy_fcgi, no workers', $port);
stop_apache();

# ---- mod_fcgid and .htaccess: one binary, one folder, no root ----
my $www = "$p->{var}/public_html";
mkdir $www;
system('cp', '-r', (grep { !m{/src$} } glob("$Portal::top/htdocs/*")), $www);
for my $f ("$www/prm.fcgi", "$www/prm.cgi") {
	Portal::spew($f, "#!/bin/sh\nPRM_CONF=" . $p->conf_file . " exec $p->{build}/tools/prm\n");
	chmod 0755, $f;
}
system('cp', "$Portal::top/etc/apache-htaccess/htaccess", "$www/.htaccess");
Portal::spew("$www/secret.conf", "db_password = x\n");
# What hosts let their customers' .htaccess say; nothing of ours may need more.
Portal::spew("$conf_dir/host-site.conf", <<"END");
TraceEnable Off
DocumentRoot "$www"
<Directory "$www">
	AllowOverride AuthConfig FileInfo Indexes Limit Options=ExecCGI,Includes,Indexes,MultiViews,SymLinksIfOwnerMatch
	Options SymLinksIfOwnerMatch
	Require all granted
</Directory>
END
give($www, $conf_dir);
start_apache(web_config('apache', 'host.conf', SITE => "$conf_dir/host-site.conf"), "a shared host's Apache starts");
Served::everything($p, 'mod_fcgid', $port);
like(Served::client($p, $port)->get($_)->{status}, qr/^40[34]$/, "mod_fcgid: $_ in the folder is not handed out") for '/secret.conf', '/prm.conf';
unlike(Served::client($p, $port)->get('/prm.fcgi')->{content}, qr/PRM_CONF/, 'mod_fcgid: nor the starting lines');
kill 'TERM', Portal::slurp("$run/db.pid") =~ /(\d+)/;
for (1 .. 100) { last if !-S "$run/db.sock"; sleep 0.1 }
Served::away($p, 'mod_fcgid, no database', $port);
stop_apache();
diag(Portal::slurp("$p->{var}/log/apache-error.log")) if !Test::More->builder->is_passing;
done_testing;
