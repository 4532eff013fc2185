<?cs # import_show.cs - one import: progress, counts, the lines that need a look, and the button that goes on
?><?cs include:"layout/head.cs" ?>
<?cs call:crumb("/deals", _("Deals")) ?>
<?cs call:page_head_open(import.name, "") ?>
<?cs if:string.length(import.run_url) ?><form class="inline-form" method="post" action="<?cs var:import.run_url ?>"><?cs call:token() ?><button class="btn btn-primary" type="submit"><?cs var:_("Import") ?> <?cs var:import.counts.lines ?> <?cs var:_("lines") ?></button></form><?cs /if ?>
<?cs if:string.length(import.report_url) ?><?cs call:link_button(import.report_url, _("Report of every line"), "plain", "download") ?><?cs /if ?>
<?cs call:page_head_close() ?>
<?cs call:form_errors() ?>
<?cs if:import.open ?><div data-live="<?cs var:import.live_url ?>" data-live-every="2"><?cs include:"deal/import_state.cs" ?></div><?cs else ?><?cs include:"deal/import_state.cs" ?><?cs /if ?>
<?cs if:subcount(import.lines) > #0 ?><h2><?cs var:_("Lines that need a look") ?></h2>
<div class="table-wrap"><table class="table stack"><caption class="visually-hidden"><?cs var:_("Lines that need a look") ?></caption><thead><tr><th scope="col"><?cs var:_("Customer") ?></th><th scope="col"><?cs var:_("Line") ?></th><th scope="col"><?cs var:_("What happens") ?></th><th scope="col"><?cs var:_("Why") ?></th></tr></thead><tbody>
<?cs each:l = import.lines ?><tr><th scope="row"><?cs var:l.customer ?></th><td data-label="<?cs var:_("Line") ?>"><?cs var:l.line ?></td><td data-label="<?cs var:_("What happens") ?>"><?cs call:badge(l.outcome_text, l.outcome_tone) ?></td><td class="is-long" data-label="<?cs var:_("Why") ?>"><?cs var:l.reason ?><?cs if:string.length(l.clause) ?> <span class="muted"><?cs var:_("Clause") ?> <?cs var:l.clause ?></span><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div><?cs /if ?>
<?cs include:"layout/foot.cs" ?>
