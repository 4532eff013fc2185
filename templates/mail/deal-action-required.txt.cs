<?cs # deal-action-required.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("To decide on your registration the deal desk needs something from you.") ?>
<?cs if:string.length(asked) ?>
<?cs var:asked ?>
<?cs /if ?>
<?cs var:_("End customer:") ?> <?cs var:customer ?>
<?cs if:string.length(partner) ?><?cs var:_("Partner:") ?> <?cs var:partner ?>
<?cs /if ?><?cs var:_("Number:") ?> <?cs var:number ?>
<?cs var:_("Product family:") ?> <?cs var:family ?>
<?cs if:string.length(amount) ?><?cs var:_("Expected value:") ?> <?cs var:amount ?>
<?cs /if ?>
<?cs var:_("Answer the deal desk") ?>: <?cs var:base_url ?><?cs var:url + "/edit" ?>

<?cs var:site ?>
<?cs var:_("You get this mail because you registered this deal.") ?>
