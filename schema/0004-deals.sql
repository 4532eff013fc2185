-- Rules of engagement and deal registrations.

CREATE TABLE product_family (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  code VARCHAR(40) NOT NULL COMMENT 'as the API names it',
  name VARCHAR(120) NOT NULL COMMENT 'as people know it',
  active BOOLEAN NOT NULL DEFAULT TRUE COMMENT 'can be registered',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set',
  UNIQUE KEY product_family_code (code)
) ENGINE=InnoDB COMMENT='Product families: one axis of a registration''s scope. Kept for ever.';

CREATE TABLE region (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  code VARCHAR(40) NOT NULL COMMENT 'as the API names it',
  name VARCHAR(120) NOT NULL COMMENT 'as people know it',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set',
  UNIQUE KEY region_code (code)
) ENGINE=InnoDB COMMENT='Sales regions: one axis of a registration''s scope. Kept for ever.';

CREATE TABLE region_country (
  country CHAR(2) NOT NULL PRIMARY KEY COMMENT 'ISO 3166-1 alpha-2; a country lies in one region',
  region_id BIGINT NOT NULL COMMENT 'the region',
  KEY region_country_region (region_id),
  CONSTRAINT region_country_region_fk FOREIGN KEY (region_id) REFERENCES region (id)
) ENGINE=InnoDB COMMENT='Which country lies in which region. Kept for ever.';

