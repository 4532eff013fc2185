<?cs # changes.cs - differences between two versions of the rules: values, then clauses word by word
?><ul class="plain-list"><?cs each:c = changes ?>
<li><?cs if:c.kind == "value" ?><b><?cs var:c.label ?></b>: <del><?cs var:c.before ?></del> <?cs call:icon("arrow-right") ?> <ins><?cs var:c.after ?></ins>
<?cs elif:c.kind == "clause_gone" ?><b><span class="clause-no"><?cs var:c.number ?></span><?cs var:c.label ?></b> <?cs call:badge(_("Left out"), "bad") ?>
<?cs else ?><b><span class="clause-no"><?cs var:c.number ?></span><?cs var:c.label ?></b><?cs if:c.kind == "clause_new" ?> <?cs call:badge(_("New"), "good") ?><?cs /if ?><p class="prose"><?cs each:p = c.parts ?><?cs if:p.op == "del" ?><del><?cs var:p.text ?></del><?cs elif:p.op == "ins" ?><ins><?cs var:p.text ?></ins><?cs else ?><?cs var:p.text ?><?cs /if ?><?cs /each ?></p>
<?cs /if ?></li><?cs /each ?>
</ul>
