<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Set a new password"), _("We send you a link that works once, for an hour.")) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
<p><a href="/sign-in"><?cs var:_("Back to signing in") ?></a></p>
</div>
<?cs include:"layout/foot.cs" ?>
