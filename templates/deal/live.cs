<?cs # live.cs - the state of a registration, polled
?><?cs include:"layout/head.cs" ?><?cs include:"deal/state.cs" ?><?cs include:"layout/foot.cs" ?>
