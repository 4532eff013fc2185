-- People, firms, sign-in and the audit trail.

CREATE TABLE programme (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'always 1: one programme an installation',
  name VARCHAR(120) NOT NULL COMMENT 'the vendor as partners know it',
  zone VARCHAR(64) NOT NULL COMMENT 'IANA zone of the business calendar',
  currency CHAR(3) NOT NULL COMMENT 'ISO 4217, reporting currency',
  accent CHAR(7) NOT NULL COMMENT 'brand colour, #rrggbb',
  workdays TINYINT UNSIGNED NOT NULL DEFAULT 31 COMMENT 'bit 0 = Monday',
  open_minute SMALLINT UNSIGNED NOT NULL DEFAULT 540 COMMENT 'minutes after midnight the desk opens',
  close_minute SMALLINT UNSIGNED NOT NULL DEFAULT 1080 COMMENT 'minutes after midnight the desk closes',
  contact_email VARCHAR(254) NOT NULL DEFAULT '' COMMENT 'whom partners write to',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set'
) ENGINE=InnoDB COMMENT='The vendor''s programme. One row. Kept for ever.';

CREATE TABLE holiday (
  day DATE NOT NULL PRIMARY KEY COMMENT 'no business on this day',
  name VARCHAR(120) NOT NULL COMMENT 'what is celebrated'
) ENGINE=InnoDB COMMENT='Business calendar of the programme. Kept for ever.';

CREATE TABLE person (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  email VARCHAR(254) NOT NULL COMMENT 'sign-in name, lower case',
  name VARCHAR(120) NOT NULL COMMENT 'as they want to be called',
  password_hash VARCHAR(200) NULL COMMENT 'argon2id with its parameters; NULL until an invitation is accepted',
  status ENUM('invited','active','disabled') NOT NULL DEFAULT 'invited' COMMENT 'disabled people cannot sign in',
  language VARCHAR(8) NOT NULL DEFAULT 'en' COMMENT 'of pages and mails',
  zone VARCHAR(64) NOT NULL DEFAULT 'Europe/Berlin' COMMENT 'IANA zone times are shown in',
  theme ENUM('auto','light','dark') NOT NULL DEFAULT 'auto' COMMENT 'light, dark or as the device says',
  totp_secret VARBINARY(120) NULL COMMENT 'sealed with the installation''s key; NULL: no second factor',
  totp_last_step BIGINT NOT NULL DEFAULT 0 COMMENT 'last time step accepted: a code works once',
  password_changed_at DATETIME(6) NULL COMMENT 'UTC',
  last_membership_id BIGINT NULL COMMENT 'firm acted for last: the next sign-in starts there',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  last_sign_in_at DATETIME(6) NULL COMMENT 'UTC',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set',
  UNIQUE KEY person_email (email)
) ENGINE=InnoDB COMMENT='Everybody who can sign in. Kept while the firm is a partner, then made anonymous.';

CREATE TABLE partner (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  name VARCHAR(200) NOT NULL COMMENT 'legal or trading name',
  domain VARCHAR(253) NOT NULL DEFAULT '' COMMENT 'registrable web domain',
  country CHAR(2) NOT NULL COMMENT 'ISO 3166-1 alpha-2',
  city VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'seat',
  manager_id BIGINT NULL COMMENT 'channel manager who looks after the firm',
  status ENUM('prospect','active','suspended','terminated') NOT NULL DEFAULT 'active' COMMENT 'only active firms register deals',
  since DATE NOT NULL COMMENT 'partner since',
  external_key VARCHAR(80) NULL COMMENT 'key in the vendor''s CRM or an import',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set',
  UNIQUE KEY partner_external (external_key),
  KEY partner_manager (manager_id, name),
  KEY partner_name (name),
  CONSTRAINT partner_manager_fk FOREIGN KEY (manager_id) REFERENCES person (id)
) ENGINE=InnoDB COMMENT='Partner firms. Kept for ever.';

