<?cs # email-change.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("Open the link to confirm this address. From then on you sign in with it.") ?>
<?cs var:_("The link works once, for an hour. If you did not ask for this, do nothing.") ?>

<?cs var:_("Confirm the address") ?>:
<?cs var:secret_link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because your address was entered as the new one of an account.") ?>
