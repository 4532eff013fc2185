<?cs # dashboard.cs - gallery: the dashboard pattern
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Home"), "") ?>
<?cs call:stats_open() ?>
<?cs call:stat(_("Open deals"), "42", _("EUR 1.9 M in all"), "+6", "good", "/deals?status=open") ?>
<?cs call:stat(_("Waiting for you"), "3", _("oldest 2 d"), "", "", "/deals?mine=1") ?>
<?cs call:stat(_("Protection ends in 30 d"), "5", _("first on 3 Dec"), "", "", "/deals?ending=30") ?>
<?cs call:stat(_("Won this quarter"), "7", _("of 11 decided"), "−2", "bad", "/deals?status=converted") ?>
<?cs call:stats_close() ?>
<div class="columns">
<?cs call:chart_open("stacked", _("Registrations grew by a third since spring")) ?>
<table class="table"><thead><tr><th scope="col"><?cs var:_("Month") ?></th><th scope="col" data-tone="good"><?cs var:_("Approved") ?></th><th scope="col" data-tone="wait"><?cs var:_("In review") ?></th><th scope="col" data-tone="bad"><?cs var:_("Rejected") ?></th></tr></thead><tbody><?cs each:m = months ?><tr><th scope="row"><?cs var:m.month ?></th><td class="number"><?cs var:m.a ?></td><td class="number"><?cs var:m.b ?></td><td class="number"><?cs var:m.c ?></td></tr><?cs /each ?></tbody></table>
<?cs call:chart_close(_("Counted by the day a deal was registered.")) ?>
<?cs call:chart_open("bar", _("Most value waits for the customer")) ?>
<table class="table"><thead><tr><th scope="col"><?cs var:_("State") ?></th><th scope="col"><?cs var:_("Value") ?></th></tr></thead><tbody><?cs each:m = states ?><tr><th scope="row"><?cs var:m.state ?></th><td class="number" data-value="<?cs var:m.value ?>"><?cs var:m.text ?></td></tr><?cs /each ?></tbody></table>
<?cs call:chart_close(_("Expected value of open deals.")) ?>
</div>
<?cs call:card_open(_("Waiting for you")) ?>
<ul class="waiting"><?cs each:w = waiting ?><li><span><a href="/deals/1"><?cs var:w.customer ?></a> <span class="muted"><?cs var:w.why ?></span></span><?cs call:badge(w.clock, "wait") ?><?cs call:link_button("/deals/1", w.button, "plain", "") ?></li><?cs /each ?></ul>
<?cs call:card_close() ?>
<?cs include:"layout/foot.cs" ?>