CREATE TABLE enrollment (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  partner_id BIGINT NOT NULL COMMENT 'the firm',
  type ENUM('reseller','msp','isv','integrator','referral','distributor') NOT NULL COMMENT 'how the firm works with the vendor',
  tier ENUM('registered','silver','gold','platinum') NOT NULL DEFAULT 'registered' COMMENT 'level in the programme',
  status ENUM('active','suspended','ended') NOT NULL DEFAULT 'active' COMMENT 'state of this enrolment',
  since DATE NOT NULL COMMENT 'start',
  UNIQUE KEY enrollment_once (partner_id, type),
  CONSTRAINT enrollment_partner FOREIGN KEY (partner_id) REFERENCES partner (id)
) ENGINE=InnoDB COMMENT='A firm in a programme as a type. Kept for ever.';

CREATE TABLE membership (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  person_id BIGINT NOT NULL COMMENT 'who',
  partner_id BIGINT NULL COMMENT 'firm; NULL is the vendor',
  firm_key BIGINT AS (IFNULL(partner_id, 0)) PERSISTENT COMMENT 'for the unique key: NULL counts as 0',
  roles SET('owner','sales','engineer','marketing','finance','viewer','channel_manager','deal_desk','vendor_marketing','enablement_author','sales_engineer','vendor_finance','legal','administrator','auditor') NOT NULL COMMENT 'roles held there',
  status ENUM('active','ended') NOT NULL DEFAULT 'active' COMMENT 'ended when the person leaves',
  since DATETIME(6) NOT NULL COMMENT 'UTC',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set',
  UNIQUE KEY membership_once (person_id, firm_key),
  KEY membership_firm (firm_key, status, person_id),
  CONSTRAINT membership_person FOREIGN KEY (person_id) REFERENCES person (id),
  CONSTRAINT membership_partner FOREIGN KEY (partner_id) REFERENCES partner (id)
) ENGINE=InnoDB COMMENT='Who works where, in which roles. Kept for ever.';

CREATE TABLE session (
  hash BINARY(32) NOT NULL PRIMARY KEY COMMENT 'BLAKE2b of the cookie''s token',
  person_id BIGINT NOT NULL COMMENT 'who',
  membership_id BIGINT NOT NULL COMMENT 'the firm acted for',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC; the absolute limit counts from here',
  seen_at DATETIME(6) NOT NULL COMMENT 'UTC, to the minute; the idle limit counts from here',
  stepped_up_at DATETIME(6) NULL COMMENT 'UTC; password given again',
  address VARCHAR(45) NOT NULL COMMENT 'client address at sign-in',
  agent VARCHAR(200) NOT NULL COMMENT 'browser at sign-in',
  KEY session_person (person_id, seen_at),
  KEY session_seen (seen_at),
  CONSTRAINT session_person_fk FOREIGN KEY (person_id) REFERENCES person (id),
  CONSTRAINT session_membership_fk FOREIGN KEY (membership_id) REFERENCES membership (id)
) ENGINE=InnoDB COMMENT='Open sessions. Deleted at sign-out, or a day after their limit.';

