<?cs # calendar.cs - days without business
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Business calendar"), _("Deadlines skip these days. Working days and hours are under Programme.")) ?>
<?cs include:"admin/programme/nav.cs" ?>
<?cs call:form_errors() ?>
<?cs if:?holidays.0.day ?><div class="table-wrap"><table class="table"><thead><tr><th scope="col"><?cs var:_("Day") ?></th><th scope="col"><?cs var:_("What is celebrated") ?></th><th scope="col"><span class="visually-hidden"><?cs var:_("Remove") ?></span></th></tr></thead><tbody><?cs each:h = holidays ?>
<tr><th scope="row"><time datetime="<?cs var:h.day ?>"><?cs var:h.day_text ?></time></th><td><?cs var:h.name ?></td><td><form class="inline-form" method="post" action="/admin/programme/calendar/remove"><?cs call:token() ?><?cs call:hidden("day", h.day) ?><button class="btn btn-quiet" type="submit"><?cs var:_("Remove") ?><span class="visually-hidden"> <?cs var:h.name ?>, <?cs var:h.day_text ?></span></button></form></td></tr><?cs /each ?>
</tbody></table></div><?cs else ?><?cs call:empty(_("No holidays yet: every working day counts."), "", "") ?><?cs /if ?>
<?cs call:card_open(_("Another one")) ?><?cs call:form_open_of(Forms.calendar, "") ?><?cs call:form_fields_of(Forms.calendar) ?><?cs call:form_close_of(Forms.calendar) ?><?cs call:card_close() ?>
<?cs include:"layout/foot.cs" ?>
