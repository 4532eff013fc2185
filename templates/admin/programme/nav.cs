<?cs # nav.cs - the parts of the programme
?><ul class="tabs">
<li><a href="/admin/programme"<?cs if:Page.path == "/admin/programme" ?> aria-current="page"<?cs /if ?>><?cs var:_("Programme") ?></a></li>
<li><a href="/admin/programme/rules"<?cs if:Page.path == "/admin/programme/rules" ?> aria-current="page"<?cs /if ?>><?cs var:_("Rules of engagement") ?></a></li>
<li><a href="/admin/programme/families"<?cs if:Page.path == "/admin/programme/families" ?> aria-current="page"<?cs /if ?>><?cs var:_("Product families") ?></a></li>
<li><a href="/admin/programme/regions"<?cs if:Page.path == "/admin/programme/regions" ?> aria-current="page"<?cs /if ?>><?cs var:_("Regions") ?></a></li>
<li><a href="/admin/programme/calendar"<?cs if:Page.path == "/admin/programme/calendar" ?> aria-current="page"<?cs /if ?>><?cs var:_("Business calendar") ?></a></li>
</ul>
