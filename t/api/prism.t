#!/usr/bin/perl
# prism.t - a validating proxy between client and portal sees no answer that breaks the description
# seconds: 300
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use IO::Socket::INET;
use Portal;

my $top = $Portal::top;
my $prism = "$top/node_modules/\@stoplight/prism-cli/dist/index.js";
plan skip_all => 'Prism is not installed' unless -f $prism;
my $p = Portal->start;
my $api = Portal::slurp("$top/doc/openapi.json");
my $paths = $Portal::json->decode($api)->{paths};
my $port = Portal::free_port();
my $pid = fork // die "fork: $!";
if (!$pid) {
	open STDOUT, '>', "$p->{var}/prism.log";
	open STDERR, '>&', \*STDOUT;
	exec 'node', $prism, 'proxy', "$top/doc/openapi.json", $p->base . '/api/v1', '--port', $port, '--host', '127.0.0.1' or POSIX::_exit(127);
}
END { if ($pid) { local $?; kill 'TERM', $pid; waitpid $pid, 0 } }
for (1 .. 300) {
	last if IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port");
	select undef, undef, undef, 0.1;
}

# Prism stands where nginx stood; the portal's base is a path of its own there.
{
	package Through;
	sub new { my ($class, $p, $port) = @_; return bless { %$p, port => $port, owner_pid => 0 }, $class }
	sub base { "http://127.0.0.1:$_[0]{port}" }
	sub account { shift->{real}->account(@_) }
}
sub client {
	my $role = shift;
	my $through = Through->new({ %$p, real => $p }, $port);
	return Portal::Client->new(portal => $through, token => $p->account($role)->{token});
}

my %seen;
# The answer, with the proxy's word on it; one test an operation, role and status.
sub ask {
	my ($role, $method, $path, $body, %h) = @_;
	my $c = client($role);
	my $r = $method eq 'GET' ? $c->get($path, Accept => 'application/json', %h) : $c->post_json($path, $body // {}, %h);
	# what the client sent wrong on purpose is no fault of the answer
	my $v = $r->{headers}{'sl-violations'} // '';
	my @bad = grep { ($_->{location}[0] // '') eq 'response' } @{ $v ? $Portal::json->decode($v) : [] };
	ok(!@bad, "$role $method $path: $r->{status} as described") or diag(map { "  $_->{message} at " . join('.', @{ $_->{location} }) . "\n" } @bad[0 .. ($#bad < 4 ? $#bad : 4)]);
	$seen{$r->{status}}++;
	return $r;
}

my %ids;
for my $role ('owner', 'deal desk', 'administrator', 'auditor', 'channel manager') {
	my $deals = ask($role, GET => '/deals?limit=3')->{json}{deals} // [];
	my $people = ask($role, GET => $role eq 'owner' ? '/users' : '/admin/people')->{json} // {};
	my @people = map { ref $_ eq 'ARRAY' ? @$_ : () } values %$people;
	for my $path (sort keys %$paths) {
		next unless $paths->{$path}{get};
		next if $path =~ m{^/(deals|users|admin/people)$} || $path =~ /id2/;
		my @id = $path =~ m{^/deals/} ? map { $_->{id} } @$deals : $path =~ m{^/(users|admin/people)/} ? map { $_->{id} } @people[0 .. ($#people < 1 ? $#people : 1)] : 1;
		for my $id ($path =~ /\{/ ? grep { defined } @id : 0) {
			(my $real = $path) =~ s/\{\w+\}/$id/g;
			$real .= '?q=a' if $path eq '/search';
			ask($role, GET => $real);
		}
	}
}

my $family = client('owner')->get('/product-families')->{json}{product_families}[0]{code};
my @day = gmtime(time + 60 * 86400);
my %deal = (customer => 'Prisma Werk GmbH', domain => 'prisma-' . time . '.example', country => 'DE', product_family => $family,
	amount => '12000.00', currency => 'EUR', closes_on => sprintf('%04d-%02d-%02d', $day[5] + 1900, $day[4] + 1, $day[3]), notes => 'x');
my $id = ask('owner', POST => '/deals', \%deal)->{json}{deal}{id};
ok($id, 'a registration goes through the proxy');
ask('owner', POST => '/deals/precheck', { map { $_ => $deal{$_} } qw(customer domain country product_family) });
my $wrong = ask('owner', POST => '/deals', { %deal, amount => 5, domain => 'x' });
like($wrong->{headers}{'sl-violations'} // '', qr/"request","body","amount"/, 'the proxy does look: it minds what was sent wrong');
ask('owner', GET => '/deals/999999999');
ask('owner', GET => '/deals?sort=bogus');
ask('owner', GET => '/deals?format=csv&limit=1', undef, Accept => 'text/csv');
ask('owner', POST => "/deals/$id/comment", { text => 'hello' });
ask('owner', POST => "/deals/$id/approve", {});
ask('deal desk', POST => "/deals/$id/approve", {});
ask('owner', POST => "/deals/$id/withdraw", { reason => 'The customer bought elsewhere' });
ask('owner', GET => "/deals/$id");
ask('owner', GET => "/deals/$id/timeline");
ask('owner', POST => '/deals/drafts', { %deal, domain => 'draft.example' });
ok($seen{200} && $seen{201} && $seen{422} && $seen{404} && $seen{403}, 'good and bad answers were seen');
done_testing;
