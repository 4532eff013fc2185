<?cs # import.cs - a file is chosen; it is checked before anything is registered
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/deals", _("Deals")) ?>
<?cs call:page_head(_("Import deals"), _("Every line is checked first. Nothing is registered before you have seen what would happen.")) ?>
<?cs call:form_errors() ?>
<form class="form" method="post" action="/deals/import" enctype="multipart/form-data" novalidate data-dirty><?cs call:token() ?><?cs call:hidden("dry_run", "1") ?>
<?cs call:form_field(Forms.import.f.file) ?>
<div class="form-actions"><button class="btn btn-primary" type="submit"><?cs var:_("Check the file") ?></button><a class="btn btn-quiet" href="/deals"><?cs var:_("Cancel") ?></a></div>
</form>
<?cs include:"layout/foot.cs" ?>
