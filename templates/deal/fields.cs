<?cs # fields.cs - the questions of a registration, drawn from Form.f
?><?cs call:group_open(_("The deal"), "") ?>
<?cs call:form_field(Form.f.customer) ?>
<?cs call:form_field(Form.f.domain) ?>
<?cs call:form_field(Form.f.country) ?>
<?cs call:form_field(Form.f.product_family) ?>
<div data-precheck-result><p class="form-hint"><?cs var:_("While you type we check whether somebody holds this customer.") ?></p></div>
<?cs call:form_field(Form.f.amount) ?>
<?cs call:form_field(Form.f.closes_on) ?>
<?cs call:group_close() ?>
<?cs call:group_open(_("What helps to decide"), _("All of it can wait.")) ?>
<?cs call:form_field(Form.f.notes) ?>
<?cs call:form_field(Form.f.contact_name) ?>
<?cs call:form_field(Form.f.contact_email) ?>
<?cs call:form_field(Form.f.external_key) ?>
<?cs call:group_close() ?>
