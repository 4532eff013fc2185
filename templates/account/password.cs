<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/account", _("Account")) ?>
<div class="narrow-page">
<?cs call:page_head(_("Change your password"), _("All your other sessions end, and we tell you by mail.")) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<input class="visually-hidden" type="text" name="_user" value="<?cs var:User.email ?>" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
<p class="muted"><a href="/reset"><?cs var:_("Forgotten your password?") ?></a></p>
</div>
<?cs include:"layout/foot.cs" ?>
