# Pages.pm - three pages of the portal against the smallest program and plain PHP
package Pages;
use strict;
use warnings;
use Bench;
use Record;
use File::Path qw(make_path);
use HTTP::Tiny ();

my @names = qw(dashboard deal registration);
my $http = HTTP::Tiny->new(max_redirect => 0, timeout => 30, agent => 'bench');

# Every registration has a word of its own: its customer and domain are new.
my $word = 'bench' . substr(time, -6) . 'x';
sub tag { return sprintf '%s%06d', $word, shift }
sub body {
	my ($family, $tag) = @_;
	return sprintf '{"customer":"Kunde %s","domain":"%s.example","country":"DE","product_family":"%s","amount":"12000.00","currency":"EUR","closes_on":"%s"}',
		$tag, $tag, $family, POSIX::strftime('%Y-%m-%d', gmtime(time + 60 * 86400));
}

# wrk sends one registration after the other; rounds begin at different numbers.
sub script {
	my ($b, $token, $from) = @_;
	my $file = "$b->{var}/register.lua";
	my ($first, $last) = split /\@/, body($b->{family}, '@'), 2;
	my $middle;
	($middle, $last) = split /\@/, $last, 2;
	Bench::spew($file, <<"END");
local n = $from
request = function()
	n = n + 1
	local tag = string.format("$word%06d", n)
	return wrk.format("POST", nil, { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer $token" },
		'$first' .. tag .. '$middle' .. tag .. '$last')
end
END
	return $file;
}

# What the portal answers, as it goes over the wire.
sub answer {
	my ($b, $name, $base) = @_;
	my $p = $b->{page}{$name};
	my $r = $name eq 'registration' ?
		$http->request('POST', "$base$p->{path}", { headers => { Authorization => "Bearer $b->{token}", 'Content-Type' => 'application/json' }, content => body($b->{family}, tag($b->{n}++)) }) :
		$http->request('GET', "$base$p->{path}", { headers => { Cookie => $b->{cookies} } });
	die "$name at $base: $r->{status} " . substr($r->{content}, 0, 300) . "\n" if $r->{status} !~ /^20/;
	return $r;
}

# What differs from answer to answer by nature.
sub plain {
	my ($s, $name) = @_;
	$s =~ s/value="A[\w-]{40,}"/value=""/g;
	$s =~ s/"request_id":"\w+"//g;
	if ($name eq 'registration') { $s =~ s/$word\d+/TAG/g; $s =~ s/DR-\d+/DR-N/g; $s =~ s/"id":\d+/"id":N/g; $s =~ s/\d{4}-\d\d-\d\dT[\d:]+Z/TIME/g }
	else { $s =~ s/\b(?:\d+ (?:min|h|d) ago|in \d+ (?:min|h|d))\b/AGO/g }
	return $s;
}

my @kept_headers = qw(content-type x-request-id x-content-type-options referrer-policy permissions-policy
	cross-origin-opener-policy cross-origin-resource-policy content-security-policy location cache-control);
sub head {
	my ($r) = @_;
	return "Status: $r->{status} OK\r\n" . join '', map { defined $r->{headers}{$_} ? "$_: $r->{headers}{$_}\r\n" : () } @kept_headers;
}

# ---- recording ----
sub hand {
	my ($b) = @_;
	my $now = sub { POSIX::strftime('%Y-%m-%d %H:%M:%S', gmtime(time + ($_[0] // 0) * 86400)) };
	my ($firm, $me, $deal) = @{$b}{qw(firm person deal)};
	my @t = gmtime;
	my $before = sprintf '%04d-%02d-01', $t[4] ? ($t[5] + 1900, $t[4]) : ($t[5] + 1899, 12);
	return {
		'deal_rollup WHERE partner_id' => sub { [$firm, $firm, $before, $firm, $now->(), $now->(30)] },
		"'answer' AS kind" => sub { [$firm, $firm, $now->(), $now->(30), $firm, $firm, $firm, $me] },
		"'event' AS kind" => sub { [$deal, 0, $deal, 0, $deal, 500] },
		'FROM product_family WHERE active' => sub { [1] },
	};
}

sub parts_of_args {
	my ($q, $k) = @_;
	my $is_head = $q->{sql} =~ /^UPDATE event_head/;
	my $i = 0;
	$q->{parts} = [map {
		my $v = $_;
		my $at = $i++;
		!defined $v ? undef :
		$q->{sql} =~ /^INSERT INTO event / && $at == 0 ? [['seq_next']] :
		$is_head && $at == 0 ? [['seq_next']] : $is_head && $at == 2 ? [['seq']] :
		$v eq $k->{deal} ? [['deal']] : $q->{sql} =~ /^INSERT INTO deal / && $at == 2 ? [['account']] :
		# hashes and keys: anything that is not there twice
		length $v == 32 && $v !~ /^[ -~]+$/ ? [['tag'], ['text', '#' x (32 - length $k->{tag})]] :
		$q->{sql} =~ /INTO outbox/ && ($at == 5 || $at == 6) ? [['tag'], ['text', "-$at"]] : varying($v, $k);
	} @{$q->{args}}];
	$q->{says} = $q->{sql} =~ /^INSERT INTO (account|deal) / ? $1 : $q->{sql} =~ /^SELECT seq, hash/ ? 'seq' : 'text';
}
sub varying {
	my ($v, $k) = @_;
	my @at;
	while ($v =~ /\Q$k->{tag}\E/g) { push @at, [$-[0], length $k->{tag}, ['tag']] }
	while ($v =~ m{(?:DR-|deals/|"id":)(\Q$k->{deal}\E)\b}g) { push @at, [$-[1], length $k->{deal}, ['deal']] }
	return Record::cut($v, @at);
}

sub record {
	my ($b) = @_;
	my $r = Record->new(db => $b->dbh, log => "$b->{var}/general.log", hand => hand($b));
	local $ENV{PRM_VAR};
	$b->instance('roll');
	select undef, undef, undef, 1.5;
	# each of a program's workers prepares its own
	$r->learn(sub { for my $n (@names) { answer($b, $n, $b->base) for 1 .. 6 } });
	# the registration first: it changes what the others show
	for my $name (reverse @names) {
		my $page = $b->{page}{$name};
		my $got;
		my $queries = $r->page(sub { $got = answer($b, $name, $b->base) });
		my $k = { tag => tag($b->{n} - 1), deal => $got->{content} =~ /"id":(\d+)/ ? $1 : 0 };
		$k = { tag => "\0none", deal => "\0none" } if $name ne 'registration';
		parts_of_args($_, $k) for @$queries;
		$page->{queries} = $queries;
		my $rows = $r->rows($queries);
		$page->{name} = $name;
		$page->{json} = $name eq 'registration';
		$page->{body} = $page->{json} ? varying($got->{content}, $k) : Record::cut($got->{content}, Record::cut_at_values($got->{content}, $rows, $queries));
		$page->{head} = varying(head($got), $k);
	}
}

# ---- opponents ----
sub opponents {
	my ($b) = @_;
	my $dir = "$b->{var}/opponents";
	make_path("$dir/php");
	Record::c("$dir/plan.h", map { $b->{page}{$_} } @names);
	Record::php("$dir/php", map { $b->{page}{$_} } @names);
	chomp(my $flags = `pkg-config --cflags --libs fcgi libmariadb`);
	my ($cflags) = Bench::slurp("$Bench::build/Makefile") =~ /^PRM_CFLAGS = (.*)/m;
	$cflags = join ' ', grep { !/^-W/ } split ' ', $cflags;
	system("cc $cflags -pie -Wl,-z,relro,-z,now -I'$dir' -o '$dir/small' '$Bench::top/t/bench/small.c' $flags") == 0 or die "small.c does not build\n";
	my $password = Bench::slurp("$b->{var}/conf/db.password");
	my %env = (BENCH_USER => 'prm', BENCH_PASSWORD => $password, BENCH_SOCKET => $b->socket);
	my @small;
	for my $i (1 .. $b->{sockets}) {
		my $pid = fork // die;
		if (!$pid) { %ENV = (%ENV, %env); exec 'spawn-fcgi', '-n', '-s', "$dir/small-$i.sock", '-M', '0600', '-b', 1024, '--', "$dir/small" or POSIX::_exit(127) }
		push @small, $pid;
	}
	Bench::spew("$dir/fpm.conf", <<"END" . join '', map { "env[$_] = $env{$_}\n" } sort keys %env);
[global]
error_log = $dir/fpm.log
daemonize = no
[www]
@{[$> ? '' : "user = root\ngroup = root\n"]}listen = $dir/php.sock
listen.mode = 0600
listen.backlog = 1024
pm = static
pm.max_children = $b->{sockets}
php_admin_value[opcache.enable] = 1
php_admin_value[opcache.validate_timestamps] = 0
php_admin_value[opcache.jit] = off
END
	my $fpm = fork // die;
	if (!$fpm) { exec((-x '/usr/sbin/php-fpm8.2' ? '/usr/sbin/php-fpm8.2' : 'php-fpm'), $> ? () : '-R', '-y', "$dir/fpm.conf") or POSIX::_exit(127) }
	push @{$b->{at_end}}, sub { kill 'TERM', @small, $fpm; waitpid $_, 0 for @small, $fpm };
	# the same server, the same settings, two more ports
	my $site = Bench::slurp("$b->{var}/conf/nginx-site.conf");
	my ($server) = $site =~ /^(server \{.*)/ms;
	my $small = $server =~ s/listen [^;]+;/listen 127.0.0.1:@{[$b->{port} + 1]};/r =~ s/fastcgi_pass [\w-]+;/fastcgi_pass bench_small;/gr;
	my $php = $server =~ s/listen [^;]+;/listen 127.0.0.1:@{[$b->{port} + 2]};/r =~ s/fastcgi_pass [\w-]+;/fastcgi_pass bench_php;/gr
		=~ s/(fastcgi_param GATEWAY_INTERFACE)/fastcgi_param SCRIPT_FILENAME \$bench_script;\n\t$1/r;
	Bench::spew("$dir/site.conf", "upstream bench_small {\n" . join('', map { "\tserver unix:$dir/small-$_.sock max_fails=3 fail_timeout=1s;\n" } 1 .. $b->{sockets}) .
		"}\nupstream bench_php { server unix:$dir/php.sock max_fails=3 fail_timeout=1s; }\nmap \$uri \$bench_script {\n" .
		join('', map { "\t$b->{page}{$_}{path} $dir/php/$_.php;\n" } @names) . "}\n$small\n$php\n");
	my $conf = "$b->{var}/conf/nginx.conf";
	my $text = Bench::slurp($conf);
	Bench::spew($conf, $text =~ s/(\tinclude [^;]+;\n)(?=\})/$1\tinclude $dir\/site.conf;\n/r) if $text !~ /opponents/;
	kill 'HUP', $b->pid_of('nginx');
	select undef, undef, undef, 1.5;
	$b->{small} = \@small;
	$b->{fpm} = $fpm;
}

# ---- who prints what ----
sub check_bytes {
	my ($b) = @_;
	for my $name (@names) {
		my $ours = plain(answer($b, $name, $b->base)->{content}, $name);
		for (['small', 1], ['PHP', 2]) {
			my ($who, $plus) = @$_;
			my $theirs = plain(answer($b, $name, 'http://127.0.0.1:' . ($b->{port} + $plus))->{content}, $name);
			next if $ours eq $theirs;
			Bench::spew("$Bench::base/differs.ours", $ours);
			Bench::spew("$Bench::base/differs.$who", $theirs);
			die "$name: $who does not print the portal's bytes (see $Bench::base/differs.*)\n";
		}
	}
	printf "the three answer byte for byte the same (tokens, ids, clocks apart): %s\n\n",
		join ', ', map { "$_ " . length(answer($b, $_, $b->base)->{content}) . ' bytes, ' . @{$b->{page}{$_}{queries}} . ' statements' } @names;
}

sub compare {
	my ($b, %o) = @_;
	my $owner = $b->account('owner');
	$b->{cookies} = $b->cookie('owner');
	$b->{token} = $owner->{token};
	$b->{n} = 1;
	($b->{person}, $b->{firm}) = $b->dbh->selectrow_array('SELECT p.id, m.partner_id FROM person p JOIN membership m ON m.person_id = p.id WHERE p.email = ?', undef, $owner->{email});
	$b->{deal} = $b->value("SELECT id FROM deal WHERE partner_id = ? AND status = 'approved' ORDER BY id LIMIT 1", $b->{firm});
	$b->{family} = $b->value('SELECT code FROM product_family ORDER BY code LIMIT 1');
	$b->{page} = { dashboard => { path => '/dashboard' }, deal => { path => "/deals/$b->{deal}" }, registration => { path => '/api/v1/deals' } };
	record($b);
	opponents($b);
	check_bytes($b);
	my %who = (
		portal => [$b->base, sub { my $n = shift; $b->program_pids($n eq 'dashboard' ? 'dashboard' : 'register-deal') }],
		small => ['http://127.0.0.1:' . ($b->{port} + 1), sub { map { Bench::tree($_) } @{$b->{small}} }],
		php => ['http://127.0.0.1:' . ($b->{port} + 2), sub { Bench::tree($b->{fpm}) }],
	);
	my (%rate, %split, @verdicts);
	for my $round (0 .. $o{rounds}) {
		for my $name (@names) {
			for my $who (qw(portal small php)) {
				my ($base, $pids) = @{$who{$who}};
				my ($n, @cpu) = $b->load("$base$b->{page}{$name}{path}", seconds => $o{seconds}, pids => sub { $pids->($name) },
					$name eq 'registration' ? (script => script($b, $b->{token}, 10000 + ($b->{n} += 20000))) : (headers => ["Cookie: $b->{cookies}"]));
				next if !$round;                # to get warm
				push @{$rate{$name}{$who}}, $n / ($cpu[0] + $cpu[1] + $cpu[2]);
				push @{$split{$name}{$who}[$_]}, $cpu[$_] / $n * 1e6 for 0 .. 2;
			}
		}
	}
	print "requests per CPU second, median of $o{rounds} rounds of $o{seconds} s in turns:\n";
	printf "%-14s %10s %14s %10s %16s %10s\n", '', 'portal', 'smallest (a)', 'PHP (b)', 'portal / (a)', 'portal / (b)';
	for my $name (@names) {
		my %r = %{$rate{$name}};
		my @a = map { $r{portal}[$_] / $r{small}[$_] } 0 .. $#{$r{portal}};
		my @b = map { $r{portal}[$_] / $r{php}[$_] } 0 .. $#{$r{portal}};
		my ($va, $vb) = (Bench::median(@a), Bench::median(@b));
		printf "%-14s %10.0f %14.0f %10.0f %16.2f %10.2f\n", $name, (map { Bench::median(@{$r{$_}}) } qw(portal small php)), $va, $vb;
		push @verdicts, [$va >= 0.85 ? 'reached' : 'missed', sprintf '%s: %.2f of the smallest program (0.85 asked)', $name, $va],
			[$vb >= 1.5 ? 'reached' : 'missed', sprintf '%s: %.2f of plain PHP (1.5 asked)', $name, $vb];
	}
	print "\nmicroseconds of the processors a request (database + web server + program):\n";
	for my $name (@names) {
		printf "%-14s", $name;
		printf "  %s %d + %d + %d", $_, map { Bench::median(@$_) } @{$split{$name}{$_}} for qw(portal small php);
		print "\n";
	}
	return @verdicts;
}

# ---- memory ----
sub memory {
	my ($bench) = @_;
	my @verdicts;
	my $cookie = $bench->{cookies} //= $bench->cookie('owner');
	my $deal = $bench->value('SELECT MAX(id) FROM deal WHERE partner_id = (SELECT m.partner_id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = ?)', $bench->account('owner')->{email});
	print "\nprivate memory of an idle worker after 1,000 requests:\n";
	for (['dashboard', '/dashboard'], ['register-deal', "/deals/$deal"], ['register-deal', '/deals'], ['site', '/rules']) {
		my ($program, $path) = @$_;
		for (1 .. 1000 * $bench->{sockets}) { my $r = $http->get($bench->base . $path, { headers => { Cookie => $cookie } }); die "$path: $r->{status}\n" if $r->{status} != 200 }
		my ($worst) = reverse sort { $a <=> $b } map { my $kb = 0; $kb += $_ for Bench::slurp("/proc/$_/smaps_rollup") =~ /^Private_\w+:\s+(\d+)/mg; $kb }
			grep { Bench::slurp("/proc/$_/comm") =~ /^\Q@{[substr $program, 0, 15]}\E$/ } $bench->program_pids($program);
		printf "  %-14s %-12s %6.2f MB\n", $program, $path, $worst / 1024;
		push @verdicts, [$worst <= 8192 ? 'reached' : 'missed', sprintf 'memory of %s after %s: %.2f MB (8 asked)', $program, $path, $worst / 1024];
	}
	return @verdicts;
}

1;
