<?cs include:"layout/head.cs" ?>
<?cs call:crumb("/account", _("Account")) ?>
<?cs call:page_head_open(_("Where you are signed in"), _("End what you do not know, then change your password.")) ?>
<?cs if:subcount(sessions) > #1 ?><?cs call:post_button("/account/sessions/end-others", _("Sign out everywhere else"), "secondary", "logout") ?><?cs /if ?>
<?cs call:page_head_close() ?>
<?cs call:form_errors() ?>
<div class="table-wrap"><table class="table stack">
<caption class="visually-hidden"><?cs var:_("Open sessions") ?></caption>
<thead><tr><th scope="col"><?cs var:_("Browser") ?></th><th scope="col"><?cs var:_("Address") ?></th><th scope="col"><?cs var:_("Signed in") ?></th><th scope="col"><?cs var:_("Last used") ?></th><th scope="col"><span class="visually-hidden"><?cs var:_("Action") ?></span></th></tr></thead>
<tbody><?cs each:s = sessions ?>
<tr><th scope="row"><?cs if:string.length(s.browser) ?><?cs var:s.browser ?><?cs else ?><?cs var:_("unknown") ?><?cs /if ?></th><td data-label="<?cs var:_("Address") ?>"><?cs var:s.address ?></td><td data-label="<?cs var:_("Signed in") ?>"><?cs call:time_in(s.created_at, s.created_at_text, s.created_at_in) ?></td><td data-label="<?cs var:_("Last used") ?>"><?cs call:time_in(s.seen_at, s.seen_at_text, s.seen_at_in) ?></td>
<td><?cs if:s.current ?><?cs call:badge(_("This one"), "info") ?><?cs else ?><?cs call:post_button(s.url, _("Sign out there"), "quiet", "") ?><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div>
<?cs include:"layout/foot.cs" ?>
