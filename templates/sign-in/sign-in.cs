<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Sign in"), "") ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
<p><a href="/reset"><?cs var:_("Forgotten your password?") ?></a></p>
<p class="muted"><?cs var:_("New people are invited by the owner of their firm, or by the programme's team.") ?></p>
</div>
<?cs include:"layout/foot.cs" ?>