CREATE TABLE rules (
  number INT NOT NULL PRIMARY KEY COMMENT 'version of the rules of engagement',
  status ENUM('draft','published','retired') NOT NULL COMMENT 'at most one draft and one published',
  only_one TINYINT AS (CASE status WHEN 'draft' THEN 1 WHEN 'published' THEN 2 END) PERSISTENT COMMENT 'makes that a unique key',
  body MEDIUMTEXT NOT NULL COMMENT 'JSON: parameters and clauses, see rules.h',
  note VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'what changed, for partners',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  published_at DATETIME(6) NULL COMMENT 'UTC; in force from here',
  person_id BIGINT NULL COMMENT 'who edited it last',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set',
  UNIQUE KEY rules_only_one (only_one),
  CONSTRAINT rules_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB COMMENT='Rules of engagement: the document and the engine''s input. Kept for ever.';

CREATE TABLE account (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  name VARCHAR(200) NOT NULL COMMENT 'as first registered',
  name_key VARCHAR(200) NOT NULL COMMENT 'normalised, see match.h',
  domain_key VARCHAR(253) NULL COMMENT 'registrable domain',
  country CHAR(2) NOT NULL COMMENT 'ISO 3166-1 alpha-2',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY account_domain (domain_key),
  KEY account_name (name_key, country)
) ENGINE=InnoDB COMMENT='End customers. Kept for ever.';

CREATE TABLE deal (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal; shown as DR-id',
  partner_id BIGINT NOT NULL COMMENT 'who registers',
  person_id BIGINT NOT NULL COMMENT 'who typed it',
  account_id BIGINT NULL COMMENT 'end customer; NULL in drafts',
  customer VARCHAR(200) NOT NULL COMMENT 'end customer as typed',
  domain VARCHAR(253) NOT NULL DEFAULT '' COMMENT 'host name as typed',
  domain_key VARCHAR(253) NULL COMMENT 'registrable domain',
  name_key VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'normalised name',
  country CHAR(2) NOT NULL COMMENT 'ISO 3166-1 alpha-2',
  region_id BIGINT NULL COMMENT 'of the country; NULL in drafts',
  family_id BIGINT NULL COMMENT 'product family; NULL in drafts',
  amount DECIMAL(18,4) NULL COMMENT 'expected value',
  currency CHAR(3) NULL COMMENT 'ISO 4217',
  closes_on DATE NULL COMMENT 'expected close',
  contact_name VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'at the customer',
  contact_email VARCHAR(254) NOT NULL DEFAULT '' COMMENT 'at the customer',
  notes VARCHAR(4000) NOT NULL DEFAULT '' COMMENT 'what the partner has done so far',
  status ENUM('draft','submitted','in_review','action_required','approved','converted','expired','withdrawn','revoked','rejected','duplicate') NOT NULL COMMENT 'field guide 2.1',
  status_since DATETIME(6) NOT NULL COMMENT 'UTC',
  extension_pending BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'an extension waits for the desk',
  open_rank TINYINT AS (CASE WHEN status IN ('submitted','in_review') THEN 1 WHEN status = 'action_required' THEN 2 WHEN status = 'approved' AND extension_pending THEN 3 ELSE 0 END) PERSISTENT COMMENT 'queue index: 1 and 3 wait for the desk, 1 and 2 for a decision on the scope',
  on_dispute BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'a flag, not a state',
  unlocked VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'fields the partner may change while action is required, comma-joined',
  asked VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'what the desk asked for',
  decision_due_at DATETIME(6) NULL COMMENT 'UTC; the desk''s clock',
  protected_from DATETIME(6) NULL COMMENT 'UTC',
  protected_until DATETIME(6) NULL COMMENT 'UTC, last protected moment',
  revoke_at DATETIME(6) NULL COMMENT 'UTC; notice given: protection is revoked then',
  extensions INT NOT NULL DEFAULT 0 COMMENT 'granted so far',
  resubmissions INT NOT NULL DEFAULT 0 COMMENT 'so far',
  reminded_days INT NULL COMMENT 'last reminder sent: days before expiry',
  outcome ENUM('approved','review','duplicate','rejected','action_required','revoked') NULL COMMENT 'of the last decision',
  clause VARCHAR(16) NULL COMMENT 'clause it rests on',
  rules_number INT NULL COMMENT 'version of the rules it rests on',
  reason VARCHAR(1000) NULL COMMENT 'in words, for the partner',
  decided_at DATETIME(6) NULL COMMENT 'UTC',
  decided_by BIGINT NULL COMMENT 'person; NULL: by rule',
  external_key VARCHAR(80) NULL COMMENT 'the partner''s own key, from API or import',
  via ENUM('page','api','import') NOT NULL DEFAULT 'page' COMMENT 'how it came in',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  submitted_at DATETIME(6) NULL COMMENT 'UTC; priority counts from here, to the microsecond',
  version INT NOT NULL DEFAULT 1 COMMENT 'compare-and-set',
  UNIQUE KEY deal_external (partner_id, external_key),
  KEY deal_partner_created (partner_id, created_at, id),
  KEY deal_partner_status (partner_id, status, created_at, id),
  KEY deal_partner_until (partner_id, status, protected_until),
  KEY deal_created (created_at, id),
  KEY deal_status (status, created_at, id),
  KEY deal_queue (open_rank, decision_due_at, id),
  KEY deal_expiry (status, protected_until, id),
  KEY deal_revoke (revoke_at, id),
  KEY deal_customer (customer, id),
  KEY deal_domain_key (domain_key, family_id, region_id),
  KEY deal_name_key (name_key, family_id, region_id),
  CONSTRAINT deal_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
  CONSTRAINT deal_person FOREIGN KEY (person_id) REFERENCES person (id),
  CONSTRAINT deal_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT deal_region FOREIGN KEY (region_id) REFERENCES region (id),
  CONSTRAINT deal_family FOREIGN KEY (family_id) REFERENCES product_family (id),
  CONSTRAINT deal_rules FOREIGN KEY (rules_number) REFERENCES rules (number)
) ENGINE=InnoDB COMMENT='Deal registrations. Kept for ever.';

CREATE TABLE scope_hold (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  kind ENUM('domain','name') NOT NULL COMMENT 'which key',
  key_text VARCHAR(253) NOT NULL COMMENT 'registrable domain or normalised name',
  family_id BIGINT NOT NULL COMMENT 'product family',
  region_id BIGINT NOT NULL COMMENT 'region',
  deal_id BIGINT NOT NULL COMMENT 'the registration that holds the scope',
  partner_id BIGINT NOT NULL COMMENT 'its partner',
  until DATETIME(6) NOT NULL COMMENT 'UTC; as deal.protected_until',
  UNIQUE KEY scope_hold_once (kind, key_text, family_id, region_id),
  KEY scope_hold_deal (deal_id),
  CONSTRAINT scope_hold_deal_fk FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB COMMENT='Who holds which scope now: two simultaneous registrations can never both win. A row goes when protection ends.';

CREATE TABLE decision (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  deal_id BIGINT NOT NULL COMMENT 'the registration',
  at DATETIME(6) NOT NULL COMMENT 'UTC',
  outcome ENUM('approved','review','duplicate','rejected','action_required','revoked','extended','extension_refused') NOT NULL COMMENT 'what was decided',
  clause VARCHAR(16) NOT NULL COMMENT 'clause it rests on',
  rules_number INT NOT NULL COMMENT 'version of the rules',
  reason VARCHAR(1000) NOT NULL COMMENT 'in words, for the partner',
  seconds BIGINT NOT NULL DEFAULT 0 COMMENT 'from submission to here',
  evidence TEXT NULL COMMENT 'JSON, for the vendor: what was found',
  person_id BIGINT NULL COMMENT 'NULL: by rule',
  KEY decision_deal (deal_id, id),
  KEY decision_at (at, id),
  CONSTRAINT decision_deal_fk FOREIGN KEY (deal_id) REFERENCES deal (id),
  CONSTRAINT decision_rules FOREIGN KEY (rules_number) REFERENCES rules (number)
) ENGINE=InnoDB COMMENT='Every decision on a registration. Kept for ever.';

CREATE TABLE extension (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  deal_id BIGINT NOT NULL COMMENT 'the registration',
  asked_at DATETIME(6) NOT NULL COMMENT 'UTC',
  asked_by BIGINT NOT NULL COMMENT 'person',
  evidence VARCHAR(2000) NOT NULL COMMENT 'what is new since registration',
  status ENUM('pending','granted','refused') NOT NULL COMMENT 'state',
  pending_key BIGINT AS (CASE status WHEN 'pending' THEN deal_id END) PERSISTENT COMMENT 'never two pending',
  days INT NOT NULL COMMENT 'asked for',
  decided_at DATETIME(6) NULL COMMENT 'UTC',
  decided_by BIGINT NULL COMMENT 'NULL: by rule',
  UNIQUE KEY extension_pending (pending_key),
  KEY extension_deal (deal_id, id),
  CONSTRAINT extension_deal_fk FOREIGN KEY (deal_id) REFERENCES deal (id)
) ENGINE=InnoDB COMMENT='Extensions of protection asked for. Kept for ever.';

CREATE TABLE comment (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  noun ENUM('deal') NOT NULL COMMENT 'what it is about',
  noun_id BIGINT NOT NULL COMMENT 'its id',
  at DATETIME(6) NOT NULL COMMENT 'UTC',
  person_id BIGINT NOT NULL COMMENT 'who wrote',
  audience ENUM('shared','internal') NOT NULL COMMENT 'internal: the vendor''s people only',
  text VARCHAR(4000) NOT NULL COMMENT 'plain text',
  KEY comment_noun (noun, noun_id, id),
  CONSTRAINT comment_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB COMMENT='Comments and internal notes. Kept as long as what they are about.';

CREATE TABLE file (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'internal',
  noun ENUM('deal') NOT NULL COMMENT 'what it belongs to',
  noun_id BIGINT NOT NULL COMMENT 'its id',
  name VARCHAR(200) NOT NULL COMMENT 'as uploaded, cleaned',
  type VARCHAR(80) NOT NULL COMMENT 'by its magic bytes',
  size BIGINT NOT NULL COMMENT 'bytes',
  hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the content; also its place in the store',
  person_id BIGINT NOT NULL COMMENT 'who uploaded',
  at DATETIME(6) NOT NULL COMMENT 'UTC',
  KEY file_noun (noun, noun_id, id),
  CONSTRAINT file_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB COMMENT='Uploaded files. Kept as long as what they belong to.';

CREATE TABLE deal_rollup (
  partner_id BIGINT NOT NULL COMMENT 'firm',
  month DATE NOT NULL COMMENT 'first of the month of registration, UTC',
  status VARCHAR(20) NOT NULL COMMENT 'as deal.status',
  currency CHAR(3) NOT NULL COMMENT 'ISO 4217; "" for drafts without one',
  n BIGINT NOT NULL COMMENT 'registrations',
  amount DECIMAL(22,4) NOT NULL COMMENT 'their expected value',
  PRIMARY KEY (partner_id, month, status, currency)
) ENGINE=InnoDB COMMENT='Pipeline by firm, month, state: kept in the transaction of every change, checked by rollup-check.';

CREATE TABLE decision_rollup (
  partner_id BIGINT NOT NULL COMMENT 'firm',
  day DATE NOT NULL COMMENT 'UTC',
  outcome VARCHAR(20) NOT NULL COMMENT 'as decision.outcome',
  by_rule BOOLEAN NOT NULL COMMENT 'decided without a person',
  n BIGINT NOT NULL COMMENT 'decisions',
  seconds BIGINT NOT NULL COMMENT 'sum of decision.seconds',
  PRIMARY KEY (partner_id, day, outcome, by_rule),
  KEY decision_rollup_day (day)
) ENGINE=InnoDB COMMENT='Decisions by firm and day: kept in the transaction of every decision, checked by rollup-check.';
