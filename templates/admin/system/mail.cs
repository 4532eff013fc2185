<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/admin/system/mails", _("Mails")) ?>
<?cs call:record_open(mail.subject, mail.address) ?>
<?cs call:state(mail.status_text, mail.status_tone, "") ?>
<?cs call:record_actions() ?>
<?cs if:mail.status == "dead" || mail.status == "waiting" ?><?cs call:post_button("/admin/system/mails/" + mail.id + "/retry", _("Send again now"), "primary", "") ?><?cs /if ?>
<?cs call:record_body() ?>
<?cs call:card_open(_("As the receiver reads it")) ?>
<?cs if:mail.text ?><pre class="mail-text"><?cs var:mail.text ?></pre><?cs else ?><?cs call:notice(_("This mail cannot be shown: its template is missing."), "bad") ?><?cs /if ?>
<?cs call:card_close() ?>
<?cs call:record_side() ?>
<?cs call:card_open(_("On its way")) ?>
<?cs call:facts_open() ?>
<?cs call:fact_time(_("Written"), mail.created_at, mail.created_at_text, mail.created_at_in) ?>
<?cs call:fact_time(_("Sent"), mail.sent_at, mail.sent_at_text, mail.sent_at_in) ?>
<?cs call:fact(_("Tries"), mail.tries) ?>
<?cs if:mail.status == "waiting" ?><?cs call:fact_time(_("Next try"), mail.next_try_at, mail.next_try_at_text, mail.next_try_at_in) ?><?cs /if ?>
<?cs call:fact(_("Last error"), mail.last_error) ?>
<?cs call:fact(_("Message-ID"), mail.message_id) ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs call:record_close() ?>
<?cs include:"layout/foot.cs" ?>
