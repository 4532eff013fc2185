<?cs # regions.cs - sales regions and their countries: one axis of a registration's scope
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Regions"), _("A customer's country decides the region of a registration.")) ?>
<?cs include:"admin/programme/nav.cs" ?>
<?cs call:form_errors() ?>
<?cs if:?regions.0.id ?><div class="table-wrap"><table class="table stack"><thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("Code") ?></th><th scope="col"><?cs var:_("Countries") ?></th></tr></thead><tbody><?cs each:r = regions ?>
<tr><th scope="row"><a href="/admin/programme/regions/<?cs var:r.id ?>"><?cs var:r.name ?></a></th><td data-label="<?cs var:_("Code") ?>"><code><?cs var:r.code ?></code></td><td class="is-long" data-label="<?cs var:_("Countries") ?>"><?cs var:r.countries_text ?></td></tr><?cs /each ?>
</tbody></table></div><?cs else ?><?cs call:empty(_("No regions yet. A country must lie in one before deals can be registered there."), "", "") ?><?cs /if ?>
<?cs call:card_open(_("Another one")) ?><?cs call:form_open_of(Forms.regions, "") ?><?cs call:form_fields_of(Forms.regions) ?><?cs call:form_close_of(Forms.regions) ?><?cs call:card_close() ?>
<?cs include:"layout/foot.cs" ?>
