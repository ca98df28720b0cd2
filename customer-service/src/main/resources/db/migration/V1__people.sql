-- Two sides that must not join (the design's "Keys and rows that must not join").
--
-- No row carries a time or a sequence, every key is random, and no transaction writes to both
-- sides: a customer's purchaser is known from the sealed customer_link, a purchaser's customer
-- from the sealed purchaser.reidentify, and from nothing else.

-- ---- The customer side ---------------------------------------------------------------------

CREATE TABLE customer (
    id          uuid    PRIMARY KEY,
    key_id      uuid    NOT NULL,
    key_version integer NOT NULL,
    -- Counts the changes of this row; part of what its sealed values are bound to.
    revision    integer NOT NULL CHECK (revision BETWEEN 1 AND 1048576),
    identity    bytea   NOT NULL,
    contact     bytea   NOT NULL,
    mask        bytea   NOT NULL
);

CREATE TABLE customer_link (
    customer_id uuid    PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    revision    integer NOT NULL CHECK (revision BETWEEN 1 AND 1048576),
    link        bytea   NOT NULL
);

-- Customers whose purchaser does not know them yet. The purchaser's side has no such mark: the
-- mixer finds it by opening the link.
CREATE TABLE customer_to_mix (
    customer_id uuid PRIMARY KEY REFERENCES customer ON DELETE CASCADE
);

-- Tags under two versions of the key while it is being rotated, under one otherwise.
CREATE TABLE customer_external_id (
    tag_a       bytea   NOT NULL UNIQUE,
    version_a   integer NOT NULL,
    tag_b       bytea   UNIQUE,
    version_b   integer,
    customer_id uuid    NOT NULL UNIQUE REFERENCES customer ON DELETE CASCADE
);

CREATE TABLE customer_email (
    tag_a       bytea   NOT NULL UNIQUE,
    version_a   integer NOT NULL,
    tag_b       bytea   UNIQUE,
    version_b   integer,
    customer_id uuid    NOT NULL REFERENCES customer ON DELETE CASCADE
);
CREATE INDEX customer_email_by_customer ON customer_email (customer_id);

CREATE TABLE customer_phone (
    tag_a       bytea   NOT NULL UNIQUE,
    version_a   integer NOT NULL,
    tag_b       bytea   UNIQUE,
    version_b   integer,
    customer_id uuid    NOT NULL REFERENCES customer ON DELETE CASCADE
);
CREATE INDEX customer_phone_by_customer ON customer_phone (customer_id);

-- ---- The purchaser side --------------------------------------------------------------------
-- No foreign keys here: checking one locks the row it refers to, and that lock is written into
-- the row with the id of the transaction.

CREATE TABLE purchaser (
    id         uuid  PRIMARY KEY,
    reidentify bytea NOT NULL
);

-- Purchasers that no block has claimed yet. Assigned ones and those of lost blocks look alike.
CREATE TABLE purchaser_free (
    id uuid PRIMARY KEY
);

-- Buyers without a profile. The mixer deletes the tag of one who has been identified.
CREATE TABLE purchaser_external_id (
    tag_a        bytea   NOT NULL UNIQUE,
    version_a    integer NOT NULL,
    tag_b        bytea   UNIQUE,
    version_b    integer,
    purchaser_id uuid    NOT NULL UNIQUE
);
