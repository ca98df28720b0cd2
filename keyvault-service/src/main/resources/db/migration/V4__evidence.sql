-- Copies of the checkpoints that are in the log outside, and how far the revocation ledger had come
-- when this database last saw it.
CREATE TABLE audit_checkpoint (
  number bigint PRIMARY KEY CHECK (number >= 1),
  signed text   NOT NULL
);

CREATE TABLE ledger_memory (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  position bigint  NOT NULL CHECK (position >= 0),
  head     bytea   NOT NULL CHECK (octet_length(head) = 32)
);
