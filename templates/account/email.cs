<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/account", _("Account")) ?>
<div class="narrow-page">
<?cs call:page_head(_("Change your e-mail address"), User.email) ?>
<p><?cs var:_("We send a link to the new address. The change counts once you open it; your present address is told as well.") ?></p>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
</div>
<?cs include:"layout/foot.cs" ?>
