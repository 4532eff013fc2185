# Bench.pm - one private portal of an optimised build, load on it, and what it took of the processors
#
#   my $b = Bench->up('name', port => N);  $b->client('owner');  $b->dbh;
#   my ($requests, @cpu_seconds) = $b->load(url, seconds => 2, pids => sub { ... }, headers => [...], script => file);
package Bench;
use strict;
use warnings;
use Cwd qw(abs_path);
use DBI ();
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use POSIX ();

our $top = abs_path(dirname(__FILE__) . '/../..');
our $build = $ENV{PRM_BUILD} || "$top/build-bench";
our $base = $ENV{PRM_BENCH_DIR} || '/tmp/prm-bench';
my $ticks = POSIX::sysconf(&POSIX::_SC_CLK_TCK);
my @up;

sub slurp { open my $in, '<:raw', shift or return ''; local $/; return <$in> // '' }
sub spew { my ($f, $t) = @_; open my $out, '>:raw', $f or die "$f: $!\n"; print $out $t; close $out or die "$f: $!\n" }
sub median { my @s = sort { $a <=> $b } @_; return @s % 2 ? $s[@s / 2] : ($s[@s / 2 - 1] + $s[@s / 2]) / 2 }
sub processors { my $n = () = slurp('/proc/cpuinfo') =~ /^processor/mg; return $n }
sub flags { my ($f) = slurp("$build/Makefile") =~ /^PRM_CFLAGS = (.*)/m; return join ' ', grep { /^-(?:O|f(?:PIE|stack|cf)|D_FORT)/ } split / /, $f }

sub build {
	return if -f "$build/programs.txt" && -x "$build/tools/prm";
	make_path($build);
	system("(cd '$top' && test -x configure || ./bootstrap) && cd '$build' && '$top/configure' && make -j2") == 0 or die "it does not build\n";
}

sub up {
	my ($class, $name, %o) = @_;
	my $self = bless { name => $name, var => "$base/$name", workers => 1, sockets => 2, %o }, $class;
	remove_tree($self->{var}) if -d $self->{var} && !$o{keep};
	make_path($self->{var});
	$self->instance('up');
	$self->instance('owner', 'demo-data', "$self->{var}/demo-accounts.tsv") if !-s "$self->{var}/demo-accounts.tsv";
	# a bench asks one account for more than a person would
	push @up, $self;
	return $self;
}

sub env {
	my $self = shift;
	return (PRM_VAR => $self->{var}, PRM_PORT => $self->{port}, PRM_BUILD => $build, PRM_CRON => 0, PRM_QUIET => 1,
		PRM_WORKERS => $self->{workers}, PRM_SOCKETS => $self->{sockets}, PRM_DB_POOL => $self->{pool} // '256M',
		PRM_DB_LOG => '512M', PRM_CONF_ADD => '');
}
sub instance {
	my ($self, @args) = @_;
	local %ENV = (%ENV, $self->env);
	system("$top/tools/instance", @args) == 0 or die "instance @args: $?\n";
}
sub down { my ($self, %o) = @_; $_->() for @{delete $self->{at_end} // []}; $self->instance('down'); @up = grep { $_ != $self } @up; remove_tree($self->{var}) if !$o{keep} }
END { my $rc = $?; for (@up) { eval { $_->down(keep => 1) } } $? = $rc }
$SIG{$_} = sub { exit 130 } for qw(INT TERM);

sub socket { "$_[0]{var}/run/db.sock" }
sub dbh { my $self = shift; return $self->{dbh} //= DBI->connect("DBI:MariaDB:database=prm;mariadb_socket=" . $self->socket, 'root', '', { RaiseError => 1, PrintError => 0 }) }
sub value { my ($self, $sql, @args) = @_; return ($self->dbh->selectrow_array($sql, undef, @args))[0] }
sub base { "http://127.0.0.1:$_[0]{port}" }

# A signed-in person's cookie, by the same client the tests use.
sub cookie {
	my ($self, $role) = @_;
	require Portal;
	my $p = bless { var => $self->{var}, port => $self->{port}, build => $build, owner_pid => 0, stopped => 1 }, 'Portal';
	return $self->{cookie}{$role} //= do { my $c = $p->client; $c->sign_in($role); "prm=$c->{cookies}{prm}" };
}
sub account {
	my ($self, $role) = @_;
	my ($line) = grep { /^\Q$role\E\t/ } split /\n/, slurp("$self->{var}/demo-accounts.tsv");
	my %a;
	@a{qw(role email password token)} = split /\t/, $line;
	return \%a;
}

# ---- processors ----
sub pid_of { my ($self, $name) = @_; return slurp("$self->{var}/run/$name.pid") =~ /(\d+)/ ? $1 : () }
sub kids { my $pid = shift; return map { split ' ' } slurp("/proc/$pid/task/$pid/children") }
sub tree { my $pid = shift; return ($pid, map { tree($_) } kids($pid)) }
sub program_pids { my ($self, $pool) = @_; return map { tree($_) } map { $self->pid_of("$pool-$_") } 1 .. $self->{sockets} }

# Seconds of the processors that these took until now, with children that have ended.
sub spent {
	my $sum = 0;
	for (@_) {
		my ($rest) = slurp("/proc/$_/stat") =~ /\) (.*)/ or next;
		my @f = split / /, $rest;
		$sum += $f[$_] for 11 .. 14;
	}
	return $sum / $ticks;
}

# (requests answered, seconds of the processors by the database, the web server, the programs)
sub load {
	my ($self, $url, %o) = @_;
	my @groups = ([tree($self->pid_of('db'))], [tree($self->pid_of('nginx'))], [$o{pids}->()]);
	my @cmd = ('wrk', '-t1', '-c4', '-d' . ($o{seconds} // 2), (map { ('-H', $_) } @{$o{headers} // []}), ($o{script} ? ('-s', $o{script}) : ()), $url);
	my @before = map { spent(@$_) } @groups;
	open my $out, '-|', @cmd or die "wrk: $!\n";
	my $text = do { local $/; <$out> };
	close $out;
	my @used = map { spent(@{$groups[$_]}) - $before[$_] } 0 .. 2;
	my ($n) = $text =~ /(\d+) requests in/ or die "wrk: $text\n";
	die "answers that are no success: $text\n" if $text =~ /Non-2xx|Socket errors/;
	return ($n, @used);
}

1;
