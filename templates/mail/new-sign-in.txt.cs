<?cs # new-sign-in.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("You have just signed in with a browser we have not seen with you before.") ?>
<?cs var:_("If it was not you, end that session and change your password.") ?>

<?cs if:string.length(at) ?><?cs var:_("When") ?>: <?cs var:at ?>
<?cs /if ?><?cs if:string.length(agent) ?><?cs var:_("Browser") ?>: <?cs var:agent ?>
<?cs /if ?><?cs if:string.length(address) ?><?cs var:_("Address") ?>: <?cs var:address ?>
<?cs /if ?>
<?cs var:_("Look at your sessions") ?>:
<?cs var:link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because it concerns how you sign in.") ?>
