-- The newest override up to the entry remembered: entries that officers gave up and those that came
-- in their place have the same numbers.
ALTER TABLE ledger_memory ADD COLUMN override bytea CHECK (octet_length(override) = 32);
