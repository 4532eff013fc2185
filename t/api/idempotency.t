#!/usr/bin/perl
# idempotency.t - a call that comes twice with its Idempotency-Key is done once, whatever happens in between
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use POSIX ();
use Test::More;
use Cast;
use Portal;

my $p = Portal->start(workers => 2);
my $cast = Cast->new($p);
my ($one, $also, $two) = $cast->clients(['sales', 'token'], ['sales', 'token'], ['stranger', 'token']);
my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $close = POSIX::strftime('%Y-%m-%d', gmtime(time + 60 * 86400));
my $serial = "$$-" . time;
sub deal { my ($name, %o) = @_; return { customer => "Einmal $name $serial GmbH", domain => "einmal-$name-$serial.example", country => 'DE', product_family => $family,
	amount => '1000.00', currency => 'EUR', closes_on => $close, %o } }
sub count { return $p->value("SELECT COUNT(*) FROM deal WHERE customer LIKE 'Einmal $_[0] $serial%'") }

# ---- again ----
my %key = ('Idempotency-Key' => "k-$serial");
my $first = $one->post_json('/api/v1/deals', deal('a'), %key);
is($first->{status}, 201, 'a call with a key is carried out') or diag $first->{content};
ok(!$first->{headers}{'idempotent-replayed'}, 'as the first of its kind');
my $again = $one->post_json('/api/v1/deals', deal('a'), %key);
is($again->{status}, 201, 'the same once more is answered alike');
is_deeply($again->{json}, $first->{json}, 'word for word');
is($again->{headers}{location}, $first->{headers}{location}, 'with the same Location');
is($again->{headers}{'idempotent-replayed'}, 'true', 'and says that it is the first answer');
is(count('a'), 1, 'one row was made');

# ---- another call under the same key ----
my $r = $one->post_json('/api/v1/deals', deal('a', amount => '2000.00'), %key);
is($r->{status}, 422, 'another body under the same key is refused');
is($r->{headers}{'content-type'}, 'application/problem+json', 'in a problem document');
$r = $one->post_json('/api/v1/deals/drafts', deal('a'), %key);
is($r->{status}, 422, 'so is another address');
is(count('a'), 1, 'and neither makes a row');

# ---- whose key it is ----
is($two->post_json('/api/v1/deals', deal('b'), %key)->{status}, 201, "another firm's same key is a key of its own");
is($also->post_json('/api/v1/deals', deal('c'), %key)->{status}, 201, 'so is that of another token');

# ---- what was refused can be sent again ----
my %again = ('Idempotency-Key' => "again-$serial");
is($one->post_json('/api/v1/deals', deal('d', amount => 'x'), %again)->{status}, 422, 'a wrong call is refused');
is($one->post_json('/api/v1/deals', deal('d'), %again)->{status}, 201, 'and does not use up its key');
my $held = $one->post_json('/api/v1/deals', deal('e'))->{json}{deal}{id};
my %act = ('Idempotency-Key' => "act-$serial");
is($one->post_json("/api/v1/deals/$held/withdraw", {}, %act)->{json}{deal}{status}, 'withdrawn', 'an action with a key is done');
is($one->post_json("/api/v1/deals/$held/withdraw", {}, %act)->{status}, 200, 'and repeated without harm');
is($one->post_json("/api/v1/deals/$held/withdraw", {})->{status}, 409, 'which without the key is a conflict');

# ---- the key itself ----
is($one->post_json('/api/v1/deals', deal('f'), 'Idempotency-Key' => 'x' x 256)->{status}, 400, 'a key too long is told');
is($one->post_json('/api/v1/deals', deal('f'), 'Idempotency-Key' => "a b")->{status}, 400, 'as is one with a space');
is(count('f'), 0, 'and nothing is done');
is($one->post_json('/api/v1/deals', deal('f'), 'Idempotency-Key' => 'x' x 255)->{status}, 201, 'the longest is taken');

# ---- at the same moment ----
for my $round (1 .. 3) {
	my @pids;
	pipe(my $in, my $out);
	for my $n (1 .. 6) {
		my $pid = fork // die "fork: $!";
		if ($pid) { push @pids, $pid; next }
		my $c = $p->client(token => $one->{token});
		my $a;
		# "still being worked on" asks to come again
		for (1 .. 30) { $a = $c->post_json('/api/v1/deals', deal("race$round"), 'Idempotency-Key' => "race-$round-$serial"); last if $a->{status} !~ /^(?:409|503)$/; select undef, undef, undef, 0.2 }
		syswrite $out, "$a->{status} " . ($a->{json}{deal}{id} // 0) . "\n";
		POSIX::_exit(0);
	}
	close $out;
	my %said = map { chomp; $_ => 1 } <$in>;
	waitpid $_, 0 for @pids;
	is(count("race$round"), 1, "six at the same moment make one row (round $round)");
	is_deeply([map { s/ .*//r } keys %said], ['201'], 'and all of them are told the same') or diag join ' | ', sort keys %said;
}

# ---- a form ----
my $page = $cast->session('sales');
my $form = $page->get('/deals/new');
my $sent = $page->submit($form, deal('g', amount => '1000'), action => '/deals');
is($sent->{status}, 303, 'a form is taken');
is($page->submit($form, deal('g', amount => '1000'), action => '/deals')->{headers}{location}, $sent->{headers}{location}, 'a double click leads to the same page');
$r = $page->submit($form, deal('h', amount => '1000'), action => '/deals');
is($r->{status}, 409, 'the same form with other answers is asked about');
like($r->{content}, qr/value="Einmal h/, 'with all of them still there');
is(count('g') . count('h'), '10', 'one registration was made');

done_testing;
