<?cs include:"layout/head.cs" ?>
<?cs set:record_version = user.version ?>
<?cs call:crumb("/users", _("People")) ?>
<?cs call:record_open(user.name, user.email) ?>
<?cs call:state(user.status_text, user.status_tone, user.roles_text) ?>
<?cs call:record_actions() ?>
<?cs if:user.status == "invited" ?><?cs call:post_button("/users/" + user.id + "/resend", _("Send the invitation again"), "primary", "mail") ?><?cs /if ?>
<?cs call:record_body() ?>
<?cs call:form_errors() ?>
<?cs if:user.status != "ended" ?><?cs call:card_open("") ?>
<?cs call:form_open_of(Forms.roles, "") ?><?cs call:form_fields_of(Forms.roles) ?><?cs call:form_close_of(Forms.roles) ?>
<?cs call:card_close() ?>
<?cs if:!user.self ?><?cs call:confirm("/users/" + user.id + "/end", _("Remove from the firm"), "quiet", _("They are signed out at once, and their API tokens stop working."), _("Remove")) ?><?cs /if ?><?cs /if ?>
<?cs call:record_side() ?>
<?cs call:card_open(_("Facts")) ?>
<?cs call:facts_open() ?>
<?cs call:fact(_("Firm"), user.firm) ?>
<?cs call:fact_time(_("Added"), user.since, user.since_text, user.since_in) ?>
<?cs call:fact_time(_("Last sign-in"), user.last_sign_in_at, user.last_sign_in_at_text, user.last_sign_in_at_in) ?>
<?cs call:fact_open(_("Second factor")) ?><?cs if:user.has_totp ?><?cs call:badge(_("On"), "good") ?><?cs else ?><?cs call:badge(_("Off"), "quiet") ?><?cs /if ?><?cs call:fact_close() ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs call:record_close() ?>
<?cs include:"layout/foot.cs" ?>
