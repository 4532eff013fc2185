<?cs # head.cs - everything before a page's own part; with Page.partial only the macros
?><?cs include:"layout/macros.cs" ?><?cs if:!Page.partial ?><!DOCTYPE html>
<html lang="<?cs if:string.length(Page.lang) ?><?cs var:Page.lang ?><?cs else ?>en<?cs /if ?>" dir="<?cs if:Page.dir == "rtl" ?>rtl<?cs else ?>ltr<?cs /if ?>" data-bs-theme="<?cs if:string.length(Page.theme) ?><?cs var:Page.theme ?><?cs else ?>auto<?cs /if ?>">
<head>
<meta charset="utf-8">
<title><?cs var:Page.title ?><?cs if:string.length(Page.site) && Page.title != Page.site ?> · <?cs var:Page.site ?><?cs /if ?></title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="<?cs if:Page.theme == "dark" ?>dark<?cs elif:Page.theme == "light" ?>light<?cs else ?>light dark<?cs /if ?>">
<link rel="stylesheet" href="<?cs var:Page.css ?>">
<?cs if:string.length(Page.accent_css) ?><link rel="stylesheet" href="<?cs var:Page.accent_css ?>">
<?cs /if ?><link rel="icon" href="/img/favicon.svg" type="image/svg+xml">
<link rel="manifest" href="/site.webmanifest">
<script src="<?cs var:Page.js ?>" defer></script>
</head>
<body>
<a class="skip btn" href="#main"><?cs var:_("Skip to the content") ?></a>
<div class="shell<?cs if:?Nav.0.url ?> has-rail<?cs /if ?><?cs if:string.slice(Page.path, 0, 6) == "/admin" ?> is-admin<?cs /if ?>">
<?cs if:?Nav.0.url ?><nav class="rail" aria-label="<?cs var:_("Main") ?>">
<a class="brand" href="/"><?cs call:icon("mark") ?><span><?cs var:Page.site ?></span></a>
<ul class="rail-list"><?cs each:n = Nav ?>
<li><a href="<?cs var:n.url ?>"<?cs if:n.active ?> aria-current="page"<?cs /if ?>><?cs call:icon(n.icon) ?><span><?cs var:n.label ?></span></a></li><?cs /each ?>
</ul>
<label class="rail-fold"><input class="visually-hidden" type="checkbox" id="rail-small"><?cs call:icon("sidebar") ?><span><?cs var:_("Narrow menu") ?></span></label>
</nav>
<?cs /if ?><header class="topbar">
<a class="brand" href="/"><?cs call:icon("mark") ?><span><?cs var:Page.site ?></span></a>
<?cs if:string.slice(Page.path, 0, 6) == "/admin" ?><span class="area"><?cs var:_("Administration") ?></span>
<?cs /if ?><?cs if:?User.email ?><form class="search" action="/search" role="search"><?cs call:icon("search") ?><label class="visually-hidden" for="search-box"><?cs var:_("Search") ?></label><input class="form-control" type="search" id="search-box" name="q" placeholder="<?cs var:_("Search") ?>" maxlength="200" enterkeyhint="search"><kbd aria-hidden="true">/</kbd></form>
<span class="spring"></span>
<a class="icon-link search-link" href="/search"><?cs call:icon("search") ?><span class="visually-hidden"><?cs var:_("Search") ?></span></a>
<?cs if:subcount(NewMenu) == #1 ?><a class="btn btn-primary new-menu" href="<?cs var:NewMenu.0.url ?>"><?cs call:icon("plus") ?><span><?cs var:NewMenu.0.label ?></span></a>
<?cs elif:?NewMenu.0.url ?><details class="pop new-menu" data-pop><summary class="btn btn-primary"><?cs call:icon("plus") ?><span><?cs var:_("New") ?></span></summary><div class="pop-body"><ul class="pop-list"><?cs each:n = NewMenu ?>
<li><a href="<?cs var:n.url ?>"><?cs call:icon(n.icon) ?><?cs var:n.label ?></a></li><?cs /each ?>
</ul></div></details>
<?cs /if ?><details class="pop person" data-pop><summary><span class="avatar" aria-hidden="true"><?cs var:User.initials ?></span><span class="visually-hidden"><?cs var:_("Your menu") ?></span></summary><div class="pop-body">
<p class="pop-who"><b><?cs var:User.name ?></b><span><?cs var:User.firm ?></span><?cs if:string.length(User.roles_text) ?><span><?cs var:User.roles_text ?></span><?cs /if ?></p>
<?cs if:subcount(User.firms) > #1 ?><form method="post" action="/account/firm"><?cs call:token() ?><p class="pop-title"><?cs var:_("Work for") ?></p><ul class="pop-list"><?cs each:f = User.firms ?>
<li><button name="firm" value="<?cs var:f.id ?>"<?cs if:f.current ?> aria-current="true"<?cs /if ?>><?cs call:icon("building") ?><?cs var:f.name ?></button></li><?cs /each ?>
</ul></form>
<?cs /if ?><form method="post" action="/account/theme"><?cs call:token() ?><?cs call:hidden("_back", Page.url) ?><div class="segments" role="group" aria-label="<?cs var:_("Brightness") ?>"><button name="theme" value="auto" aria-pressed="<?cs if:User.theme != "light" && User.theme != "dark" ?>true<?cs else ?>false<?cs /if ?>"><?cs var:_("Auto") ?></button><button name="theme" value="light" aria-pressed="<?cs if:User.theme == "light" ?>true<?cs else ?>false<?cs /if ?>"><?cs var:_("Light") ?></button><button name="theme" value="dark" aria-pressed="<?cs if:User.theme == "dark" ?>true<?cs else ?>false<?cs /if ?>"><?cs var:_("Dark") ?></button></div></form>
<ul class="pop-list">
<li><a href="/account"><?cs call:icon("settings") ?><?cs var:_("Account and language") ?></a></li>
</ul>
<form method="post" action="/sign-out"><?cs call:token() ?><ul class="pop-list"><li><button><?cs call:icon("logout") ?><?cs var:_("Sign out") ?></button></li></ul></form>
</div></details>
<?cs else ?><span class="spring"></span>
<a class="btn btn-quiet at-desk" href="/rules"><?cs var:_("Rules") ?></a>
<?cs if:Page.path != "/sign-in" ?><a class="btn btn-plain" href="/sign-in"><?cs var:_("Sign in") ?></a><?cs /if ?>
<?cs /if ?></header>
<main class="page" id="main" tabindex="-1"><div class="page-inner">
<?cs if:string.length(Page.flash.text) ?><div class="flash notice notice-<?cs var:Page.flash.tone ?>" role="status"><?cs if:Page.flash.tone == "good" ?><?cs call:icon("check") ?><?cs elif:Page.flash.tone == "bad" ?><?cs call:icon("alert") ?><?cs else ?><?cs call:icon("info") ?><?cs /if ?><p><?cs var:Page.flash.text ?></p><?cs if:string.length(Page.flash.undo_url) ?><?cs call:post_button(Page.flash.undo_url, _("Undo"), "plain", "undo") ?><?cs /if ?></div>
<?cs /if ?><?cs /if ?>
