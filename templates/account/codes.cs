<?cs include:"layout/head.cs" ?>
<div class="narrow-page">
<?cs call:page_head(_("Your recovery codes"), _("Keep them where you keep your passwords. They are shown only now.")) ?>
<p><?cs var:_("Each one signs you in once, instead of a code from the app, when your device is not at hand.") ?></p>
<ul class="codes plain-list"><?cs each:c = codes ?>
<li><code><?cs var:c ?></code></li><?cs /each ?>
</ul>
<?cs call:link_button(next, _("I have kept them"), "primary", "check") ?>
</div>
<?cs include:"layout/foot.cs" ?>
