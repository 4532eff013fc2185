<?cs # home.cs - welcome for whoever is not signed in
?><?cs include:"layout/head.cs" ?>
<section class="hero">
<h1><?cs if:string.length(programme.name) ?><?cs var:programme.name ?> · <?cs /if ?><?cs var:_("Partner portal") ?></h1>
<p class="lead"><?cs var:_("Register a deal on one screen, see at once whether the customer is yours, and know until when. Every decision names the rule it rests on.") ?></p>
<div class="page-actions"><?cs call:link_button("/sign-in", _("Sign in"), "primary", "") ?><?cs call:link_button("/rules", _("Read the rules of engagement"), "plain", "") ?></div>
</section>
<ul class="points">
<li><?cs call:icon("shield") ?><h2><?cs var:_("Yours once registered") ?></h2><p><?cs if:string.length(rules.protection_days) ?><?cs var:_("Days of protection from approval:") ?> <b><?cs var:rules.protection_days ?></b>. <?cs /if ?><?cs var:_("Nobody else can register the same customer, product and region meanwhile, and nobody learns who holds it.") ?></p></li>
<li><?cs call:icon("hourglass") ?><h2><?cs var:_("An answer, not a queue") ?></h2><p><?cs var:_("What the rules allow is approved at once.") ?><?cs if:string.length(rules.auto_limit) ?> <?cs var:_("Value decided without a person: up to") ?> <b><?cs var:rules.auto_limit ?></b>.<?cs /if ?> <?cs var:_("The rest has a clock that you can see.") ?></p></li>
<li><?cs call:icon("scale") ?><h2><?cs var:_("Rules that are kept") ?></h2><p><?cs var:_("The published rules are what the portal runs. A decision keeps the version it was made under.") ?></p></li>
</ul>
<?cs if:string.length(programme.contact_email) ?><p class="muted"><?cs var:_("Not a partner yet? Write to") ?> <a href="mailto:<?cs var:programme.contact_email ?>"><?cs var:programme.contact_email ?></a></p><?cs /if ?>
<?cs include:"layout/foot.cs" ?>
