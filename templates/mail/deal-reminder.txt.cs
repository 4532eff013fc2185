<?cs # deal-reminder.txt.cs
?><?cs var:_("Hello") ?> <?cs var:name ?>,

<?cs var:_("The protection of this customer ends soon. Close the deal, or ask for more time if there is news.") ?>

<?cs var:_("End customer:") ?> <?cs var:customer ?>
<?cs if:string.length(partner) ?><?cs var:_("Partner:") ?> <?cs var:partner ?>
<?cs /if ?><?cs var:_("Number:") ?> <?cs var:number ?>
<?cs var:_("Product family:") ?> <?cs var:family ?>
<?cs if:string.length(amount) ?><?cs var:_("Expected value:") ?> <?cs var:amount ?>
<?cs /if ?><?cs if:string.length(until) ?><?cs var:_("Protected until:") ?> <?cs var:until ?>
<?cs /if ?>
<?cs var:_("Open the registration") ?>: <?cs var:base_url ?><?cs var:url ?>

<?cs var:site ?>
<?cs var:_("You get this mail because you registered this deal.") ?>
