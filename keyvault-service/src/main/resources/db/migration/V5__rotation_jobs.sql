-- Rotations are jobs: who comes next goes on where the last one was cut off.
ALTER TABLE rotation RENAME COLUMN at TO started_at;
ALTER TABLE rotation
  ALTER COLUMN purpose DROP NOT NULL,
  ALTER COLUMN version DROP NOT NULL,
  ADD COLUMN kind        text    NOT NULL DEFAULT 'dataset'
    CHECK (kind IN ('dataset', 'root', 'branches')),
  ADD COLUMN state       text    NOT NULL DEFAULT 'done'
    CHECK (state IN ('running', 'waiting', 'done', 'failed')),
  ADD COLUMN step        text    NOT NULL DEFAULT 'turn-over',
  -- How far the step is, in its own words.
  ADD COLUMN mark        text,
  ADD COLUMN done        bigint  NOT NULL DEFAULT 1 CHECK (done >= 0),
  ADD COLUMN total       bigint  NOT NULL DEFAULT 1 CHECK (total >= 0),
  -- Not to be gone on with before.
  ADD COLUMN next_at     timestamptz,
  ADD COLUMN finished_at timestamptz,
  ADD COLUMN reason      text;
UPDATE rotation SET finished_at = started_at;
ALTER TABLE rotation
  ADD CHECK (state NOT IN ('done', 'failed') OR finished_at IS NOT NULL),
  ADD CHECK (kind <> 'dataset' OR purpose IS NOT NULL AND version IS NOT NULL);
CREATE UNIQUE INDEX rotation_under_way ON rotation (kind) WHERE state IN ('running', 'waiting');
CREATE INDEX rotation_newest ON rotation (started_at DESC, id);

-- From when a schedule counts where nothing was rotated yet.
CREATE TABLE rotation_since (
  subject text        PRIMARY KEY,
  since   timestamptz NOT NULL
);

-- Versions of the root key that wrap no branch key any more: kept for backups, then ended.
CREATE TABLE root_version (
  version       integer     PRIMARY KEY CHECK (version >= 1),
  superseded_at timestamptz NOT NULL,
  retired_at    timestamptz
);

-- A version that nothing new is wrapped under, and that goes once nothing is.
ALTER TABLE branch_key ADD COLUMN retiring boolean NOT NULL DEFAULT false;
