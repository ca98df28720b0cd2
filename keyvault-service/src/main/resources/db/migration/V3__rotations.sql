-- Keys that were turned over on demand: who asked, and what came of it.
CREATE TABLE rotation (
  id       uuid        PRIMARY KEY,
  purpose  text        NOT NULL,
  version  integer     NOT NULL CHECK (version >= 1),
  asked_by text        NOT NULL,
  at       timestamptz NOT NULL
);
