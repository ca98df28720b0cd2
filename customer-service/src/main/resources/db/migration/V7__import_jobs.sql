-- Imports that are uploaded first and taken afterwards. No transaction that writes here writes to
-- the customers' side or the ledger.

CREATE TABLE import_job (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL,
    form         text        NOT NULL CHECK (form IN ('ndjson', 'csv')),
    state        text        NOT NULL CHECK (state IN
                     ('uploading', 'waiting', 'running', 'done', 'cancelled', 'failed')),
    -- A keyed tag of the caller and their Idempotency-Key.
    repetition   bytea       UNIQUE,
    -- The job's own key, sealed under the dataset key "ledger"; gone with what is staged.
    sealed_key   bytea,
    touched_at   timestamptz NOT NULL,
    submitted_at timestamptz,
    started_at   timestamptz,
    ended_at     timestamptz,
    bytes_total  bigint      NOT NULL DEFAULT 0,
    -- How far it has come; written after each batch.
    bytes_done   bigint      NOT NULL DEFAULT 0,
    last_line    bigint      NOT NULL DEFAULT 0,
    rows         bigint      NOT NULL DEFAULT 0,
    accepted     bigint      NOT NULL DEFAULT 0,
    duplicate    bigint      NOT NULL DEFAULT 0,
    refused      bigint      NOT NULL DEFAULT 0,
    conflict     bigint      NOT NULL DEFAULT 0,
    -- Who is at it and until when nobody else is.
    holder       uuid,
    leased_until timestamptz,
    -- How often it was begun since the last batch.
    attempts     integer     NOT NULL DEFAULT 0,
    cancelling   boolean     NOT NULL DEFAULT false,
    -- Why it failed, as the last part of the problem's type, and where.
    problem      text,
    problem_line bigint,
    CHECK ((state IN ('done', 'cancelled', 'failed')) = (ended_at IS NOT NULL)),
    CHECK ((state IN ('done', 'cancelled', 'failed')) = (sealed_key IS NULL))
);
CREATE INDEX import_job_by_time ON import_job (submitted_at, id);
CREATE INDEX import_job_open ON import_job (submitted_at) WHERE sealed_key IS NOT NULL;

-- The body as it came, sealed under the job's key.
CREATE TABLE import_chunk (
    job_id uuid    NOT NULL REFERENCES import_job ON DELETE CASCADE,
    number integer NOT NULL,
    sealed bytea   NOT NULL,
    PRIMARY KEY (job_id, number)
);
ALTER TABLE import_chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Rows that were not taken: where, why and in which field of the format. Never what stood there.
CREATE TABLE import_error (
    job_id uuid   NOT NULL REFERENCES import_job ON DELETE CASCADE,
    line   bigint NOT NULL,
    code   text   NOT NULL,
    field  text,
    PRIMARY KEY (job_id, line)
);

-- The key of the tags in import_job.repetition, sealed under the dataset key "ledger".
CREATE TABLE import_repetition_key (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id       uuid    NOT NULL,
    sealed   bytea   NOT NULL
);
