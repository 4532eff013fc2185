# install.t - "make install" puts everything where it was told, and what is installed runs by itself
#
# seconds: 600
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Time::HiRes qw(sleep);
use Portal;

$ENV{PATH} .= ':/usr/sbin:/sbin';
my $p = Portal->start(data => 'empty', programs => 0);
my $dest = "$p->{var}/root";
my ($rc, $said) = Portal::run_with({}, 'make', '-s', '-C', $p->{build}, 'install', "DESTDIR=$dest");
is($rc, 0, 'it installs') or BAIL_OUT($said);
my ($prefix) = Portal::slurp("$p->{build}/Makefile") =~ /^prefix = (.*)$/m;
my $inst = "$dest$prefix";
my $etc = "$inst/etc/prm";
is(join(' ', grep { !m{^\Q$inst\E/(?:bin|libexec/prm|share/prm|share/locale|etc/prm)/} } split /\n/, `find $dest -type f`), '', 'nowhere else than under its prefix');
is(join(' ', grep { !-x "$inst/libexec/prm/$_" } split /\n/, Portal::slurp("$p->{build}/programs.txt")), '', 'every program is there');
is(join(' ', grep { !-f "$inst/share/prm/$_" } split /\n/, `cd $Portal::top && git ls-files templates schema htdocs/errors htdocs/img 2>/dev/null`), '', 'every template, schema step and picture');
is(`find $inst -path '*/src/*' -o -name '*.o' -o -name '.git*'`, '', 'and nothing of the source');
for my $f (glob("$etc/examples/systemd/*"), "$etc/examples/crontab") {
	unlike(Portal::slurp($f), qr{(?<!\Q$prefix\E)/(?:libexec|etc)/prm}, "$f names the places that were chosen");
}

# ---- its units ----
SKIP: {
	skip 'no systemd-analyze', 3 if !-x '/usr/bin/systemd-analyze';
	my $units = "$p->{var}/units";
	mkdir $units;
	for my $f (glob "$etc/examples/systemd/*") {
		my ($name) = $f =~ m{([^/]+)$};
		(my $text = Portal::slurp($f)) =~ s{\Q$prefix\E/libexec}{$inst/libexec}g;
		$text =~ s/\$\{PROGRAM\}/site/;
		$text =~ s{^EnvironmentFile=.*}{}mg;
		Portal::spew("$units/$name", $text);
	}
	($rc, $said) = Portal::run_with({ SYSTEMD_UNIT_PATH => "$units:/lib/systemd/system" }, 'systemd-analyze', 'verify', '--man=no', '--recursive-errors=no',
		'prm@site-1.service', 'prm@site-1.socket', 'prm-cron@deliver.service', 'prm-cron@deliver.timer');
	is($said, '', 'systemd finds no fault in the units');
	for my $unit ('prm@.service', 'prm-cron@.service') {
		($rc, $said) = Portal::run_with({}, 'systemd-analyze', 'security', '--offline=true', '--threshold=20', "$units/$unit");
		is($rc, 0, "$unit leaves little open") or diag($said);
	}
}

