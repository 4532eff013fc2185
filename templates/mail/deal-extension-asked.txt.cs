<?cs # deal-extension-asked.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:partner ?><?cs var:_(" asks for more time with ") ?><?cs var:customer ?><?cs var:_(".") ?>
<?cs if:string.length(extra) ?>
<?cs var:extra ?>
<?cs /if ?>
<?cs var:_("Number:") ?> <?cs var:number ?>
<?cs var:_("Product family:") ?> <?cs var:family ?>
<?cs if:string.length(amount) ?><?cs var:_("Expected value:") ?> <?cs var:amount ?>
<?cs /if ?><?cs if:string.length(due) ?><?cs var:_("Decision due:") ?> <?cs var:due ?>
<?cs /if ?><?cs if:string.length(until) ?><?cs var:_("Protected until:") ?> <?cs var:until ?>
<?cs /if ?>
<?cs var:_("Answer") ?>: <?cs var:base_url ?><?cs var:url + "/decide" ?>

<?cs var:site ?>
<?cs var:_("You get this mail because you look after this partner.") ?>
