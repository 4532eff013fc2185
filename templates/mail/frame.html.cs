<?cs # frame.html.cs - the pieces every HTML mail is made of (mail readers want styles in place)
  mail_open(title) mail_line(text) mail_facts_open() mail_fact(label,value) mail_facts_close()
  mail_button(url,label) mail_close(why)
?><?cs
def:mail_open(title) ?><!doctype html>
<html lang="<?cs if:language ?><?cs var:language ?><?cs else ?>en<?cs /if ?>"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title><?cs var:title ?></title></head>
<body style="margin:0;padding:24px 12px;background:#f4f5f7;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#182433">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:8px"><tr><td style="padding:28px 32px">
<p style="margin:0 0 20px;font-size:13px;color:#5b6776"><?cs var:site ?></p>
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.35"><?cs var:title ?></h1>
<?cs /def ?><?cs
def:mail_line(text) ?><p style="margin:0 0 16px;font-size:15px;line-height:1.55"><?cs var:text ?></p>
<?cs /def ?><?cs
def:mail_facts_open() ?><table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 20px;font-size:15px;line-height:1.5">
<?cs /def ?><?cs
def:mail_fact(label, value) ?><?cs if:string.length(value) ?><tr><td style="padding:3px 16px 3px 0;color:#5b6776;vertical-align:top"><?cs var:label ?></td><td style="padding:3px 0"><?cs var:value ?></td></tr>
<?cs /if ?><?cs /def ?><?cs
def:mail_facts_close() ?></table>
<?cs /def ?><?cs
def:mail_button(url, label) ?><p style="margin:0 0 24px"><a href="<?cs var:url ?>" style="display:inline-block;padding:12px 20px;background:#1f5fae;color:#ffffff;text-decoration:none;border-radius:6px;font-size:15px;font-weight:600"><?cs var:label ?></a></p>
<?cs /def ?><?cs
def:mail_close(why) ?><p style="margin:24px 0 0;padding:16px 0 0;border-top:1px solid #e2e6ec;font-size:12px;line-height:1.5;color:#5b6776"><?cs var:why ?></p>
</td></tr></table></td></tr></table></body></html>
<?cs /def ?><?cs
# end ?>
