<?cs # macros.cs - the pieces every page is made of

  Included by head.cs, so each page has them.  Arguments are variables, "text", _("text") or "" (left out).
  tone is one of good wait bad quiet info.  An icon's name is one of htdocs/src/icons.list.

  Small     icon(name) badge(text,tone) time(iso,text) time_in(iso,text,in) copy(text) clause(ref,url)
  Buttons   link_button(url,label,kind,icon) post_button(url,label,kind,icon) confirm(url,label,kind,question,button)
            kind: primary, secondary, quiet, danger.  set:record_version = deal.version on top of a page is posted by its buttons
  Page      page_head(title,lead) or page_head_open(title,lead) ..buttons.. page_head_close()
            crumb(url,label)  card_open(title) card_close()  notice(text,tone)  empty(text,action,url)
            live_open(url,every) live_close()  progress(done,total,text)  pager(url)
  Record    record_open(title,lead) state(text,tone,words) record_actions() ..primary button first.. record_body()
            ..cards.. record_side() ..timeline.. record_close()
            facts_open() fact(label,value) fact_time(label,iso,text,in) fact_link(label,text,url)
            fact_open(label) ..anything.. fact_close() facts_close()
            timeline(items)  items.N.{title,text,actor_name or who,at,at_text,at_in,tone,icon,internal or audience "vendor",clause,clause_url}
            composer(action,label,seen_by,note_seen_by)   posts "text" and, as a note, "internal=1"
  Form      form_open() form_errors() form_fields() or form_field(Form.f.NAME).. form_close()  all from Form.*
            Several forms on a page, Forms.NAME: form_errors_of(Forms.reject,"reject-") form_open_of(Forms.reject,"reject-")
            form_fields_of(Forms.reject) form_close_of(Forms.reject)   the prefix keeps their ids apart
            form_start(action,kind) form_end() for a small form of your own;  hidden(name,value)
            group_open(legend,help) group_close() around fields that belong together
  Decision  decide_open(question) evidence_open(title) ..facts.. evidence_close() decide_rule(ref,text,version,url)
            decide_form(action) ..form_field(Form.f.reason), decide_button(value,label,kind).. decide_close()
  Dashboard stats_open() stat(label,value,note,trend,tone,url) stats_close()
            chart_open(kind,title) <table class="table"> .. </table> chart_close(note)   kind: bar, line, stacked
?><?cs
def:icon(name) ?><svg class="icon" aria-hidden="true" focusable="false"><use href="<?cs var:Page.sprite + "#" + name ?>"></use></svg><?cs /def ?><?cs

def:badge(text, tone) ?><span class="state state-<?cs if:tone ?><?cs var:tone ?><?cs else ?>quiet<?cs /if ?>"><?cs var:text ?></span><?cs /def ?><?cs

def:time(iso, text) ?><?cs if:iso ?><time datetime="<?cs var:iso ?>"><?cs var:text ?></time><?cs else ?><?cs var:text ?><?cs /if ?><?cs /def ?><?cs

def:time_in(iso, text, in) ?><?cs if:iso ?><time datetime="<?cs var:iso ?>" title="<?cs var:text ?>"><?cs var:in ?></time><?cs /if ?><?cs /def ?><?cs

def:copy(text) ?><span class="copy"><code data-copy-text><?cs var:text ?></code><button class="btn btn-quiet btn-icon needs-script" type="button" data-copy data-copied="<?cs var:_("Copied") ?>"><?cs call:icon("copy") ?><span class="visually-hidden"><?cs var:_("Copy") ?></span></button></span><?cs /def ?><?cs

def:clause(ref, url) ?><?cs if:string.length(url) ?><a class="clause" href="<?cs var:url ?>"><?cs var:ref ?></a><?cs else ?><span class="clause"><?cs var:ref ?></span><?cs /if ?><?cs /def ?><?cs

def:hidden(name, value) ?><input type="hidden" name="<?cs var:name ?>" value="<?cs var:value ?>"><?cs /def ?><?cs

def:token() ?><input type="hidden" name="_token" value="<?cs var:Page.csrf ?>"><?cs /def ?><?cs

# The version a button's change rests on: the form's, else what the page said with set:record_version. ?><?cs
def:version() ?><?cs if:string.length(Form.version) ?><?cs call:hidden("_version", Form.version) ?><?cs elif:string.length(record_version) ?><?cs call:hidden("_version", record_version) ?><?cs /if ?><?cs /def ?><?cs

