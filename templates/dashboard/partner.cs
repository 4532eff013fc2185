<?cs # partner.cs - a partner's home: four numbers, what waits, the pipeline
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Home"), User.firm) ?>
<?cs include:"dashboard/numbers.cs" ?>
<?cs call:card_open(_("What waits")) ?>
<?cs call:live_open("/dashboard/waiting", "10") ?><?cs include:"dashboard/waiting.cs" ?><?cs call:live_close() ?>
<?cs call:card_close() ?>
<div class="columns">
<?cs include:"dashboard/pipeline.cs" ?>
<?cs call:card_open(_("Expected value")) ?>
<?cs if:?dashboard.values.0.state ?><div class="table-wrap"><table class="table"><thead><tr><th scope="col"><?cs var:_("State") ?></th><th scope="col" class="number"><?cs var:_("Value") ?></th></tr></thead><tbody><?cs each:v = dashboard.values ?>
<tr><th scope="row"><?cs if:v.state == "waiting" ?><?cs var:_("Open") ?><?cs elif:v.state == "protected" ?><?cs var:_("Protected") ?><?cs else ?><?cs var:_("Won") ?><?cs /if ?></th><td class="number"><?cs var:v.amount_text ?></td></tr><?cs /each ?>
</tbody></table></div><p class="chart-note"><?cs var:_("As registered. Different currencies are not added up.") ?></p><?cs else ?><p class="muted"><?cs var:_("Nothing registered yet.") ?></p><?cs /if ?>
<?cs call:card_close() ?>
</div>
<?cs include:"layout/foot.cs" ?>
