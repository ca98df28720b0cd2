-- Which versions of the index key are in force: what is written has a tag under each. It is read
-- and changed under an advisory lock, and empty until the first tag is made.
CREATE TABLE index_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    -- Every row has its tag under this one.
    settled  integer NOT NULL CHECK (settled >= 1),
    -- While the key is turned over: what was there before is getting its tag under this one.
    coming   integer CHECK (coming = settled + 1)
);

-- Until now there was one version only.
INSERT INTO index_version (settled)
SELECT 1 WHERE EXISTS (SELECT FROM customer_external_id)
    OR EXISTS (SELECT FROM customer_email)
    OR EXISTS (SELECT FROM customer_phone)
    OR EXISTS (SELECT FROM purchaser_external_id)
    OR EXISTS (SELECT FROM purchase_event)
    OR EXISTS (SELECT FROM sales_series);

-- Odd versions have the columns a, even ones b, so that each column's uniqueness is that of one
-- version and nothing has to be moved from one to the other.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['customer_external_id', 'customer_email', 'customer_phone',
                                'purchaser_external_id', 'purchase_event']
    LOOP
        EXECUTE format(
            'ALTER TABLE %I
                ALTER COLUMN tag_a DROP NOT NULL,
                ALTER COLUMN version_a DROP NOT NULL,
                ADD CHECK (num_nonnulls(tag_a, tag_b) > 0),
                ADD CHECK ((tag_a IS NULL) = (version_a IS NULL)),
                ADD CHECK ((tag_b IS NULL) = (version_b IS NULL)),
                ADD CHECK (version_a %% 2 = 1),
                ADD CHECK (version_b %% 2 = 0)', name);
    END LOOP;
END $$;

-- Whether an event is the same or contradicts the one before is told by the sealed purchase itself.
ALTER TABLE purchase_event DROP COLUMN content_a, DROP COLUMN content_b;

-- Sealed under the dataset key "ledger". Rows from before get theirs when their buyer is met again.
ALTER TABLE purchaser_external_id ADD COLUMN external_id bytea;

-- Under which version the ids of a shard's sales series are made; changed under the shard's lock.
CREATE TABLE series_version (
    shard   smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 63),
    version integer  NOT NULL
);
INSERT INTO series_version SELECT DISTINCT shard, 1 FROM sales_series;
