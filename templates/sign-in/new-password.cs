<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Set a new password"), link.email) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<input class="visually-hidden" type="text" name="_user" value="<?cs var:link.email ?>" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
<p class="muted"><?cs var:_("You are signed out everywhere when the new password is set.") ?></p>
</div>
<?cs include:"layout/foot.cs" ?>
