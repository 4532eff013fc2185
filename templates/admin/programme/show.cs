<?cs # show.cs - name, colour, zone and hours of the programme
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Programme"), "") ?>
<?cs include:"admin/programme/nav.cs" ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_field(Form.f.name) ?>
<?cs call:form_field(Form.f.contact_email) ?>
<?cs call:form_field(Form.f.accent) ?>
<?cs if:string.length(contrast) ?><p class="field colour-sample"><span class="btn btn-primary"><?cs var:_("A button in it") ?></span> <span class="muted"><?cs var:_("Contrast of the colour in use on white:") ?> <b><?cs var:contrast ?> : 1</b></span></p><?cs /if ?>
<?cs call:form_field(Form.f.currency) ?>
<?cs call:group_open(_("Business hours"), _("Deadlines of the deal desk count business days on this calendar.")) ?>
<?cs call:form_field(Form.f.zone) ?>
<?cs call:form_field(Form.f.workdays) ?>
<?cs call:form_field(Form.f.opens) ?>
<?cs call:form_field(Form.f.closes) ?>
<?cs call:group_close() ?>
<?cs call:form_close() ?>
<?cs include:"layout/foot.cs" ?>
