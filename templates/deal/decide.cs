<?cs # decide.cs - the desk's page: what was registered, what is near it, the clause, the answers
?><?cs include:"layout/head.cs" ?><?cs set:record_version = deal.version ?>
<?cs call:crumb(deal.url, deal.number) ?>
<?cs call:page_head(deal.customer, deal.partner + " · " + deal.family + " · " + deal.region) ?>
<?cs include:"deal/state.cs" ?>
<?cs call:form_errors() ?>
<?cs if:?Form.errors.0.message && !may.approve && !may.answer_extension && !may.revoke ?><?cs call:card_open(_("What you wrote")) ?><?cs call:facts_open() ?><?cs each:f = Form.fields ?><?cs call:fact(f.label, f.value) ?><?cs /each ?><?cs call:facts_close() ?><?cs call:card_close() ?><?cs /if ?>
<?cs if:may.approve ?><?cs call:decide_open(_("Shall this firm hold the customer?")) ?><?cs
elif:may.answer_extension ?><?cs call:decide_open(_("Shall protection be extended?")) ?><?cs
elif:may.revoke ?><?cs call:decide_open(_("Shall protection be revoked?")) ?><?cs
else ?><?cs call:decide_open(_("Nothing is to be decided here now")) ?><?cs /if ?>
<?cs call:evidence_open(_("What was registered")) ?>
<?cs include:"deal/facts.cs" ?>
<?cs call:evidence_close() ?>
<?cs call:evidence_open(_("What is near it")) ?>
<?cs if:subcount(rivals) == #0 ?><p class="muted"><?cs var:_("No other registration has this domain or name.") ?></p><?cs /if ?>
<?cs each:r = rivals ?>
<div class="rival"><p><a href="<?cs var:r.url ?>"><?cs var:r.number ?></a> <?cs call:badge(r.status_text, r.status_tone) ?> <?cs call:badge(r.why_text, r.why_tone) ?><?cs if:r.holds && r.same_scope ?> <?cs call:badge(_("Holds this scope"), "bad") ?><?cs /if ?></p>
<?cs call:facts_open() ?><?cs call:fact(_("Partner"), r.partner) ?><?cs call:fact(_("End customer"), r.customer) ?><?cs call:fact(_("Customer's web domain"), r.domain) ?><?cs call:fact(_("Product family"), r.family) ?><?cs call:fact_time(_("Submitted"), r.submitted_at, r.submitted_at_text, r.submitted_at_in) ?><?cs call:fact_time(_("Protected until"), r.protected_until, r.protected_until_text, r.protected_until_in) ?><?cs call:facts_close() ?></div>
<?cs /each ?>
<?cs if:string.length(deal.extension_evidence) ?><h3><?cs var:_("New since the registration") ?></h3><p><?cs var:deal.extension_evidence ?></p><?cs /if ?>
<?cs call:evidence_close() ?>
<?cs if:string.length(deal.decision.clause) ?><?cs call:decide_rule(deal.decision.clause, rule.title, deal.decision.rules_version, deal.clause_url) ?><?cs else ?></div><?cs /if ?>
<?cs if:may.approve ?>
<?cs call:form_open_of(Forms.approve, "approve-") ?><?cs call:form_fields_of(Forms.approve) ?><div class="form-actions"><button class="btn btn-primary" type="submit"><?cs var:_("Approve") ?></button></div></form><?cs set:form_prefix = "" ?>
<details class="answer"<?cs if:?Forms.reject.errors.0.message ?> open<?cs /if ?>><summary class="btn btn-plain"><?cs var:_("Reject") ?></summary><?cs call:form_open_of(Forms.reject, "reject-") ?><?cs call:form_fields_of(Forms.reject) ?><div class="form-actions"><button class="btn btn-danger" type="submit"><?cs var:_("Reject") ?></button></div></form><?cs set:form_prefix = "" ?></details>
<details class="answer"<?cs if:?Forms.return.errors.0.message ?> open<?cs /if ?>><summary class="btn btn-plain"><?cs var:_("Ask for more") ?></summary><?cs call:form_open_of(Forms.return, "return-") ?><?cs call:form_fields_of(Forms.return) ?><div class="form-actions"><button class="btn btn-primary" type="submit"><?cs var:_("Ask for more") ?></button></div></form><?cs set:form_prefix = "" ?></details>
<?cs elif:may.answer_extension ?>
<form class="form decide-form" method="post" action="<?cs var:Forms.extension.action ?>" novalidate data-dirty><?cs call:token() ?><?cs call:version() ?><?cs call:form_field(Forms.extension.f.reason) ?><div class="form-actions"><button class="btn btn-primary" type="submit" name="decision" value="grant"><?cs var:_("Grant the extension") ?></button><button class="btn btn-plain" type="submit" name="decision" value="refuse"><?cs var:_("Refuse the extension") ?></button></div></form>
<?cs elif:may.keep ?>
<?cs call:post_button(deal.url + "/keep", _("Take the notice back"), "primary", "") ?>
<?cs elif:may.revoke ?>
<?cs call:form_open_of(Forms.revoke, "revoke-") ?><?cs call:form_fields_of(Forms.revoke) ?><div class="form-actions"><button class="btn btn-danger" type="submit"><?cs var:_("Revoke protection") ?></button></div></form><?cs set:form_prefix = "" ?>
<?cs /if ?>
</section>
<?cs include:"layout/foot.cs" ?>
