# mail.t - a mail goes from the outbox through a real mail server and is read back
#
# seconds: 180
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Time::HiRes qw(sleep);
use Portal;

plan(skip_all => 'OpenSMTPD needs root') if $> != 0;
my $port = Portal::free_port();
my $box = File::Temp::tempdir('mailbox-XXXXXX', DIR => '/tmp', CLEANUP => 1);
chmod 0777, $box;
Portal::spew("$box/smtpd.conf", <<END);
table anyone { "@" = "vmail" }
table users { "vmail" = "65534:65534:$box" }
listen on 127.0.0.1 port $port hostname mx.test.example
action "keep" maildir "$box/Maildir" virtual <anyone> userbase <users>
match from any for any action "keep"
END
chmod 0644, "$box/smtpd.conf";
my $mta = fork // die "fork: $!";
if (!$mta) { open STDOUT, '>', "$box/log"; open STDERR, '>&', \*STDOUT; exec '/usr/sbin/smtpd', '-d', '-f', "$box/smtpd.conf" or exit 1 }
END { if ($mta) { my $s = $?; kill TERM => $mta; waitpid $mta, 0; $? = $s } }
sub in_time { my ($what) = @_; for (1 .. 100) { my $r = $what->(); return $r if $r; sleep 0.1 } return }
ok(in_time(sub { IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") }), 'the mail server listens') or diag(Portal::slurp("$box/log"));

# A key of the installation's own, and its public half as DNS would show it.
system("openssl genrsa -out $box/dkim.pem 2048 2>/dev/null") == 0 or die 'openssl';
chmod 0600, "$box/dkim.pem";
my $public = `openssl rsa -in $box/dkim.pem -pubout -outform DER 2>/dev/null | base64 -w0`;
my $record = "v=DKIM1; k=rsa; p=$public";
my $p = Portal->start(conf => { smtp_url => "smtp://127.0.0.1:$port", dkim_domain => 'halvard.example',
	dkim_selector => 'spring', dkim_key => "$box/dkim.pem" });
$p->sql("UPDATE outbox SET status = 'sent', sent_at = created_at WHERE status = 'waiting'");

my $owner = $p->account('owner');
my $c = $p->client;
my $r = $c->submit($c->get('/reset'), { email => $owner->{email} }, action => qr{^/reset});
like($r->{status}, qr/^(?:200|303)$/, 'a reset is asked for');
my ($rc, $said) = $p->cron('deliver');
is($rc, 0, 'the outbox is delivered') or diag($said . $p->log_tails);
my ($file) = @{in_time(sub { my @f = glob "$box/Maildir/new/*"; @f ? \@f : undef }) // []};
ok($file, 'the mail server has it') or diag($p->log_text . Portal::slurp("$box/log"));
my $mail = Portal::slurp($file // '/dev/null');
like($mail, qr/^To: .*\Q$owner->{email}\E/m, 'it goes to who asked');
like($mail, qr/^From: .*partners\@portal\.example/m, 'from the programme');
like($mail, qr/^Message-Id: <[^>]+>/mi, 'with a message id');
like($mail, qr{multipart/alternative}, 'as text and HTML');
is($p->value("SELECT COUNT(*) FROM outbox WHERE status = 'waiting'"), 0, 'nothing waits any more');
($rc) = $p->cron('deliver');
sleep 1;
is(scalar(my @again = glob "$box/Maildir/new/*"), 1, 'a second run sends nothing twice');

# ---- two foreign verifiers, on the message as it was received ----
my $signed = $mail;
$signed =~ s/^.*?(?=DKIM-Signature:)//s;        # trace headers of the receiver
$signed =~ s/\r?\n/\r\n/g;
my %verifier = (dkimpy => ['/usr/bin/python3', "$FindBin::Bin/dkim-verify.py"], mailauth => ['node', "$FindBin::Bin/dkim-verify.mjs"]);
sub verdict { my ($who, $text) = @_; Portal::spew("$box/message", $text); my ($rc, $said) = Portal::run_with({}, @{$verifier{$who}}, "$box/message", 'spring._domainkey.halvard.example', $record); chomp $said; return $said }
for my $who (sort keys %verifier) {
	is(verdict($who, $signed), 'pass', "$who accepts the signature");
	(my $tampered = $signed) =~ s/(Content-Type: text\/plain.*?\r\n\r\n)(\w)/$1 . ($2 eq 'X' ? 'Y' : 'X')/se;
	isnt($tampered, $signed, 'one letter was changed');
	isnt(verdict($who, $tampered), 'pass', "$who refuses one changed letter");
}

# ---- a mail server that is away ----
kill TERM => $mta; waitpid $mta, 0; undef $mta;
$c = $p->client;
$c->submit($c->get('/reset'), { email => $p->account('owner', 2)->{email} }, action => qr{^/reset});
$p->cron('deliver');
is($p->value("SELECT CONCAT(status, ' ', tries) FROM outbox ORDER BY id DESC LIMIT 1"), 'waiting 1', 'without a mail server it waits for the next try');
like($p->value("SELECT last_error FROM outbox ORDER BY id DESC LIMIT 1"), qr/connect/i, 'and says why');
$p->stop;
done_testing;
