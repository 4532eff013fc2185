<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Confirm your e-mail address"), _("From now on you sign in with the address this link was sent to.")) ?>
<?cs call:form_errors() ?>
<?cs call:post_button(Page.path, _("Confirm the address"), "primary", "check") ?>
</div>
<?cs include:"layout/foot.cs" ?>
