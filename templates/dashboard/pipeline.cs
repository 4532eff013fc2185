<?cs # pipeline.cs - registrations by month and what has become of them, as a picture with its table
?><?cs call:chart_open("stacked", finding.pipeline) ?>
<table class="table"><thead><tr><th scope="col"><?cs var:_("Month") ?></th><th scope="col" data-tone="wait"><?cs var:_("Open") ?></th><th scope="col" data-tone="info"><?cs var:_("Protected") ?></th><th scope="col" data-tone="good"><?cs var:_("Won") ?></th><th scope="col" data-tone="quiet"><?cs var:_("Ended") ?></th></tr></thead><tbody><?cs each:m = dashboard.pipeline ?>
<tr><th scope="row"><?cs var:m.name ?></th><td class="number"><?cs var:m.waiting ?></td><td class="number"><?cs var:m.protected_deals ?></td><td class="number"><?cs var:m.won ?></td><td class="number"><?cs var:m.ended ?></td></tr><?cs /each ?>
</tbody></table>
<?cs call:chart_close(_("Registrations by the month they were made in, UTC, and the state they are in now. Drafts are not counted.")) ?>
