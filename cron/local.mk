# The timed duties, one a line; each runs once and ends.
cron_programs =
cron_programs += cron/deliver
cron_programs += cron/expire
cron_programs += cron/import
cron_programs += cron/rollup-check
cron_programs += cron/sweep
