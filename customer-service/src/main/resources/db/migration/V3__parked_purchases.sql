-- Purchases that cannot be counted, such as one that would make a sum overflow. They stay in the
-- ledger and wait here, where they stop nobody else's, until somebody has looked at them.
CREATE TABLE purchase_parked (
    shard        smallint NOT NULL,
    purchaser_id uuid     NOT NULL,
    partition    integer  NOT NULL,
    purchase_id  uuid     NOT NULL,
    PRIMARY KEY (shard, purchaser_id, purchase_id)
);
