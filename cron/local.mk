# The timed duties, one a line; each runs once and ends.
cron_programs =
#later# cron_programs += cron/deliver
#later# cron_programs += cron/expire
#later# cron_programs += cron/rollup-check
