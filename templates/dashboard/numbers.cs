<?cs # numbers.cs - at most four numbers, each a link to its list
?><?cs call:stats_open() ?><?cs each:n = dashboard.numbers ?><?cs call:stat(n.label, n.value, n.note, n.trend, n.tone, n.url) ?><?cs /each ?><?cs call:stats_close() ?>
