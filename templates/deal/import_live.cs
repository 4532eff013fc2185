<?cs # import_live.cs - how far an import is, polled
?><?cs include:"layout/head.cs" ?><?cs include:"deal/import_state.cs" ?><?cs if:!import.open ?><p><a class="btn btn-primary" href="/deals/imports/<?cs var:import.id ?>"><?cs var:_("Show the report") ?></a></p><?cs /if ?><?cs include:"layout/foot.cs" ?>
