<?cs # facts.cs - what was registered
?><?cs call:facts_open() ?>
<?cs call:fact(_("End customer"), deal.customer) ?>
<?cs if:string.length(deal.domain) ?><?cs call:fact_open(_("Customer's web domain")) ?><?cs call:copy(deal.domain) ?><?cs call:fact_close() ?><?cs /if ?>
<?cs call:fact(_("Country"), deal.country_text) ?>
<?cs call:fact(_("Product family"), deal.family) ?>
<?cs call:fact(_("Sales region"), deal.region) ?>
<?cs call:fact(_("Expected value"), deal.amount_text) ?>
<?cs call:fact(_("Expected close"), deal.closes_on_text) ?>
<?cs if:User.vendor ?><?cs call:fact_link(_("Partner"), deal.partner, deal.partner_url) ?><?cs /if ?>
<?cs call:fact(_("Registered by"), deal.registrant) ?>
<?cs call:fact_time(_("Submitted"), deal.submitted_at, deal.submitted_at_text, deal.submitted_at_in) ?>
<?cs call:fact_time(_("Decision due"), deal.decision_due_at, deal.decision_due_at_text, deal.decision_due_at_in) ?>
<?cs call:fact_time(_("Protected until"), deal.protected_until, deal.protected_until_text, deal.protected_until_in) ?>
<?cs call:fact_time(_("Protection is revoked"), deal.revoke_at, deal.revoke_at_text, deal.revoke_at_in) ?>
<?cs call:fact(_("Contact at the customer"), deal.contact_name) ?>
<?cs call:fact(_("Contact's e-mail"), deal.contact_email) ?>
<?cs call:fact(_("What the partner has done so far"), deal.notes) ?>
<?cs call:fact(_("Partner's own key"), deal.external_key) ?>
<?cs call:facts_close() ?>
