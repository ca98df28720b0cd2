-- What customers consented to, and who waits until it is known to their sealed history. Both are the
-- customer's side: no transaction that writes here writes to a history.

-- All that somebody ever said, one sealed value under the customer's key of the purpose mask.
CREATE TABLE customer_consent (
    customer_id uuid    PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    revision    integer NOT NULL CHECK (revision BETWEEN 1 AND 1048576),
    sealed      bytea   NOT NULL
);

-- Customers of whom their sealed history does not know the newest yet. The ticket is another random
-- one with every change, so that one that comes while a batch is written is not forgotten with it.
CREATE TABLE customer_to_describe (
    customer_id uuid PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    ticket      uuid NOT NULL
);
