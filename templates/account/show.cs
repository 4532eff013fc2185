<?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Account"), person.email) ?>
<div class="record-body"><div class="record-main">
<?cs call:card_open(_("You")) ?>
<?cs call:form_errors() ?>
<?cs call:form_open() ?>
<?cs call:form_fields() ?>
<?cs call:form_close() ?>
<?cs call:card_close() ?>
</div><div class="record-side">
<?cs call:card_open(_("Signing in")) ?>
<?cs call:facts_open() ?>
<?cs call:fact_open(_("E-mail address")) ?><?cs var:person.email ?> <a href="/account/email"><?cs var:_("Change") ?><span class="visually-hidden"> <?cs var:_("the e-mail address") ?></span></a><?cs call:fact_close() ?>
<?cs call:fact_open(_("Password")) ?><?cs if:string.length(person.password_changed_at) ?><?cs var:_("Set") ?> <?cs call:time_in(person.password_changed_at, person.password_changed_at_text, person.password_changed_at_in) ?> <?cs /if ?><a href="/account/password"><?cs var:_("Change") ?><span class="visually-hidden"> <?cs var:_("the password") ?></span></a><?cs call:fact_close() ?>
<?cs call:fact_open(_("Second factor")) ?><?cs if:person.has_totp ?><?cs call:badge(_("On"), "good") ?><?cs else ?><?cs call:badge(_("Off"), "quiet") ?><?cs /if ?> <a href="/account/totp"><?cs if:person.has_totp ?><?cs var:_("Manage") ?><?cs else ?><?cs var:_("Set up") ?><?cs /if ?><span class="visually-hidden"> <?cs var:_("the second factor") ?></span></a><?cs call:fact_close() ?>
<?cs call:facts_close() ?>
<p><a href="/account/sessions"><?cs var:_("Where you are signed in") ?></a></p>
<?cs if:User.may.TOKEN_MANAGE ?><p><a href="/account/tokens"><?cs var:_("API tokens") ?></a></p><?cs /if ?>
<?cs call:card_close() ?>
<?cs call:card_open(_("Firms")) ?>
<ul class="plain-list"><?cs each:f = firms ?>
<li><b><?cs var:f.name ?></b> <span class="muted"><?cs var:f.roles_text ?></span>
<?cs if:f.current ?><?cs call:badge(_("You act for this firm"), "info") ?><?cs else ?><form class="inline-form" method="post" action="/account/firm"><?cs call:token() ?><?cs call:hidden("firm", f.id) ?><button class="btn btn-plain" type="submit"><?cs var:_("Work for") ?> <?cs var:f.name ?></button></form><?cs /if ?></li><?cs /each ?>
</ul>
<?cs call:card_close() ?>
<form class="inline-form" method="post" action="/sign-out"><?cs call:token() ?><button class="btn btn-plain" type="submit"><?cs call:icon("logout") ?><?cs var:_("Sign out") ?></button></form>
</div></div>
<?cs include:"layout/foot.cs" ?>