def:btn_class(kind) ?>btn<?cs if:kind == "primary" ?> btn-primary<?cs elif:kind == "quiet" ?> btn-quiet<?cs elif:kind == "danger" ?> btn-danger<?cs else ?> btn-plain<?cs /if ?><?cs /def ?><?cs

def:link_button(url, label, kind, icon_name) ?><a class="<?cs call:btn_class(kind) ?>" href="<?cs var:url ?>"><?cs if:string.length(icon_name) ?><?cs call:icon(icon_name) ?><?cs /if ?><?cs var:label ?></a><?cs /def ?><?cs

def:post_button(url, label, kind, icon_name) ?><form class="inline-form" method="post" action="<?cs var:url ?>"><?cs call:token() ?><?cs call:version() ?><button class="<?cs call:btn_class(kind) ?>" type="submit"><?cs if:string.length(icon_name) ?><?cs call:icon(icon_name) ?><?cs /if ?><?cs var:label ?></button></form><?cs /def ?><?cs

# A question before something that cannot be taken back; opens in place, also without script. ?><?cs
def:confirm(url, label, kind, question, button) ?><details class="pop confirm" data-pop><summary class="<?cs call:btn_class(kind) ?>"><?cs var:label ?></summary><div class="pop-body"><p><?cs var:question ?></p><?cs call:post_button(url, button, "danger", "") ?></div></details><?cs /def ?><?cs

def:page_head_open(title, lead) ?><div class="page-head"><div><h1><?cs var:title ?></h1><?cs if:string.length(lead) ?><p class="lead"><?cs var:lead ?></p><?cs /if ?></div><div class="page-actions"><?cs /def ?><?cs
def:page_head_close() ?></div></div><?cs /def ?><?cs
def:page_head(title, lead) ?><?cs call:page_head_open(title, lead) ?><?cs call:page_head_close() ?><?cs /def ?><?cs

def:crumb(url, label) ?><nav class="crumb" aria-label="<?cs var:_("Up") ?>"><a href="<?cs var:url ?>"><?cs call:icon("chevron-left") ?><?cs var:label ?></a></nav><?cs /def ?><?cs

def:card_open(title) ?><section class="card"><?cs if:string.length(title) ?><h2 class="card-title"><?cs var:title ?></h2><?cs /if ?><div class="card-body"><?cs /def ?><?cs
def:card_close() ?></div></section><?cs /def ?><?cs

def:notice(text, tone) ?><div class="notice notice-<?cs var:tone ?>"><?cs if:tone == "good" ?><?cs call:icon("check") ?><?cs elif:tone == "bad" ?><?cs call:icon("alert") ?><?cs else ?><?cs call:icon("info") ?><?cs /if ?><p><?cs var:text ?></p></div><?cs /def ?><?cs

def:empty(text, action, url) ?><div class="empty-state"><?cs call:icon("inbox") ?><p><?cs var:text ?></p><?cs if:string.length(action) ?><?cs call:link_button(url, action, "primary", "") ?><?cs /if ?></div><?cs /def ?><?cs

def:live_open(url, every) ?><div data-live="<?cs var:url ?>" data-live-every="<?cs var:every ?>"><?cs /def ?><?cs
def:live_close() ?></div><?cs /def ?><?cs

def:progress(done, total, text) ?><div class="progress-line"><progress value="<?cs var:done ?>" max="<?cs var:total ?>" aria-label="<?cs var:text ?>"></progress><span><?cs var:done ?> / <?cs var:total ?></span></div><?cs /def ?><?cs

def:pager(url) ?><?cs if:string.length(url) ?><p class="more"><a class="btn btn-plain" href="<?cs var:url ?>"><?cs var:_("More") ?></a></p><?cs /if ?><?cs /def ?><?cs

# ---- record ---- ?><?cs
def:record_open(title, lead) ?><article class="record"><header class="record-head"><div class="record-title"><h1><?cs var:title ?></h1><?cs if:string.length(lead) ?><p class="lead"><?cs var:lead ?></p><?cs /if ?><?cs /def ?><?cs
def:state(text, tone, words) ?><p class="state-line"><?cs call:badge(text, tone) ?><?cs if:string.length(words) ?> <span><?cs var:words ?></span><?cs /if ?></p><?cs /def ?><?cs
def:record_actions() ?></div><div class="page-actions"><?cs /def ?><?cs
def:record_body() ?></div></header><div class="record-body"><div class="record-main"><?cs /def ?><?cs
def:record_side() ?></div><div class="record-side"><?cs /def ?><?cs
def:record_close() ?></div></div></article><?cs /def ?><?cs

