<?cs # families.cs - product families: one axis of a registration's scope
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Product families"), "") ?>
<?cs include:"admin/programme/nav.cs" ?>
<?cs call:form_errors() ?>
<?cs if:?families.0.id ?><div class="table-wrap"><table class="table stack"><thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("Code") ?></th><th scope="col"><?cs var:_("State") ?></th></tr></thead><tbody><?cs each:f = families ?>
<tr><th scope="row"><a href="/admin/programme/families/<?cs var:f.id ?>"><?cs var:f.name ?></a></th><td data-label="<?cs var:_("Code") ?>"><code><?cs var:f.code ?></code></td><td data-label="<?cs var:_("State") ?>"><?cs if:f.active ?><?cs call:badge(_("Can be registered"), "good") ?><?cs else ?><?cs call:badge(_("Closed"), "quiet") ?><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div><?cs else ?><?cs call:empty(_("No product families yet. Deals are registered for one of them."), "", "") ?><?cs /if ?>
<?cs call:card_open(_("Another one")) ?><?cs call:form_open_of(Forms.families, "") ?><?cs call:form_fields_of(Forms.families) ?><?cs call:form_close_of(Forms.families) ?><?cs call:card_close() ?>
<?cs include:"layout/foot.cs" ?>
