<?cs # error.cs - what could not be done, what to do now; needs nothing but Error.* and Page.*
?><?cs include:"layout/head.cs" ?>
<div class="narrow-page error-page">
<h1><?cs var:Error.title ?></h1>
<p><?cs var:Error.message ?></p>
<?cs if:string.length(Error.hint) ?><p class="muted"><?cs var:Error.hint ?></p><?cs /if ?>
<div class="form-actions"><?cs if:Error.status == "401" ?><a class="btn btn-primary" href="/sign-in"><?cs var:_("Sign in") ?></a><?cs elif:Error.status == "503" || Error.status == "429" ?><a class="btn btn-primary" href="<?cs var:Page.url ?>"><?cs var:_("Try again") ?></a><?cs else ?><a class="btn btn-plain" href="/"><?cs var:_("Go to the start page") ?></a><?cs /if ?></div>
<?cs if:string.length(Error.request_id) ?><p class="muted error-id"><?cs var:_("If you ask for help, mention") ?> <code><?cs var:Error.request_id ?></code></p><?cs /if ?>
</div>
<?cs include:"layout/foot.cs" ?>
