-- Copies of the checkpoints that are in the log outside.
CREATE TABLE audit_checkpoint (
  number bigint PRIMARY KEY CHECK (number >= 1),
  signed text   NOT NULL
);

-- How far the revocation ledger had come when this database last saw it.
CREATE TABLE ledger_memory (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  position bigint  NOT NULL CHECK (position >= 0),
  head     bytea   NOT NULL CHECK (octet_length(head) = 32)
);

-- Who listens to events, at any replica, and up to which they have acted on them.
CREATE TABLE event_listener (
  id      uuid        PRIMARY KEY,
  heard   bigint      NOT NULL,
  seen_at timestamptz NOT NULL
);
