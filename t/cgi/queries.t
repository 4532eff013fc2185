# A page's cost is its number of queries: at most three, the session's own apart.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start(one => 1, conf => { totp_required => 'no' });
my $most = 4;           # the session's and three

my %ids = (
	'/deals' => 'SELECT id FROM deal d WHERE %s ORDER BY id LIMIT 1',
	'/partners' => 'SELECT id FROM partner ORDER BY id LIMIT 1',
	'/users' => 'SELECT id FROM membership WHERE %s ORDER BY id LIMIT 1',
	'/admin/people' => 'SELECT m.id FROM membership m WHERE partner_id IS NULL ORDER BY id LIMIT 1',
);
sub routes {
	my ($rc, $out) = Portal::run_with({ PRM_CONF => $p->conf_file }, "$p->{build}/tools/prm", '--routes');
	return map { $_->{pattern} } grep { ($_->{method} // '') eq 'GET' } map { eval { $Portal::json->decode($_) } || () } split /\n/, $out;
}
my @routes = routes();
cmp_ok(scalar @routes, '>', 40, 'the programs say their addresses');

for my $role (qw(owner sales engineer channel_manager deal_desk administrator auditor)) {
	my $c = $p->client;
	$c->sign_in($role);
	my $mail = $p->account($role)->{email};
	my ($row) = $p->sql("SELECT IFNULL(m.partner_id, 0), p.id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = '$mail'");
	my ($firm) = @$row;
	my @over;
	my ($pages, $sum) = (0, 0);
	for my $pattern (@routes) {
		my $path = $pattern;
		if ($path =~ m{^((?:/admin)?/[a-z]+)/\{id\}}) {
			my $sql = $ids{$1} or next;
			my $id = $p->value($sql =~ s{%s}{$firm ? "partner_id = $firm" : '1'}er) // next;
			$path =~ s/\{id\}/$id/;
		}
		next if $path =~ /\{/;
		# the second time what can be prepared is prepared, what can be kept is kept
		my $r;
		for (1 .. 4) { $r = $c->get($path) }
		next if $r->{status} != 200;
		my ($line) = reverse grep { /"route":"\Q$pattern\E"/ } split /\n/, $p->log_text;
		my ($n) = $line =~ /"queries":(\d+)/;
		$pages++;
		$sum += $n;
		push @over, "$path: $n" if $n > $most;
	}
	cmp_ok($pages, '>', 10, "$role sees pages");
	is("@over", '', sprintf "no page of $role takes more than three queries and the session's (in the mean %.1f)", $sum / ($pages || 1));
}
done_testing;
