<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/account/tokens", _("API tokens")) ?>
<div class="narrow-page">
<?cs call:page_head(_("New API token"), _("It can never do more than you may do yourself.")) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
</div>
<?cs include:"layout/foot.cs" ?>
