# Record.pm - what the portal asks its database for a page, recorded, and given to the opponents
#
#   my $r = Record->new(db => $dbh, log => $file, hand => { regex => [args] });
#   $r->learn(sub { ... });                # requests on fresh connections: texts of statements
#   my $page = $r->page(sub { ... });      # one request: [{ sql, args, plain }...] and the rows they give
#   Record::c($file, @pages);  Record::php($folder, @pages);
#
# The texts of statements and their arguments come from the server's general log. What the log
# leaves as "?" (in UNIONs) is given by hand.
package Record;
use strict;
use warnings;

sub new { my ($class, %o) = @_; return bless { texts => {}, %o }, $class }

sub slurp { open my $in, '<:raw', shift or return ''; local $/; return <$in> // '' }

# The lines of the log: [connection, command, text]
sub entries {
	my ($self, $do) = @_;
	$self->{db}->do('SET GLOBAL general_log = 0');
	unlink $self->{log};
	$self->{db}->do("SET GLOBAL general_log_file = '$self->{log}'");
	$self->{db}->do('SET GLOBAL general_log = 1');
	$do->();
	$self->{db}->do('SET GLOBAL general_log = 0');
	my @all;
	for (split /^(?=(?:\d{6} [ \d:]{8})?\t+ *\d+ (?:Prepare|Execute|Query|Connect|Quit|Close stmt|Reset stmt)\t)/m, slurp($self->{log})) {
		push @all, [$1, $2, $3] if /^(?:\d{6} [ \d:]{8})?\t+ *(\d+) (Prepare|Execute|Query)\t(.*)\n\z/s;
	}
	return grep { $_->[2] !~ /general_log/ } @all;
}

sub learn {
	my ($self, $do) = @_;
	for ($self->entries($do)) { $self->{texts}{$_->[2]} = 1 if $_->[1] eq 'Prepare' }
}

my %escapes = (0 => "\0", n => "\n", r => "\r", Z => "\x1a", t => "\t");
sub literal {
	my $s = shift;
	return undef if $s eq 'NULL';
	return $1 if $s =~ /^(?:TIMESTAMP|DATE|TIME)?'(.*)'\z/s && $1 !~ /\\/;
	if ($s =~ /^'(.*)'\z/s) { return $1 =~ s/\\(.)/$escapes{$1} \/\/ $1/gesr }
	return $s;
}

my $value = qr/(?:TIMESTAMP|DATE|TIME)?'(?:[^'\\]|\\.)*'|NULL|-?\d+(?:\.\d+)?|\?/s;
sub match {
	my ($self, $said) = @_;
	for my $text (sort { length $b <=> length $a } keys %{$self->{texts}}) {
		my @between = split /\?/, $text, -1;
		my $re = join "($value)", map { quotemeta } @between;
		my @args = $said =~ /^$re\s*\z/ or next;
		return ($text, []) if @between == 1;
		return ($text, \@args);
	}
	die "a statement that was not seen being prepared: $said\n";
}

sub page {
	my ($self, $do) = @_;
	my %seen;
	my @all = $self->entries($do);
	my @queries;
	for (@all) {
		my ($id, $kind, $said) = @$_;
		next if $kind eq 'Prepare';
		if ($kind eq 'Query') { push @queries, { sql => $said, args => [], plain => 1 }; next }
		my ($text, $args) = $self->match($said);
		my $q = { sql => $text, args => [map { literal($_) } @$args], numbers => [map { /^-?\d+\z/ ? 1 : 0 } @$args] };
		if (grep { $_ eq '?' } @$args) {
			my ($re) = grep { $text =~ /$_/ } sort keys %{$self->{hand}};
			die "arguments to be given by hand: $text\n" if !$re;
			$q->{args} = $self->{hand}{$re}->();
			$q->{numbers} = [map { /^-?\d+\z/ ? 1 : 0 } @{$q->{args}}];
			die scalar(@{$q->{args}}) . " arguments by hand, not " . @$args . ": $text\n" if @{$q->{args}} != @$args;
		}
		push @queries, $q;
	}
	return \@queries;
}

