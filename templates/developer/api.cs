<?cs def:schema_rows(rows, caption) ?><?cs if:?rows.0.name ?><div class="table-wrap"><table class="table table-sm stack"><caption><?cs var:caption ?></caption><thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("Type") ?></th><th scope="col"><?cs var:_("What it says") ?></th></tr></thead><tbody>
<?cs each:r = rows ?><tr><th scope="row"><code><?cs var:r.name ?></code><?cs if:r.required ?> <span class="muted"><?cs var:_("required") ?></span><?cs /if ?></th><td data-label="<?cs var:_("Type") ?>"><?cs var:r.type ?></td><td class="is-long" data-label="<?cs var:_("What it says") ?>"><?cs var:r.text ?></td></tr>
<?cs /each ?></tbody></table></div><?cs /if ?><?cs /def ?><?cs include:"layout/head.cs" ?>
<?cs call:page_head_open(_("API for developers"), _("Everything the pages do, a program can do. Every page is its own API document.")) ?>
<?cs call:link_button("/developers/openapi.json", _("OpenAPI 3.1 description"), "secondary", "") ?>
<?cs call:page_head_close() ?>
<?cs call:card_open(_("Start here")) ?>
<?cs call:facts_open() ?>
<?cs call:fact_open(_("Address")) ?><code><?cs var:api.base ?></code><?cs call:fact_close() ?>
<?cs call:fact_open(_("Signing in")) ?><code>Authorization: Bearer prm_…</code> <?cs if:User.name ?><a href="/account/tokens"><?cs var:_("Make a token") ?></a><?cs /if ?><?cs call:fact_close() ?>
<?cs call:fact_open(_("Bodies")) ?><?cs var:_("JSON both ways. Amounts are decimal texts with a currency, days are ISO dates, times are UTC.") ?><?cs call:fact_close() ?>
<?cs call:fact_open(_("Repeating safely")) ?><code>Idempotency-Key</code> <?cs var:_("on every POST: a repeated request is answered with the first result for two days.") ?><?cs call:fact_close() ?>
<?cs call:fact_open(_("Not overwriting")) ?><code>If-Match</code> <?cs var:_("with the version you have seen. When it was changed meanwhile the answer is 412.") ?><?cs call:fact_close() ?>
<?cs call:fact_open(_("Lists")) ?><code>?limit=</code> <?cs var:_("and the cursor in page.next as") ?> <code>?after=</code>. <?cs var:_("Rows added meanwhile never make one appear twice.") ?><?cs call:fact_close() ?>
<?cs call:fact_open(_("Errors")) ?><code>application/problem+json</code> (RFC 9457) <?cs var:_("with one sentence for each field and a request id.") ?><?cs call:fact_close() ?>
<?cs call:facts_close() ?>
<?cs call:card_close() ?>
<?cs each:g = groups ?>
<section class="api-group" aria-labelledby="g-<?cs var:g.name ?>">
<h2 id="g-<?cs var:g.name ?>"><?cs var:g.name ?></h2>
<?cs each:o = g.operations ?>
<details class="card api-operation" id="<?cs var:o.id ?>"><summary><span class="api-method"><?cs var:o.method ?></span> <code><?cs var:o.path ?></code> <span><?cs var:o.summary ?></span></summary><div class="card-body">
<?cs if:o.text ?><p><?cs var:o.text ?></p><?cs /if ?>
<?cs call:schema_rows(o.parameters, _("Parameters")) ?>
<?cs call:schema_rows(o.body, _("Body")) ?>
<?cs call:schema_rows(o.answers, _("Answers")) ?>
</div></details>
<?cs /each ?>
</section>
<?cs /each ?>
<?cs include:"layout/foot.cs" ?>
