-- Whether the revocation ledger does not say yet that this freeze began, or that it ended.
ALTER TABLE principal_freeze ADD COLUMN not_in_ledger boolean NOT NULL DEFAULT true;
CREATE INDEX principal_freeze_not_in_ledger ON principal_freeze (since) WHERE not_in_ledger;

-- A revocation ledger that lost entries, and the officers who take it as it is.
CREATE TABLE ledger_override (
  id                  uuid        PRIMARY KEY,
  position            bigint      NOT NULL CHECK (position >= 0),
  head                bytea       NOT NULL CHECK (octet_length(head) = 32),
  remembered_position bigint      NOT NULL CHECK (remembered_position >= 1),
  remembered_head     bytea       NOT NULL CHECK (octet_length(remembered_head) = 32),
  reason              text        NOT NULL,
  asked_by            text        NOT NULL,
  asked_at            timestamptz NOT NULL,
  accepted_by         text,
  signed              text,
  CHECK (accepted_by <> asked_by)
);