# ---- it runs, and knows of no source tree ----
my %place = (template_dir => 'templates', htdocs_dir => 'htdocs', schema_dir => 'schema', common_passwords => 'common-passwords.txt');
for my $name (qw(prm owner)) {
	my $text = Portal::slurp("$p->{var}/conf/$name.conf");
	$text =~ s{^$_ = .*}{$_ = $inst/share/prm/$place{$_}}m for keys %place;
	$text =~ s{^locale_dir = .*}{locale_dir = $inst/share/locale}m;
	unlike($text, qr{= \Q$Portal::top\E/(?!build)}, "$name.conf names installed files only");
	Portal::spew("$p->{var}/installed-$name.conf", $text);
	chmod 0600, "$p->{var}/installed-$name.conf";
}
sub installed { my ($conf, @cmd) = @_; return Portal::run_with({ %{$p->env}, PRM_CONF => "$p->{var}/installed-$conf.conf" }, @cmd) }
$p->instance('sql', '-e', 'DROP DATABASE prm; CREATE DATABASE prm CHARACTER SET utf8mb4');
($rc, $said) = installed('owner', "$inst/bin/prm", 'migrate');
is($rc, 0, 'prm migrate makes the tables') or diag($said);
($rc, my $link) = installed('owner', "$inst/bin/prm", 'create-admin', 'first@vendor.example', 'First Admin');
is($rc, 0, 'prm create-admin invites the first administrator') or diag($link);
my ($run) = Portal::slurp($p->conf_file) =~ m{^db_socket = (.*)/db\.sock}m;
my @pids;
END { local $?; kill 'TERM', @pids if @pids }
for my $program (grep { m{^cgi-bin/} } split /\n/, Portal::slurp("$inst/libexec/prm/programs.txt")) {
	(my $pool = $program) =~ s{^cgi-bin/}{};
	$pool =~ tr{/}{-};
	my $pid = fork // die "fork: $!";
	if (!$pid) {
		%ENV = (%ENV, %{$p->env}, PRM_CONF => "$p->{var}/installed-prm.conf");
		open STDERR, '>>', "$p->{var}/log/$pool.log";
		{ exec 'spawn-fcgi', '-s', "$run/$pool-1.sock", '-M', '0600', '-n', '--', "$inst/libexec/prm/$program" }
		die;
	}
	push @pids, $pid;
}
my $port = $p->{port};
my @set = ("LISTEN=127.0.0.1:$port", "RUN=$run", "LOG=$p->{var}/log", "TMP=$p->{var}/tmp", 'SOCKETS=1', "SITE=$p->{var}/conf/site.conf",
	"HTDOCS=$inst/share/prm/htdocs", "FILES=$p->{var}/files", $> == 0 ? 'USER=user root;' : ());
for my $kind (['nginx-site', 'site.conf'], ['nginx', 'nginx.conf']) {
	($rc, $said) = installed('prm', "$inst/libexec/prm/tools/web-config", $kind->[0], map { ('--set', $_) } @set);
	is($rc, 0, "the installed web-config writes the $kind->[0]") or diag($said);
	Portal::spew("$p->{var}/conf/$kind->[1]", $said);
}
($rc, $said) = Portal::run_with({}, 'nginx', '-e', "$p->{var}/log/nginx.log", '-p', $p->{var}, '-c', "$p->{var}/conf/nginx.conf");
is($rc, 0, 'nginx takes it') or diag($said);
push @pids, Portal::slurp("$run/nginx.pid") =~ /(\d+)/;
my $c = $p->client;
my $r;
for (1 .. 100) { $r = $c->get('/'); last if $r->{status} == 200; sleep 0.1 }
is($r->{status}, 200, 'the first page is there') or diag($r->{content});
my ($css) = $r->{content} =~ m{href="(/vendor/[^"]+\.css[^"]*)"};
is($css ? $c->get($css)->{status} : 200, 200, 'with its style');
is($c->get('/healthz')->{status}, 200, 'it says that it is well');
$link =~ s{^https?://[^/]*}{};
chomp $link;
is($c->get((split /\n/, $link)[-1])->{status}, 200, 'the invitation leads somewhere');
is($c->get('/api/v1/deals')->{status}, 401, 'the API answers');
($rc, $said) = installed('prm', "$inst/libexec/prm/cron/deliver");
is($rc, 0, 'timed duties run') or diag($said);
($rc, $said) = installed('prm', "$inst/bin/prm", 'audit-verify');
is($rc, 0, 'the audit log is whole') or diag($said);
kill 'TERM', @pids;
waitpid $_, 0 for @pids;
@pids = ();

($rc, $said) = Portal::run_with({}, 'make', '-s', '-C', $p->{build}, 'uninstall', "DESTDIR=$dest");
is(`find $dest -type f`, '', 'uninstalling leaves nothing') or diag($said);
done_testing;
