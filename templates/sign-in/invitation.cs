<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Welcome"), link.email) ?>
<p><?cs var:_("You sign in with this address and a password of your own.") ?></p>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<input class="visually-hidden" type="text" name="_user" value="<?cs var:link.email ?>" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
</div>
<?cs include:"layout/foot.cs" ?>
