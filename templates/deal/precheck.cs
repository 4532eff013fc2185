<?cs # precheck.cs - the answer while one types: never who
?><?cs include:"layout/head.cs" ?><?cs
if:precheck.answer == "clear" ?><?cs call:notice(precheck.sentence, "good") ?><?cs
elif:precheck.answer == "protected" ?><?cs call:notice(precheck.sentence, "bad") ?><?cs
elif:precheck.answer == "likely_conflict" ?><?cs call:notice(precheck.sentence, "wait") ?><?cs
else ?><?cs call:notice(precheck.sentence, "info") ?><?cs
/if ?><?cs include:"layout/foot.cs" ?>
