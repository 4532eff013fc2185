# Cast.pm - one person of every role at our firm and at the vendor, an owner at another firm, and rows of both
#
#   my $cast = Cast->new($portal);        # $cast->{ours}, {theirs}: the two firms' ids
#   $cast->roles;                         # names as in membership.roles
#   $cast->session('sales');              # a Portal::Client; session('sales', stepped_up_at => undef): password given long ago
#   $cast->token('sales');                # all scopes; token('sales', scopes => 'deals:read'); also revoked_at, expires_at (SQL)
#   $cast->{own}{deal}, $cast->{other}{deal}, ... {import}, {file}, {user}, {partner}, {session}
#
# People, sessions and tokens are put straight into the database, as many as a matrix needs at once.
package Cast;
use strict;
use warnings;
use File::Temp ();

our @partner = qw(owner sales engineer marketing finance viewer);
our @vendor = qw(channel_manager deal_desk vendor_marketing enablement_author sales_engineer vendor_finance legal administrator auditor);
our @scopes = qw(deals:read deals:write deals:decide dashboard:read partners:read people:manage audit:read admin);

sub roles { return (@partner, @vendor) }
sub is_vendor { my $role = pop; return scalar grep { $_ eq $role } @vendor }

# BLAKE2b-256 of texts, in hexadecimal: what the database keeps of secrets.
sub hashes {
	my @texts = @_;
	my $dir = File::Temp->newdir;
	Portal::spew(sprintf('%s/%05d', $dir, $_), $texts[$_]) for 0 .. $#texts;
	my @out = map { /^([0-9a-f]{64})/ ? $1 : () } map { split /\n/ } (Portal::run_with({}, 'sh', '-c', "cd '$dir' && b2sum -l 256 *"))[1];
	die "b2sum: @out" if @out != @texts;
	return @out;
}

