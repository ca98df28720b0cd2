-- A version's number names no key: once the key database was set back, another key can get the same
-- one. Its id cannot. A row from before gets its ids when it is first used, on the word of the
-- number alone, for the last time.
ALTER TABLE index_version
    ADD COLUMN settled_id uuid,
    ADD COLUMN coming_id  uuid,
    -- All or none: a replica from before, which knows of no ids, changes nothing from then on.
    ADD CHECK (CASE WHEN settled_id IS NULL THEN coming_id IS NULL
                    ELSE (coming IS NULL) = (coming_id IS NULL) END);