# The rows of the statements that only read.
sub rows {
	my ($self, $queries) = @_;
	my @rows;
	for my $i (0 .. $#$queries) {
		my $q = $queries->[$i];
		next if $q->{plain} || $q->{sql} !~ /^\W*SELECT/i;
		my $s = $self->{db}->prepare($q->{sql} =~ s/ FOR UPDATE//r);
		$s->execute(@{$q->{args}});
		$rows[$i] = $s->fetchall_arrayref;
	}
	return \@rows;
}

# ---- texts cut at what varies: [['text', bytes], ['tag'], ['deal'], ['account'], ['value', query, row, column]...]
sub cut {
	my ($text, @at) = @_;           # [position, length, part]
	my ($from, @parts) = (0);
	for (sort { $a->[0] <=> $b->[0] || $b->[1] <=> $a->[1] } @at) {
		my ($pos, $n, $part) = @$_;
		next if $pos < $from;
		push @parts, ['text', substr $text, $from, $pos - $from] if $pos > $from;
		push @parts, $part;
		$from = $pos + $n;
	}
	push @parts, ['text', substr $text, $from] if $from < length $text || !@parts;
	return \@parts;
}

sub escape { my $s = shift; $s =~ s/&/&amp;/g; $s =~ s/</&lt;/g; $s =~ s/>/&gt;/g; $s =~ s/"/&quot;/g; $s =~ s/'/&#39;/g; return $s }

# The page cut at every text of four letters or more that a row holds.
sub cut_at_values {
	my ($text, $rows, $queries) = @_;
	my (%known, @at);
	for my $q (0 .. $#$rows) {
		# what a statement makes up itself ('deal' AS kind) is no value of a row
		for my $r (0 .. $#{$rows->[$q] // []}) {
			for my $c (0 .. $#{$rows->[$q][$r]}) {
				my $v = $rows->[$q][$r][$c];
				next if !defined $v || length $v < 4 || index($queries->[$q]{sql}, "'$v'") >= 0;
				utf8::encode($v) if utf8::is_utf8($v);
				$v = escape($v);
				$known{$v} //= ['value', $q, $r, $c, scalar @{$rows->[$q][$r]}];
			}
		}
	}
	for my $v (sort { length $b <=> length $a } keys %known) {
		my $pos = -1;
		while (($pos = index $text, $v, $pos + 1) >= 0) { push @at, [$pos, length $v, $known{$v}] }
	}
	return @at;
}

# ---- the opponents' sources ----
sub c_text { my $s = shift; $s =~ s/([^ !#-\[\]-~]|\?)/sprintf '\\%03o', ord $1/ge; return "\"$s\"" }

sub c_parts {
	my $parts = shift;
	my @out;
	for my $p (@$parts) {
		my ($kind, @rest) = @$p;
		if ($kind eq 'text') {
			my $s = shift @rest;
			utf8::encode($s) if utf8::is_utf8($s);
			push @out, '{ TEXT, ' . c_text($s) . ', ' . length($s) . ', 0, 0 }';
		} elsif ($kind eq 'value') {
			my ($q, $r, $c, $n) = @rest;
			push @out, "{ VALUE, 0, 0, $q, " . ($r * $n + $c) . ' }';
		} else { push @out, '{ ' . uc($kind) . ', 0, 0, 0, 0 }' }
	}
	return '(const struct part[]){ ' . join(', ', @out) . ' }, ' . @out;
}

sub c {
	my ($file, @pages) = @_;
	my $out = "/* recorded from the portal */\n";
	my $k = 0;
	for my $page (@pages) {
		$out .= "static const struct query queries_$k\[] = {\n";
		for my $q (@{$page->{queries}}) {
			my @args = map {
				my $p = $q->{parts}[$_];
				defined $p ? '{ 0, ' . ($q->{numbers}[$_] ? 1 : 0) . ', ' . c_parts($p) . ' }' : '{ 1, 0, 0, 0 }';
			} 0 .. $#{$q->{parts}};
			$out .= "\t{ " . c_text($q->{sql}) . ', ' . (@args ? '(const struct arg[]){ ' . join(', ', @args) . ' }' : '0') .
				', ' . @args . ', ' . ($q->{plain} ? 1 : 0) . ', ' . uc($q->{says} // 'TEXT') . " },\n";
		}
		$out .= "};\n";
		$k++;
	}
	$out .= "#define N_PAGES $k\nstatic const struct page pages[] = {\n";
	for my $i (0 .. $#pages) {
		my $p = $pages[$i];
		my ($head, $n_head) = c_parts($p->{head}) =~ /^(.*), (\d+)\z/s;
		my ($body, $n_body) = c_parts($p->{body}) =~ /^(.*), (\d+)\z/s;
		$out .= "\t{ " . c_text($p->{path}) . ', ' . ($p->{json} ? 1 : 0) . ", queries_$i, " . @{$p->{queries}} .
			", $head, $body, $n_head, $n_body },\n";
	}
	$out .= "};\n";
	open my $to, '>:raw', $file or die "$file: $!";
	print $to $out;
	close $to or die "$file: $!";
}

sub php_text { my $s = shift; utf8::encode($s) if utf8::is_utf8($s); $s =~ s/([^ !#%-\[\]-~])/sprintf '\\x%02x', ord $1/ge; return "\"$s\"" }
sub php_parts {
	my %names = (tag => '$tag', deal => '$deal', account => '$account', seq => '$seq', seq_next => '($seq + 1)');
	return join ' . ', map {
		my ($kind, @rest) = @$_;
		$kind eq 'text' ? php_text($rest[0]) : $kind eq 'value' ? "\$r[$rest[0]][$rest[1]][$rest[2]]" : $names{$kind};
	} @{$_[0]};
}

# One file a page, as one writes them by hand: statements, then the page with its values in it.
sub php {
	my ($folder, @pages) = @_;
	for my $p (@pages) {
		my $out = "<?php\ndeclare(strict_types=1);\n" .
			"\$db = new PDO('mysql:unix_socket=' . \$_SERVER['BENCH_SOCKET'] . ';dbname=prm;charset=utf8mb4', \$_SERVER['BENCH_USER'], \$_SERVER['BENCH_PASSWORD'],\n" .
			"\t[PDO::ATTR_PERSISTENT => true, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,\n\t\tPDO::MYSQL_ATTR_INIT_COMMAND => 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED']);\n" .
			"function h(?string \$s): string { return htmlspecialchars(\$s ?? '', ENT_QUOTES); }\n";
		if ($p->{json}) {
			$out .= "\$in = json_decode(file_get_contents('php://input'), true);\n\$tag = str_replace('.example', '', \$in['domain']);\n" .
				"for (\$tries = 0; ; \$tries++) { try {\n";
		}
		my $k = 0;
		for my $q (@{$p->{queries}}) {
			if ($q->{plain}) {
				$out .= $q->{sql} =~ /^START/ ? "\$db->beginTransaction();\n" : "\$db->commit();\n";
			} else {
				my ($sql, @parts) = ($q->{sql}, @{$q->{parts}});
				# PDO quotes what it is given, which LIMIT does not take
				$sql =~ s/LIMIT \K\?\z/(pop @parts)->[0][1]/e;
				$out .= "\$s = \$db->prepare(" . php_text($sql) . ");\n\$s->execute([" .
					join(', ', map { defined $_ ? php_parts($_) : 'null' } @parts) . "]);\n";
				$out .= "\$r[$k] = \$s->fetchAll(PDO::FETCH_NUM);\n" if $q->{sql} =~ /^\W*SELECT/;
				$out .= "\$$q->{says} = \$db->lastInsertId();\n" if ($q->{says} // '') =~ /deal|account/;
				$out .= "\$seq = (int)\$r[$k][0][0];\n" if ($q->{says} // '') eq 'seq';
			}
			$k++;
		}
		$out .= "break; } catch (PDOException \$e) { if (\$db->inTransaction()) \$db->rollBack(); if (\$tries == 5) throw \$e; } }\n" if $p->{json};
		for (split /\r\n/, join '', map { $_->[0] eq 'text' ? $_->[1] : "\x01" } @{$p->{head}}) {
			if (/^Status: (\d+)/) { $out .= "http_response_code($1);\n" if $1 != 200; next }
			$out .= 'header(' . join(' . $deal . ', map { php_text($_) } split /\x01/, $_, -1) . ");\n";
		}
		$out .= "?>\n" if !$p->{json};
		for (@{$p->{body}}) {
			my ($kind, @rest) = @$_;
			if ($p->{json}) { $out .= 'echo ' . php_parts([$_]) . ";\n"; next }
			if ($kind ne 'text') { $out .= "<?= h((string)\$r[$rest[0]][$rest[1]][$rest[2]]) ?>"; next }
			my $s = $rest[0];
			utf8::encode($s) if utf8::is_utf8($s);
			# the language swallows a line's end behind its mark
			$out .= ($out =~ /\?>\z/ && $s =~ /^\n/ ? "\n" : '') . $s;
		}
		my $name = $p->{name};
		open my $to, '>:raw', "$folder/$name.php" or die "$folder: $!";
		print $to $out;
		close $to or die $!;
	}
}

1;
