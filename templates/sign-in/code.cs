<?cs # The second page of signing in. First drawn by POST /sign-in with a sealed state, then from its own form.
?><?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Enter your code"), _("Your password is right. One more step keeps others out.")) ?>
<?cs if:!string.length(state) ?><?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
<?cs else ?><?cs call:form_start("/sign-in/code", "") ?>
<?cs call:hidden("state", state) ?><?cs call:hidden("next", next) ?>
<div class="field"><label class="form-label" for="f-code"><?cs var:_("Code") ?></label><input class="form-control narrow" type="text" id="f-code" name="code" required maxlength="40" inputmode="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" aria-describedby="f-code-help"><p class="form-hint" id="f-code-help"><?cs var:_("Six digits from your authenticator app, or one of your recovery codes.") ?></p></div>
<div class="form-actions"><button class="btn btn-primary" type="submit"><?cs var:_("Sign in") ?></button></div>
<?cs call:form_end() ?>
<?cs /if ?>
<p class="muted"><?cs var:_("Lost your device and your recovery codes? The owner of your firm or the programme's team can help.") ?></p>
</div>
<?cs include:"layout/foot.cs" ?>
