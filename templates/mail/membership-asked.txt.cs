<?cs # membership-asked.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("A firm asks you to act for it in the partner portal. Until you accept it learns nothing about you; then the menu with your name switches between firms.") ?>
<?cs var:_("The link works once, for seven days.") ?>

<?cs if:string.length(inviter) ?><?cs var:_("Invited by") ?>: <?cs var:inviter ?>
<?cs /if ?><?cs if:string.length(firm) ?><?cs var:_("Firm") ?>: <?cs var:firm ?>
<?cs /if ?>
<?cs var:_("Accept the invitation") ?>:
<?cs var:secret_link ?>

<?cs var:site ?>
<?cs var:_("You get this mail because somebody of that firm or of the programme entered your address. If you do not know them, do nothing.") ?>
