<?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("System"), _("What waits, what failed, and whether the timed duties run.")) ?>
<?cs call:stats_open() ?>
<?cs call:stat(_("Mails waiting"), health.mails_waiting, health.oldest_mail_in, "", "", "/admin/system/mails?status=waiting") ?>
<?cs call:stat(_("Mails given up"), health.mails_dead, "", "", "", "/admin/system/mails?status=dead") ?>
<?cs call:stat(_("Background work waiting"), health.jobs_waiting, "", "", "", "/admin/system/jobs?status=waiting") ?>
<?cs call:stat(_("Background work failed"), health.jobs_failed, "", "", "", "/admin/system/jobs?status=failed") ?>
<?cs call:stats_close() ?>
<?cs call:card_open(_("Timed duties")) ?>
<?cs if:?duties.0.name ?><div class="table-wrap"><table class="table"><thead><tr><th scope="col"><?cs var:_("Duty") ?></th><th scope="col"><?cs var:_("Last run") ?></th><th scope="col"><?cs var:_("By") ?></th></tr></thead><tbody>
<?cs each:d = duties ?><tr><td><?cs var:d.name ?></td><td><?cs call:time_in(d.last, d.last_text, d.last_in) ?></td><td><?cs var:d.owner ?></td></tr>
<?cs /each ?></tbody></table></div><?cs else ?><?cs call:notice(_("No timed duty has run yet. The crontab in etc/ starts them."), "bad") ?><?cs /if ?>
<?cs call:card_close() ?>
<?cs call:card_open(_("Installation")) ?>
<?cs call:facts_open() ?>
<?cs call:fact(_("Database"), health.database) ?>
<?cs call:fact(_("Schema version"), health.schema_version) ?>
<?cs call:fact_open(_("Every commit is flushed")) ?><?cs if:health.durable ?><?cs call:badge(_("Yes"), "good") ?><?cs else ?><?cs call:badge(_("No: a power failure can lose the last second"), "bad") ?><?cs /if ?><?cs call:fact_close() ?>
<?cs call:fact(_("Free space for uploads"), health.free_mb + " MB") ?>
<?cs call:fact(_("Open sessions"), health.sessions) ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs if:User.may.AUDIT_READ ?><?cs call:card_open(_("Audit log")) ?>
<?cs call:facts_open() ?><?cs call:fact_link(_("Events"), health.events, "/admin/system/audit") ?><?cs call:facts_close() ?>
<p><?cs var:_("Every event carries the hash of the one before it. A changed, removed or moved event is found.") ?></p>
<?cs call:post_button("/admin/system/audit/verify", _("Verify the whole log"), "secondary", "") ?>
<?cs call:card_close() ?><?cs /if ?>
<?cs include:"layout/foot.cs" ?>
