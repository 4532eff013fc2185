<?cs # show.cs - one registration: state, next step, facts, evidence and its story
?><?cs include:"layout/head.cs" ?><?cs set:record_version = deal.version ?>
<?cs call:crumb("/deals", _("Deals")) ?>
<?cs call:record_open(deal.customer, deal.number + " · " + deal.family) ?>
<div data-live="<?cs var:deal.live_url ?>" data-live-every="5" data-live-etag="&quot;<?cs var:deal.version ?>&quot;" data-live-page="<?cs var:deal.url ?>">
<?cs include:"deal/state.cs" ?>
</div>
<?cs call:record_actions() ?>
<?cs if:deal.status == "draft" && may.submit ?><?cs call:link_button(deal.url + "/edit", _("Complete and register"), "primary", "") ?>
<?cs elif:deal.status == "action_required" && may.submit ?><?cs call:link_button(deal.url + "/edit", _("Answer the deal desk"), "primary", "") ?>
<?cs elif:may.approve || may.answer_extension ?><?cs call:link_button(deal.url + "/decide", _("Decide"), "primary", "gavel") ?>
<?cs elif:may.convert ?><?cs call:confirm(deal.url + "/convert", _("Mark as won"), "primary", _("The deal closes as won and its protection ends. This cannot be taken back."), _("The deal is won")) ?>
<?cs /if ?>
<?cs if:may.extend ?><?cs call:link_button(deal.url + "/extend", _("Ask for more time"), "plain", "") ?><?cs /if ?>
<?cs if:may.revoke ?><?cs call:link_button(deal.url + "/decide", _("Revoke protection"), "quiet", "") ?><?cs /if ?>
<?cs if:may.withdraw ?><?cs if:deal.status == "draft" ?><?cs call:confirm(deal.url + "/withdraw", _("Discard"), "quiet", _("The draft is put away for good."), _("Discard the draft")) ?><?cs else ?><?cs call:confirm(deal.url + "/withdraw", _("Withdraw"), "quiet", _("The customer becomes free for others at once. A withdrawn registration does not come back."), _("Withdraw the registration")) ?><?cs /if ?><?cs /if ?>
<?cs call:record_body() ?>
<div class="notice notice-info" data-live-changed hidden><?cs call:icon("info") ?><p><?cs var:_("This registration has changed.") ?> <a href="<?cs var:deal.url ?>"><?cs var:_("Show what changed") ?></a></p></div>
<?cs call:form_errors() ?>
<?cs if:string.length(deal.asked) ?><?cs call:notice(deal.asked, "wait") ?><?cs /if ?>
<?cs if:deal.extension_pending && string.length(deal.extension_evidence) ?><?cs call:card_open(_("Extension asked for")) ?><p><?cs var:deal.extension_evidence ?></p><?cs call:card_close() ?><?cs /if ?>
<?cs call:card_open(_("Deal")) ?>
<?cs include:"deal/facts.cs" ?>
<p class="muted"><?cs var:_("Next:") ?> <?cs var:deal.next.step ?></p>
<?cs if:string.length(deal.extend_from) ?><p class="muted"><?cs var:_("More time can be asked for from") ?> <?cs var:deal.extend_from ?></p><?cs /if ?>
<?cs call:card_close() ?>
<?cs call:card_open(_("Evidence")) ?>
<?cs set:files = #0 ?><?cs each:s = timeline ?><?cs if:s.kind == "file" ?><?cs if:files == #0 ?><ul class="file-list"><?cs /if ?><?cs set:files = files + #1 ?><li><a href="<?cs var:s.url ?>"><?cs call:icon("paperclip") ?><?cs var:s.text ?></a> <span class="muted"><?cs var:s.who ?>, <?cs call:time_in(s.at, s.at_text, s.at_in) ?></span></li><?cs /if ?><?cs /each ?><?cs if:files > #0 ?></ul><?cs elif:!User.may.DEAL_CREATE ?><p class="muted"><?cs var:_("No files yet.") ?></p><?cs /if ?>
<?cs if:User.may.DEAL_CREATE && ?Forms.files.action ?><?cs if:files == #0 ?><p class="muted"><?cs var:_("No files yet. An offer or a meeting note helps the desk decide sooner.") ?></p><?cs /if ?><?cs call:form_open_of(Forms.files, "files-") ?><?cs call:form_fields_of(Forms.files) ?><div class="form-actions"><button class="btn btn-plain" type="submit"><?cs var:_("Add file") ?></button></div></form><?cs set:form_prefix = "" ?><?cs /if ?>
<?cs call:card_close() ?>
<?cs call:record_side() ?>
<h2><?cs var:_("What happened") ?></h2>
<?cs if:!User.may.DEAL_COMMENT ?><?cs elif:User.may.DEAL_NOTE ?><?cs call:composer(deal.url + "/comment", _("Write a comment"), deal.partner + " " + _("and the vendor's people see this"), _("Only the vendor's people see this")) ?><?cs elif:User.vendor ?><?cs call:composer(deal.url + "/comment", _("Write a comment"), deal.partner + " " + _("and the vendor's people see this"), "") ?><?cs else ?><?cs call:composer(deal.url + "/comment", _("Write a comment"), _("Your firm, your channel manager and the deal desk see this"), "") ?><?cs /if ?>
<?cs call:timeline(timeline) ?>
<?cs call:record_close() ?>
<?cs include:"layout/foot.cs" ?>
