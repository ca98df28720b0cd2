-- Restriction of processing (GDPR, article 18): whether it is in force, since when, why, by whom and
-- what was before, sealed under the customer's mask. That there is a row says that it is, or once
-- was, in force for this id; nobody else has one.

CREATE TABLE customer_restriction (
    customer_id uuid    PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    revision    integer NOT NULL CHECK (revision BETWEEN 1 AND 1048576),
    sealed      bytea   NOT NULL
);
