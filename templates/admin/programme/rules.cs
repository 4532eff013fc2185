<?cs # rules.cs - the draft with what it changes, and all versions
?><?cs include:"layout/head.cs" ?><?cs set:record_version = draft.version ?>
<?cs call:page_head_open(_("Rules of engagement"), "") ?>
<?cs call:link_button("/rules", _("As partners see them"), "plain", "eye") ?>
<?cs if:!string.length(draft.number) ?><?cs call:post_button("/admin/programme/rules/draft", _("Begin a draft"), "primary", "pencil") ?><?cs /if ?>
<?cs call:page_head_close() ?>
<?cs include:"admin/programme/nav.cs" ?>
<?cs call:form_errors() ?>
<?cs if:string.length(draft.number) ?>
<p class="state-line"><?cs call:badge(_("Draft"), "wait") ?> <span><?cs var:_("Version") ?> <?cs var:draft.number ?><?cs if:string.length(draft_by) ?> · <?cs var:_("edited last by") ?> <?cs var:draft_by ?><?cs /if ?></span></p>
<div class="columns">
<?cs call:card_open(_("Values")) ?>
<?cs call:facts_open() ?>
<?cs call:fact(_("Protection, in days"), draft.protection_days) ?>
<?cs call:fact(_("Time to decide, in business days"), draft.decision_days) ?>
<?cs call:fact(_("Length of an extension, in days"), draft.extension_days) ?>
<?cs call:fact(_("Extensions of one registration"), draft.extension_max) ?>
<?cs call:fact(_("Resubmissions"), draft.resubmissions_max) ?>
<?cs call:fact_open(_("Decided without a person, up to")) ?><?cs each:l = draft.auto_limits ?><?cs var:l.amount_text ?><br><?cs /each ?><?cs call:fact_close() ?>
<?cs call:facts_close() ?>
<?cs call:link_button("/admin/programme/rules/values", _("Edit values"), "plain", "pencil") ?>
<?cs call:card_close() ?>
<?cs call:card_open(_("Clauses")) ?>
<ul class="toc"><?cs each:c = draft.clauses ?>
<li><a href="/admin/programme/rules/clauses/<?cs var:c.key ?>"><span class="clause-no"><?cs var:c.number ?></span><?cs var:c.title ?></a></li><?cs /each ?>
</ul>
<?cs call:card_close() ?>
</div>
<?cs call:card_open(_("What this draft changes")) ?>
<?cs if:?changes.0.kind ?><?cs include:"rules/changes.cs" ?>
<?cs call:form_open_of(Forms.publish, "publish-") ?><?cs call:form_fields_of(Forms.publish) ?><div class="form-actions"><button class="btn btn-primary" type="submit"><?cs var:_("Publish these rules") ?></button></div></form><?cs set:form_prefix = "" ?>
<?cs else ?><p class="muted"><?cs var:_("Nothing yet: it is a copy of the rules in force. Edit a value or a clause, then publish here.") ?></p><?cs /if ?>
<?cs call:confirm("/admin/programme/rules/drop", _("Throw the draft away"), "quiet", _("What was edited in the draft is lost. The rules in force stay as they are."), _("Throw away")) ?>
<?cs call:card_close() ?>
<?cs /if ?>
<?cs call:card_open(_("Versions")) ?>
<ul class="plain-list"><?cs each:v = versions ?><?cs if:v.status != "draft" ?>
<li><a href="/rules?version=<?cs var:v.number ?>"><?cs var:_("Version") ?> <?cs var:v.number ?></a> <?cs call:badge(v.status_text, v.status_tone) ?> <span class="muted"><?cs call:time(v.published_at, v.published_at_text) ?><?cs if:string.length(v.person) ?> · <?cs var:v.person ?><?cs /if ?></span><?cs if:string.length(v.note) ?><br><span class="muted"><?cs var:v.note ?></span><?cs /if ?></li><?cs /if ?><?cs /each ?>
</ul>
<?cs call:card_close() ?>
<?cs include:"layout/foot.cs" ?>
