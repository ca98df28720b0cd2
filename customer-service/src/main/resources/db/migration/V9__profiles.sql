-- Customers with several external ids, with attributes of the retailer's own, and with a history of
-- the changes that were made to them.

ALTER TABLE customer_external_id DROP CONSTRAINT customer_external_id_customer_id_key;
CREATE INDEX customer_external_id_by_customer ON customer_external_id (customer_id);

-- What attributes there are. A definition says nothing of any person; the values are sealed with
-- the rest of a customer.
CREATE TABLE attribute (
    name       text    PRIMARY KEY,
    type       text    NOT NULL,
    protection text    NOT NULL,
    searchable boolean NOT NULL,
    segment    boolean NOT NULL,
    choices    text[]  NOT NULL
);

-- Tags of the searchable ones. Of which attribute a row is, its tag alone tells.
CREATE TABLE customer_attribute (
    tag_a       bytea   UNIQUE,
    version_a   integer,
    tag_b       bytea   UNIQUE,
    version_b   integer,
    customer_id uuid    NOT NULL REFERENCES customer ON DELETE CASCADE,
    CHECK (num_nonnulls(tag_a, tag_b) > 0),
    CHECK ((tag_a IS NULL) = (version_a IS NULL)),
    CHECK ((tag_b IS NULL) = (version_b IS NULL)),
    CHECK (version_a % 2 = 1),
    CHECK (version_b % 2 = 0)
);
CREATE INDEX customer_attribute_by_customer ON customer_attribute (customer_id);

-- What a customer's row held before the revision named, who changed it, when and why: all of it
-- sealed, each part under the customer's key of that purpose.
CREATE TABLE customer_change (
    customer_id uuid    NOT NULL REFERENCES customer ON DELETE CASCADE,
    revision    integer NOT NULL CHECK (revision BETWEEN 2 AND 1048576),
    identity    bytea   NOT NULL,
    contact     bytea   NOT NULL,
    PRIMARY KEY (customer_id, revision)
);
