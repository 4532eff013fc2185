<?cs # audit-checkpoint.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("This is a signed checkpoint of the audit log. Keep it: with it anybody can prove later that no event up to here was changed or removed.") ?>
<?cs var:_("Check it with: prm audit-verify") ?>

<?cs if:string.length(seq) ?><?cs var:_("Events") ?>: <?cs var:seq ?>
<?cs /if ?><?cs if:string.length(hash) ?><?cs var:_("Hash") ?>: <?cs var:hash ?>
<?cs /if ?><?cs if:string.length(at) ?><?cs var:_("Time") ?>: <?cs var:at ?>
<?cs /if ?><?cs if:string.length(signature) ?><?cs var:_("Signature") ?>: <?cs var:signature ?>
<?cs /if ?><?cs if:string.length(key) ?><?cs var:_("Public key") ?>: <?cs var:key ?>
<?cs /if ?>
<?cs var:site ?>
<?cs var:_("You get this mail because you are an auditor of the programme.") ?>
