#!/usr/bin/perl
# site.t - welcome, rules of engagement, search, brand colour and health
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Test::More;
use Portal;

my $p = Portal->start;
my $anybody = $p->client;
my $r = $anybody->get('/');
is($r->{status}, 200, 'anybody sees the welcome page');
like($r->{content}, qr/Halvard Security/, 'with the name of the vendor');
like($r->{content}, qr{href="/sign-in"}, 'and the way to sign in');

$r = $anybody->get('/rules');
is($r->{status}, 200, 'anybody reads the rules');
like($r->{content}, qr/id="c4\.1"/, 'each clause has an address');
like($r->{content}, qr/protected for 90 days/, 'with its numbers filled in');
unlike($r->{content}, qr/\{\w+/, 'and no placeholder left');
like($r->{content}, qr/What changed/, 'what changed is told');
like($r->{content}, qr{href="/rules\?version=1"}, 'and older versions are linked');
my ($number) = $p->value("SELECT number FROM rules WHERE status = 'published'");
cmp_ok($number, '>', 1, 'the demo has published more than once');
$r = $anybody->get('/rules?version=1');
like($r->{content}, qr/have been replaced/, 'an old version says that it is one');
is($anybody->get('/rules?version=999')->{status}, 404, 'a version that never was is not found');

$r = $anybody->get('/api/v1/rules');
is($r->{status}, 200, 'programs read the rules, too');
is($r->{json}{rules}{number}, $number, 'the same version');
is($r->{json}{rules}{protection_days}, 90, 'with the values the engine uses');
my %clause = map { $_->{key} => $_ } @{$r->{json}{rules}{clauses}};
ok($clause{first_registration}, 'clauses have stable keys');
unlike($clause{protection}{text}, qr/\{/, 'and texts with the numbers filled in');
ok($r->{json}{rules}{auto_limits}[0]{currency}, 'limits by currency');

like($anybody->get('/brand.css')->{content}, qr/--prm-accent: #[0-9a-f]{6};/, 'the brand colour is a stylesheet');
is($anybody->get('/healthz')->{status}, 200, 'health is told to anybody');
isnt($anybody->get('/search?q=ab')->{status}, 200, 'search is for people who are signed in');

my $owner = $p->client;
$owner->sign_in('owner');
$r = $owner->get('/');
is($r->{status}, 303, 'who is signed in goes');
is($r->{headers}{location}, '/dashboard', 'to their dashboard');

my $firm = $p->value("SELECT m.partner_id FROM membership m JOIN person x ON x.id = m.person_id WHERE x.email = '" . $owner->{account}{email} . "'");
my ($mine) = $p->sql("SELECT id, customer FROM deal WHERE partner_id = $firm AND status = 'approved' LIMIT 1");
my ($word) = split / /, $mine->[1];
my ($foreign) = $p->sql("SELECT id, customer FROM deal d WHERE partner_id <> $firm AND NOT EXISTS (SELECT 1 FROM deal x WHERE x.partner_id = $firm AND x.customer = d.customer) LIMIT 1");
$r = $owner->get("/search?q=" . Portal::urlencode($word));
like($r->{content}, qr{href="/deals/$mine->[0]"}, 'a deal is found by its customer');
$r = $owner->get("/search?q=DR-$mine->[0]");
like($r->{content}, qr{href="/deals/$mine->[0]"}, 'and by its number');
unlike($owner->get("/search?q=DR-$foreign->[0]")->{content}, qr{href="/deals/$foreign->[0]"}, "another firm's deal is never found");
like($owner->get('/search?q=extension')->{content}, qr{href="/rules#c4\.2"}, 'a word of the rules leads to the clause');
like($owner->get('/search?q=zzzzqqqq')->{content}, qr/Nothing found/, 'nothing found says what to try');
is($owner->get('/search?q=' . Portal::urlencode(q{%_\\'"<>}))->{status}, 200, "the pattern's own characters are only characters");

my $manager = $p->client;
$manager->sign_in('channel manager');
my $id = $p->value("SELECT id FROM person WHERE email = '" . $manager->{account}{email} . "'");
my ($theirs) = $p->sql("SELECT id, name FROM partner WHERE manager_id <> $id LIMIT 1");
my ($own) = $p->sql("SELECT id, name FROM partner WHERE manager_id = $id LIMIT 1");
like($manager->get('/search?q=' . Portal::urlencode(substr $own->[1], 0, 8))->{content}, qr{/partners/$own->[0]"}, 'a manager finds a firm they look after');
unlike($manager->get('/search?q=' . Portal::urlencode(substr $theirs->[1], 0, 8))->{content}, qr{/partners/$theirs->[0]"}, "and not a colleague's");
done_testing;
