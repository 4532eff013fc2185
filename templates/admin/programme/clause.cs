<?cs # clause.cs - one clause of the draft
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/admin/programme/rules", _("Rules of engagement")) ?>
<?cs call:page_head(clause.number + " " + clause.title, "") ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<p class="form-hint"><?cs var:_("Values you can use:") ?> <code><?cs var:names ?></code></p>
<?cs call:form_close() ?>
<?cs if:string.length(clause.preview_html) ?><?cs call:card_open(_("As it reads now")) ?><div class="prose"><?cs uvar:clause.preview_html ?></div><?cs call:card_close() ?><?cs /if ?>
<?cs include:"layout/foot.cs" ?>
