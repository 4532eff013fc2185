<?cs # live.cs - what waits, polled
?><?cs include:"layout/head.cs" ?><?cs include:"dashboard/waiting.cs" ?><?cs include:"layout/foot.cs" ?>