sub new {
	my ($class, $p) = @_;
	my $self = bless { p => $p, serial => 0, tag => sprintf('cast%d-%d', $$, time) }, $class;
	my $firm = sub { $p->value("SELECT m.partner_id FROM membership m JOIN person p ON p.id = m.person_id WHERE p.email = '$_[0]{email}'") };
	@$self{qw(ours theirs)} = map { $firm->($p->account('owner', $_)) } 1, 2;
	my @people = ((map { [$_, $self->{ours}] } @partner), (map { [$_, 'NULL'] } @vendor), ['stranger', $self->{theirs}], ['rival_manager', 'NULL']);
	my %is = (stranger => 'owner', rival_manager => 'channel_manager');
	$p->sql(join '', map {
		my ($who, $where) = @$_;
		my $mail = "$who.$self->{tag}\@cast.example";
		"INSERT INTO person (email, name, status, totp_secret, created_at) VALUES ('$mail', 'Cast $who', 'active', 'x', UTC_TIMESTAMP(6));"
		. "INSERT INTO membership (person_id, partner_id, roles, since) VALUES (LAST_INSERT_ID(), $where, '" . ($is{$who} // $who) . "', UTC_TIMESTAMP(6));";
	} @people);
	$self->{who}{$_->[0]} = { person => $_->[1], membership => $_->[2] } for
		$p->sql("SELECT SUBSTRING_INDEX(p.email, '.', 1), p.id, m.id FROM person p JOIN membership m ON m.person_id = p.id WHERE p.email LIKE '%.$self->{tag}\@cast.example'");
	$p->sql("UPDATE partner SET manager_id = $self->{who}{channel_manager}{person} WHERE id = $self->{ours};"
		. "UPDATE partner SET manager_id = $self->{who}{rival_manager}{person} WHERE id = $self->{theirs}");
	return $self;
}

# Rows of both firms: a deal with a file, a dry import, a person, a session, a token.
sub rows {
	my $self = shift;
	my $p = $self->{p};
	for my $side (['own', 'sales', $self->{ours}], ['other', 'stranger', $self->{theirs}]) {
		my ($name, $who, $firm) = @$side;
		my $c = $self->token($who);
		my %r = (partner => $firm, user => $self->{who}{$name eq 'own' ? 'viewer' : 'stranger'}{membership}, token => $c->{token_id});
		$r{deal} = $p->value("SELECT MAX(id) FROM deal WHERE partner_id = $firm AND status = 'approved'");
		my ($type, $body) = Portal::Client::multipart([], { file => ['evidence.txt', 'text/plain', "evidence of $self->{tag} $name\n"] });
		my $put = $c->request('POST', "/api/v1/deals/$r{deal}/files", body => $body, type => $type);
		die "no file: $put->{status} $put->{content}" if $put->{status} !~ /^20/;
		$r{file} = $p->value("SELECT MAX(id) FROM file WHERE noun_id = $r{deal}");
		($type, $body) = Portal::Client::multipart([['dry_run', '1']], { file => ['deals.csv', 'text/csv', "customer,domain,country,product_family,amount\nCast $name,$name.$self->{tag}.example,DE,x,1000\n"] });
		$put = $c->request('POST', '/api/v1/deals/import', body => $body, type => $type);
		$r{import} = $put->{json}{import}{id} // die "no import: $put->{status} $put->{content}";
		$r{session} = $self->session($who)->{hash};
		$self->{$name} = \%r;
	}
	return $self;
}

# Clients for [who, kind, columns as SQL]: kind 'session' or 'token'. All in one go.
sub clients {
	my ($self, @wanted) = @_;
	my @secrets = map { ($_->[1] eq 'token' ? 'prm_' : '') . "$self->{tag}-" . ++$self->{serial} . '-secret' } @wanted;
	my @hash = hashes(@secrets);
	my (@sql, @made);
	for my $i (0 .. $#wanted) {
		my ($who, $kind, %more) = @{$wanted[$i]};
		my $is_token = $kind eq 'token';
		my %row = (hash => "UNHEX('$hash[$i]')", person_id => $self->{who}{$who}{person}, membership_id => $self->{who}{$who}{membership}, created_at => 'UTC_TIMESTAMP(6)',
			$is_token ? (hint => "'cast'", name => "'cast'", scopes => "'" . join(',', @scopes) . "'", expires_at => 'UTC_TIMESTAMP(6) + INTERVAL 1 DAY')
			: (seen_at => 'UTC_TIMESTAMP(6)', stepped_up_at => 'UTC_TIMESTAMP(6)', address => "'127.0.0.1'", agent => "'cast'"));
		$row{$_} = $_ eq 'scopes' ? "'$more{$_}'" : $more{$_} // 'NULL' for keys %more;
		my @names = sort keys %row;
		push @sql, sprintf 'INSERT INTO %s (%s) VALUES (%s);', $is_token ? 'api_token' : 'session', join(', ', @names), join(', ', @row{@names});
		my $c = $self->{p}->client(who => $who, hash => $hash[$i]);
		if ($is_token) { $c->{token} = $secrets[$i] } else { $c->{cookies}{prm} = $secrets[$i] }
		push @made, $c;
	}
	$self->{p}->sql(join '', @sql);
	my %id = map { lc $_->[0] => $_->[1] } $self->{p}->sql("SELECT HEX(hash), id FROM api_token WHERE hint = 'cast'");
	$_->{token_id} = $id{$_->{hash}} for @made;
	return @made;
}
sub session { my ($self, $who, %more) = @_; return ($self->clients([$who, 'session', %more]))[0] }
sub token { my ($self, $who, %more) = @_; return ($self->clients([$who, 'token', %more]))[0] }

# A value that a field's schema (doc/openapi.json) lets through; undef: none is needed.
sub sample {
	my ($name, $s) = @_;
	my %by_name = (domain => 'cast-sample.example', email => 'cast-sample@cast.example', country => 'DE', currency => 'EUR', amount => '1200.00');
	return $by_name{$name} if exists $by_name{$name};
	my $type = ref $s->{type} ? $s->{type}[0] : $s->{type} // 'string';
	return $s->{enum}[0] if $s->{enum};
	return [sample($name, $s->{items})] if $type eq 'array';
	return JSON::PP::false() if $type eq 'boolean';
	return $s->{minimum} // 1 if $type =~ /^(?:integer|number)$/;
	if (($s->{format} // '') eq 'date') { my @d = gmtime(time + 40 * 86400); return sprintf '%04d-%02d-%02d', $d[5] + 1900, $d[4] + 1, $d[3] }
	return 'a text of the cast';
}
# What an operation needs at the least: { field => value }.
sub sample_body {
	my $op = shift;
	my ($content) = values %{$op->{requestBody}{content} // {}};
	my $schema = $content->{schema} // {};
	return { map { $_ => sample($_, $schema->{properties}{$_}) } @{$schema->{required} // []} };
}

1;
