-- Erased customers: what was done, and what keeps them from coming back.

-- One row a customer who was erased. On the customers' side: nothing of the purchasers is written by
-- a transaction that writes here. Who the purchaser was stands inside the sealed value, and only
-- until nothing of them is left to be done.
CREATE TABLE erasure (
    id          uuid    PRIMARY KEY,
    customer_id uuid    NOT NULL UNIQUE,
    -- Counts the steps; part of what the sealed value is bound to.
    revision    integer NOT NULL CHECK (revision >= 1),
    done        boolean NOT NULL,
    sealed      bytea   NOT NULL
);
CREATE INDEX erasure_open ON erasure (id) WHERE NOT done;

-- By these somebody who comes back is known: what the key service makes of an external id's tag, and
-- the tags of e-mail addresses and phone numbers, which it had a hand in already.
CREATE TABLE suppression (
    mark bytea PRIMARY KEY
);

-- Versions of the index key under the marks. Nobody can make these anew, so the versions stay.
CREATE TABLE index_version_kept (
    id      uuid    PRIMARY KEY,
    version integer NOT NULL
);

-- Pseudonyms that were erased: no purchase that was under way for one is taken any more.
CREATE TABLE purchaser_gone (
    id uuid PRIMARY KEY
);

-- By which the tags go with their purchases.
CREATE INDEX purchase_event_by_purchase ON purchase_event (purchase_id);
CREATE INDEX purchase_correction_by_purchase ON purchase_correction (purchase_id);
