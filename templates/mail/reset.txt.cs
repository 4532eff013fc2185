<?cs # reset.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("Somebody, probably you, asked for a new password. Open the link to choose one. It works once, for an hour.") ?>
<?cs var:_("If it was not you, do nothing: your password stays as it is.") ?>

<?cs var:_("Set a new password") ?>:
<?cs var:secret_link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because your address was entered on the sign-in page.") ?>
