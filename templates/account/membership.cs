<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Act for one more firm"), _("The firm named in the mail asks you to act for it. It sees your name, address and last sign-in once you accept.")) ?>
<?cs call:form_errors() ?>
<?cs call:post_button(Page.path, _("Accept the invitation"), "primary", "check") ?>
</div>
<?cs include:"layout/foot.cs" ?>
