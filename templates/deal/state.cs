<?cs # state.cs - where a registration stands, in one line and a few facts; drawn by show.cs and polled as live.cs
?><?cs call:state(deal.status_text, deal.status_tone, deal.words) ?>
<?cs if:string.length(deal.decision.reason) ?><p class="decision-line"><?cs var:deal.decision.reason ?> <?cs if:string.length(deal.clause_url) ?><?cs call:clause(_("Clause") + " " + deal.decision.clause, deal.clause_url) ?> <span class="muted"><?cs var:_("Rules version") ?> <?cs var:deal.decision.rules_version ?></span><?cs /if ?></p><?cs /if ?>
