-- Whoever has an account already is asked before a firm counts them among its people.

ALTER TABLE membership
  MODIFY status ENUM('active','ended','invited') NOT NULL DEFAULT 'active' COMMENT 'invited until the person accepts, which grants nothing; ended when they leave',
  ADD invited_name VARCHAR(120) NULL COMMENT 'as typed by whoever invited; NULL once accepted',
  ADD invited_email VARCHAR(254) NULL COMMENT 'as typed by whoever invited; NULL once accepted';

ALTER TABLE link_token
  MODIFY kind ENUM('invitation','reset','email','membership') NOT NULL COMMENT 'what it opens',
  ADD membership_id BIGINT NULL COMMENT 'which it accepts, kinds invitation and membership; no foreign key: it works for a week';
