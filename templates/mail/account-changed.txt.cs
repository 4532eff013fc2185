<?cs # account-changed.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs if:what == "password" ?><?cs var:_("Your password was changed. Your other sessions have ended.") ?>
<?cs /if ?><?cs if:what == "factor" ?><?cs var:_("A second factor was set up: signing in now asks for a code besides your password.") ?>
<?cs /if ?><?cs if:what == "factor_removed" ?><?cs var:_("Your second factor was removed: your password alone signs you in now.") ?>
<?cs /if ?><?cs if:what == "email" ?><?cs var:_("Your e-mail address was changed. You sign in with the new one from now on; this is the last mail to this address.") ?>
<?cs /if ?><?cs var:_("If it was not you, set a new password at once and write to the programme.") ?>

<?cs if:string.length(at) ?><?cs var:_("When") ?>: <?cs var:at ?>
<?cs /if ?>
<?cs var:_("Open your account") ?>:
<?cs var:link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because it concerns how you sign in.") ?>
