-- Exports that are made by a worker and fetched afterwards. No transaction that writes here writes
-- to the customers' side or the ledger.

CREATE TABLE export_job (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL CHECK (kind IN ('customers', 'purchases')),
    form         text        NOT NULL CHECK (form IN ('ndjson', 'csv')),
    gzip         boolean     NOT NULL,
    -- What is opened of customers.
    purposes     text[]      NOT NULL,
    -- Days since 1970-01-01 of the purchases wanted, both included.
    first_day    integer     NOT NULL,
    last_day     integer     NOT NULL,
    portable     boolean     NOT NULL,
    -- Of CSV, as they were when the job was submitted: one header for the whole file.
    columns      text[]      NOT NULL,
    state        text        NOT NULL CHECK (state IN
                     ('waiting-for-approval', 'waiting', 'running', 'done', 'cancelled', 'failed',
                      'expired')),
    -- Keyed tags of the person who asked, and of that person and their Idempotency-Key.
    owner        bytea       NOT NULL,
    repetition   bytea       UNIQUE,
    -- Why, sealed under the dataset key "ledger".
    reason       bytea       NOT NULL,
    -- The job's own key, sealed under the dataset key "ledger"; gone with the file.
    sealed_key   bytea,
    -- The key service's grant; purchases have none.
    grant_id     uuid,
    submitted_at timestamptz NOT NULL,
    started_at   timestamptz,
    ended_at     timestamptz,
    expires_at   timestamptz,
    -- How many there were when the job was submitted.
    total        bigint      NOT NULL,
    -- How many pseudonyms had been renewed by then: purchases that are renewed lie elsewhere.
    moved        bigint      NOT NULL,
    -- Behind which row to go on; written with the chunks that end there.
    at_partition integer     NOT NULL DEFAULT 0,
    at_id        uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    seen         bigint      NOT NULL DEFAULT 0,
    rows         bigint      NOT NULL DEFAULT 0,
    incomplete   bigint      NOT NULL DEFAULT 0,
    bytes        bigint      NOT NULL DEFAULT 0,
    chunks       integer     NOT NULL DEFAULT 0,
    -- Who is at it and until when nobody else is.
    holder       uuid,
    leased_until timestamptz,
    -- How often it was begun since the last checkpoint.
    attempts     integer     NOT NULL DEFAULT 0,
    cancelling   boolean     NOT NULL DEFAULT false,
    -- Why it failed, as the last part of the problem's type.
    problem      text,
    CHECK ((state IN ('done', 'cancelled', 'failed', 'expired')) = (ended_at IS NOT NULL)),
    CHECK ((state IN ('cancelled', 'failed', 'expired')) = (sealed_key IS NULL)),
    CHECK ((state = 'done') <= (expires_at IS NOT NULL))
);
CREATE INDEX export_job_by_owner ON export_job (owner, submitted_at, id);
CREATE INDEX export_job_open ON export_job (submitted_at) WHERE sealed_key IS NOT NULL;

-- The file in its order, sealed under the job's key.
CREATE TABLE export_chunk (
    job_id uuid    NOT NULL REFERENCES export_job ON DELETE CASCADE,
    number integer NOT NULL,
    sealed bytea   NOT NULL,
    PRIMARY KEY (job_id, number)
);
ALTER TABLE export_chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;