def:facts_open() ?><dl class="facts"><?cs /def ?><?cs
def:fact_open(label) ?><div><dt><?cs var:label ?></dt><dd><?cs /def ?><?cs
def:fact_close() ?></dd></div><?cs /def ?><?cs
def:fact(label, value) ?><?cs if:string.length(value) ?><div><dt><?cs var:label ?></dt><dd><?cs var:value ?></dd></div><?cs /if ?><?cs /def ?><?cs
def:fact_time(label, iso, text, in) ?><?cs if:string.length(text) ?><div><dt><?cs var:label ?></dt><dd><?cs call:time(iso, text) ?><?cs if:string.length(in) ?> <span class="muted"><?cs var:in ?></span><?cs /if ?></dd></div><?cs /if ?><?cs /def ?><?cs
def:fact_link(label, text, url) ?><?cs if:string.length(text) ?><div><dt><?cs var:label ?></dt><dd><a href="<?cs var:url ?>"><?cs var:text ?></a></dd></div><?cs /if ?><?cs /def ?><?cs
def:facts_close() ?></dl><?cs /def ?><?cs

def:timeline(items) ?><ol class="timeline"><?cs each:item = items ?><li class="timeline-item<?cs if:item.internal || item.audience == "vendor" ?> is-internal<?cs /if ?>"><span class="timeline-mark timeline-<?cs if:string.length(item.tone) ?><?cs var:item.tone ?><?cs else ?>quiet<?cs /if ?>"><?cs if:string.length(item.icon) ?><?cs call:icon(item.icon) ?><?cs /if ?></span><div class="timeline-body"><p class="timeline-title"><?cs if:string.length(item.title) ?><b><?cs var:item.title ?></b> <?cs /if ?><?cs if:item.internal || item.audience == "vendor" ?><span class="state state-internal"><?cs var:_("Internal note") ?></span> <?cs /if ?><?cs if:string.length(item.clause) ?><?cs call:clause(item.clause, item.clause_url) ?><?cs /if ?></p><?cs if:string.length(item.text) ?><p class="timeline-text"><?cs var:item.text ?></p><?cs /if ?><p class="timeline-meta"><?cs if:string.length(item.who) ?><?cs var:item.who ?> · <?cs elif:string.length(item.actor_name) ?><?cs var:item.actor_name ?> · <?cs /if ?><?cs call:time_in(item.at, item.at_text, item.at_in) ?></p></div></li><?cs /each ?></ol><?cs /def ?><?cs

def:composer(action, label, seen_by, note_seen_by) ?><form class="composer" method="post" action="<?cs var:action ?>" data-dirty><?cs call:token() ?><label class="visually-hidden" for="composer-text"><?cs var:label ?></label><textarea class="form-control" id="composer-text" name="text" rows="2" maxlength="4000" required placeholder="<?cs var:label ?>" data-grow<?cs if:string.length(seen_by) ?> aria-describedby="composer-seen"<?cs /if ?>></textarea><?cs if:string.length(note_seen_by) ?><fieldset class="composer-who" id="composer-seen"><legend class="visually-hidden"><?cs var:_("Who can see it") ?></legend><label class="choice"><input class="form-check-input" type="radio" name="internal" value="" checked><span><?cs var:seen_by ?></span></label><label class="choice"><input class="form-check-input" type="radio" name="internal" value="1"><span><?cs var:note_seen_by ?></span></label></fieldset><?cs else ?><p class="form-hint" id="composer-seen"><?cs call:icon("eye") ?><?cs var:seen_by ?></p><?cs /if ?><button class="btn btn-plain" type="submit"><?cs var:_("Add comment") ?></button></form><?cs /def ?><?cs

# ---- forms ---- ?><?cs
def:form_start(action, kind) ?><form class="form <?cs var:kind ?>" method="post" action="<?cs var:action ?>" novalidate data-dirty><?cs call:token() ?><?cs /def ?><?cs
def:form_end() ?></form><?cs /def ?><?cs

