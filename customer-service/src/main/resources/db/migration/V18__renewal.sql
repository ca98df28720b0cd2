-- Everybody gets a new pseudonym after a breach in which pseudonyms were read. Both tables belong
-- to the purchaser side; what says which new pseudonym an old one became is sealed.

CREATE TABLE pseudonym_renewal (
    id            uuid        PRIMARY KEY,
    state         text        NOT NULL CHECK (state IN
                      ('waiting', 'pseudonyms', 'links', 'index', 'done')),
    -- The newest version of the index key when it began: its tags join what was with what is.
    index_version integer     NOT NULL,
    total         bigint      NOT NULL DEFAULT 0,
    done          bigint      NOT NULL DEFAULT 0,
    links_total   bigint      NOT NULL DEFAULT 0,
    links_done    bigint      NOT NULL DEFAULT 0,
    -- When it was asked for, and when its present state began.
    started_at    timestamptz NOT NULL,
    state_since   timestamptz NOT NULL,
    ended_at      timestamptz,
    CHECK ((state = 'done') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX pseudonym_renewal_one ON pseudonym_renewal ((true)) WHERE state <> 'done';

-- Pseudonyms from before, for as long as anything may name them.
CREATE TABLE purchaser_renewal (
    old_id uuid     PRIMARY KEY,
    shard  smallint NOT NULL CHECK (shard BETWEEN 0 AND 63),
    -- The new one, sealed under the dataset key "ledger"; missing until everything has moved to it.
    sealed bytea
);
CREATE INDEX purchaser_renewal_left ON purchaser_renewal (shard) WHERE sealed IS NULL;
