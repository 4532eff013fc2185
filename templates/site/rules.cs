<?cs # rules.cs - the rules of engagement as partners read them; clauses have addresses (#c4.2)
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Rules of engagement"), "") ?>
<p class="state-line"><?cs call:badge(rules.status_text, rules.status_tone) ?> <span><?cs var:_("Version") ?> <?cs var:rules.number ?>, <?cs var:_("in force from") ?> <?cs call:time(rules.published_at, rules.published_at_date) ?></span></p>
<?cs if:rules.status == "retired" ?><div class="notice notice-info"><?cs call:icon("info") ?><p><?cs var:_("These rules have been replaced. Decisions made under them still rest on them.") ?> <a href="/rules"><?cs var:_("Rules in force") ?></a></p></div><?cs /if ?>
<div class="with-toc">
<nav aria-label="<?cs var:_("Clauses") ?>"><ul class="toc"><?cs each:c = rules.clauses ?>
<li><a href="#c<?cs var:c.number ?>"><span class="clause-no"><?cs var:c.number ?></span><?cs var:c.title ?></a></li><?cs /each ?>
</ul></nav>
<div>
<div class="prose"><?cs each:c = rules.clauses ?>
<section class="clause-block" id="c<?cs var:c.number ?>"><h2><span class="clause-no"><?cs var:c.number ?></span><?cs var:c.title ?></h2>
<?cs uvar:c.text_html ?></section><?cs /each ?>
</div>
<section id="changes"><h2><?cs var:_("What changed") ?></h2>
<?cs if:string.length(rules.note) ?><p><?cs var:rules.note ?></p><?cs /if ?>
<?cs if:?changes.0.kind ?><?cs include:"rules/changes.cs" ?><?cs /if ?>
<?cs if:subcount(versions) > #1 ?><h3><?cs var:_("All versions") ?></h3>
<ul class="plain-list"><?cs each:v = versions ?>
<li><?cs if:v.number == rules.number ?><b><?cs var:_("Version") ?> <?cs var:v.number ?></b><?cs else ?><a href="/rules?version=<?cs var:v.number ?>"><?cs var:_("Version") ?> <?cs var:v.number ?></a><?cs /if ?> <?cs call:badge(v.status_text, v.status_tone) ?> <span class="muted"><?cs call:time(v.published_at, v.published_at_date) ?></span><?cs if:string.length(v.note) ?><br><span class="muted"><?cs var:v.note ?></span><?cs /if ?></li><?cs /each ?>
</ul><?cs /if ?>
</section>
</div>
</div>
<?cs include:"layout/foot.cs" ?>
