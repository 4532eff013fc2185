<?cs include:"layout/head.cs" ?>
<?cs set:record_version = person.version ?>
<?cs set:base = "/admin/people/" + person.id ?>
<?cs call:crumb("/admin/people", _("People")) ?>
<?cs call:record_open(person.name, person.email) ?>
<?cs call:state(person.status_text, person.status_tone, person.roles_text) ?>
<?cs call:record_actions() ?>
<?cs if:person.status == "invited" ?><?cs call:post_button(base + "/resend", _("Send the invitation again"), "primary", "mail") ?><?cs elif:person.status == "disabled" ?><?cs call:post_button(base + "/enable", _("Let them sign in again"), "primary", "lock-open") ?><?cs /if ?>
<?cs call:record_body() ?>
<?cs call:form_errors() ?>
<?cs if:person.status != "ended" ?><?cs call:card_open("") ?>
<?cs call:form_open_of(Forms.roles, "") ?><?cs call:form_fields_of(Forms.roles) ?><?cs call:form_close_of(Forms.roles) ?>
<?cs call:card_close() ?><?cs /if ?>
<?cs if:!person.self ?><?cs call:card_open(_("Access")) ?>
<div class="button-row">
<?cs call:post_button(base + "/sign-out", _("Sign them out everywhere"), "secondary", "logout") ?>
<?cs if:person.has_totp ?><?cs call:confirm(base + "/reset-factor", _("Remove the second factor"), "secondary", _("Only when you are sure who asks: compare with what the firm's owner knows, or call back on a known number. They are told by mail."), _("Remove the factor")) ?><?cs /if ?>
<?cs if:person.status != "ended" ?><?cs call:confirm(base + "/end", _("Remove from the firm"), "secondary", _("They are signed out at once, and their API tokens for this firm stop working."), _("Remove")) ?><?cs /if ?>
<?cs if:person.status != "disabled" ?><?cs call:confirm(base + "/disable", _("Disable"), "danger", _("They cannot sign in for any firm, and all their sessions and tokens end."), _("Disable")) ?><?cs /if ?>
</div>
<?cs call:card_close() ?><?cs /if ?>
<?cs call:record_side() ?>
<?cs call:card_open(_("Facts")) ?>
<?cs call:facts_open() ?>
<?cs if:person.partner_id != "0" ?><?cs call:fact_link(_("Firm"), person.firm, "/partners/" + person.partner_id) ?><?cs else ?><?cs call:fact(_("Firm"), person.firm) ?><?cs /if ?>
<?cs call:fact_time(_("Added"), person.since, person.since_text, person.since_in) ?>
<?cs call:fact_time(_("Last sign-in"), person.last_sign_in_at, person.last_sign_in_at_text, person.last_sign_in_at_in) ?>
<?cs call:fact_open(_("Second factor")) ?><?cs if:person.has_totp ?><?cs call:badge(_("On"), "good") ?><?cs else ?><?cs call:badge(_("Off"), "quiet") ?><?cs /if ?><?cs call:fact_close() ?>
<?cs if:person.person_id != "0" ?><?cs call:fact_link(_("Audit log"), _("What happened to this person"), "/admin/system/audit?noun=person&noun_id=" + person.person_id) ?><?cs /if ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs call:record_close() ?>
<?cs include:"layout/foot.cs" ?>
