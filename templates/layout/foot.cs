<?cs # foot.cs - everything after a page's own part
?><?cs if:!Page.partial ?></div></main>
<footer class="page-foot"><ul>
<li class="at-desk"><?cs var:Page.site ?></li>
<li><a href="/rules"><?cs var:_("Rules of engagement") ?></a></li>
<li><a href="/developers"><?cs var:_("Developers") ?></a></li>
<?cs if:?User.email ?><li class="needs-script"><button class="btn btn-quiet" type="button" data-keys><?cs var:_("Keys") ?> <kbd>?</kbd></button></li>
<?cs /if ?></ul></footer>
<?cs if:?Nav.0.url ?><nav class="bottom-bar" aria-label="<?cs var:_("Main") ?>"><ul class="bar"><?cs set:bar_room = #5 ?><?cs if:subcount(Nav) > #5 ?><?cs set:bar_room = #4 ?><?cs /if ?><?cs set:bar_at = #0 ?><?cs each:n = Nav ?><?cs if:bar_at < bar_room ?>
<li><a href="<?cs var:n.url ?>"<?cs if:n.active ?> aria-current="page"<?cs /if ?>><?cs call:icon(n.icon) ?><span><?cs var:n.label ?></span></a></li><?cs /if ?><?cs set:bar_at = bar_at + #1 ?><?cs /each ?>
<?cs if:subcount(Nav) < #5 ?><li><a href="/account"<?cs if:Page.path == "/account" ?> aria-current="page"<?cs /if ?>><?cs call:icon("user") ?><span><?cs var:_("Account") ?></span></a></li>
<?cs elif:subcount(Nav) > #5 ?><li><details class="more-menu" data-pop><summary><?cs call:icon("dots") ?><span><?cs var:_("More") ?></span></summary><div class="pop-body"><ul class="pop-list"><?cs set:bar_at = #0 ?><?cs each:n = Nav ?><?cs if:bar_at >= #4 ?>
<li><a href="<?cs var:n.url ?>"<?cs if:n.active ?> aria-current="page"<?cs /if ?>><?cs call:icon(n.icon) ?><?cs var:n.label ?></a></li><?cs /if ?><?cs set:bar_at = bar_at + #1 ?><?cs /each ?>
</ul></div></details></li>
<?cs /if ?></ul></nav>
<?cs /if ?></div>
<div class="visually-hidden" id="announce" role="status" aria-live="polite"></div>
<?cs if:?User.email ?><dialog class="keys" id="keys" aria-labelledby="keys-title"><h2 id="keys-title"><?cs var:_("Keys") ?></h2>
<dl><dt><kbd>/</kbd></dt><dd><?cs var:_("Search") ?></dd><dt><kbd>n</kbd></dt><dd><?cs var:_("Start something new") ?></dd><dt><kbd>g</kbd> <kbd>1</kbd>…<kbd>9</kbd></dt><dd><?cs var:_("Go to a place in the menu") ?></dd><dt><kbd>Esc</kbd></dt><dd><?cs var:_("Close what is open") ?></dd><dt><kbd>?</kbd></dt><dd><?cs var:_("This list") ?></dd></dl>
<form method="dialog"><button class="btn btn-plain"><?cs var:_("Close") ?></button></form></dialog>
<?cs /if ?></body>
</html>
<?cs /if ?>
