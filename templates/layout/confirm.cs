<?cs # confirm.cs - a question on a page of its own: Form.lead asks it, Form.submit says what happens
?><?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(Page.title, Form.lead) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
</div>
<?cs include:"layout/foot.cs" ?>
