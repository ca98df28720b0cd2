-- The purchase ledger and the aggregates that are made of it.
--
-- No row carries a time or a sequence. Partitions tell only which purchases came between two
-- closings; a closed one is rewritten in the order of its random ids, so that neither ctid nor xmin
-- tells more. No transaction that writes here writes to the customers' side.

-- ---- The ledger ----------------------------------------------------------------------------

CREATE TABLE ledger_partition (
    number integer PRIMARY KEY,
    closed boolean NOT NULL
);
CREATE UNIQUE INDEX ledger_partition_one_open ON ledger_partition (closed) WHERE NOT closed;
INSERT INTO ledger_partition VALUES (1, false);

CREATE TABLE purchase (
    partition    integer NOT NULL,
    id           uuid    NOT NULL,
    -- Beside the same pseudonym inside the sealed value, to rebuild one pseudonym from its events.
    purchaser_id uuid    NOT NULL,
    sealed       bytea   NOT NULL,
    PRIMARY KEY (partition, id)
) PARTITION BY LIST (partition);
CREATE INDEX purchase_by_purchaser ON purchase (purchaser_id);
-- Ciphertext does not compress: out of line without the attempt.
ALTER TABLE purchase ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE purchase_1 PARTITION OF purchase FOR VALUES IN (1);

-- An event counts once: its tag is unique, under two versions of the key while it is rotated. The
-- content is the keyed tag of all the caller sent, and tells a repetition from a contradiction.
CREATE TABLE purchase_event (
    tag_a       bytea   NOT NULL UNIQUE,
    content_a   bytea   NOT NULL,
    version_a   integer NOT NULL,
    tag_b       bytea   UNIQUE,
    content_b   bytea,
    version_b   integer,
    partition   integer NOT NULL,
    purchase_id uuid    NOT NULL
);

-- Taken with FOR UPDATE SKIP LOCKED and deleted in the transaction that updates the aggregates.
CREATE TABLE purchase_pending (
    shard        smallint NOT NULL,
    purchaser_id uuid     NOT NULL,
    partition    integer  NOT NULL,
    purchase_id  uuid     NOT NULL,
    PRIMARY KEY (shard, purchaser_id, purchase_id)
);

-- ---- The aggregates ------------------------------------------------------------------------

CREATE TABLE purchase_history (
    id       uuid     PRIMARY KEY,
    shard    smallint NOT NULL,
    revision bigint   NOT NULL,
    sealed   bytea    NOT NULL
);
ALTER TABLE purchase_history ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX purchase_history_by_revision ON purchase_history (shard, revision);

CREATE TABLE basket_history (
    id       uuid     PRIMARY KEY,
    shard    smallint NOT NULL,
    revision bigint   NOT NULL,
    sealed   bytea    NOT NULL
);
ALTER TABLE basket_history ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- The id is a keyed tag of shard, level, year and name; the names are inside the sealed value.
CREATE TABLE sales_series (
    id       uuid     PRIMARY KEY,
    shard    smallint NOT NULL,
    revision bigint   NOT NULL,
    sealed   bytea    NOT NULL
);
ALTER TABLE sales_series ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- What stands in each shard of each dataset; its row lock gives out revisions.
CREATE TABLE aggregate_manifest (
    dataset         text     NOT NULL,
    shard           smallint NOT NULL CHECK (shard BETWEEN 0 AND 63),
    count           bigint   NOT NULL,
    revision        bigint   NOT NULL,
    sum             bytea    NOT NULL,
    mac_key         uuid     NOT NULL,
    mac_key_version integer  NOT NULL,
    signature       bytea    NOT NULL,
    PRIMARY KEY (dataset, shard)
);

-- The Ed25519 key that signs manifests, sealed under the dataset key "ledger".
CREATE TABLE signing_key (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id         uuid    NOT NULL,
    public_key bytea   NOT NULL,
    sealed     bytea   NOT NULL
);
