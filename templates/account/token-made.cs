<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/account/tokens", _("API tokens")) ?>
<div class="narrow-page">
<?cs call:page_head(token.name, _("Copy the token now: it is shown only this once.")) ?>
<p class="token-once"><?cs call:copy(token.secret) ?></p>
<p><?cs var:_("Whoever has it can act in your name. Keep it where you keep passwords.") ?></p>
<?cs call:link_button("/account/tokens", _("I have copied it"), "primary", "check") ?>
</div>
<?cs include:"layout/foot.cs" ?>
