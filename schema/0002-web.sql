-- What the request pipeline keeps: answers already given, and how often somebody asked.

CREATE TABLE submission (
  actor VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'p and the person''s id, t and the API token''s id, or - for nobody',
  key_hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the form''s one-time token or the Idempotency-Key',
  request_hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of method, path and body: the same key with another request is refused',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  status SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'HTTP status of the first answer; 0: not finished (only routes with transactions of their own)',
  location VARCHAR(512) NULL COMMENT 'where the first answer led',
  flash VARCHAR(600) NULL COMMENT 'JSON: what the next page was to say',
  body MEDIUMTEXT NULL COMMENT 'the API''s first answer, JSON; NULL when it had none or it was over 1 MB',
  PRIMARY KEY (actor, key_hash),
  KEY submission_created (created_at)
) ENGINE=InnoDB COMMENT='First answers of forms and API calls, so that a repeated one does nothing twice. Deleted two days after the request.';

CREATE TABLE throttle (
  hash BINARY(32) NOT NULL PRIMARY KEY COMMENT 'BLAKE2b of what is counted and for whom: no address or e-mail is kept',
  hits INT UNSIGNED NOT NULL COMMENT 'how often in this window',
  window_start DATETIME(6) NOT NULL COMMENT 'UTC, start of the window',
  last_at DATETIME(6) NOT NULL COMMENT 'UTC, last counted',
  KEY throttle_window (window_start)
) ENGINE=InnoDB COMMENT='Counters against guessing and flooding. Deleted two days after the window.';
