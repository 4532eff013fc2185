<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/account", _("Account")) ?>
<?cs call:page_head_open(_("API tokens"), _("A token lets a program do in your name what you choose, for this firm.")) ?>
<?cs call:link_button("/account/tokens/new", _("New API token"), "primary", "plus") ?>
<?cs call:page_head_close() ?>
<?cs call:form_errors() ?>
<?cs if:?tokens.0.id ?>
<div class="table-wrap"><table class="table stack">
<caption class="visually-hidden"><?cs var:_("API tokens") ?></caption>
<thead><tr><th scope="col"><?cs var:_("What it is for") ?></th><th scope="col"><?cs var:_("Ends with") ?></th><th scope="col"><?cs var:_("What it may do") ?></th><th scope="col"><?cs var:_("State") ?></th><th scope="col"><?cs var:_("Works until") ?></th><th scope="col"><?cs var:_("Last used") ?></th><th scope="col"><span class="visually-hidden"><?cs var:_("Action") ?></span></th></tr></thead>
<tbody><?cs each:t = tokens ?>
<tr><th scope="row"><?cs var:t.name ?></th><td data-label="<?cs var:_("Ends with") ?>"><code><?cs var:t.hint ?></code></td><td class="is-long" data-label="<?cs var:_("What it may do") ?>"><?cs var:t.scopes_text ?></td><td data-label="<?cs var:_("State") ?>"><?cs call:badge(t.status_text, t.status_tone) ?></td><td data-label="<?cs var:_("Works until") ?>"><?cs call:time(t.expires_at, t.expires_at_date) ?></td><td data-label="<?cs var:_("Last used") ?>"><?cs if:string.length(t.used_at) ?><?cs call:time_in(t.used_at, t.used_at_text, t.used_at_in) ?><?cs else ?><?cs var:_("never") ?><?cs /if ?></td>
<td><?cs if:t.status == "active" ?><?cs call:confirm("/account/tokens/" + t.id + "/revoke", _("Revoke"), "quiet", _("Programs that use this token stop working at once."), _("Revoke the token")) ?><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div>
<?cs else ?><?cs call:empty(_("No tokens yet. With one, your CRM can register deals and read their state by itself."), "", "") ?><?cs /if ?>
<p class="muted"><a href="/developers"><?cs var:_("How the API works") ?></a></p>
<?cs include:"layout/foot.cs" ?>
