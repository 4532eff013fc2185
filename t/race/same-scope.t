#!/usr/bin/perl
# same-scope.t - 200 registrations of one scope at once by different firms: exactly one holds it
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;
use Time::HiRes ();
use POSIX ();

my $p = Portal->start(workers => 4);
my @accounts = grep { $_->{role} =~ /owner|sales/i && $_->{token} } $p->accounts;
my %firm;
@accounts = grep { my $f = $p->value("SELECT m.partner_id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = '$_->{email}' AND m.partner_id IS NOT NULL LIMIT 1"); !$firm{$f}++ } @accounts;
cmp_ok(scalar @accounts, '>=', 2, 'there are at least two firms');
my @day = gmtime(time + 60 * 86400);
my $close = sprintf '%04d-%02d-%02d', $day[5] + 1900, $day[4] + 1, $day[3];
my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $domain = 'race-' . time . '.example';
my $n = $ENV{PRM_RACE} // 200;
my $start = time + 3;
my @children;

for my $i (1 .. $n) {
	pipe my $read, my $write or die;
	my $pid = fork // die "fork: $!";
	if (!$pid) {
		my $c = $p->api($accounts[$i % @accounts]);
		my $body = { customer => "Race $domain", domain => $domain, country => 'DE', product_family => $family,
			amount => '1000', currency => 'EUR', closes_on => $close };
		select undef, undef, undef, $start - Time::HiRes::time() if $start > Time::HiRes::time();
		my $r = $c->post_json('/api/v1/deals', $body);
		print $write "$r->{status} ", $r->{json}{deal}{status} // $r->{content}, "\n";
		close $write;
		POSIX::_exit(0);
	}
	close $write;
	push @children, [$pid, $read];
}
my %seen;
for (@children) {
	my ($pid, $read) = @$_;
	my $line = <$read> // "none\n";
	chomp $line;
	$seen{$line}++;
	waitpid $pid, 0;
}
diag join ', ', map { "$_: $seen{$_}" } sort keys %seen;
is($seen{'201 approved'}, 1, 'exactly one is approved');
is($seen{'201 duplicate'}, $n - 1, 'every other is told that it came too late');
is($p->value("SELECT COUNT(*) FROM scope_hold WHERE key_text = '$domain'"), 1, 'one row holds the domain');
is($p->value("SELECT COUNT(*) FROM deal WHERE domain_key = '$domain' AND status = 'approved'"), 1, 'one registration is protected');
my ($rc, $out) = $p->prm('audit-verify');
is($rc, 0, 'the chain of events is whole') or diag $out;
($rc, $out) = $p->cron('rollup-check');
is($rc, 0, 'the kept numbers agree') or diag $out;
done_testing;
