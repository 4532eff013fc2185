<?cs # decision.cs - gallery: the decision pattern
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/deals", _("Deals")) ?>
<?cs call:page_head(deal.customer, deal.lead) ?>
<?cs call:decide_open(_("Shall Nordlys Systems hold this customer?")) ?>
<?cs call:evidence_open(_("What was registered")) ?>
<?cs call:facts_open() ?><?cs call:fact(_("Customer"), deal.customer) ?><?cs call:fact(_("Domain"), deal.domain) ?><?cs call:fact(_("Value"), deal.amount_text) ?><?cs call:facts_close() ?>
<?cs call:evidence_close() ?>
<?cs call:evidence_open(_("What is near it")) ?>
<?cs call:facts_open() ?><?cs call:fact(_("Customer"), "Karsholm Energi A/S") ?><?cs call:fact(_("Domain"), "karsholm-energi.example") ?><?cs call:fact(_("Held by"), "Fjordtek AS") ?><?cs call:facts_close() ?>
<?cs call:evidence_close() ?>
<?cs call:decide_rule("3.2", _("An equal name with another domain goes to a person."), "4", "/rules#c3.2") ?>
<?cs call:decide_form("/deals/1/decide") ?>
<?cs call:form_field(Form.f.reason) ?>
<?cs call:decide_button("approve", _("Approve"), "primary") ?><?cs call:decide_button("reject", _("Reject"), "plain") ?>
<?cs call:decide_close() ?>
<?cs include:"layout/foot.cs" ?>
