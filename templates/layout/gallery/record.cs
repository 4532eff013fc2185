<?cs # record.cs - gallery: the record pattern
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/deals", _("Deals")) ?>
<?cs call:record_open(deal.customer, deal.lead) ?>
<?cs call:live_open("/deals/1/live", "10") ?>
<?cs call:state(deal.status_text, deal.status_tone, deal.next) ?>
<?cs call:live_close() ?>
<?cs call:record_actions() ?>
<?cs call:link_button("/deals/1/edit", _("Add what is missing"), "primary", "") ?>
<?cs call:link_button("/deals/1/extend", _("Ask for more time"), "plain", "") ?>
<?cs call:confirm("/deals/1/withdraw", _("Withdraw"), "quiet", _("The customer becomes free for others at once."), _("Withdraw the deal")) ?>
<?cs call:record_body() ?>
<?cs call:notice(deal.asked, "wait") ?>
<?cs call:card_open(_("Deal")) ?>
<?cs call:facts_open() ?>
<?cs call:fact(_("End customer"), deal.customer) ?>
<?cs call:fact_open(_("Web domain")) ?><?cs call:copy(deal.domain) ?><?cs call:fact_close() ?>
<?cs call:fact(_("Expected value"), deal.amount_text) ?>
<?cs call:fact_time(_("Protected until"), deal.until, deal.until_text, deal.until_in) ?>
<?cs call:fact_link(_("Partner"), deal.partner, "/partners/4") ?>
<?cs call:fact_open(_("Decided by")) ?><?cs call:clause("2.1", "/rules#c2.1") ?> <?cs var:deal.reason ?><?cs call:fact_close() ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs call:card_open(_("Evidence")) ?>
<?cs call:empty(_("No files yet. A signed quote or a meeting note helps the desk decide sooner."), _("Add a file"), "/x") ?>
<?cs call:card_close() ?>
<?cs call:progress("320", "1200", _("Lines read")) ?>
<?cs call:record_side() ?>
<h2><?cs var:_("What happened") ?></h2>
<?cs call:composer("/deals/1/comments", _("Write a comment"), _("Nordlys Systems and the deal desk see this"), _("Only the vendor’s people see this")) ?>
<?cs call:timeline(timeline) ?>
<?cs call:record_close() ?>
<?cs include:"layout/foot.cs" ?>
