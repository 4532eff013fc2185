<?cs # edit.cs - a draft, or the fields the deal desk has unlocked; the others can be read
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb(deal.url, deal.number) ?>
<?cs if:deal.status == "draft" ?><?cs call:page_head(_("Complete the draft"), deal.customer) ?><?cs else ?><?cs call:page_head(_("Answer the deal desk"), deal.customer) ?><?cs /if ?>
<?cs if:string.length(deal.asked) ?><?cs call:notice(deal.asked, "wait") ?><?cs /if ?>
<?cs call:form_errors() ?>
<form class="form" method="post" action="<?cs var:Form.action ?>" novalidate data-dirty<?cs if:deal.status == "draft" ?> data-precheck="/deals/precheck" data-precheck-fields="customer,domain,country,product_family"<?cs /if ?>>
<?cs call:token() ?><?cs call:version() ?>
<?cs if:deal.status == "draft" ?>
<?cs include:"deal/fields.cs" ?>
<?cs else ?>
<?cs call:group_open(_("To be changed"), _("Only what the deal desk asked for can be changed now.")) ?>
<?cs if:open.customer ?><?cs call:form_field(Form.f.customer) ?><?cs /if ?>
<?cs if:open.domain ?><?cs call:form_field(Form.f.domain) ?><?cs /if ?>
<?cs if:open.country ?><?cs call:form_field(Form.f.country) ?><?cs /if ?>
<?cs if:open.product_family ?><?cs call:form_field(Form.f.product_family) ?><?cs /if ?>
<?cs if:open.amount ?><?cs call:form_field(Form.f.amount) ?><?cs /if ?>
<?cs if:open.closes_on ?><?cs call:form_field(Form.f.closes_on) ?><?cs /if ?>
<?cs if:open.contact_name ?><?cs call:form_field(Form.f.contact_name) ?><?cs /if ?>
<?cs if:open.contact_email ?><?cs call:form_field(Form.f.contact_email) ?><?cs /if ?>
<?cs if:open.notes ?><?cs call:form_field(Form.f.notes) ?><?cs /if ?>
<?cs call:group_close() ?>
<?cs call:card_open(_("As registered")) ?>
<?cs call:facts_open() ?>
<?cs if:!open.customer ?><?cs call:fact(_("End customer"), deal.customer) ?><?cs /if ?>
<?cs if:!open.domain ?><?cs call:fact(_("Customer's web domain"), deal.domain) ?><?cs /if ?>
<?cs if:!open.country ?><?cs call:fact(_("Country"), deal.country_text) ?><?cs /if ?>
<?cs if:!open.product_family ?><?cs call:fact(_("Product family"), deal.family) ?><?cs /if ?>
<?cs if:!open.amount ?><?cs call:fact(_("Expected value"), deal.amount_text) ?><?cs /if ?>
<?cs if:!open.closes_on ?><?cs call:fact(_("Expected close"), deal.closes_on_text) ?><?cs /if ?>
<?cs if:!open.contact_name ?><?cs call:fact(_("Contact at the customer"), deal.contact_name) ?><?cs /if ?>
<?cs if:!open.contact_email ?><?cs call:fact(_("Contact's e-mail"), deal.contact_email) ?><?cs /if ?>
<?cs if:!open.notes ?><?cs call:fact(_("What you have done so far"), deal.notes) ?><?cs /if ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs /if ?>
<div class="form-actions"><button class="btn btn-primary" type="submit" name="submit" value="1"><?cs if:deal.status == "draft" ?><?cs var:_("Register deal") ?><?cs else ?><?cs var:_("Send back to the deal desk") ?><?cs /if ?></button><button class="btn btn-plain" type="submit"><?cs var:_("Save for later") ?></button><a class="btn btn-quiet" href="<?cs var:deal.url ?>"><?cs var:_("Cancel") ?></a></div>
</form>
<?cs include:"layout/foot.cs" ?>
