# Portal.pm - a private portal for one test: own database, programs and nginx in a temporary folder
#
#   use lib "$FindBin::Bin/../lib";  use Portal;
#   my $p = Portal->start;                    # with the demo programme; data => 'empty': schema only
#   my $c = $p->client;                       # keeps cookies, follows nothing
#   $c->sign_in('owner');                     # first account of that role in demo-accounts.tsv
#   my $r = $c->get('/deals');                # { status, headers, content }
#   $r = $c->submit($c->get('/deals/new'), { customer => 'x' }, action => '/deals');
#   $r = $p->api('owner')->post_json('/api/v1/deals', {...});   # $r->{json}
#   $r = $p->cgi('register-deal', GET => '/deals', headers => { Cookie => ... });  # no web server
#   my $n = $p->value('SELECT COUNT(*) FROM deal');  $p->prm('audit-verify');
#
# start() options: data => 'demo' | 'empty'; workers; one => 1 (the one binary); cron => 1;
# conf => { name => value }; programs => 0 (database only, for cgi() and prm()).
# The instance ends with the object. A sanitizer report or a crashed worker fails the test.
package Portal;
use strict;
use warnings;
use Cwd qw(abs_path);
use Fcntl qw(:flock);
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use File::Temp ();
use IO::Socket::INET;
use IPC::Open3 ();
use JSON::PP ();
use POSIX ();
use Symbol ();
use Test::More ();

our $top = abs_path(dirname(__FILE__) . '/../..');
our $json = JSON::PP->new->utf8->canonical;
my %running;

sub build_dir {
	for my $d ($ENV{PRM_BUILD}, "$top/build-check", "$top/build-dev", "$top/build") {
		return abs_path($d) if $d && -f "$d/programs.txt";
	}
	Test::More::plan(skip_all => 'the portal is not built (make dev)');
}

sub free_port {
	my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 0) or die "no free port: $!";
	return $s->sockport;
}

