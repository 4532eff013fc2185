<?cs # deal-imported.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("Your file of registrations was imported.") ?>

<?cs var:_("File:") ?> <?cs var:file ?>
<?cs var:_("Lines:") ?> <?cs var:lines ?>
<?cs var:_("Approved:") ?> <?cs var:approved ?>
<?cs var:_("A person decides:") ?> <?cs var:review ?>
<?cs var:_("Already registered:") ?> <?cs var:duplicate ?>
<?cs var:_("Cannot be registered:") ?> <?cs var:refused ?>

<?cs var:_("See the report") ?>: <?cs var:base_url ?><?cs var:url ?>

<?cs var:site ?>
<?cs var:_("You get this mail because you imported this file.") ?>
