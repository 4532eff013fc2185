<?cs # form.cs - a new registration: six questions, the rest can wait
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/deals", _("Deals")) ?>
<?cs call:page_head(_("Register a deal"), _("The first complete registration of a customer holds it. Most are decided at once.")) ?>
<?cs call:form_errors() ?>
<form class="form" method="post" action="/deals" novalidate data-dirty data-precheck="/deals/precheck" data-precheck-fields="customer,domain,country,product_family">
<?cs call:token() ?>
<?cs include:"deal/fields.cs" ?>
<div class="form-actions"><button class="btn btn-primary" type="submit"><?cs var:_("Register deal") ?></button><button class="btn btn-plain" type="submit" formaction="/deals/drafts"><?cs var:_("Save as draft") ?></button><a class="btn btn-quiet" href="/deals"><?cs var:_("Cancel") ?></a></div>
</form>
<p class="form-hint"><?cs var:_("Many at once?") ?> <a href="/deals/import"><?cs var:_("Import a file") ?></a></p>
<?cs include:"layout/foot.cs" ?>
