-- The customer service says that something of the key cannot be sealed anew: only such keys are given
-- up. No time: a person's two keys would be joined by it.
ALTER TABLE rekey ADD COLUMN cannot_be_sealed boolean NOT NULL DEFAULT false;

-- How many of the keys that it waited for were given up.
ALTER TABLE containment ADD COLUMN given_up bigint NOT NULL DEFAULT 0 CHECK (given_up >= 0);

-- Pseudonyms that are replaced together get one version, above all there were: one that was replaced
-- more often than others would stand out.
CREATE INDEX pseudonym_key_replaced ON pseudonym_key (version) WHERE version > 1;
