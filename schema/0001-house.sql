-- What the house itself needs: migrations, leases, the outbox, jobs.

-- The runner of migrations needs the next three before it can record anything, and may
-- carry them out again: they do no harm when repeated.
ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS migration (
  number INT NOT NULL PRIMARY KEY COMMENT 'of the file schema/NNNN-name.sql',
  name VARCHAR(128) NOT NULL COMMENT 'file name',
  checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'BLAKE2b of the file; until it is finished, of the statements done',
  statements_done INT NOT NULL DEFAULT 0 COMMENT 'statements carried out; a killed run goes on behind them',
  statement_begun INT NOT NULL DEFAULT 0 COMMENT 'statement a run was at; tells a killed run from a refused statement',
  started_at DATETIME(6) NOT NULL COMMENT 'UTC',
  finished_at DATETIME(6) NULL COMMENT 'UTC; NULL: unfinished'
) ENGINE=InnoDB COMMENT='Schema files applied. Kept for ever.';

CREATE TABLE IF NOT EXISTS cron_lease (
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'the duty: deliver, expire, migrate ...',
  owner VARCHAR(128) NOT NULL COMMENT 'host, process and a random number',
  until_at DATETIME(6) NOT NULL COMMENT 'UTC by the database''s clock; free for all afterwards'
) ENGINE=InnoDB COMMENT='Who does a timed duty right now. One row a duty, overwritten.';

CREATE TABLE outbox (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  channel VARCHAR(32) NOT NULL COMMENT 'mail, webhook ...',
  address VARCHAR(500) NOT NULL COMMENT 'e-mail address or endpoint',
  subject VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'of a mail; else a short name',
  template VARCHAR(64) NOT NULL DEFAULT '' COMMENT 'folder under templates/mail',
  body JSON NOT NULL COMMENT 'document the template is filled from',
  dedup_key VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'a second message with the same key is not put',
  status ENUM('waiting','sending','sent','dead') NOT NULL DEFAULT 'waiting' COMMENT 'dead: given up, a person may send it again',
  tries INT NOT NULL DEFAULT 0 COMMENT 'attempts begun',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  next_try_at DATETIME(6) NOT NULL COMMENT 'UTC; waiting: due from here; sending: when the claim ends',
  sent_at DATETIME(6) NULL COMMENT 'UTC; when it was handed over',
  claimed_by VARCHAR(128) NULL COMMENT 'worker that is sending it',
  last_error VARCHAR(500) NULL COMMENT 'why the last try failed',
  message_id VARCHAR(250) NULL COMMENT 'Message-ID of a mail, the same at every try',
  UNIQUE KEY outbox_dedup (dedup_key),
  KEY outbox_due (status, next_try_at, id),
  KEY outbox_created (created_at, id)
) ENGINE=InnoDB COMMENT='What must leave the house, put in the transaction of its cause. Sent messages are deleted after 90 days, dead ones after a year.';

CREATE TABLE job (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  kind VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'import-deals ...: which program does it',
  input JSON NOT NULL COMMENT 'what is to be done',
  result JSON NULL COMMENT 'what came out of it',
  status ENUM('waiting','running','done','failed') NOT NULL DEFAULT 'waiting' COMMENT 'a running job whose lease has ended is taken up again',
  done_units INT NOT NULL DEFAULT 0 COMMENT 'progress: units done ...',
  all_units INT NOT NULL DEFAULT 0 COMMENT '... of so many; 0: not known yet',
  tries INT NOT NULL DEFAULT 0 COMMENT 'times a worker took it; given up after 5',
  person_id BIGINT NULL COMMENT 'who asked for it; person.id',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  due_at DATETIME(6) NOT NULL COMMENT 'UTC; waiting: due from here; running: when the lease ends',
  lease_seconds INT NOT NULL DEFAULT 60 COMMENT 'each report of progress extends the lease by so much',
  claimed_by VARCHAR(128) NULL COMMENT 'worker that is at it',
  finished_at DATETIME(6) NULL COMMENT 'UTC; done or failed',
  last_error VARCHAR(500) NULL COMMENT 'why it failed',
  KEY job_due (kind, status, due_at, id),
  KEY job_person (person_id, id)
) ENGINE=InnoDB COMMENT='Background work. Finished jobs are deleted after 90 days.';
