<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Confirm that it is you"), _("What you are about to do needs your password again. It then counts for 15 minutes.")) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<input class="visually-hidden" type="text" name="_user" value="<?cs var:User.email ?>" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
<?cs call:form_field(Form.f.password) ?>
<?cs if:has_totp ?><?cs call:form_field(Form.f.code) ?><?cs /if ?>
<?cs call:form_field(Form.f.next) ?>
<?cs call:form_close() ?>
</div>
<?cs include:"layout/foot.cs" ?>
