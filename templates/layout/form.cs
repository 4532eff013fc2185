<?cs # form.cs - a form drawn wholly from Form.*
?><?cs include:"layout/head.cs" ?>
<?cs if:string.length(Form.back_url) ?><?cs call:crumb(Form.back_url, Form.back_label) ?><?cs /if ?>
<?cs call:page_head(Page.title, Form.lead) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
<?cs include:"layout/foot.cs" ?>
