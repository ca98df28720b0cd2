-- Keys that are to be replaced because somebody was given them who should not have been. No row says
-- by which incident, and pseudonyms come with others that nobody touched: a single incident of one
-- customer and one purchaser would join them.
CREATE TABLE rekey (
  kind         text    NOT NULL CHECK (kind IN ('subject', 'pseudonym')),
  id           uuid    NOT NULL,
  -- Empty until the new version is made.
  from_version integer,
  to_version   integer,
  done         boolean NOT NULL DEFAULT false,
  PRIMARY KEY (kind, id),
  CHECK ((from_version IS NULL) = (to_version IS NULL))
);
CREATE INDEX rekey_open ON rekey (kind, id) WHERE NOT done;

-- Versions that were replaced: they open what is restored from a backup, and go when none is left.
CREATE TABLE compromised_key (
  kind           text    NOT NULL CHECK (kind IN ('subject', 'pseudonym')),
  id             uuid    NOT NULL,
  version        integer NOT NULL CHECK (version >= 1),
  branch         uuid    NOT NULL,
  branch_version integer NOT NULL,
  wrapped        bytea   NOT NULL CHECK (octet_length(wrapped) = 48),
  since          date    NOT NULL,
  PRIMARY KEY (kind, id, version)
);

-- How far an incident's containment is.
CREATE TABLE containment (
  incident    uuid        PRIMARY KEY REFERENCES incident (id),
  state       text        NOT NULL CHECK (state IN ('running', 'waiting', 'done')),
  step        text        NOT NULL CHECK (step IN ('count', 'keys', 'datasets', 'reseal')),
  datasets    text[]      NOT NULL,
  done        bigint      NOT NULL CHECK (done >= 0),
  total       bigint      NOT NULL CHECK (total >= 0),
  asked_by    text        NOT NULL,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz
);

INSERT INTO standing_grant (name, client, purpose) VALUES
  ('rekey', 'customer-service', 'identity'),
  ('rekey', 'customer-service', 'contact'),
  ('rekey', 'customer-service', 'link'),
  ('rekey', 'customer-service', 'mask'),
  ('rekey', 'customer-service', 'reidentify');
