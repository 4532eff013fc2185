#!/usr/bin/perl
# lists.t - every list of the API: paged by key without losing or doubling a row, sorted, filtered, exported as it is shown
# seconds: 600
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use POSIX ();
use Test::More;
use Cast;
use Portal;

my $p = Portal->start(workers => 2);
my $cast = Cast->new($p)->rows;
my ($owner, $admin, $sales, $admin_page) = $cast->clients(['owner', 'token'], ['administrator', 'token'], ['sales', 'token'], ['administrator', 'session']);
my $api = $Portal::json->decode(Portal::slurp("$Portal::top/doc/openapi.json"));
my (%sorts, %filters);
for my $path (sort keys %{$api->{paths}}) {
	my $get = $api->{paths}{$path}{get} or next;
	my @own = grep { $_->{name} } @{$get->{parameters} // []};
	next if !grep { ($_->{'$ref'} // '') =~ /\/format$/ } @{$get->{parameters} // []};
	my ($sort) = grep { $_->{name} eq 'sort' } @own;
	$sorts{$path} = $sort->{schema}{enum};
	$filters{$path} = { map { $_->{name} => $_->{schema}{enum} // $_->{schema}{items}{enum} } grep { $_->{name} !~ /^(?:sort|cols)$/ && ($_->{schema}{enum} || $_->{schema}{items}{enum}) } @own };
}
is_deeply([sort keys %sorts], [qw(/admin/people /admin/system/audit /admin/system/jobs /admin/system/mails /deals /partners /users)], 'these are the lists');

sub rows_of { my $j = shift; my ($name) = grep { ref $j->{$_} eq 'ARRAY' } sort keys %$j; return @{$j->{$name}} }
sub id_of { my $r = shift; return $r->{id} // $r->{seq} // die 'a row without id: ' . join ' ', sort keys %$r }
# All rows, page by page, as a program would fetch them; do(page number) in between.
sub walk {
	my ($c, $url, $do) = @_;
	my (@rows, $pages);
	my $next = $url;
	while ($next) {
		my $r = $c->get($next);
		return if $r->{status} != 200;
		push @rows, rows_of($r->{json});
		$pages++;
		my ($link) = ($r->{headers}{link} // '') =~ /<([^>]+)>; rel="next"/;
		die "page.next and Link disagree at $next" if !!defined $r->{json}{page}{next} != !!$link;
		$next = $link;
		$do->($pages) if $do;
		die "no end of $url" if $pages > 400;
	}
	return (\@rows, $pages);
}
sub twice { my (%n, @t); $n{id_of($_)}++ for @_; return grep { $n{$_} > 1 } sort keys %n }
sub csv_lines { my $t = shift; my $n = 0; my $in = 0; for (split //, $t) { if ($_ eq '"') { $in = !$in } elsif ($_ eq "\n" && !$in) { $n++ } } return $n }

for my $path (sort keys %sorts) {
	my $c = $path eq '/users' ? $owner : $admin;
	my $url = "/api/v1$path";
	subtest $path => sub {
		my ($all) = walk($c, "$url?limit=100");
		my $n = @$all;
		cmp_ok($n, '>', 0, "it has $n rows");
		my $r = $c->get("$url?limit=2");
		cmp_ok(scalar rows_of($r->{json}), '<=', 2, 'no page is longer than was asked');
		is($r->{json}{page}{limit}, 2, 'and says so');
		is($r->{json}{page}{total}, $n, 'the total is the number of rows') if defined $r->{json}{page}{total};
		my %ids = map { id_of($_) => 1 } @$all;
		for my $sort (@{$sorts{$path}}) {
			my $size = int($n / 3) + 1 > 100 ? 100 : int($n / 3) + 1;
			my ($sorted, $pages) = walk($c, "$url?sort=$sort&limit=$size");
			is_deeply([sort map { id_of($_) } @{$sorted // []}], [sort keys %ids], "by $sort it is the same rows, in $pages pages") or diag join ' ', 'twice:', twice(@{$sorted // []});
		}
		# orders that say which way
		if (grep { $_ eq 'oldest' } @{$sorts{$path}}) {
			my @new = map { id_of($_) } @{(walk($c, "$url?sort=newest&limit=100"))[0]};
			my @old = map { id_of($_) } @{(walk($c, "$url?sort=oldest&limit=100"))[0]};
			is_deeply([reverse @old], \@new, 'oldest first is newest first backwards') if $path !~ /partners/;
		}
		for my $bad ('limit=0', 'limit=101', 'limit=-1', 'limit=x', 'limit=99999999999999999999', 'sort=nonsense', 'after=garbage', 'after=%00', 'after=' . 'A' x 3000, 'format=xml', 'nonsense=1') {
			my $a = $c->get("$url?$bad");
			my $want = $bad =~ /%00/ ? 400 : $bad =~ /^nonsense/ ? qr/^(?:200|422)$/ : 422;
			like($a->{status}, qr/^$want$/, substr($bad, 0, 40) . ' is refused');
		}
		if ($r->{json}{page}{next}) {
			my $other = (grep { $_ ne $sorts{$path}[0] } @{$sorts{$path}})[0];
			is($c->get("$url?sort=$other&after=$r->{json}{page}{next}")->{status}, 422, "a cursor of another order is refused") if $other;
			my $forged = $r->{json}{page}{next} =~ s/^(.)(.)/$2$1/r;
			like($c->get("$url?after=$forged")->{status}, qr/^(?:200|422)$/, 'a cursor that was tampered with breaks nothing');
		}
		# filters
		for my $f (sort keys %{$filters{$path}}) {
			my $sum = 0;
			for my $v (@{$filters{$path}{$f}}) {
				my $a = $c->get("$url?limit=100&$f=$v");
				is($a->{status}, 200, "$f=$v") or next;
				my @rows = rows_of($a->{json});
				$sum += @rows;
				my @wrong = grep { exists $_->{$f} && !ref $_->{$f} && index(",$_->{$f},", ",$v,") < 0 } @rows;
				is(scalar @wrong, 0, 'only such rows') if $f !~ /^(?:mine|ending|side)$/;
			}
			is($c->get("$url?$f=no-such-value")->{status}, 422, "$f that means nothing is refused");
		}
		is(scalar rows_of($c->get("$url?q=zzz-no-such-row-zzz")->{json}), 0, 'a search for nothing finds nothing') if grep { ($_->{name} // '') eq 'q' } @{$api->{paths}{$path}{get}{parameters}};
		# the file
		my $file = $c->get("$url?format=csv");
		is($file->{status}, 200, 'it goes out as a file');
		like($file->{headers}{'content-type'}, qr{^text/csv; charset=utf-8}, 'of comma-separated values');
		like($file->{headers}{'content-disposition'}, qr/^attachment; filename="\w+-\d{4}-\d\d-\d\d\.csv"/, 'with a name');
		is(csv_lines($file->{content}), $n + 1, 'a line for every row, and one of headings');
		# unchanged
		my $etag = $c->get("$url?limit=5")->{headers}{etag};
		ok($etag, 'a page has an ETag');
		is($c->get("$url?limit=5", 'If-None-Match' => $etag)->{status}, 304, 'and is not sent again unchanged');
		is($c->get("$url?limit=4", 'If-None-Match' => $etag)->{status}, 200, 'another page is') if $n > 4;
		# people make the best of an address
		is($admin_page->get("$path?$_")->{status}, 200, "the page shrugs off $_") for $path eq '/users' ? () : ('limit=x', 'after=garbage', 'sort=nonsense');
	};
}

# ---- rows that come while one is reading ----
my $family = $p->value('SELECT code FROM product_family WHERE active ORDER BY id LIMIT 1');
my $close = POSIX::strftime('%Y-%m-%d', gmtime(time + 60 * 86400));
my $made = 0;
for my $sort (@{$sorts{'/deals'}}) {
	my %before = map { $_->[0] => 1 } $p->sql("SELECT id FROM deal WHERE partner_id = $cast->{ours}");
	my ($rows) = walk($sales, "/api/v1/deals?sort=$sort&limit=7", sub {
		return if $_[0] > 3;
		$made++;
		my $r = $sales->post_json('/api/v1/deals', { customer => ($made % 2 ? 'AAA' : 'zzz') . " Zwischen $made $$ GmbH", domain => "zwischen-$made-$$.example", country => 'DE', product_family => $family,
			amount => $made % 2 ? '1.00' : '99999999.00', currency => 'EUR', closes_on => $close });
		die "$r->{status} $r->{content}" if $r->{status} != 201;
	});
	my %got = map { $_->{id} => 1 } @$rows;
	is_deeply([grep { !$got{$_} } sort keys %before], [], "by $sort no row is lost while others come");
	is_deeply([twice(@$rows)], [], 'and none comes twice');
}
# a row that goes
my ($rows) = walk($sales, '/api/v1/deals?sort=newest&limit=7', sub { $p->sql("UPDATE deal SET partner_id = $cast->{theirs} WHERE partner_id = $cast->{ours} ORDER BY id DESC LIMIT 1") if $_[0] == 1 });
is_deeply([twice(@$rows)], [], 'a row that goes away doubles none');

done_testing;
