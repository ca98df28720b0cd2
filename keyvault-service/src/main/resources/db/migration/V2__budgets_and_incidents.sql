-- What each account spent: one row, locked while it is charged. See docs/formats.md.
CREATE TABLE budget_account (
  client  text  NOT NULL,
  holder  text  NOT NULL,
  purpose text  NOT NULL,
  spent   bytea NOT NULL,
  PRIMARY KEY (client, holder, purpose)
);

-- Limits raised by an officer for a while. Without an approval it does not count.
CREATE TABLE budget_raise (
  id          uuid        PRIMARY KEY,
  client      text        NOT NULL,
  holder      text        NOT NULL,
  purpose     text        NOT NULL,
  minute      bigint      NOT NULL CHECK (minute >= 0),
  hour        bigint      NOT NULL CHECK (hour >= 0),
  day         bigint      NOT NULL CHECK (day >= 0),
  reason      text        NOT NULL,
  asked_by    text        NOT NULL,
  asked_at    timestamptz NOT NULL,
  not_after   timestamptz NOT NULL,
  approved_by text,
  CHECK (approved_by IS NULL OR approved_by <> '')
);
CREATE INDEX budget_raise_account ON budget_raise (client, holder, purpose);

-- Something that an officer has to look at.
CREATE TABLE incident (
  id         uuid        PRIMARY KEY,
  cause      text        NOT NULL,
  opened_at  timestamptz NOT NULL,
  opened_by  text        NOT NULL,
  principal  text        NOT NULL CHECK (principal IN ('person', 'credential')),
  name       text        NOT NULL,
  purposes   text[]      NOT NULL,
  since      timestamptz,
  "until"    timestamptz,
  note       text        NOT NULL,
  state      text        NOT NULL CHECK (state IN ('open', 'containing', 'contained', 'closed'))
);

-- Who gets no keys for now: a person everywhere, or a service's credential for some purposes.
CREATE TABLE principal_freeze (
  id        uuid        PRIMARY KEY,
  incident  uuid        NOT NULL REFERENCES incident (id),
  principal text        NOT NULL CHECK (principal IN ('person', 'credential')),
  name      text        NOT NULL,
  purposes  text[]      NOT NULL,
  since     timestamptz NOT NULL,
  lifted_at timestamptz,
  lifted_by text
);
CREATE INDEX principal_freeze_in_force ON principal_freeze (principal, name) WHERE lifted_at IS NULL;

-- What has to be told to somebody outside, until they have heard it.
CREATE TABLE alert (
  incident     uuid        PRIMARY KEY REFERENCES incident (id),
  attempts     integer     NOT NULL DEFAULT 0,
  next_attempt timestamptz NOT NULL,
  delivered_at timestamptz
);

-- What every replica and every client has to hear of, in one order.
CREATE TABLE key_event (
  position bigint      PRIMARY KEY,
  kind     text        NOT NULL,
  scope    text        NOT NULL,
  at       timestamptz NOT NULL
);

-- How many keys are decoys; which ones, no column knows.
CREATE TABLE decoy_count (
  kind  text   PRIMARY KEY,
  count bigint NOT NULL CHECK (count >= 0)
);

-- Leave for a job that outlives the token of the person who started it; charged when it is given.
CREATE TABLE job_grant (
  id          uuid        PRIMARY KEY,
  job         text        NOT NULL,
  client      text        NOT NULL,
  person      text        NOT NULL,
  purposes    text[]      NOT NULL,
  max_records bigint      NOT NULL CHECK (max_records > 0),
  not_after   timestamptz NOT NULL,
  decoys      text        NOT NULL CHECK (decoys IN ('refuse', 'skip', 'include')),
  state       text        NOT NULL CHECK (state IN ('pending', 'active', 'cancelled')),
  approved_by text,
  given_at    timestamptz NOT NULL
);
CREATE INDEX job_grant_person ON job_grant (person) WHERE state <> 'cancelled';

-- What a job has opened so far, by purpose.
CREATE TABLE job_grant_use (
  job_grant uuid   NOT NULL REFERENCES job_grant (id),
  purpose   text   NOT NULL,
  records   bigint NOT NULL CHECK (records >= 0),
  PRIMARY KEY (job_grant, purpose)
);
