<?cs # email-change-asked.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("A new e-mail address was asked for. Nothing changes until the link sent there is opened.") ?>
<?cs var:_("If it was not you, somebody may know your password: change it now and end the sessions you do not know.") ?>

<?cs if:string.length(email) ?><?cs var:_("New address") ?>: <?cs var:email ?>
<?cs /if ?>
<?cs var:_("Look at your sessions") ?>:
<?cs var:link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because it concerns how you sign in.") ?>
