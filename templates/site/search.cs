<?cs # search.cs - one box over deals, partners, people and rules
?><?cs include:"layout/head.cs" ?>
<?cs call:page_head(_("Search"), "") ?>
<form class="search-page" action="/search" role="search"><label class="visually-hidden" for="search-words"><?cs var:_("What are you looking for?") ?></label><input class="form-control" type="search" id="search-words" name="q" value="<?cs var:q ?>" maxlength="100" enterkeyhint="search"<?cs if:!string.length(q) ?> autofocus<?cs /if ?>><button class="btn btn-primary" type="submit"><?cs var:_("Search") ?></button></form>
<?cs if:?groups.0.kind ?><?cs each:g = groups ?>
<section><h2><?cs var:g.label ?></h2><ul class="results"><?cs each:f = g.items ?>
<li><?cs if:string.length(f.url) ?><a href="<?cs var:f.url ?>"><?cs var:f.title ?></a><?cs else ?><b><?cs var:f.title ?></b><?cs /if ?><?cs if:string.length(f.detail) ?><p><?cs var:f.detail ?></p><?cs /if ?></li><?cs /each ?>
</ul></section><?cs /each ?>
<?cs elif:searched ?><?cs call:empty(_("Nothing found. Try part of a customer's name, a web domain, a number such as DR-1042, or a word of the rules."), "", "") ?>
<?cs elif:too_short ?><p class="muted"><?cs var:_("Write at least two characters.") ?></p>
<?cs else ?><p class="muted"><?cs var:_("Deals, partners, people and rules: everything you may see.") ?></p>
<?cs /if ?>
<?cs include:"layout/foot.cs" ?>
