<?cs # extend.cs - more time: what is new since the registration
?><?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:crumb(deal.url, deal.number) ?>
<?cs call:page_head(_("Ask for more time"), deal.customer) ?>
<?cs call:form_errors() ?>
<?cs call:facts_open() ?><?cs call:fact_time(_("Protected until"), deal.protected_until, deal.protected_until_text, deal.protected_until_in) ?><?cs call:facts_close() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
</div>
<?cs include:"layout/foot.cs" ?>
