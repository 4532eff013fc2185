<?cs # nav.cs - the parts of the programme
?><nav class="tabs" aria-label="<?cs var:_("Parts of the programme") ?>">
<a href="/admin/programme"<?cs if:Page.path == "/admin/programme" ?> aria-current="page"<?cs /if ?>><?cs var:_("Programme") ?></a>
<a href="/admin/programme/rules"<?cs if:Page.path == "/admin/programme/rules" ?> aria-current="page"<?cs /if ?>><?cs var:_("Rules of engagement") ?></a>
<a href="/admin/programme/families"<?cs if:Page.path == "/admin/programme/families" ?> aria-current="page"<?cs /if ?>><?cs var:_("Product families") ?></a>
<a href="/admin/programme/regions"<?cs if:Page.path == "/admin/programme/regions" ?> aria-current="page"<?cs /if ?>><?cs var:_("Regions") ?></a>
<a href="/admin/programme/calendar"<?cs if:Page.path == "/admin/programme/calendar" ?> aria-current="page"<?cs /if ?>><?cs var:_("Business calendar") ?></a>
</nav>