def:form_open_of(form, prefix) ?><?cs set:form_prefix = prefix ?><form class="form" method="<?cs if:string.length(form.method) ?><?cs var:form.method ?><?cs else ?>post<?cs /if ?>" action="<?cs var:form.action ?>" novalidate data-dirty<?cs if:form.multipart ?> enctype="multipart/form-data"<?cs /if ?>><?cs call:token() ?><?cs if:string.length(form.version) ?><?cs call:hidden("_version", form.version) ?><?cs /if ?><?cs /def ?><?cs
def:form_buttons_of(form) ?><div class="form-actions"><button class="btn btn-primary" type="submit"><?cs if:string.length(form.submit) ?><?cs var:form.submit ?><?cs else ?><?cs var:_("Save") ?><?cs /if ?></button><?cs if:string.length(form.cancel_url) ?><a class="btn btn-quiet" href="<?cs var:form.cancel_url ?>"><?cs var:_("Cancel") ?></a><?cs /if ?></div><?cs /def ?><?cs
def:form_close_of(form) ?><?cs call:form_buttons_of(form) ?></form><?cs set:form_prefix = "" ?><?cs /def ?><?cs

def:form_errors_of(form, prefix) ?><?cs if:?form.errors.0.message ?><div class="error-summary" role="alert" tabindex="-1" data-focus><h2><?cs if:form.stale ?><?cs var:_("Somebody changed this meanwhile") ?><?cs elif:!string.length(form.errors.0.field) ?><?cs var:_("That did not work") ?><?cs elif:subcount(form.errors) == #1 ?><?cs var:_("One answer needs mending") ?><?cs else ?><?cs var:_("Some answers need mending") ?><?cs /if ?></h2><ul><?cs each:e = form.errors ?><li><?cs if:string.length(e.field) ?><a href="#f-<?cs var:prefix ?><?cs var:e.field ?>"><?cs if:string.length(e.label) ?><?cs var:e.label ?>: <?cs /if ?><?cs var:e.message ?></a><?cs else ?><?cs var:e.message ?><?cs if:string.length(e.label) ?> <?cs var:e.label ?><?cs /if ?><?cs /if ?></li><?cs /each ?></ul></div><?cs /if ?><?cs /def ?><?cs

def:form_open() ?><?cs call:form_open_of(Form, "") ?><?cs /def ?><?cs
def:form_close() ?><?cs call:form_close_of(Form) ?><?cs /def ?><?cs
def:form_errors() ?><?cs call:form_errors_of(Form, "") ?><?cs /def ?><?cs

def:group_open(legend, help) ?><fieldset class="form-group"><legend><?cs var:legend ?></legend><?cs if:string.length(help) ?><p class="form-hint"><?cs var:help ?></p><?cs /if ?><?cs /def ?><?cs
def:group_close() ?></fieldset><?cs /def ?><?cs

def:field_describe(f) ?><?cs if:string.length(f.error) ?> aria-invalid="true"<?cs /if ?><?cs if:string.length(f.help) && string.length(f.error) ?> aria-describedby="f-<?cs var:form_prefix ?><?cs var:f.name ?>-help f-<?cs var:form_prefix ?><?cs var:f.name ?>-error"<?cs elif:string.length(f.help) ?> aria-describedby="f-<?cs var:form_prefix ?><?cs var:f.name ?>-help"<?cs elif:string.length(f.error) ?> aria-describedby="f-<?cs var:form_prefix ?><?cs var:f.name ?>-error"<?cs /if ?><?cs /def ?><?cs
def:field_attrs(f) ?> id="f-<?cs var:form_prefix ?><?cs var:f.name ?>" name="<?cs var:f.name ?>"<?cs if:f.required ?> required<?cs /if ?><?cs if:string.length(f.autocomplete) ?> autocomplete="<?cs var:f.autocomplete ?>"<?cs /if ?><?cs call:field_describe(f) ?><?cs /def ?><?cs
def:field_length(f) ?><?cs if:f.max ?> maxlength="<?cs var:f.max ?>"<?cs /if ?><?cs if:string.length(f.placeholder) ?> placeholder="<?cs var:f.placeholder ?>"<?cs /if ?><?cs /def ?><?cs
def:field_options(f, choose) ?><?cs if:choose && string.length(f.options.0.value) ?><option value=""><?cs if:f.required ?><?cs var:_("Choose one") ?><?cs /if ?></option><?cs /if ?><?cs each:o = f.options ?><option value="<?cs var:o.value ?>"<?cs if:o.selected ?> selected<?cs /if ?>><?cs var:o.label ?></option><?cs /each ?><?cs /def ?><?cs
def:field_help(f) ?><?cs if:string.length(f.help) ?><p class="form-hint" id="f-<?cs var:form_prefix ?><?cs var:f.name ?>-help"><?cs var:f.help ?></p><?cs /if ?><?cs if:string.length(f.error) ?><p class="field-error" id="f-<?cs var:form_prefix ?><?cs var:f.name ?>-error"><?cs call:icon("alert") ?><span><?cs var:f.error ?></span></p><?cs /if ?><?cs if:string.length(f.theirs) ?><p class="theirs"><?cs var:_("Now stored:") ?> <b><?cs var:f.theirs ?></b></p><?cs /if ?><?cs /def ?><?cs
def:field_optional(f) ?><?cs if:!f.required ?> <span class="optional"><?cs var:_("optional") ?></span><?cs /if ?><?cs /def ?><?cs