CREATE TABLE device (
  person_id BIGINT NOT NULL COMMENT 'whose',
  hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the browser''s own description, or of the client''s address',
  seen_at DATETIME(6) NOT NULL COMMENT 'UTC; last sign-in with it',
  PRIMARY KEY (person_id, hash),
  KEY device_seen (seen_at),
  CONSTRAINT device_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB COMMENT='Browsers and addresses a person has signed in with: a new browser is told by mail. Deleted after a year unused.';

CREATE TABLE api_token (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the token',
  hint CHAR(8) NOT NULL COMMENT 'its last characters, to tell tokens apart',
  person_id BIGINT NOT NULL COMMENT 'acts as this person',
  membership_id BIGINT NOT NULL COMMENT 'in this firm',
  name VARCHAR(80) NOT NULL COMMENT 'what it is for, in its owner''s words',
  scopes VARCHAR(300) NOT NULL COMMENT 'comma-joined',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  used_at DATETIME(6) NULL COMMENT 'UTC, to the minute',
  revoked_at DATETIME(6) NULL COMMENT 'UTC',
  UNIQUE KEY api_token_hash (hash),
  KEY api_token_person (person_id, id),
  CONSTRAINT api_token_person_fk FOREIGN KEY (person_id) REFERENCES person (id),
  CONSTRAINT api_token_membership_fk FOREIGN KEY (membership_id) REFERENCES membership (id)
) ENGINE=InnoDB COMMENT='API tokens, hashed. Kept one year after expiry.';

CREATE TABLE link_token (
  hash BINARY(32) NOT NULL PRIMARY KEY COMMENT 'BLAKE2b of the token in the mailed link',
  kind ENUM('invitation','reset','email') NOT NULL COMMENT 'what it opens',
  person_id BIGINT NOT NULL COMMENT 'for whom',
  email VARCHAR(254) NULL COMMENT 'the new address, kind email',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  used_at DATETIME(6) NULL COMMENT 'UTC; works once',
  KEY link_token_person (person_id, kind),
  KEY link_token_expires (expires_at),
  CONSTRAINT link_token_person_fk FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB COMMENT='One-time links. Deleted 30 days after expiry.';

CREATE TABLE recovery_code (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  person_id BIGINT NOT NULL COMMENT 'whose',
  hash BINARY(32) NOT NULL COMMENT 'keyed BLAKE2b of the code',
  used_at DATETIME(6) NULL COMMENT 'UTC; works once',
  UNIQUE KEY recovery_code_once (person_id, hash),
  CONSTRAINT recovery_code_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB COMMENT='Recovery codes of the second factor. Replaced as a set.';

CREATE TABLE event (
  seq BIGINT NOT NULL PRIMARY KEY COMMENT 'place in the chain, without gaps',
  at DATETIME(6) NOT NULL COMMENT 'UTC',
  actor_id BIGINT NULL COMMENT 'person; NULL is the portal itself; no foreign key: the log outlives its people',
  actor_name VARCHAR(120) NOT NULL COMMENT 'as it was then; "Portal" for a rule or timer',
  partner_id BIGINT NULL COMMENT 'firm concerned; no foreign key: the log outlives its firms',
  noun VARCHAR(24) NOT NULL COMMENT 'deal, person, rules, token, session, ...',
  noun_id BIGINT NOT NULL COMMENT 'its id; 0 when there is none',
  what VARCHAR(40) NOT NULL COMMENT 'approved, signed_in, ...',
  from_state VARCHAR(24) NULL COMMENT 'state before',
  to_state VARCHAR(24) NULL COMMENT 'state after',
  rules_number INT NULL COMMENT 'version of the rules of engagement it rests on',
  clause VARCHAR(16) NULL COMMENT 'clause it rests on',
  text VARCHAR(2000) NULL COMMENT 'in words, for the timeline',
  audience ENUM('partner','vendor','audit') NOT NULL COMMENT 'partner: both sides see it in the timeline',
  address VARCHAR(45) NULL COMMENT 'client address',
  hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the previous hash and this row; see audit.h',
  KEY event_noun (noun, noun_id, seq),
  KEY event_partner (partner_id, seq),
  KEY event_actor (actor_id, seq),
  KEY event_what (what, seq)
) ENGINE=InnoDB COMMENT='Who did what: timeline and audit log in one, chained by hash. Kept ten years.';

CREATE TABLE event_head (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'always 1',
  seq BIGINT NOT NULL COMMENT 'last event',
  hash BINARY(32) NOT NULL COMMENT 'its hash'
) ENGINE=InnoDB COMMENT='End of the event chain; locked for each append. One row.';
INSERT INTO event_head (id, seq, hash) VALUES (1, 0, REPEAT(CHAR(0), 32));

CREATE TABLE event_checkpoint (
  seq BIGINT NOT NULL PRIMARY KEY COMMENT 'chain up to here',
  at DATETIME(6) NOT NULL COMMENT 'UTC',
  hash BINARY(32) NOT NULL COMMENT 'hash at seq',
  signature BINARY(64) NOT NULL COMMENT 'Ed25519 over origin, seq, hash and time'
) ENGINE=InnoDB COMMENT='Signed checkpoints of the event chain, mailed to auditors. Kept for ever.';
