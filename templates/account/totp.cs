<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/account", _("Account")) ?>
<div class="narrow-page">
<?cs if:has_totp ?>
<?cs call:page_head(_("Second factor"), _("Besides your password, signing in asks for a code from your authenticator app.")) ?>
<?cs call:state(_("On"), "good", "") ?>
<?cs call:card_open(_("Recovery codes")) ?>
<p><?cs var:recovery_left ?> <?cs var:_("of 10 codes are left. Each one works once when your device is not at hand. New codes end the old ones.") ?></p>
<?cs call:form_errors_of(Forms.codes, "codes-") ?>
<?cs call:form_open_of(Forms.codes, "codes-") ?><?cs call:form_fields_of(Forms.codes) ?><?cs call:form_close_of(Forms.codes) ?>
<?cs call:card_close() ?>
<?cs if:!must ?><?cs call:card_open(_("Remove")) ?>
<p><?cs var:_("Your password alone signs you in then. To use another device, remove the factor and set it up again.") ?></p>
<?cs call:form_errors_of(Forms.remove, "remove-") ?>
<?cs call:form_open_of(Forms.remove, "remove-") ?><?cs call:form_fields_of(Forms.remove) ?><?cs call:form_close_of(Forms.remove) ?>
<?cs call:card_close() ?><?cs /if ?>
<?cs else ?>
<?cs call:page_head(_("Set up a second factor"), _("A code from an app on your phone, asked for besides your password.")) ?>
<?cs if:must ?><?cs call:notice(_("Administrators need a second factor before they can go on."), "info") ?><?cs /if ?>
<ol class="steps">
<li><p><?cs var:_("Open your authenticator app and scan this picture.") ?></p>
<p><img class="qr" src="<?cs var:totp.qr_url ?>" width="220" height="220" alt="<?cs var:_("QR code for your authenticator app") ?>"></p>
<details><summary><?cs var:_("You cannot scan it?") ?></summary><p><?cs var:_("Type this key into the app:") ?> <?cs call:copy(totp.typed) ?></p><p><a href="<?cs var:totp.uri ?>"><?cs var:_("Open it in an app on this device") ?></a></p></details></li>
<li><p><?cs var:_("Enter the code the app shows now.") ?></p>
<?cs call:form_errors() ?>
<?cs call:form_open() ?><?cs call:form_fields() ?><?cs call:form_close() ?></li>
</ol>
<?cs /if ?>
</div>
<?cs include:"layout/foot.cs" ?>