def:field_input(f) ?><?cs
if:f.type == "longtext" ?><textarea class="form-control" rows="4" data-grow<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><?cs var:f.value ?></textarea><?cs
elif:f.type == "email" ?><input class="form-control" type="email" inputmode="email" autocapitalize="none" spellcheck="false" value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><?cs
elif:f.type == "password" ?><div class="reveal"><input class="form-control" type="password" autocapitalize="none" spellcheck="false"<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><button class="btn btn-quiet needs-script" type="button" data-reveal="f-<?cs var:form_prefix ?><?cs var:f.name ?>" aria-pressed="false"><?cs var:_("Show") ?></button></div><?cs
elif:f.type == "domain" ?><input class="form-control" type="text" inputmode="url" autocapitalize="none" spellcheck="false" value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><?cs
elif:f.type == "url" ?><input class="form-control" type="url" inputmode="url" autocapitalize="none" spellcheck="false" value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><?cs
elif:f.type == "phone" ?><input class="form-control narrow" type="tel" inputmode="tel" value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><?cs
elif:f.type == "money" ?><div class="money"><input class="form-control" type="text" inputmode="decimal" autocomplete="off" value="<?cs if:f.value != "0.00" || string.length(f.error) ?><?cs var:f.value ?><?cs /if ?>"<?cs call:field_attrs(f) ?><?cs if:string.length(f.placeholder) ?> placeholder="<?cs var:f.placeholder ?>"<?cs /if ?>><select class="form-select" name="<?cs var:f.with ?>" id="f-<?cs var:form_prefix ?><?cs var:f.with ?>" aria-label="<?cs var:_("Currency") ?>"><?cs each:o = f.currency_options ?><option value="<?cs var:o.value ?>"<?cs if:o.selected ?> selected<?cs /if ?>><?cs var:o.label ?></option><?cs /each ?></select></div><?cs
elif:f.type == "date" ?><input class="form-control narrow" type="date" value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?>><?cs
elif:f.type == "int" ?><input class="form-control narrow" type="text" inputmode="numeric" autocomplete="off" value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?><?cs if:string.length(f.placeholder) ?> placeholder="<?cs var:f.placeholder ?>"<?cs /if ?>><?cs
elif:f.type == "choice" || f.type == "country" || f.type == "zone" ?><select class="form-select"<?cs call:field_attrs(f) ?>><?cs call:field_options(f, "1") ?></select><?cs
elif:f.type == "file" ?><input class="form-control" type="file"<?cs if:string.length(f.accept) ?> accept="<?cs var:f.accept ?>"<?cs /if ?><?cs if:string.length(f.capture) ?> capture="<?cs var:f.capture ?>"<?cs /if ?><?cs call:field_attrs(f) ?>><?cs
elif:f.type == "code" ?><input class="form-control narrow" type="text" autocapitalize="none" spellcheck="false"<?cs if:string.length(f.inputmode) ?> inputmode="<?cs var:f.inputmode ?>"<?cs /if ?> value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><?cs
else ?><input class="form-control" type="text"<?cs if:string.length(f.inputmode) ?> inputmode="<?cs var:f.inputmode ?>"<?cs /if ?> value="<?cs var:f.value ?>"<?cs call:field_attrs(f) ?><?cs call:field_length(f) ?>><?cs
/if ?><?cs /def ?><?cs

