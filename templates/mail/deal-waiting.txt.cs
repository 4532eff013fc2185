<?cs # deal-waiting.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:partner ?><?cs var:_(" registered ") ?><?cs var:customer ?><?cs var:_("; a person decides.") ?>
<?cs if:string.length(reason) ?>
<?cs var:reason ?> <?cs if:string.length(clause) ?>(<?cs var:_("Clause") ?> <?cs var:clause ?>, <?cs var:_("Rules version") ?> <?cs var:rules_number ?>)<?cs /if ?>
<?cs /if ?>
<?cs var:_("Number:") ?> <?cs var:number ?>
<?cs var:_("Product family:") ?> <?cs var:family ?>
<?cs if:string.length(amount) ?><?cs var:_("Expected value:") ?> <?cs var:amount ?>
<?cs /if ?><?cs if:string.length(due) ?><?cs var:_("Decision due:") ?> <?cs var:due ?>
<?cs /if ?>
<?cs var:_("Decide") ?>: <?cs var:base_url ?><?cs var:url + "/decide" ?>

<?cs var:site ?>
<?cs var:_("You get this mail because you look after this partner.") ?>
