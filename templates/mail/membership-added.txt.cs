<?cs # membership-added.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("You can now act for one more firm in the partner portal. Sign in as always; the menu with your name switches between firms.") ?>

<?cs if:string.length(inviter) ?><?cs var:_("Added by") ?>: <?cs var:inviter ?>
<?cs /if ?><?cs if:string.length(firm) ?><?cs var:_("Firm") ?>: <?cs var:firm ?>
<?cs /if ?>
<?cs var:_("Open your account") ?>:
<?cs var:link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because somebody of that firm or of the programme added you.") ?>
