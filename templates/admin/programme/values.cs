<?cs # values.cs - the numbers of the draft
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/admin/programme/rules", _("Rules of engagement")) ?>
<?cs call:page_head(_("Values of the draft"), _("The engine and the published text both read these.")) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:group_open(_("Deciding"), "") ?>
<?cs call:form_field(Form.f.decision_days) ?><?cs call:form_field(Form.f.auto_limits) ?><?cs call:form_field(Form.f.closes_within_days) ?><?cs call:form_field(Form.f.require_domain) ?><?cs call:form_field(Form.f.review_same_name) ?><?cs call:form_field(Form.f.resubmissions_max) ?>
<?cs call:group_close() ?>
<?cs call:group_open(_("Protecting"), "") ?>
<?cs call:form_field(Form.f.protection_days) ?><?cs call:form_field(Form.f.reminder_days) ?><?cs call:form_field(Form.f.revoke_notice_days) ?>
<?cs call:group_close() ?>
<?cs call:group_open(_("Extending"), "") ?>
<?cs call:form_field(Form.f.extension_max) ?><?cs call:form_field(Form.f.extension_days) ?><?cs call:form_field(Form.f.extension_from_days) ?><?cs call:form_field(Form.f.extension_by_rule) ?>
<?cs call:group_close() ?>
<?cs call:form_close() ?>
<?cs include:"layout/foot.cs" ?>
