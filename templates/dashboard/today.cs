<?cs # today.cs - the vendor's day: what waits first, then the numbers across all partners
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Today"), "") ?>
<?cs include:"dashboard/numbers.cs" ?>
<?cs call:card_open(_("What waits")) ?>
<?cs call:live_open("/dashboard/waiting", "10") ?><?cs include:"dashboard/waiting.cs" ?><?cs call:live_close() ?>
<?cs call:card_close() ?>
<div class="columns">
<?cs call:chart_open("stacked", finding.decisions) ?>
<table class="table"><thead><tr><th scope="col"><?cs var:_("Day") ?></th><th scope="col" data-tone="good"><?cs var:_("By rule") ?></th><th scope="col" data-tone="info"><?cs var:_("By a person") ?></th></tr></thead><tbody><?cs each:d = dashboard.decisions ?>
<tr><th scope="row"><?cs var:d.day_text ?></th><td class="number"><?cs var:d.by_rule ?></td><td class="number"><?cs var:d.by_person ?></td></tr><?cs /each ?>
</tbody></table>
<?cs call:chart_close(_("Decisions of the last 14 days, UTC. The time runs from submission to the decision of a person.")) ?>
<?cs call:chart_open("bar", finding.ages) ?>
<table class="table"><thead><tr><th scope="col"><?cs var:_("Waiting") ?></th><th scope="col"><?cs var:_("Registrations") ?></th></tr></thead><tbody><?cs each:a = dashboard.ages ?>
<tr><th scope="row"><?cs var:a.name ?></th><td class="number"><?cs var:a.n ?></td></tr><?cs /each ?>
</tbody></table>
<?cs call:chart_close(_("The deal desk's queue by the time since submission.")) ?>
<div class="wide"><?cs include:"dashboard/pipeline.cs" ?></div>
</div>
<?cs include:"layout/foot.cs" ?>