sub slurp { my $f = shift; open my $in, '<:raw', $f or return ''; local $/; my $t = <$in>; return $t // '' }
sub spew { my ($f, $t) = @_; open my $out, '>:raw', $f or die "$f: $!"; print $out $t; close $out or die "$f: $!" }

# Runs a command with more environment; ($status, $output of both).
sub run_with {
	my ($env, @cmd) = @_;
	local %ENV = (%ENV, %$env);
	my $pid = open(my $out, '-|') // die "fork: $!";
	if (!$pid) { open STDERR, '>&', \*STDOUT; open STDIN, '<', '/dev/null'; exec @cmd or POSIX::_exit(127) }
	local $/;
	my $text = <$out> // '';
	close $out;
	return ($? >> 8 || ($? & 127 ? 128 + ($? & 127) : 0), $text);
}

my %sanitizers = (
	ASAN_OPTIONS => 'exitcode=99:abort_on_error=0:quarantine_size_mb=16:detect_stack_use_after_return=0:allocator_may_return_null=1',
	UBSAN_OPTIONS => 'print_stacktrace=1:halt_on_error=1',
);

sub start {
	my ($class, %o) = @_;
	my $base = $ENV{PRM_CHECK_DIR} || '/tmp';
	make_path($base);
	my ($name) = $0 =~ m{([^/]+?)(?:\.t)?$};
	my $self = bless {
		build => build_dir(), data => 'demo', workers => 1, programs => 1, %o,
		var => File::Temp::tempdir("$name-XXXXXX", DIR => $base),
		owner_pid => $$,
	}, $class;
	chmod 0700, $self->{var};
	$self->{template} = $self->template($self->{data});
	if ($o{conf}) {
		$self->{conf_add} = "$self->{var}/more.conf";
		spew($self->{conf_add}, join '', map { "$_ = $o{conf}{$_}\n" } sort keys %{$o{conf}});
		chmod 0600, $self->{conf_add};
	}
	if ($self->as) {
		system('cp', '-a', $self->{template}, "$self->{var}/template") == 0 or die "cp: $?";
		$self->{template} = "$self->{var}/template";
		system('chown', '-R', '65534:65534', $self->{var}) == 0 or die "chown: $?";
	}
	for my $try (1 .. 3) {
		$self->{port} = free_port();
		my ($rc, $said) = $self->instance($self->{programs} ? 'up' : 'db');
		last if !$rc;
		die "the portal does not start:\n$said" . $self->log_tails if $try == 3 || $said !~ /port \d+ is in use|nginx does not start/;
	}
	$running{$self->{var}} = $self;
	return $self;
}

sub env {
	my $self = shift;
	return {
		%sanitizers,
		ASAN_OPTIONS => "$sanitizers{ASAN_OPTIONS}:log_path=$self->{var}/log/asan",
		UBSAN_OPTIONS => "$sanitizers{UBSAN_OPTIONS}:log_path=$self->{var}/log/ubsan",
		LSAN_OPTIONS => "suppressions=$top/t/lib/lsan.supp:print_suppressions=0",
		PRM_VAR => $self->{var}, PRM_PORT => $self->{port} // 1, PRM_BUILD => $self->{build}, PRM_WORKERS => $self->{workers},
		PRM_CRON => $self->{cron} ? 1 : 0, PRM_ONE => $self->{one} ? 1 : 0, PRM_CONF_ADD => $self->{conf_add} // '',
		PRM_DB_LOG => '8M', PRM_DB_POOL => '64M', PRM_DB_FROM => $self->{template} // '', PRM_QUIET => 1,
	};
}

# as => 'nobody': a test that runs as root gives its instance to an ordinary user.
sub as { my $self = shift; return $self->{as} && $> == 0 ? ('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups') : () }
sub can_be_nobody { return $> != 0 || (run_with({}, 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'test', '-x', build_dir() . '/tools/prm'))[0] == 0 }
sub instance { my ($self, @args) = @_; return run_with($self->env, $self->as, "$top/tools/instance", @args) }

# Data that every test of one build starts from: made once, copied by each.
sub template {
	my ($self, $data) = @_;
	my $cache = ($ENV{PRM_CHECK_DIR} || $self->{build}) . '/data';
	make_path($cache);
	my $key = join '-', map { my @s = stat $_; ($s[7] // 0) . '.' . ($s[9] // 0) } sort(glob("$top/schema/*.sql")), "$self->{build}/tools/prm";
	$key = "$data\n$key\n";
	my $dir = "$cache/$data";
	open my $lock, '>', "$cache/$data.lock" or die "$cache: $!";
	flock $lock, LOCK_EX;
	return $dir if -d "$dir/db" && slurp("$dir/key") eq $key;
	my $made = bless { %$self, as => undef, var => "$cache/$data.var", template => undef, conf_add => undef }, ref $self;
	remove_tree($made->{var});
	make_path($made->{var});
	my ($rc, $said) = $made->instance('db');
	die "no database for the tests:\n$said" . $made->log_tails if $rc;
	if ($data eq 'demo') {
		($rc, $said) = $made->instance('owner', 'demo-data', "$made->{var}/demo-accounts.tsv");
		die "no demo data for the tests:\n$said" if $rc;
	}
	for my $do (['down'], ['save', $dir]) {
		($rc, $said) = $made->instance(@$do);
		die "no data for the tests:\n$said" if $rc;
	}
	spew("$dir/key", $key);
	remove_tree($made->{var});
	return $dir;
}

sub log_tails {
	my $self = shift;
	my $out = '';
	for my $f (grep { -s } glob "$self->{var}/log/*") {
		my @lines = split /\n/, slurp($f);
		splice @lines, 0, -15 if @lines > 15;
		$out .= "--- $f\n" . join("\n", @lines) . "\n";
	}
	return $out;
}

sub stop {
	my $self = shift;
	return if $self->{stopped}++ || $$ != $self->{owner_pid};
	delete $running{$self->{var}};
	my ($rc, $said) = $self->instance('down');
	my $reports = join '', map { "--- $_\n" . substr(slurp($_), 0, 6000) } glob "$self->{var}/log/{asan,ubsan}*";
	if ($reports) { Test::More::fail('no memory error or undefined behaviour'); Test::More::diag($reports) }
	Test::More::diag("the portal did not stop well: $said") if $rc;
	if (Test::More->builder->is_passing && !$ENV{PRM_KEEP}) { remove_tree($self->{var}) }
	else { Test::More::diag("logs are kept in $self->{var}/log") }
}
sub DESTROY { my $self = shift; local ($?, $@, $!); $self->stop if ref $self && $self->{owner_pid} && $self->{port} && $$ == $self->{owner_pid} }
END { my $status = $?; $_->stop for values %running; $? = $status || (Test::More->builder->is_passing ? 0 : 1) if !$status }
$SIG{$_} //= sub { exit 130 } for qw(INT TERM);

sub base { "http://127.0.0.1:$_[0]{port}" }
sub conf_file { "$_[0]{var}/conf/prm.conf" }
sub log_text { slurp("$_[0]{var}/log/portal.log") }

# Every account: { role, email, password, token, ... } as the file's first line names them.
sub accounts {
	my $self = shift;
	return @{$self->{accounts} //= do {
		my @lines = grep { length } split /\n/, slurp("$self->{var}/demo-accounts.tsv");
		my @names = @lines && $lines[0] =~ /password/i ? map { s/^#\s*//r } split /\t/, lc shift @lines : qw(role email password token);
		@names = map { /mail/ ? 'email' : /token/ ? 'token' : $_ } @names;
		[map { my %a; @a{@names} = split /\t/; \%a } grep { !/^#/ } @lines];
	}};
}
# The first of a role, or number N of it (from 1); also by e-mail.
sub account {
	my ($self, $role, $n) = @_;
	my $plain = sub { my $r = lc shift; $r =~ s/[ _]+/-/g; $r };
	my @all = grep { $plain->($_->{role}) eq $plain->($role) || $_->{email} eq $role } $self->accounts;
	@all = grep { index($plain->($_->{role}), $plain->($role)) == 0 } $self->accounts if !@all;
	return $all[($n // 1) - 1] // die "no account '$role' in demo-accounts.tsv\n";
}

# A client with a new API token (or, with scopes undef, a new session) of an account, put straight into the database.
# more: columns of the row as SQL, e.g. { stepped_up_at => 'NOW(6)', expires_at => 'NOW(6) - INTERVAL 1 HOUR' }
sub reader {
	my ($self, $account, $scopes, $more) = @_;
	my $secret = Portal::urlencode(sprintf 'test%d.%d.%d', $$, time, ++$self->{secrets});
	$secret = "prm_$secret" if defined $scopes;
	my $m = "SELECT m.id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = '$account->{email}' AND m.status = 'active' ORDER BY m.id LIMIT 1";
	my %row = (hash => "UNHEX('" . $self->hash($secret) . "')", person_id => "(SELECT id FROM person WHERE email = '$account->{email}')", membership_id => "($m)",
		created_at => 'UTC_TIMESTAMP(6)', defined $scopes
		? (hint => "'test'", name => "'test'", scopes => "'$scopes'", expires_at => 'UTC_TIMESTAMP(6) + INTERVAL 1 DAY')
		: (seen_at => 'UTC_TIMESTAMP(6)', address => "'127.0.0.1'", agent => "'prm-test'"), %{$more // {}});
	my @names = sort keys %row;
	$self->sql(sprintf 'INSERT INTO %s (%s) VALUES (%s)', defined $scopes ? 'api_token' : 'session', join(', ', @names), join(', ', @row{@names}));
	my $c = $self->client(account => $account, secret => $secret);
	if (defined $scopes) { $c->{token} = $secret } else { $c->{cookies}{prm} = $secret }
	return $c;
}

# BLAKE2b-256 of a text, in hexadecimal: what the database keeps of a secret.
sub hash {
	my ($self, $text) = @_;
	my ($rc, $out) = run_with({}, 'sh', '-c', 'printf %s "$1" | b2sum -l 256', 'sh', $text);
	return $out =~ /^([0-9a-f]{64})/ ? $1 : die "b2sum: $out";
}

sub client { my $self = shift; return Portal::Client->new(portal => $self, @_) }
sub api { my ($self, $role, $n) = @_; return $self->client(token => ref $role ? $role->{token} : $self->account($role, $n)->{token}) }

# ---- the database ----
sub sql {
	my ($self, $text) = @_;
	my ($rc, $out) = run_with($self->env, "$top/tools/instance", 'sql', '-e', $text);
	die "sql: $out" if $rc;
	return map { [map { s/\\n/\n/gr =~ s/\\t/\t/gr } split /\t/, $_, -1] } split /\n/, $out;
}
sub value { my @rows = shift->sql(@_); return @rows ? $rows[0][0] : undef }

# ---- commands: (status, output) ----
sub prm { my ($self, @args) = @_; return run_with({ %{$self->env}, PRM_CONF => $self->conf_file }, "$self->{build}/tools/prm", @args) }
sub cron { my ($self, $duty, @args) = @_; return run_with({ %{$self->env}, PRM_CONF => $self->conf_file }, "$self->{build}/cron/$duty", @args) }

# ---- a program as a command, by plain CGI ----
# cgi(program, method, path with query, headers => {}, body => '', type => '', env => {}) -> { status, headers, content, json, exit, stderr }
sub cgi {
	my ($self, $program, $method, $target, %o) = @_;
	my ($path, $query) = split /\?/, $target, 2;
	my $body = $o{body} // '';
	(my $decoded = $path) =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
	my %env = (%{$self->env}, PRM_CONF => $self->conf_file, GATEWAY_INTERFACE => 'CGI/1.1', SERVER_PROTOCOL => 'HTTP/1.1',
		REQUEST_METHOD => $method, PATH_INFO => $decoded, SCRIPT_NAME => '', REQUEST_URI => $target, QUERY_STRING => $query // '',
		REMOTE_ADDR => '127.0.0.1', SERVER_NAME => '127.0.0.1', SERVER_PORT => $self->{port}, REQUEST_SCHEME => 'http',
		HTTP_HOST => "127.0.0.1:$self->{port}", HTTP_USER_AGENT => 'test',
		$method =~ /^(?:POST|PUT)$/ || length $body ? (CONTENT_LENGTH => length $body, CONTENT_TYPE => $o{type} // 'application/x-www-form-urlencoded') : ());
	for my $h (keys %{$o{headers} // {}}) { (my $n = uc $h) =~ tr/-/_/; $env{"HTTP_$n"} = $o{headers}{$h} }
	%env = (%env, %{$o{env} // {}});
	my ($in, $out, $err) = (File::Temp->new, File::Temp->new, File::Temp->new);
	binmode $in; print $in $body; $in->flush; seek $in, 0, 0;
	my $pid = fork // die "fork: $!";
	if (!$pid) {
		open STDIN, '<', $in->filename; open STDOUT, '>', $out->filename; open STDERR, '>', $err->filename;
		%ENV = (PATH => $ENV{PATH}, %env);
		exec "$self->{build}/cgi-bin/$program" or POSIX::_exit(127);
	}
	waitpid $pid, 0;
	my $exit = $?;
	my ($head, $content) = split /\r?\n\r?\n/, slurp($out->filename), 2;
	my %headers;
	for (split /\r?\n/, $head // '') { my ($n, $v) = split /:\s*/, $_, 2; push @{$headers{lc $n}}, $v // '' }
	my %r = (headers => { map { $_ => @{$headers{$_}} == 1 ? $headers{$_}[0] : $headers{$_} } keys %headers },
		content => $content // '', exit => $exit, stderr => slurp($err->filename));
	$r{status} = ($r{headers}{status} // '200') =~ /^(\d+)/ ? $1 : 0;
	$r{json} = eval { $json->decode($r{content}) } if ($r{headers}{'content-type'} // '') =~ /json/;
	return \%r;
}

# What a query string or form body looks like.
sub urlencode { my $s = shift; utf8::encode($s) if utf8::is_utf8($s); $s =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge; return $s }
sub form_body {
	my @pairs = ref $_[0] eq 'HASH' ? map { [$_, $_[0]{$_}] } sort keys %{$_[0]} : @{$_[0]};
	return join '&', map { my ($n, $v) = @$_; map { urlencode($n) . '=' . urlencode($_ // '') } ref $v eq 'ARRAY' ? @$v : $v } @pairs;
}

# ---- an HTTP client with cookies ----
package Portal::Client;
use HTTP::Tiny ();

sub new {
	my ($class, %o) = @_;
	return bless { cookies => {}, http => HTTP::Tiny->new(max_redirect => 0, timeout => 60, agent => 'prm-test', keep_alive => 1), %o }, $class;
}

# base => 'http://127.0.0.1:PORT': another web server in front of the same portal
sub base { my $self = shift; return $self->{base} // $self->{portal}->base }

# request(method, path, headers => {}, body => bytes, type => '...')
sub request {
	my ($self, $method, $path, %o) = @_;
	my %h = %{$o{headers} // {}};
	$h{Cookie} = join '; ', map { "$_=$self->{cookies}{$_}" } sort keys %{$self->{cookies}} if %{$self->{cookies}} && !exists $h{Cookie};
	$h{Authorization} = "Bearer $self->{token}" if $self->{token} && !exists $h{Authorization};
	$h{'Content-Type'} = $o{type} if $o{type};
	# A browser says where a form came from.
	$h{Origin} //= $self->base if $method !~ /^(?:GET|HEAD)$/ && !$self->{token};
	delete @h{grep { !defined $h{$_} } keys %h};
	my $url = $path =~ m{^http} ? $path : $self->base . $path;
	my $r = $self->{http}->request($method, $url, { headers => \%h, defined $o{body} ? (content => $o{body}) : () });
	my $set = $r->{headers}{'set-cookie'} // [];
	for (ref $set ? @$set : $set) {
		my ($name, $value) = /^\s*([^=;\s]+)=([^;]*)/ or next;
		if (/max-age=0\b/i || $value eq '') { delete $self->{cookies}{$name} } else { $self->{cookies}{$name} = $value }
	}
	$r->{path} = $path;
	$r->{json} = eval { $Portal::json->decode($r->{content}) } if ($r->{headers}{'content-type'} // '') =~ /json/;
	return $r;
}
sub get { my ($self, $path, %h) = @_; return $self->request('GET', $path, headers => \%h) }
sub post { my ($self, $path, $fields, %h) = @_; return $self->request('POST', $path, headers => \%h, body => Portal::form_body($fields // {}), type => 'application/x-www-form-urlencoded') }
sub post_json { my ($self, $path, $value, %h) = @_; return $self->request('POST', $path, headers => \%h, body => $Portal::json->encode($value // {}), type => 'application/json') }

# Follows a 302/303 by GET, a few times.
sub follow {
	my ($self, $r) = @_;
	for (1 .. 5) { last if $r->{status} !~ /^30[1237]$/; $r = $self->get($r->{headers}{location}) }
	return $r;
}

sub _text { my $s = shift // ''; $s =~ s/&lt;/</g; $s =~ s/&gt;/>/g; $s =~ s/&quot;/"/g; $s =~ s/&#(?:39|x27);/'/gi; $s =~ s/&amp;/&/g; return $s }
sub _attrs { my %a; my $t = shift; while ($t =~ /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g) { $a{lc $1} = _text($2 // $3 // $4 // '') } return %a }

# The forms of a page: { action, method, enctype, fields => [[name, value]...] } as a browser would send them.
sub forms {
	my ($self, $r) = @_;
	my @forms;
	while ($r->{content} =~ m{<form\b([^>]*)>(.*?)</form>}gs) {
		my ($head, $inner) = ($1, $2);
		my %f = _attrs($head);
		my @fields;
		while ($inner =~ m{<(input|select|textarea)\b([^>]*)>(?:(.*?)</\1>)?}gs) {
			my ($kind, $attrs, $body) = ($1, $2, $3);
			my %a = _attrs($attrs);
			next if !length($a{name} // '') || exists $a{disabled} || ($a{type} // '') =~ /^(?:submit|button|image|file)$/;
			if ($kind eq 'select') {
				my @options = ($body // '') =~ /<option\b([^>]*)>/g;
				my ($chosen) = ((grep { my %o = _attrs($_); exists $o{selected} } @options), @options);
				push @fields, [$a{name}, { _attrs($chosen) }->{value}] if defined $chosen;
			} elsif ($kind eq 'textarea') {
				push @fields, [$a{name}, _text($body)];
			} elsif (($a{type} // '') =~ /^(?:checkbox|radio)$/) {
				push @fields, [$a{name}, $a{value} // 'on'] if exists $a{checked};
			} else {
				push @fields, [$a{name}, $a{value} // ''];
			}
		}
		push @forms, { action => $f{action} // $r->{path}, method => lc($f{method} // 'get'), enctype => $f{enctype} // '', fields => \@fields };
	}
	return @forms;
}

# Fills the form whose action is as said (else the first POST form) and sends it.
sub submit {
	my ($self, $r, $values, %o) = @_;
	my ($form) = grep { $o{action} ? (ref $o{action} ? $_->{action} =~ $o{action} : $_->{action} eq $o{action}) : $_->{method} eq 'post' } $self->forms($r);
	die "no such form" . ($o{action} ? " ($o{action})" : '') . " on $r->{path}\n" if !$form;
	my %rest = %$values;
	my @fields = map { exists $rest{$_->[0]} ? [$_->[0], delete $rest{$_->[0]}] : $_ } @{$form->{fields}};
	push @fields, map { [$_, $rest{$_}] } sort keys %rest;
	@fields = grep { defined $_->[1] } @fields;
	return $self->get($form->{action} . '?' . Portal::form_body(\@fields)) if $form->{method} eq 'get';
	return $self->request('POST', $form->{action}, headers => $o{headers}, body => Portal::form_body(\@fields), type => 'application/x-www-form-urlencoded')
		if $form->{enctype} !~ /multipart/;
	my ($type, $body) = multipart(\@fields, $o{files});
	return $self->request('POST', $form->{action}, headers => $o{headers}, body => $body, type => $type);
}
# files: { field => [name, type, bytes] }
sub multipart {
	my ($fields, $files) = @_;
	my $b = 'prm-test-boundary-7MA4YWxk';
	my $body = join '', map { my ($n, $v) = @$_; utf8::encode($v) if utf8::is_utf8($v); "--$b\r\nContent-Disposition: form-data; name=\"$n\"\r\n\r\n$v\r\n" } @$fields;
	$body .= "--$b\r\nContent-Disposition: form-data; name=\"$_\"; filename=\"$files->{$_}[0]\"\r\nContent-Type: $files->{$_}[1]\r\n\r\n$files->{$_}[2]\r\n" for sort keys %{$files // {}};
	return ("multipart/form-data; boundary=$b", "$body--$b--\r\n");
}

# Signs in with a role's (or the given) account through the page.
sub sign_in {
	my ($self, $who, $n) = @_;
	my $a = ref $who ? $who : $self->{portal}->account($who, $n);
	my $page = $self->get('/sign-in');
	my $r = $self->submit($page, { email => $a->{email}, password => $a->{password} }, action => qr{^/sign-in});
	die "cannot sign in as $a->{email}: $r->{status}\n" if $r->{status} !~ /^30[23]$/;
	$self->{account} = $a;
	return $r;
}

1;
