-- Purchases that were wrong, and what took their place.

-- An event that corrects another names it by the tag that the other one has or will have in
-- purchase_event: which of the two comes first makes no difference. One correction an event; the
-- correction itself may be corrected in turn.
CREATE TABLE purchase_correction (
    tag_a       bytea   UNIQUE,
    version_a   integer CHECK (version_a % 2 = 1),
    tag_b       bytea   UNIQUE,
    version_b   integer CHECK (version_b % 2 = 0),
    partition   integer NOT NULL,
    -- The correcting purchase, in which the corrected event's id stands.
    purchase_id uuid    NOT NULL,
    CHECK (num_nonnulls(tag_a, tag_b) > 0),
    CHECK ((tag_a IS NULL) = (version_a IS NULL)),
    CHECK ((tag_b IS NULL) = (version_b IS NULL))
);

-- Purchases of the ledger that do not count, because they were corrected.
CREATE TABLE purchase_void (
    purchase_id uuid PRIMARY KEY
);

-- Pseudonyms of whom something was counted that does not count any more: to be made anew from
-- their events.
CREATE TABLE purchaser_rebuild (
    shard        smallint NOT NULL,
    purchaser_id uuid     NOT NULL,
    PRIMARY KEY (shard, purchaser_id)
);
