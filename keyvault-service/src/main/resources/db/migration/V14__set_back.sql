-- When this database was last found to have been set back to an earlier day.
CREATE TABLE set_back (
  only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
  at       timestamptz NOT NULL
);
