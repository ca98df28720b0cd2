-- People that an incident has frozen and whose sessions the issuer has yet to end.
CREATE TABLE session_to_end (
  incident     uuid        PRIMARY KEY REFERENCES incident (id),
  person       text        NOT NULL,
  attempts     integer     NOT NULL DEFAULT 0,
  next_attempt timestamptz NOT NULL,
  ended_at     timestamptz
);
CREATE INDEX session_to_end_due ON session_to_end (next_attempt) WHERE ended_at IS NULL;
