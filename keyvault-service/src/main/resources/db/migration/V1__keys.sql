-- The layout follows one rule: nothing here tells which subject key and which pseudonym key belong
-- to the same person. No times, no sequences, no states; random ids only. See docs/adr/0001.

-- Wrapped by the root key with (id, version) as associated data.
CREATE TABLE branch_key (
  id      uuid    NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  kind    text    NOT NULL,
  wrapped bytea   NOT NULL,
  PRIMARY KEY (id, version)
);

-- One a customer. "wrapped" is 48 bytes for every row: AES-256-KWP over format, flags, padding and
-- key. A destroyed key's row holds 48 random bytes and looks like any other.
CREATE TABLE subject_key (
  id             uuid    NOT NULL,
  version        integer NOT NULL CHECK (version >= 1),
  branch         uuid    NOT NULL,
  branch_version integer NOT NULL,
  wrapped        bytea   NOT NULL CHECK (octet_length(wrapped) = 48),
  PRIMARY KEY (id, version)
);

-- One a purchaser: the same shape, unrelated ids, branches of its own.
CREATE TABLE pseudonym_key (
  id             uuid    NOT NULL,
  version        integer NOT NULL CHECK (version >= 1),
  branch         uuid    NOT NULL,
  branch_version integer NOT NULL,
  wrapped        bytea   NOT NULL CHECK (octet_length(wrapped) = 48),
  PRIMARY KEY (id, version)
);

-- Versioned, one id a purpose and version. "granted" counts the messages that leases gave away:
-- granted is spent, whether used or not.
CREATE TABLE dataset_key (
  id             uuid    PRIMARY KEY,
  purpose        text    NOT NULL,
  version        integer NOT NULL CHECK (version >= 1),
  branch         uuid    NOT NULL,
  branch_version integer NOT NULL,
  state          text    NOT NULL
    CHECK (state IN ('active', 'deactivated', 'compromised', 'destroyed')),
  granted        bigint  NOT NULL DEFAULT 0 CHECK (granted BETWEEN 0 AND 2147483648),
  wrapped        bytea   NOT NULL,
  UNIQUE (purpose, version)
);
CREATE UNIQUE INDEX dataset_key_active ON dataset_key (purpose) WHERE state = 'active';

-- What works without a person: written once at installation, taken away by deleting the row.
CREATE TABLE standing_grant (
  name    text NOT NULL,
  client  text NOT NULL,
  purpose text NOT NULL,
  PRIMARY KEY (name, client, purpose)
);

-- The audit trail: a chain a lane. Who, what and when are inside the sealed body only.
CREATE TABLE audit_entry (
  lane     uuid   NOT NULL,
  sequence bigint NOT NULL CHECK (sequence >= 0),
  previous bytea  NOT NULL CHECK (octet_length(previous) = 32),
  hash     bytea  NOT NULL CHECK (octet_length(hash) = 32),
  body     bytea  NOT NULL,
  PRIMARY KEY (lane, sequence)
);
-- Sealed bodies are random bytes: trying to compress them costs time for nothing.
ALTER TABLE audit_entry ALTER COLUMN body SET STORAGE EXTERNAL;

INSERT INTO standing_grant (name, client, purpose) VALUES
  ('mixer', 'customer-service', 'reidentify'),
  ('ingest', 'customer-service', 'identity'),
  ('ingest', 'customer-service', 'contact');
