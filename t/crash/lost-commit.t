#!/usr/bin/perl
# lost-commit.t - the answer to COMMIT is lost on its way: nobody is told a wrong thing, nothing is done twice
# seconds: 300
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use IO::Select;
use IO::Socket::UNIX;
use POSIX ();
use Socket qw(SOCK_STREAM);
use Test::More;
use Portal;

my $p = Portal->start(workers => 1);
my ($rc, $db) = $p->instance('socket');
chomp $db;
my $door = "$p->{var}/tmp/d.sock";
my $order = "$p->{var}/tmp/lose";

# Stands between the programs and the database. While the order file says so, one COMMIT is
# swallowed: "after": the server carries it out, "before": the server never hears of it.
sub between {
	my $in = shift;
	my $out = IO::Socket::UNIX->new(Type => SOCK_STREAM, Peer => $db) or return;
	my $both = IO::Select->new($in, $out);
	my $lose = '';
	while (my @ready = $both->can_read) {
		for my $s (@ready) {
			sysread $s, my $bytes, 65536 or return;
			if ($s == $in && $bytes =~ /^.{4}\x03COMMIT$/s && -f $order) {
				$lose = Portal::slurp($order);
				unlink $order;
				return if $lose eq 'before';
			} elsif ($s == $out && $lose) {
				return;
			}
			syswrite $s == $in ? $out : $in, $bytes;
		}
	}
}

my $listen = IO::Socket::UNIX->new(Type => SOCK_STREAM, Local => $door, Listen => 64) or die "$door: $!";
my $keeper = fork // die "fork: $!";
if (!$keeper) {
	local $SIG{CHLD} = 'IGNORE';
	while (my $s = $listen->accept) {
		if (!(fork // 1)) { between($s); POSIX::_exit(0) }
		close $s;
	}
	POSIX::_exit(0);
}
close $listen;
sub leave { kill 'KILL', $keeper if $keeper; $keeper = 0 }
END { my $was = $?; leave() if $p && $$ == $p->{owner_pid}; $? = $was }

Portal::spew("$p->{var}/conf/local.conf", "db_socket = $door\n");
chmod 0600, "$p->{var}/conf/local.conf";
($rc, my $said) = $p->instance('up');
is($rc, 0, 'the programs speak to the database through a door of ours') or diag $said;

my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $close = POSIX::strftime('%Y-%m-%d', gmtime(time + 60 * 86400));
my $n = 0;
sub deal { $n++; return { customer => "Verlorene Antwort $n GmbH", domain => "verloren-$n-$$.example", country => 'DE', product_family => $family,
	amount => '5000', currency => 'EUR', closes_on => $close } }
sub lose { Portal::spew($order, shift) }
sub there { my $d = shift; return $p->value("SELECT COUNT(*) FROM deal WHERE domain = '$d->{domain}'") }
my $api = $p->api('owner');

for my $when ('after', 'before') {
	# ---- with a key of its own: settled here and now ----
	my $deal = deal();
	lose($when);
	my $r = $api->post_json('/api/v1/deals', $deal, 'Idempotency-Key' => "lost-$when-$$");
	ok(!-f $order, "the COMMIT is lost ($when the server had it)");
	is($r->{status}, 201, 'with a key the registration is settled at once') or diag $r->{content};
	is(there($deal), 1, 'and is there once');
	my $id = $r->{json}{deal}{id};
	$r = $api->post_json('/api/v1/deals', $deal, 'Idempotency-Key' => "lost-$when-$$");
	is($r->{json}{deal}{id}, $id, 'the same key gives the same registration');
	is(there($deal), 1, 'and still one');

	# ---- on a page: the form's token is its key ----
	my $owner = $p->client;
	$owner->sign_in('owner');
	$deal = deal();
	my $form = $owner->get('/deals/new');
	lose($when);
	$r = $owner->submit($form, { %$deal, amount => '5000' }, action => '/deals');
	ok(!-f $order, "the COMMIT of a page is lost ($when)");
	is($r->{status}, 303, 'the page answers as if nothing had happened') or diag substr $r->{content}, 0, 1500;
	is(there($deal), 1, 'with one registration');

	# ---- without a key of the caller's the programs have one of their own ----
	$deal = deal();
	lose($when);
	$r = $api->post_json('/api/v1/deals', $deal);
	is($r->{status}, 201, 'without a key it is settled all the same') or diag $r->{content};
	is(there($deal), 1, 'once');
	is($p->value("SELECT COUNT(*) FROM scope_hold h JOIN deal d ON d.id = h.deal_id WHERE d.domain = '$deal->{domain}' AND h.kind = 'domain'"), there($deal),
		'a registration has its hold');
}

# ---- without a loss the same door changes nothing ----
is($api->post_json('/api/v1/deals', deal())->{status}, 201, 'the next one is as ever');
like($p->log_text, qr/commit_uncertain/, 'the log tells of it');
($rc, $said) = $p->prm('audit-verify');
is($rc, 0, 'the chain of events is whole') or diag $said;
($rc, $said) = $p->cron('rollup-check');
is($rc, 0, 'the kept numbers agree') or diag $said;
$p->stop;
leave();
done_testing;
