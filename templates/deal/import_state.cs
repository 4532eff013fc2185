<?cs # import_state.cs - how far an import is, and what its lines became
?><?cs if:import.open ?><?cs call:state(import.status_text, import.status_tone, _("You can leave this page: the work goes on.")) ?><?cs call:progress(import.done_units, import.all_units, _("Lines done")) ?><?cs
elif:import.status == "failed" ?><?cs call:state(import.status_text, import.status_tone, "") ?><?cs call:notice(import.last_error, "bad") ?><?cs
else ?><?cs if:import.dry_run ?><?cs call:state(_("Checked"), "info", _("Nothing is registered yet.")) ?><?cs else ?><?cs call:state(_("Imported"), "good", "") ?><?cs /if ?>
<?cs call:stats_open() ?><?cs call:stat(_("Approved"), import.counts.approved, "", "", "", "") ?><?cs call:stat(_("A person decides"), import.counts.review, "", "", "", "") ?><?cs call:stat(_("Already registered"), import.counts.duplicate, "", "", "", "") ?><?cs call:stat(_("Cannot be registered"), import.counts.refused, "", "", "", "") ?><?cs call:stats_close() ?><?cs
if:import.counts.known ?><p class="muted"><?cs var:_("Imported before, so left alone:") ?> <?cs var:import.counts.known ?></p><?cs /if ?><?cs
/if ?>