def:form_field(f) ?><?cs
if:f.hidden ?><?cs call:hidden(f.name, f.value) ?><?cs
elif:f.type == "bool" ?><div class="field<?cs if:string.length(f.error) ?> has-error<?cs /if ?>"><label class="choice" for="f-<?cs var:form_prefix ?><?cs var:f.name ?>"><input class="form-check-input" type="checkbox" value="1"<?cs if:f.value ?> checked<?cs /if ?><?cs call:field_attrs(f) ?>><span><?cs var:f.label ?></span></label><?cs call:field_help(f) ?></div><?cs
elif:f.type == "choices" ?><fieldset class="field<?cs if:string.length(f.error) ?> has-error<?cs /if ?>" id="f-<?cs var:form_prefix ?><?cs var:f.name ?>" tabindex="-1"<?cs call:field_describe(f) ?>><legend class="form-label"><?cs var:f.label ?><?cs call:field_optional(f) ?></legend><div class="choice-list"><?cs each:o = f.options ?><label class="choice"><input class="form-check-input" type="checkbox" name="<?cs var:f.name ?>" value="<?cs var:o.value ?>"<?cs if:o.selected ?> checked<?cs /if ?>><span><?cs var:o.label ?></span></label><?cs /each ?></div><?cs call:field_help(f) ?></fieldset><?cs
else ?><div class="field<?cs if:string.length(f.error) ?> has-error<?cs /if ?>"><label class="form-label" for="f-<?cs var:form_prefix ?><?cs var:f.name ?>"><?cs var:f.label ?><?cs call:field_optional(f) ?></label><?cs call:field_input(f) ?><?cs call:field_help(f) ?></div><?cs
/if ?><?cs /def ?><?cs

def:form_fields_of(form) ?><?cs each:f = form.fields ?><?cs call:form_field(f) ?><?cs /each ?><?cs /def ?><?cs
def:form_fields() ?><?cs call:form_fields_of(Form) ?><?cs /def ?><?cs

# ---- decision ---- ?><?cs
def:decide_open(question) ?><section class="decide card" aria-labelledby="decide-question"><h2 class="card-title" id="decide-question"><?cs var:question ?></h2><div class="evidence"><?cs /def ?><?cs
def:evidence_open(title) ?><div class="evidence-part"><h3><?cs var:title ?></h3><?cs /def ?><?cs
def:evidence_close() ?></div><?cs /def ?><?cs
def:decide_rule(ref, text, version, url) ?></div><div class="rule"><?cs call:icon("scale") ?><p><b><?cs call:clause(ref, url) ?></b> <?cs var:text ?><?cs if:string.length(version) ?> <span class="muted"><?cs var:_("Rules version") ?> <?cs var:version ?></span><?cs /if ?></p></div><?cs /def ?><?cs
def:decide_form(action) ?><form class="form decide-form" method="post" action="<?cs var:action ?>" novalidate data-dirty><?cs call:token() ?><?cs call:version() ?><?cs /def ?><?cs
def:decide_button(value, label, kind) ?><button class="<?cs call:btn_class(kind) ?>" type="submit" name="decision" value="<?cs var:value ?>"><?cs var:label ?></button><?cs /def ?><?cs
def:decide_close() ?></form></section><?cs /def ?><?cs

# ---- dashboard ---- ?><?cs
def:stats_open() ?><ul class="stats"><?cs /def ?><?cs
def:stat(label, value, note, trend, tone, url) ?><li class="stat"><?cs if:string.length(url) ?><a href="<?cs var:url ?>"><?cs var:label ?></a><?cs else ?><span class="stat-label"><?cs var:label ?></span><?cs /if ?><p class="stat-value"><?cs var:value ?></p><p class="stat-note"><?cs if:string.length(trend) ?><span class="trend trend-<?cs var:tone ?>"><?cs var:trend ?></span> <?cs /if ?><?cs var:note ?></p></li><?cs /def ?><?cs
def:stats_close() ?></ul><?cs /def ?><?cs

def:chart_open(kind, title) ?><figure class="chart card" data-chart="<?cs var:kind ?>" data-chart-script="<?cs var:Page.charts_js ?>"><figcaption class="card-title"><?cs var:title ?></figcaption><div class="chart-canvas" aria-hidden="true"></div><details class="chart-table"><summary><?cs var:_("Show as table") ?></summary><div class="table-wrap"><?cs /def ?><?cs
def:chart_close(note) ?></div></details><?cs if:string.length(note) ?><p class="chart-note"><?cs var:note ?></p><?cs /if ?></figure><?cs /def ?><?cs
# end ?>
