<?cs # list.cs - a list of anything, drawn wholly from List.*
?><?cs include:"layout/head.cs" ?>
<?cs include:"layout/list_part.cs" ?>
<?cs include:"layout/foot.cs" ?>
