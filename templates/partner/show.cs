<?cs # show.cs - one partner firm: state, facts, deals by state, timeline
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/partners", _("Partners")) ?>
<?cs call:record_open(partner.name, partner.types_text) ?>
<?cs call:state(partner.status_text, partner.status_tone, "") ?>
<?cs call:record_actions() ?>
<?cs call:link_button(partner.deals_url, _("Show deals"), "plain", "briefcase") ?>
<?cs call:record_body() ?>
<?cs call:form_errors() ?>
<?cs call:card_open(_("Firm")) ?>
<?cs call:facts_open() ?>
<?cs call:fact_open(_("Tier")) ?><?cs call:badge(partner.tier_text, partner.tier_tone) ?><?cs call:fact_close() ?>
<?cs call:fact(_("Works as"), partner.types_text) ?>
<?cs call:fact(_("Country"), partner.country_text) ?>
<?cs call:fact(_("Seat"), partner.city) ?>
<?cs call:fact(_("Web domain"), partner.domain) ?>
<?cs call:fact(_("Partner since"), partner.since_text) ?>
<?cs if:string.length(partner.manager_email) ?><?cs call:fact_open(_("Channel manager")) ?><a href="mailto:<?cs var:partner.manager_email ?>"><?cs var:partner.manager ?></a><?cs call:fact_close() ?><?cs /if ?>
<?cs call:fact(_("People"), partner.team.people) ?>
<?cs call:fact(_("Key in the CRM"), partner.external_key) ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs call:card_open(_("Deals by state")) ?>
<?cs if:?partner.deals.0.status ?><div class="table-wrap"><table class="table stack"><thead><tr><th scope="col"><?cs var:_("State") ?></th><th scope="col" class="number"><?cs var:_("Registrations") ?></th><th scope="col" class="number"><?cs var:_("Expected value") ?></th></tr></thead><tbody><?cs each:d = partner.deals ?>
<tr><th scope="row"><a href="<?cs var:d.url ?>"><?cs call:badge(d.status_text, d.status_tone) ?></a></th><td class="number" data-label="<?cs var:_("Registrations") ?>"><?cs var:d.n ?></td><td class="number" data-label="<?cs var:_("Expected value") ?>"><?cs var:d.amount_text ?></td></tr><?cs /each ?>
</tbody></table></div><?cs else ?><p class="muted"><?cs var:_("Nothing registered yet.") ?></p><?cs /if ?>
<?cs call:card_close() ?>
<?cs if:may.suspend && ?Forms.suspend.action ?><details class="fold"<?cs if:?Form.errors.0.message ?> open<?cs /if ?>><summary><?cs var:_("Suspend the partnership") ?></summary><p class="muted"><?cs var:_("The firm keeps what is protected, but registers nothing new until it is active again.") ?></p><?cs call:form_open_of(Forms.suspend, "suspend-") ?><?cs call:form_fields_of(Forms.suspend) ?><div class="form-actions"><button class="btn btn-danger" type="submit"><?cs var:_("Suspend") ?></button></div></form><?cs set:form_prefix = "" ?></details><?cs /if ?>
<?cs if:may.activate && ?Forms.activate.action ?><details class="fold"<?cs if:?Form.errors.0.message ?> open<?cs /if ?>><summary><?cs var:_("Activate again") ?></summary><?cs call:form_open_of(Forms.activate, "activate-") ?><?cs call:form_fields_of(Forms.activate) ?><div class="form-actions"><button class="btn btn-primary" type="submit"><?cs var:_("Activate") ?></button></div></form><?cs set:form_prefix = "" ?></details><?cs /if ?>
<?cs call:record_side() ?>
<h2><?cs var:_("What happened") ?></h2>
<?cs if:?timeline.0.title ?><?cs call:timeline(timeline) ?><?cs else ?><p class="muted"><?cs var:_("Nothing yet.") ?></p><?cs /if ?>
<?cs call:record_close() ?>
<?cs include:"layout/foot.cs" ?>
