<?cs # invitation.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("You are invited to the partner portal. Open the link, choose a password, and you are in.") ?>
<?cs var:_("The link works once, for seven days.") ?>

<?cs if:string.length(inviter) ?><?cs var:_("Invited by") ?>: <?cs var:inviter ?>
<?cs /if ?><?cs if:string.length(firm) ?><?cs var:_("Firm") ?>: <?cs var:firm ?>
<?cs /if ?>
<?cs var:_("Accept the invitation") ?>:
<?cs var:secret_link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because somebody of your firm or of the programme entered your address.") ?>
